// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/cpucard.h"
#include "gui/widgets/elidedlabel.h"
#include "gui/charts/memorycard.h"
#include "gui/charts/metrichistory.h"
#include "gui/charts/ratecard.h"
#include "machinelook.h"
#include "testmain.h"

#include <QMouseEvent>
#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

/// What the cards of the window say beside their lines.
class TestMetricCards : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void diskSaysWhatIsFree();
    void memorySaysWhatVigieIsAllowed();
    void coresSayHowManyVigieIsAllowed();
    void theCoreUnderThePointerIsNamed();
    void onlyNamedLinesAreTold();
    void namesFollowTheCores();
};

namespace {

constexpr quint64 gib = 1024 * 1024 * 1024;

QStringList wordsOf(const QWidget& card)
{
    QStringList words;
    for (const ElidedLabel* label : card.findChildren<ElidedLabel*>())
        words << label->accessibleName().replace(QChar(0x00a0), u' ');
    return words;
}

/// Core i of these is at 10 × its place in `indexes` percent, all the time.
test::Sample coresSample(int second, const std::vector<int>& indexes)
{
    test::Sample sample;
    sample.timestampMs = 1'780'000'000'000 + second * 1000LL;
    sample.intervalMs = 1000;
    CpuSample cpu;
    cpu.total.usagePercent = 50;
    for (std::size_t i = 0; i < indexes.size(); ++i) {
        CoreSample core;
        core.index = indexes[i];
        core.usage.usagePercent = 10.0 * double(i);
        cpu.cores.push_back(core);
    }
    sample.cpu = cpu;
    return sample;
}

void show(CpuCard& card, MetricHistory& history, const std::vector<int>& indexes, int from)
{
    for (int second = from; second < from + 120; ++second)
        history.add(*test::frameOf(coresSample(second, indexes)));
    card.showSample(*test::frameOf(coresSample(from + 119, indexes)));
    card.showLines(history, history.newestMs());
}

void pointAt(TimeChart& chart, double percent)
{
    const QRectF plot = chart.plot();
    const QPointF at(plot.right() - 20, plot.bottom() - plot.height() * percent / 100);
    QMouseEvent event(QEvent::MouseMove, at, chart.viewport()->mapToGlobal(at), Qt::NoButton, Qt::NoButton, Qt::NoModifier);
    QCoreApplication::sendEvent(chart.viewport(), &event);
}

} // namespace

void TestMetricCards::diskSaysWhatIsFree()
{
    // A file system that keeps much for the system's own use.
    test::Sample sample;
    DiskSample disk;
    disk.totalBytes = 252 * gib;
    disk.usedBytes = 20 * gib;
    disk.freeBytes = 76 * gib;
    sample.disk = disk;
    DiskCard card;
    card.showSample(*test::frameOf(sample));
    QVERIFY2(wordsOf(card).contains(u"20.0 GiB of 252 GiB · 76.0 GiB free"_s), qPrintable(wordsOf(card).join(u'|')));
}

void TestMetricCards::memorySaysWhatVigieIsAllowed()
{
    test::Sample sample;
    MemorySample memory;
    memory.totalBytes = 4 * gib;
    memory.usedBytes = gib;
    sample.memory = memory;
    MemoryCard card;
    card.showSample(*test::frameOf(sample));
    QVERIFY2(wordsOf(card).contains(u"1.00 GiB of 4.00 GiB"_s), qPrintable(wordsOf(card).join(u'|')));
    sample.limits.memoryBytes = 4 * gib;
    card.showSample(*test::frameOf(sample));
    QVERIFY2(wordsOf(card).contains(u"1.00 GiB of 4.00 GiB allowed to Vigie"_s), qPrintable(wordsOf(card).join(u'|')));
}

void TestMetricCards::coresSayHowManyVigieIsAllowed()
{
    test::Sample sample = coresSample(0, {0, 1});
    CpuCard card;
    card.showSample(*test::frameOf(sample));
    QVERIFY2(wordsOf(card).contains(u"2 core(s)"_s), qPrintable(wordsOf(card).join(u'|')));
    sample.limits.cpuCores = 0.5;
    card.showSample(*test::frameOf(sample));
    QVERIFY2(wordsOf(card).contains(u"0.5 of 2 core(s) allowed to Vigie"_s), qPrintable(wordsOf(card).join(u'|')));
}

void TestMetricCards::theCoreUnderThePointerIsNamed()
{
    CpuCard card;
    card.resize(600, 300);
    card.show();
    card.setPerCore(true);
    MetricHistory history;
    show(card, history, {0, 1, 2, 17}, 0);
    TimeChart& chart = card.chart();
    QCOMPARE(chart.pointedText(), QString());
    pointAt(chart, 12);
    QCOMPARE(chart.pointedText(), u"Core 1  10 %"_s);
    pointAt(chart, 90); // the nearest, however far
    QCOMPARE(chart.pointedText(), u"Core 17  30 %"_s);
    const QImage with = chart.grab().toImage();
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(chart.viewport(), &leave);
    QCOMPARE(chart.pointedText(), QString());
    QVERIFY(chart.grab().toImage() != with);
}

void TestMetricCards::onlyNamedLinesAreTold()
{
    CpuCard card;
    card.resize(600, 300);
    card.show();
    MetricHistory history;
    show(card, history, {0, 1}, 0);
    pointAt(card.chart(), 50);
    QCOMPARE(card.chart().pointedText(), QString());
}

void TestMetricCards::namesFollowTheCores()
{
    // As many as before, but others.
    CpuCard card;
    card.resize(600, 300);
    card.show();
    card.setPerCore(true);
    MetricHistory history;
    show(card, history, {0, 1}, 0);
    pointAt(card.chart(), 10);
    QCOMPARE(card.chart().pointedText(), u"Core 1  10 %"_s);
    show(card, history, {0, 5}, 120);
    QCOMPARE(card.chart().pointedText(), u"Core 5  10 %"_s);
}

VIGIE_WINDOW_TEST(TestMetricCards)
#include "tst_metriccards.moc"
