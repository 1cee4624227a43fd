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

} // namespace

class TestMetricFigures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
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
