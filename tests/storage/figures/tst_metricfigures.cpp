// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/figures/metricfigures.h"
#include "testmain.h"

#include <QTest>
#include <algorithm>

using namespace vigie;

namespace {

double valueOf(const std::vector<MetricFigure>& figures, const std::string& name)
{
    const auto found = std::ranges::find(figures, name, &MetricFigure::name);
    return found == figures.end() ? -1 : found->value;
}

Sample fullSample()
{
    Sample sample;
    sample.intervalMs = 1'000;
    sample.cpu.emplace();
    sample.cpu->total = {50, 30, 15, 3, 2};
    sample.cpu->cores = {{0, {40}}, {3, {60}}};
    sample.cpu->loadAverage = {0.5, 1.5, 2.5};
    sample.memory.emplace();
    sample.memory->totalBytes = 1000;
    sample.memory->usedBytes = 400;
    sample.disk.emplace();
    sample.disk->readBytesPerSecond = 7;
    sample.disk->filesystems.push_back({QStringLiteral("/"), {}, {}, 100, 40, 60});
    sample.disk->devices.push_back({QStringLiteral("sda"), 7, 8, 9, false});
    sample.network.emplace();
    sample.network->sendBytesPerSecond = 11;
    sample.network->interfaces.push_back({QStringLiteral("eth0"), 0, 0, 12, 13});
    sample.pressure.io = {{1.5, 0.5}};
    return sample;
}

} // namespace

class TestMetricFigures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPartIsNamed()
    {
        const auto figures = figuresOf(fullSample());
        const std::vector<std::pair<std::string, double>> wanted{
            {"cpu.usage", 50}, {"cpu.user", 30}, {"cpu.system", 15}, {"cpu.iowait", 3}, {"cpu.steal", 2}, {"cpu.core.0", 40},
            {"cpu.core.3", 60}, {"load.1", 0.5}, {"load.15", 2.5}, {"memory.total", 1000}, {"memory.used", 400},
            {"disk.read", 7}, {"filesystem./.used", 40}, {"disk.device.sda.read", 7}, {"disk.device.sda.write", 8},
            {"disk.device.sda.utilisation", 9}, {"network.send", 11}, {"network.interface.eth0.receive", 12},
            {"network.interface.eth0.send", 13}, {"pressure.io.some", 1.5}, {"pressure.io.full", 0.5}};
        for (const auto& [name, value] : wanted)
            QVERIFY2(qFuzzyCompare(valueOf(figures, name), value), name.c_str());
        QCOMPARE(valueOf(figures, "network.connections"), -1.0); // not known
        QCOMPARE(valueOf(figures, "pressure.cpu.some"), -1.0);
    }

    void firstLookHasNone()
    {
        Sample sample = fullSample();
        sample.intervalMs = 0;
        QVERIFY(figuresOf(sample).empty());
    }

    void missingPartsAreLeftOut()
    {
        Sample sample;
        sample.intervalMs = 1'000;
        QVERIFY(figuresOf(sample).empty());
    }

    void numbersOfAnApplication()
    {
        const auto figures =
            figuresOf(QByteArray(R"({"queue":{"depth":3,"name":"x","open":true},"list":[1],"rate":-0.25,"none":null})"));
        QCOMPARE(figures.size(), std::size_t(3));
        QCOMPARE(valueOf(figures, "queue.depth"), 3.0);
        QCOMPARE(valueOf(figures, "queue.open"), 1.0);
        QCOMPARE(valueOf(figures, "rate"), -0.25);
    }

    void numbersBeyondReasonAreLeftOut()
    {
        const auto figures = figuresOf(QByteArray(R"({"a":1e308,"b":-1e308,"d":-1e100})"));
        QCOMPARE(figures.size(), std::size_t(1));
        QCOMPARE(valueOf(figures, "d"), -1e100);
    }

    void tooManyOrTooLongAreLeftOut()
    {
        QByteArray json("{");
        for (int i = 0; i < 500; ++i)
            json += "\"k" + QByteArray::number(i) + "\":1,";
        json += "\"" + QByteArray(101, 'a') + "\":1}";
        const auto figures = figuresOf(json);
        QCOMPARE(figures.size(), std::size_t(100));
        QVERIFY(figuresOf("{\"" + QByteArray(101, 'a') + "\":1}").empty());
        QVERIFY(figuresOf(QByteArray("no json")).empty());
    }
};

VIGIE_TEST(TestMetricFigures)
#include "tst_metricfigures.moc"
