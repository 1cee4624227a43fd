// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/corelegend.h"
#include "gui/charts/cpucard.h"
#include "gui/widgets/elidedlabel.h"
#include "gui/charts/memorycard.h"
#include "gui/charts/metrichistory.h"
#include "gui/charts/ratecard.h"
#include "gui/timeline/timeline.h"
#include "gui/widgets/valuelabel.h"
#include "machinelook.h"
#include "testmain.h"

#include <QDateTime>
#include <QLabel>
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
    void memoryIsBeforeSwap();
    void coresSayHowManyVigieIsAllowed();
    void everyLineIsToldAtTheCrosshair();
    void ofManyCoresThoseThatMatterComeFirst();
    void theCrosshairIsOnAllCharts();
    void namesFollowTheCores();
    void theLegendHighlightsACore();
    void oldFiguresAreGrey();
    void aCompactCardHasNameFigureAndLine();
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
    card.setStretch({history.newestMs() - 300'000, history.newestMs(), true});
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
    QVERIFY2(wordsOf(card).contains(u"21 % full · 20.0 of 252 GiB, 76.0 GiB free"_s), qPrintable(wordsOf(card).join(u'|')));
}

void TestMetricCards::memoryIsBeforeSwap()
{
    test::Sample sample;
    MemorySample memory;
    memory.totalBytes = 4 * gib;
    memory.usedBytes = gib;
    memory.swapTotalBytes = gib;
    memory.swapUsedBytes = gib / 2;
    sample.memory = memory;
    MemoryCard card;
    card.showSample(*test::frameOf(sample));
    QStringList captions;
    QStringList values;
    for (const ValueLabel* label : card.findChildren<ValueLabel*>()) {
        captions.append(label->caption());
        values.append(label->value());
    }
    QCOMPARE(captions, (QStringList{u"used"_s, u"swap"_s}));
    QCOMPARE(values, (QStringList{u"25 %"_s, u"50 %"_s}));
    card.setCompact(true);
    QVERIFY(card.chart().accessibleDescription().startsWith(u"used"_s));
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
    QVERIFY2(wordsOf(card).contains(u"1.0 of 4.0 GiB, 3.0 GiB free"_s), qPrintable(wordsOf(card).join(u'|')));
    sample.limits.memoryBytes = 4 * gib;
    card.showSample(*test::frameOf(sample));
    QVERIFY2(wordsOf(card).contains(u"1.0 of 4.0 GiB, 3.0 GiB free, as allowed to Vigie"_s), qPrintable(wordsOf(card).join(u'|')));
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

void TestMetricCards::everyLineIsToldAtTheCrosshair()
{
    Timeline timeline(300'000, 0);
    CpuCard card;
    card.chart().follow(timeline);
    card.resize(600, 300);
    card.show();
    card.setPerCore(true);
    MetricHistory history;
    show(card, history, {0, 1, 2, 17}, 0);
    TimeChart& chart = card.chart();
    QCOMPARE(chart.pointedTexts(), QStringList());
    QVERIFY(!chart.nearestLine());
    pointAt(chart, 12);
    QCOMPARE(chart.pointedTexts(), (QStringList{u"Core 0  0.0 %"_s, u"Core 1  10 %"_s, u"Core 2  20 %"_s, u"Core 17  30 %"_s}));
    QCOMPARE(chart.nearestLine(), std::optional<std::size_t>(1));
    pointAt(chart, 90); // the nearest, however far
    QCOMPARE(chart.nearestLine(), std::optional<std::size_t>(3));
    const QImage with = chart.grab().toImage();
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(chart.viewport(), &leave);
    QCOMPARE(chart.pointedTexts(), QStringList());
    QVERIFY(chart.grab().toImage() != with);
}

void TestMetricCards::ofManyCoresThoseThatMatterComeFirst()
{
    Timeline timeline(300'000, 0);
    CpuCard card;
    card.chart().follow(timeline);
    card.resize(600, 300);
    card.show();
    card.setPerCore(true);
    MetricHistory history;
    show(card, history, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, 0);
    pointAt(card.chart(), 12);
    const QStringList texts = card.chart().pointedTexts();
    QCOMPARE(texts.size(), 10);
    QCOMPARE(texts[0], u"Core 1  10 %"_s);
    QCOMPARE(texts[1], u"Core 9  90 %"_s);
}

void TestMetricCards::theCrosshairIsOnAllCharts()
{
    Timeline timeline(300'000, 0);
    CpuCard cpu;
    CpuCard other;
    MetricHistory history;
    for (CpuCard* card : {&cpu, &other}) {
        card->chart().follow(timeline);
        card->resize(600, 300);
        card->show();
    }
    show(cpu, history, {0, 1}, 0);
    other.showSample(*test::frameOf(coresSample(119, {0, 1})));
    other.setStretch(cpu.chart().stretch());
    other.showLines(history, history.newestMs());
    pointAt(cpu.chart(), 50);
    QCOMPARE(cpu.chart().pointedTexts(), QStringList{u"CPU  50 %"_s});
    QCOMPARE(other.chart().pointedTexts(), QStringList{u"CPU  50 %"_s});
}

void TestMetricCards::namesFollowTheCores()
{
    // As many as before, but others.
    Timeline timeline(300'000, 0);
    CpuCard card;
    card.chart().follow(timeline);
    card.resize(600, 300);
    card.show();
    card.setPerCore(true);
    MetricHistory history;
    show(card, history, {0, 1}, 0);
    pointAt(card.chart(), 10);
    QVERIFY(card.chart().pointedTexts().contains(u"Core 1  10 %"_s));
    show(card, history, {0, 5}, 120);
    QVERIFY(card.chart().pointedTexts().contains(u"Core 5  10 %"_s));
}

void TestMetricCards::theLegendHighlightsACore()
{
    CpuCard card;
    card.resize(600, 300);
    card.show();
    MetricHistory history;
    show(card, history, {0, 1, 2, 17}, 0);
    auto* const legend = card.findChild<CoreLegend*>();
    QVERIFY(!legend->isVisible());
    card.setPerCore(true);
    show(card, history, {0, 1, 2, 17}, 120);
    QVERIFY(legend->isVisible());
    QCoreApplication::processEvents();
    const QImage before = card.chart().grab().toImage();
    QMouseEvent on(QEvent::MouseMove, legend->placeOf(3).center(), QPointF(), Qt::NoButton, Qt::NoButton, Qt::NoModifier);
    QCoreApplication::sendEvent(legend, &on);
    QCOMPARE(legend->highlighted(), std::optional<std::size_t>(3));
    QVERIFY(card.chart().grab().toImage() != before);
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(legend, &leave);
    QCOMPARE(card.chart().grab().toImage(), before);
}

void TestMetricCards::oldFiguresAreGrey()
{
    CpuCard card;
    MetricHistory history;
    show(card, history, {0, 1}, 0);
    auto* const figure = card.findChild<ValueLabel*>();
    QVERIFY(figure->isEnabled());
    card.setStale(1'780'000'119'000);
    QVERIFY(!figure->isEnabled());
    const QString time = QDateTime::fromMSecsSinceEpoch(1'780'000'119'000).time().toString(u"HH:mm:ss"_s);
    QVERIFY(std::ranges::any_of(wordsOf(card), [&](const QString& text) {
        return text.startsWith(u"As of "_s) && text.contains(time);
    }));
    card.setStale(std::nullopt);
    QVERIFY(figure->isEnabled());
    QVERIFY(wordsOf(card).contains(u"2 core(s)"_s));
}

void TestMetricCards::aCompactCardHasNameFigureAndLine()
{
    test::Sample sample;
    MemorySample memory;
    memory.totalBytes = 4 * gib;
    memory.usedBytes = gib;
    sample.memory = memory;
    MemoryCard card;
    card.setCompact(true);
    card.resize(140, 80);
    card.show();
    card.showSample(*test::frameOf(sample));
    const auto* figure = card.findChild<QLabel*>(u"mainFigure"_s);
    QCOMPARE(figure->text(), u"25 %"_s);
    QVERIFY(figure->isVisible());
    QTRY_VERIFY(figure->width() >= figure->sizeHint().width());
    QVERIFY(card.minimumSizeHint().height() <= 80);
    for (const ValueLabel* label : card.findChildren<ValueLabel*>())
        QVERIFY(!label->isVisible());
    QVERIFY(card.chart().plot().width() > 100);
}

VIGIE_WINDOW_TEST(TestMetricCards)
#include "tst_metriccards.moc"
