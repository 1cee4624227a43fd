// SPDX-License-Identifier: GPL-3.0-or-later
// The bars of entries by level, and the counts that they show.
#include "gui/charts/entrybars.h"
#include "gui/charts/timelabels.h"
#include "testmain.h"

#include <QMouseEvent>
#include <QSignalSpy>
#include <QTest>
#include <memory>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 now = 1'780'000'000'000;

/// Counts entries when it is told to.
class CountingHistory : public History
{
public:
    void query(HistoryQuery, std::function<void(HistoryPage)>) override {}
    void replay(std::string, std::uint64_t, std::size_t, std::function<void(ReplayPage)>) override {}
    void find(std::string, std::string, std::function<void(std::optional<std::uint64_t>)>) override {}
    void counts(LogCountsQuery query, std::function<void(LogCounts)> done) override
    {
        queries.push_back(query);
        m_waiting.push_back([this, query, done = std::move(done)] {
            LogCounts counts(query);
            for (const auto& [appId, timeMs, severity] : entries) {
                if (query.appId.empty() || appId == query.appId)
                    counts.add(timeMs, severity);
            }
            done(counts);
        });
    }

    void answer()
    {
        for (const auto& tell : std::exchange(m_waiting, {}))
            tell();
    }

    struct Entry
    {
        std::string appId;
        qint64 timeMs = 0;
        Severity severity = Severity::Info;
    };
    std::vector<Entry> entries;
    std::vector<LogCountsQuery> queries;

private:
    std::vector<std::function<void()>> m_waiting;
};

} // namespace

class TestEntryBars : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void entriesOfAllApplicationsAreCounted();
    void aMovingStretchIsNotAskedForAgain();
    void newEntriesAreCountedWhileLive();
    void anotherStretchIsAskedFor();
    void anotherApplicationReplacesTheFirst();
    void manyApplicationsAreOneQuestion();
    void hiddenNothingIsAsked();
    void errorsHaveTheirMoments();
    void stepsAreRound_data();
    void stepsAreRound();
    void aBarTellsItsCounts();
    void dragAndClickAreThoseOfTheCharts();

private:
    quint64 sum() const;
    QPoint at(qint64 timeMs) const;

    CountingHistory m_history;
    std::unique_ptr<Timeline> m_timeline;
    std::unique_ptr<EntryBars> m_bars;
};

void TestEntryBars::init()
{
    m_history = CountingHistory();
    m_timeline = std::make_unique<Timeline>(300'000, now);
    m_bars = std::make_unique<EntryBars>(*m_timeline);
    m_bars->resize(int(600 + 14 + 16 + valueAxisWidth(labelFont(*m_bars))), 90); // a plot of 600
    m_history.entries = {{"shop", now - 100'000, Severity::Info},
                         {"shop", now - 100'000, Severity::Error},
                         {"mail", now - 100'000, Severity::Info},
                         {"mail", now - 20'000, Severity::Warn}};
    m_bars->counts().setHistory(&m_history);
    m_bars->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_bars.get()));
    m_history.answer();
}

void TestEntryBars::cleanup()
{
    m_bars.reset();
    m_timeline.reset();
}

quint64 TestEntryBars::sum() const
{
    quint64 sum = 0;
    for (const SeverityCounts& step : m_bars->counts().steps().counts) {
        for (const auto count : step)
            sum += count;
    }
    return sum;
}

QPoint TestEntryBars::at(qint64 timeMs) const
{
    return {int(m_bars->axis().xOf(timeMs)), int(m_bars->axis().plot.center().y())};
}

void TestEntryBars::entriesOfAllApplicationsAreCounted()
{
    QCOMPARE(sum(), quint64(4));
    const EntryCounts::Steps& steps = m_bars->counts().steps();
    QCOMPARE(steps.stepMs, qint64(5'000)); // of at most 100
    const auto& step = steps.counts[std::size_t((now - 100'000 - steps.fromMs) / steps.stepMs)];
    QCOMPARE(step[std::size_t(Severity::Info)], 2U);
    QCOMPARE(step[std::size_t(Severity::Error)], 1U);
}

void TestEntryBars::aMovingStretchIsNotAskedForAgain()
{
    const auto before = m_history.queries.size();
    for (int second = 1; second < 30; ++second)
        m_timeline->setPresent(now + second * 1'000);
    QCOMPARE(m_history.queries.size(), before);
    m_timeline->setPresent(now + 300'000); // beyond what was asked for
    QCOMPARE(m_history.queries.size(), before + 1);
}

void TestEntryBars::newEntriesAreCountedWhileLive()
{
    m_history.entries.push_back({"shop", now + 500, Severity::Info});
    m_timeline->setPresent(now + 1'000);
    const auto before = m_history.queries.size();
    for (int i = 0; i < 100; ++i) // a flood asks no more often
        m_bars->counts().noteEntries();
    QTRY_COMPARE(m_history.queries.size(), before + 1);
    m_history.answer();
    QCOMPARE(sum(), quint64(5));
}

void TestEntryBars::anotherStretchIsAskedFor()
{
    m_timeline->show(now - 86'400'000, now - 80'000'000);
    QVERIFY(m_history.queries.back().fromMs <= now - 86'400'000);
    QVERIFY(m_history.queries.back().toMs >= now - 80'000'000);
    const auto asked = m_history.queries.size();
    m_timeline->show(now - 120'000, now - 60'000); // while it is asked
    QCOMPARE(m_history.queries.size(), asked);
    m_history.answer();
    QCOMPARE(m_history.queries.size(), asked + 1);
    m_history.answer();
    QCOMPARE(sum(), quint64(3));
}

void TestEntryBars::anotherApplicationReplacesTheFirst()
{
    m_bars->counts().noteEntries();
    m_bars->counts().setApplication(u"mail"_s);
    QCOMPARE(sum(), quint64(0));
    m_history.answer();
    QCOMPARE(sum(), quint64(2));
    m_bars->counts().setApplication({});
    QCOMPARE(sum(), quint64(0));
    m_history.answer();
    QCOMPARE(sum(), quint64(4));
}

void TestEntryBars::manyApplicationsAreOneQuestion()
{
    for (int i = 0; i < 1'000; ++i)
        m_history.entries.push_back({"app" + std::to_string(i), now - 50'000, Severity::Info});
    const auto before = m_history.queries.size();
    m_timeline->show(now - 86'400'000, now);
    QCOMPARE(m_history.queries.size(), before + 1);
    m_history.answer();
    QCOMPARE(sum(), quint64(1'004));
}

void TestEntryBars::hiddenNothingIsAsked()
{
    m_bars->hide();
    const auto before = m_history.queries.size();
    m_timeline->show(now - 86'400'000, now - 80'000'000);
    m_bars->counts().noteEntries();
    QCOMPARE(m_history.queries.size(), before);
    m_bars->show();
    QCOMPARE(m_history.queries.size(), before + 1);
}

void TestEntryBars::errorsHaveTheirMoments()
{
    const auto times = m_bars->counts().errorTimes();
    QCOMPARE(times.size(), std::size_t(1));
    QVERIFY(std::abs(times[0] - (now - 100'000)) <= 2'500);
}

void TestEntryBars::stepsAreRound_data()
{
    QTest::addColumn<qint64>("least");
    QTest::addColumn<qint64>("step");
    QTest::newRow("tiny") << qint64(0) << qint64(1);
    QTest::newRow("as it is") << qint64(500) << qint64(500);
    QTest::newRow("seconds") << qint64(2'400) << qint64(5'000);
    QTest::newRow("minutes") << qint64(61'000) << qint64(120'000);
    QTest::newRow("days") << qint64(86'400'001) << qint64(2 * 86'400'000);
    QTest::newRow("years") << qint64(100LL * 86'400'000) << qint64(28LL * 86'400'000);
}

void TestEntryBars::stepsAreRound()
{
    QFETCH(qint64, least);
    QFETCH(qint64, step);
    QCOMPARE(EntryCounts::niceStep(least), step);
}

void TestEntryBars::aBarTellsItsCounts()
{
    QVERIFY(m_bars->pointedTexts().isEmpty());
    const QImage before = m_bars->grab().toImage();
    QTest::mouseMove(m_bars.get(), at(now - 99'000));
    QCOMPARE(m_bars->pointedTexts(), (QStringList{u"Error  1"_s, u"Info  2"_s}));
    QVERIFY(m_bars->grab().toImage() != before);
    QTest::mouseMove(m_bars.get(), at(now - 200'000));
    QVERIFY(m_bars->pointedTexts().isEmpty());
}

void TestEntryBars::dragAndClickAreThoseOfTheCharts()
{
    QTest::mouseClick(m_bars.get(), Qt::LeftButton, {}, at(now - 100'000));
    QCOMPARE(m_timeline->moment(), std::optional<qint64>(now - 100'000));
    m_timeline->toPresent();
    QTest::mousePress(m_bars.get(), Qt::LeftButton, {}, at(now - 200'000));
    QTest::mouseMove(m_bars.get(), at(now - 150'000));
    QTest::mouseMove(m_bars.get(), at(now - 100'000));
    QTest::mouseRelease(m_bars.get(), Qt::LeftButton, {}, at(now - 100'000));
    QCOMPARE(m_timeline->stretch(), (Stretch{now - 200'000, now - 100'000, false}));
}

VIGIE_WINDOW_TEST(TestEntryBars)
#include "tst_entrybars.moc"
