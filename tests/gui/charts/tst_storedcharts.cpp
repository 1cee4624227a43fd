// SPDX-License-Identifier: GPL-3.0-or-later
// The window's charts of what is stored, as a person uses them.
#include "gui/charts/chartcard.h"
#include "gui/logs/logfeed.h"
#include "gui/window/mainwindow.h"
#include "gui/charts/metricspanel.h"
#include "gui/processes/momentpanel.h"
#include "gui/charts/storedtraces.h"
#include "guidata.h"
#include "testmain.h"

#include <QAction>
#include <QApplication>
#include <QDateTime>
#include <QLabel>
#include <QMenu>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>
#include <cmath>
#include <limits>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 minuteMs = 60'000;
constexpr qint64 dayMs = 1'440 * minuteMs;

/// Answers when it is told to, with a value at every step of what was asked for.
class FakeArchive : public MetricArchive
{
public:
    void metrics(MetricQuery query, std::function<void(MetricRangePtr)> done) override
    {
        queries.push_back(query);
        m_waiting.push_back([query, done = std::move(done)] { done(frameOf(query)); });
    }

    void processesAt(std::int64_t atMs, std::function<void(ProcessSnapshot)> done) override
    {
        moments.push_back(atMs);
        m_waiting.push_back([this, done = std::move(done)] { done(processes); });
    }

    void answer()
    {
        for (const auto& tell : std::exchange(m_waiting, {}))
            tell();
    }

    std::vector<MetricQuery> queries;
    std::vector<std::int64_t> moments;
    ProcessSnapshot processes;

private:
    static MetricRangePtr frameOf(const MetricQuery& query)
    {
        auto frame = std::make_shared<MetricRange>();
        frame->stepMs = std::max<std::int64_t>(1'000, (query.toMs - query.fromMs) / query.points);
        for (const char* name : {"cpu.core.0", "cpu.core.1", "cpu.usage", "disk.read", "disk.write", "memory.total",
                                 "memory.used", "network.receive", "network.send", "swap.total", "swap.used"})
            frame->series.push_back({name, {}, {}, {}});
        for (std::int64_t time = query.fromMs; time <= query.toMs; time += frame->stepMs) {
            frame->times.push_back(time);
            for (MetricSeries& series : frame->series) {
                const double value = series.name.ends_with("total") ? 100 : 40;
                series.low.push_back(value - 10);
                series.average.push_back(value);
                series.high.push_back(series.name.ends_with("total") ? 100 : 90);
            }
        }
        return frame;
    }

    std::vector<std::function<void()>> m_waiting;
};

} // namespace

class TestStoredCharts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void theHourBeforeTheStartIsThere();
    void longRangesComeFromTheArchive();
    void theWidestChartIsAskedFor();
    void pullingGoesBackInTime();
    void resumeComesBackToThePresent();
    void neverBeyondThePresent();
    void theLastHourIsPulledWithoutAsking();
    void oneQuestionAtATime();
    void aClickShowsWhoItWas();
    void aClickMeansWhatIsDrawn();
    void zoomingKeepsToWhatIsOffered();
    void withoutAnArchiveThePastIsNotOffered();
    void partsAreInPercent();
    void unknownPartsTheBand();
    void theRangeFitsANarrowWindow();

private:
    MetricsPanel& metrics() { return *m_window->findChild<MetricsPanel*>(); }
    TimeChart& chart(int card = 0) { return metrics().cards()[static_cast<std::size_t>(card)]->chart(); }
    QAction* action(const QString& name) { return m_window->findChild<QAction*>(name); }
    qint64 endMs() { return m_window->timeline().stretch().toMs; }
    QPoint inPlot(double share)
    {
        return {int(chart().plot().left() + chart().plot().width() * share), int(chart().plot().center().y())};
    }
    /// Shift-drags.
    void pull(double fromShare, double toShare);

    FakeArchive m_archive;
    std::unique_ptr<LogFeed> m_feed;
    std::unique_ptr<MainWindow> m_window;
    qint64 m_newestMs = 0;
};

void TestStoredCharts::init()
{
    m_archive = FakeArchive();
    m_feed = std::make_unique<LogFeed>();
    Settings settings;
    settings.language = u"en"_s;
    m_window = std::make_unique<MainWindow>(settings, *m_feed);
    m_window->setArchive(&m_archive, nullptr);
    m_window->resize(1280, 800);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    for (int second = 0; second < 10; ++second) {
        const FramePtr sample = test::madeUpFrame(second, 2, now);
        m_newestMs = sample->timestampMs;
        m_window->showSample(sample);
    }
}

void TestStoredCharts::cleanup()
{
    m_window.reset();
}

void TestStoredCharts::pull(double fromShare, double toShare)
{
    QWidget* const target = chart().viewport();
    QTest::mousePress(target, Qt::LeftButton, Qt::ShiftModifier, inPlot(fromShare));
    QTest::mouseMove(target, inPlot((fromShare + toShare) / 2));
    QTest::mouseMove(target, inPlot(toShare));
    QTest::mouseRelease(target, Qt::LeftButton, Qt::ShiftModifier, inPlot(toShare));
}

void TestStoredCharts::theHourBeforeTheStartIsThere()
{
    QCOMPARE(m_archive.queries.size(), std::size_t(1));
    QCOMPARE(m_archive.queries[0].toMs - m_archive.queries[0].fromMs, 60 * minuteMs);
    const auto before = metrics().history().trace(Metric::CpuPercent, 0).size();
    m_archive.answer();
    const auto trace = metrics().history().trace(Metric::CpuPercent, 0);
    QVERIFY(trace.size() > before + 3'000);
    QVERIFY(std::ranges::is_sorted(trace, {}, &TracePoint::timeMs));
    QCOMPARE(trace.front().value, 40.0);
    QCOMPARE(metrics().history().newestMs(), m_newestMs);
    action(u"actionRange60"_s)->trigger();
    QVERIFY(chart().pointCount() > 0);
    QCOMPARE(m_archive.queries.size(), std::size_t(1)); // the hour is in memory now
}

void TestStoredCharts::longRangesComeFromTheArchive()
{
    for (const auto& [name, days] : {std::pair{u"actionRangeDay"_s, 1}, {u"actionRangeWeek"_s, 7}, {u"actionRangeMonth"_s, 30}}) {
        m_archive.answer();
        action(name)->trigger();
        const MetricQuery& query = m_archive.queries.back();
        QCOMPARE(query.toMs, m_newestMs);
        QCOMPARE(query.toMs - query.fromMs, days * dayMs);
        QVERIFY(query.points <= chart().plot().width());
        m_archive.answer();
        for (int card = 0; card < 4; ++card) {
            QVERIFY(chart(card).pointCount() > 0);
            QVERIFY(chart(card).pointCount() <= chart(card).plot().width());
        }
        QCOMPARE(m_window->settings().rangeMinutes, days * 1'440);
    }
}

void TestStoredCharts::theWidestChartIsAskedFor()
{
    m_archive.answer();
    metrics().cards()[3]->setMaximumWidth(250);
    QTRY_VERIFY(chart(3).plot().width() < chart(0).plot().width() - 100);
    const auto before = m_archive.queries.size();
    action(u"actionRangeDay"_s)->trigger();
    QVERIFY(m_archive.queries.size() > before);
    QCOMPARE(m_archive.queries.back().points, int(chart(0).plot().width() / 2));
}

void TestStoredCharts::pullingGoesBackInTime()
{
    m_archive.answer();
    action(u"actionRangeDay"_s)->trigger();
    m_archive.answer();
    pull(0.2, 0.7);
    QVERIFY(metrics().showsStored());
    QVERIFY(action(u"actionPause"_s)->isChecked());
    QVERIFY(std::abs(double(m_newestMs - endMs()) - 0.5 * dayMs) < double(10 * chart().pixelMs()));
    m_archive.answer();
    m_archive.answer();
    QCOMPARE(m_archive.queries.back().toMs, endMs());
    // What comes in meanwhile moves nothing.
    const qint64 end = endMs();
    m_window->showSample(test::madeUpFrame(10, 2, m_newestMs));
    QCOMPARE(endMs(), end);
    QCOMPARE(metrics().drawn().toMs, end);
    // Another range ends at the same moment.
    action(u"actionRangeWeek"_s)->trigger();
    m_archive.answer();
    QCOMPARE(m_archive.queries.back().toMs, end);
    QCOMPARE(m_archive.queries.back().fromMs, end - 7 * dayMs);
}

void TestStoredCharts::theLastHourIsPulledWithoutAsking()
{
    m_archive.answer();
    const auto before = m_archive.queries.size();
    pull(0.2, 0.7);
    QVERIFY(!metrics().showsStored());
    QCOMPARE(m_archive.queries.size(), before);
    QCOMPARE(metrics().drawn(), m_window->timeline().stretch());
    QVERIFY(chart().pointCount() > 0);
    for (int i = 0; i < 50; ++i)
        action(u"actionBack"_s)->trigger();
    QVERIFY(metrics().showsStored());
    QVERIFY(m_archive.queries.size() > before);
}

void TestStoredCharts::resumeComesBackToThePresent()
{
    m_archive.answer();
    pull(0.2, 0.7);
    action(u"actionPause"_s)->trigger();
    QVERIFY(!metrics().showsStored());
    QCOMPARE(endMs(), m_newestMs);
    QVERIFY(m_window->timeline().isLive());
    QVERIFY(chart().pointCount() > 0);
}

void TestStoredCharts::neverBeyondThePresent()
{
    m_archive.answer();
    pull(0.8, 0.2);
    QCOMPARE(endMs(), m_newestMs);
    QVERIFY(m_window->timeline().isLive());
}

void TestStoredCharts::oneQuestionAtATime()
{
    m_archive.answer();
    action(u"actionRangeDay"_s)->trigger();
    m_archive.answer();
    const std::size_t before = m_archive.queries.size();
    for (int i = 0; i < 20; ++i)
        action(u"actionBack"_s)->trigger();
    QCOMPARE(m_archive.queries.size(), before + 1);
    m_archive.answer(); // the first place is old by now: the last one is asked for
    QCOMPARE(m_archive.queries.size(), before + 2);
    QCOMPARE(m_archive.queries.back().toMs, endMs());
    QCOMPARE(m_newestMs - endMs(), 5 * dayMs);
}

void TestStoredCharts::aClickShowsWhoItWas()
{
    m_archive.answer();
    m_archive.processes = {
        m_newestMs - 60'000,
        {{{42, u"make"_s, 180, 1'000'000}}, {{42, u"make"_s, 180, 1'000'000}, {7, u"editor"_s, 3, 9'000'000}}}};
    auto* const panel = m_window->findChild<MomentPanel*>();
    QVERIFY(!panel->isVisible());
    QTest::mouseClick(chart().viewport(), Qt::LeftButton, {}, inPlot(0.75));
    QTRY_VERIFY(panel->isVisible());
    QCOMPARE(m_archive.moments.size(), std::size_t(1));
    QVERIFY(std::abs(double(m_newestMs - m_archive.moments[0]) - 0.25 * 5 * minuteMs) < 5'000);
    for (int card = 0; card < 4; ++card)
        QCOMPARE(chart(card).mark(), std::optional<qint64>(m_archive.moments[0]));
    m_archive.answer();
    const auto* table = m_window->findChild<QTreeWidget*>(u"processTable"_s);
    QCOMPARE(table->topLevelItemCount(), 2);
    QCOMPARE(table->topLevelItem(0)->text(0), u"make"_s);
    QVERIFY(!m_window->timeline().isLive()); // until it is unpinned
    QTest::mouseClick(m_window->findChild<QToolButton*>(u"closeMomentButton"_s), Qt::LeftButton);
    QVERIFY(!panel->isVisible());
    QVERIFY(!chart().mark());
    QVERIFY(m_window->timeline().isLive());
    // Nothing stored is said.
    m_archive.processes = {};
    QTest::mouseClick(chart().viewport(), Qt::LeftButton, {}, inPlot(0.5));
    QTRY_VERIFY(panel->isVisible());
    m_archive.answer();
    QCOMPARE(table->topLevelItemCount(), 0);
    QVERIFY(!table->isVisible());
}

void TestStoredCharts::aClickMeansWhatIsDrawn()
{
    m_archive.answer();
    action(u"actionRangeMonth"_s)->trigger();
    m_archive.answer();
    // Time goes on while the lines stand: a long range is drawn anew only when it would move.
    const qint64 drawn = m_newestMs;
    for (int second = 10; second < 60; ++second)
        m_window->showSample(test::madeUpFrame(second, 2, drawn));
    QTest::mouseClick(chart().viewport(), Qt::LeftButton, {}, inPlot(0.5));
    const qint64 expected = drawn - 15 * dayMs;
    QTRY_VERIFY(!m_archive.moments.empty());
    QVERIFY(std::abs(m_archive.moments.back() - expected) < 2 * chart().pixelMs());
    // An answer that comes after the chart was pulled on is drawn where the chart is now.
    pull(0.4, 0.5);
    pull(0.4, 0.5);
    m_archive.answer();
    QCOMPARE(metrics().drawn().toMs, endMs());
}

void TestStoredCharts::zoomingKeepsToWhatIsOffered()
{
    Settings settings;
    settings.language = u"en"_s;
    settings.rangeMinutes = 10'080;
    m_window = std::make_unique<MainWindow>(settings, *m_feed); // and no archive
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QVERIFY(action(u"actionRange60"_s)->isChecked());
    action(u"actionZoomOut"_s)->trigger();
    QVERIFY(action(u"actionRange60"_s)->isChecked());
    QVERIFY(!metrics().showsStored());
    action(u"actionZoomIn"_s)->trigger();
    QVERIFY(!action(u"actionRange60"_s)->isChecked());
    QCOMPARE(m_window->timeline().rangeMs(), 48 * minuteMs);
    QCOMPARE(m_window->settings().rangeMinutes, 10'080); // a zoom is for now
}

void TestStoredCharts::withoutAnArchiveThePastIsNotOffered()
{
    Settings settings;
    settings.rangeMinutes = 10'080;
    MainWindow window(settings, *m_feed);
    window.resize(1280, 800);
    window.show();
    window.showSample(test::madeUpFrame(0));
    QVERIFY(!window.findChild<QAction*>(u"actionRangeWeek"_s)->isEnabled());
    QVERIFY(window.findChild<QAction*>(u"actionRange60"_s)->isChecked());
    QCOMPARE(window.settings().rangeMinutes, 10'080); // for the next time
    window.findChild<QAction*>(u"actionBack"_s)->trigger(); // the hour is all there is
    QVERIFY(window.timeline().isLive());
    QVERIFY(!window.findChild<MetricsPanel*>()->showsStored());
}

void TestStoredCharts::partsAreInPercent()
{
    auto frame = std::make_shared<MetricRange>();
    const double unknown = std::numeric_limits<double>::quiet_NaN();
    frame->times = {1'000, 2'000, 3'000};
    frame->series = {{"memory.total", {8, 8, unknown}, {8, 8, unknown}, {8, 8, unknown}},
                     {"memory.used", {1, 2, unknown}, {2, 4, unknown}, {4, 8, unknown}},
                     {"swap.total", {0, 0, 0}, {0, 0, 0}, {0, 0, 0}},
                     {"swap.used", {0, 0, 0}, {0, 0, 0}, {0, 0, 0}}};
    const StoredTraces traces(frame);
    const auto memory = traces.trace(Metric::MemoryPercent, 0);
    QCOMPARE(memory.size(), std::size_t(3));
    QCOMPARE(memory[1].value, 50.0);
    QVERIFY(std::isnan(memory[2].value));
    QCOMPARE(traces.band(Metric::MemoryPercent, 0)[0].low, 12.5);
    QCOMPARE(traces.band(Metric::MemoryPercent, 0)[1].high, 100.0);
    QVERIFY(std::isnan(traces.trace(Metric::SwapPercent, 0)[0].value)); // there is none
    QVERIFY(traces.trace(Metric::DiskRead, 0).empty());
    QCOMPARE(traces.trace(Metric::MemoryPercent, 2'500).size(), std::size_t(2)); // and the one before
}

void TestStoredCharts::unknownPartsTheBand()
{
    const double unknown = std::numeric_limits<double>::quiet_NaN();
    // Whatever a band holds, it is drawn without harm.
    for (const std::vector<BandPoint>& band :
         {std::vector<BandPoint>{},
          {{0, unknown, unknown}},
          {{0, 1, 2}},
          {{0, 1, 2}, {1'000, unknown, unknown}, {2'000, 1, 3}, {3'000, 1, 3}, {9'000'000, 5, 6}}}) {
        chart().setBand(0, band, 60'000);
        QVERIFY(!chart().grab().isNull());
    }
}

void TestStoredCharts::theRangeFitsANarrowWindow()
{
    m_archive.answer();
    m_window->resize(600, 480);
    QCoreApplication::processEvents();
    auto* const button = m_window->findChild<QToolButton*>(u"rangeButton"_s);
    QVERIFY(button->isVisible());
    QCOMPARE(button->text(), u"5 min"_s);
    action(u"actionRangeDay"_s)->trigger();
    QCOMPARE(button->text(), u"1 d"_s);
    QCOMPARE(button->menu()->actions().size(), 7);
    m_window->resize(1280, 800);
    QCoreApplication::processEvents();
    QVERIFY(!button->isVisible());
}

VIGIE_WINDOW_TEST(TestStoredCharts)
#include "tst_storedcharts.moc"
