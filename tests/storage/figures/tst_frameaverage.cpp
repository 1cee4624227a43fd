// SPDX-License-Identifier: GPL-3.0-or-later
#include "machinelook.h"
#include "storage/figures/frameaverage.h"
#include "testmain.h"

#include <QTest>
#include <algorithm>
#include <cmath>

using namespace vigie;

namespace {

/// -1: not known, not stored, or not there.
double valueOf(const FrameAverage& second, std::span<const double> averages, const std::string& name)
{
    const auto index = second.catalogue()->find(name);
    return index && !std::isnan(averages[*index]) ? averages[*index] : -1;
}

bool isEmpty(std::span<const double> averages)
{
    return std::ranges::all_of(averages, [](double value) { return std::isnan(value); });
}

test::Sample fullSample()
{
    test::Sample sample;
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

class TestFrameAverage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPartIsNamed()
    {
        FrameAverage second;
        second.add(*test::frameOf(fullSample()));
        const auto figures = second.take();
        const std::vector<std::pair<std::string, double>> wanted{
            {"cpu.usage", 50}, {"cpu.user", 30}, {"cpu.system", 15}, {"cpu.iowait", 3}, {"cpu.steal", 2}, {"cpu.core.0", 40},
            {"cpu.core.3", 60}, {"load.1", 0.5}, {"load.15", 2.5}, {"memory.total", 1000}, {"memory.used", 400},
            {"disk.read", 7}, {"filesystem./.used", 40}, {"disk.device.sda.read", 7}, {"disk.device.sda.write", 8},
            {"disk.device.sda.utilisation", 9}, {"network.send", 11}, {"network.interface.eth0.receive", 12},
            {"network.interface.eth0.send", 13}, {"pressure.io.some", 1.5}, {"pressure.io.full", 0.5}};
        for (const auto& [name, value] : wanted)
            QVERIFY2(qFuzzyCompare(valueOf(second, figures, name), value), name.c_str());
        QCOMPARE(valueOf(second, figures, "network.connections"), -1.0); // not known
        QCOMPARE(valueOf(second, figures, "pressure.cpu.some"), -1.0);
        QCOMPARE(valueOf(second, figures, "filesystem./.free"), -1.0); // not stored
        QCOMPARE(valueOf(second, figures, "cpu.core.0.user"), -1.0);
    }

    void firstLookHasNone()
    {
        test::Sample sample = fullSample();
        sample.intervalMs = 0;
        FrameAverage second;
        second.add(*test::frameOf(sample));
        QCOMPARE(second.lengthMs(), 0);
        QVERIFY(isEmpty(second.take()));
    }

    void missingPartsAreLeftOut()
    {
        test::Sample sample;
        sample.intervalMs = 1'000;
        FrameAverage second;
        second.add(*test::frameOf(sample));
        QVERIFY(isEmpty(second.take()));
    }

    void aNewCatalogueKeepsWhatIsGathered()
    {
        test::Sample sample = fullSample();
        sample.intervalMs = 250;
        FrameAverage second;
        second.add(*test::frameOf(sample));
        sample.cpu->total.usagePercent = 70;
        sample.cpu->cores = {{3, {80}}}; // core 0 is gone, and all that follows has moved
        second.add(*test::frameOf(sample));
        QCOMPARE(second.lengthMs(), 500);
        const auto figures = second.take();
        QCOMPARE(valueOf(second, figures, "cpu.usage"), 60.0);
        QCOMPARE(valueOf(second, figures, "cpu.core.3"), 70.0);
        QCOMPARE(valueOf(second, figures, "cpu.core.0"), -1.0);
        QCOMPARE(valueOf(second, figures, "memory.used"), 400.0);
        QVERIFY(isEmpty(second.take()));
    }
};

VIGIE_TEST(TestFrameAverage)
#include "tst_frameaverage.moc"
