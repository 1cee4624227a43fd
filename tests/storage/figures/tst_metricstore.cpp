// SPDX-License-Identifier: GPL-3.0-or-later
#include "metricsfile.h"
#include "testmain.h"

#include <QFile>
#include <cmath>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

constexpr std::int64_t second = 1'000;
constexpr std::int64_t minute = 60 * second;
constexpr std::int64_t hour = 60 * minute;
constexpr std::int64_t day = 24 * hour;
constexpr std::int64_t start = 20'000 * day; // of an hour, and of a day

std::vector<MetricFigure> cpu(double value)
{
    return {{"cpu.usage", value, Quantum::Tenth}};
}

/// The value that a second has everywhere in this test.
double valueAt(std::int64_t ms)
{
    return double(ms / second % 100);
}

} // namespace

class TestMetricStore : public test::MetricsFile
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void secondsComeBackAsTheyWere();
    void onlyTheWantedSeries();
    void peaksSurviveEveryStep();
    void coarserWhereFinerIsGone();
    void noTimeIsToldTwice();
    void finerWhereCoarserIsNotYet();
    void rollUpGoesOnAfterReopening_data();
    void rollUpGoesOnAfterReopening();
    void gapIsMarked();
    void steadySlowPaceIsNoGap();
    void applicationsAreApart();
    void idleApplicationGoesOn();
    void seriesThatComeAndGo();
    void clockSetBackLosesNothing();
    void clockSetForwardRemovesNothingNear();
    void retentionTakesTheOldest();
    void bytesAreGivenBack();
    void processesOfAMoment();
    void readerSeesNothingWithoutAFile();
    void laterVersionIsRefused();
    void memoryIsBoundedWhileTheDiskTakesNothing();
    void answerIsBounded();
    void namesAreBounded();
    void silentApplicationKeepsItsMinutes();

private:
    void add(std::int64_t fromMs, std::int64_t toMs);
    void addOne(std::int64_t time, double value);
    void write() { QVERIFY(m_store->write()); }
    MetricRange frame(std::int64_t fromMs, std::int64_t toMs, int points, std::vector<std::string> series = {})
    {
        return m_reader.frame({m_app, fromMs, toMs, points, std::move(series)});
    }

    std::string m_app;
};

void TestMetricStore::init()
{
    m_app.clear();
    create();
}

void TestMetricStore::add(std::int64_t fromMs, std::int64_t toMs)
{
    for (std::int64_t time = fromMs; time < toMs; time += second)
        addOne(time, valueAt(time));
}

void TestMetricStore::addOne(std::int64_t time, double value)
{
    m_store->addTo({}, time, cpu(value));
    if (time % (30 * minute) == 0) // it keeps two hours in memory
        QVERIFY(m_store->write());
}

void TestMetricStore::secondsComeBackAsTheyWere()
{
    add(start, start + 150 * second);
    write();
    const MetricRange all = frame(start, start + 149 * second, 1'000);
    QCOMPARE(all.stepMs, second);
    QCOMPARE(all.times.size(), std::size_t(150));
    QCOMPARE(all.series.size(), std::size_t(1));
    for (std::size_t i = 0; i < all.times.size(); ++i) {
        QCOMPARE(all.times[i], start + std::int64_t(i) * second);
        QCOMPARE(all.series[0].average[i], valueAt(all.times[i]));
        QCOMPARE(all.series[0].low[i], all.series[0].high[i]);
    }
    QCOMPARE(frame(start + 10 * second, start + 19 * second, 1'000).times.size(), std::size_t(10));
    QVERIFY(frame(start - day, start - 1, 1'000).times.empty());
    QVERIFY(frame(start + 10, start + 9, 1'000).times.empty());
}

void TestMetricStore::onlyTheWantedSeries()
{
    m_store->addTo({}, start, {{"cpu.usage", 1}, {"cpu.core.0", 2}, {"cpu.core.1", 3}, {"memory.used", 4}});
    write();
    const auto names = [this](std::vector<std::string> wanted) {
        std::vector<std::string> found;
        for (const MetricSeries& series : frame(start, start, 10, std::move(wanted)).series)
            found.push_back(series.name);
        return found;
    };
    using Names = std::vector<std::string>;
    QCOMPARE(names({}), (Names{"cpu.core.0", "cpu.core.1", "cpu.usage", "memory.used"}));
    QCOMPARE(names({"cpu.core.*"}), (Names{"cpu.core.0", "cpu.core.1"}));
    QCOMPARE(names({"memory.used", "cpu.usage", "no.such"}), (Names{"cpu.usage", "memory.used"}));
    QCOMPARE(names({"cpu.core"}), Names());
}

void TestMetricStore::peaksSurviveEveryStep()
{
    for (std::int64_t time = start; time < start + 3 * hour; time += second)
        addOne(time, time == start + 5'000 * second ? 100 : time == start + 7'000 * second ? 0 : 50);
    write();
    for (const int points : {5'000, 300, 60, 10, 3, 1}) {
        const MetricRange all = frame(start, start + 3 * hour - 1, points);
        QVERIFY(all.times.size() <= std::size_t(points) + 1);
        QCOMPARE(*std::ranges::max_element(all.series[0].high), 100.0);
        QCOMPARE(*std::ranges::min_element(all.series[0].low), 0.0);
        QVERIFY(std::ranges::is_sorted(all.times));
        for (const double average : all.series[0].average)
            QVERIFY2(average >= 0 && average <= 100, qPrintable(u"%1 of %2"_s.arg(average).arg(points)));
    }
    // The average is of all seconds, whatever they went through.
    QVERIFY(std::abs(frame(start, start + 3 * hour - 1, 1).series[0].average[0] - 50) < 0.11);
}

void TestMetricStore::coarserWhereFinerIsGone()
{
    add(start, start + 8 * hour);
    write();
    MetricRetention retention;
    retention.age = {std::chrono::hours(1), std::chrono::hours(2), std::chrono::hours(100)};
    open(retention);
    while (*m_store->tidy(start + 8 * hour)) { }
    const MetricRange all = frame(start, start + 8 * hour - 1, 40'000);
    QCOMPARE(all.times.front(), start); // an hour's row
    QCOMPARE(all.times.back(), start + 8 * hour - second);
    QVERIFY(std::ranges::is_sorted(all.times));
    QVERIFY2(all.times.size() > 3'600 && all.times.size() < 4'000, qPrintable(QString::number(all.times.size())));
    // Finer ones are really gone, and what is left gives the same height.
    QCOMPARE(all.series[0].high.front(), 99.0);
    QCOMPARE(all.series[0].low.front(), 0.0);
}

void TestMetricStore::noTimeIsToldTwice()
{
    // The first minute began before the first second that is known.
    add(start + 40 * second, start + 5 * minute);
    write();
    const MetricRange all = frame(start - minute, start + 5 * minute, 5'000);
    QCOMPARE(all.times.front(), start + 40 * second);
    QCOMPARE(all.times.size(), std::size_t(4 * 60 + 20));
}

void TestMetricStore::finerWhereCoarserIsNotYet()
{
    add(start, start + hour + 90 * second);
    write();
    // Hours are asked for: one is full; minutes and seconds must tell the rest.
    const MetricRange all = frame(start, start + 2 * hour - 1, 2);
    QCOMPARE(all.times.size(), std::size_t(2));
    QCOMPARE(all.series[0].high[1], 89.0);
    QCOMPARE(all.series[0].low[1], 0.0);
    // A minute's step: 61 rows of minutes, and 30 seconds that make the last.
    const MetricRange minutes = frame(start, start + 2 * hour - 1, 120);
    QCOMPARE(minutes.times.size(), std::size_t(62));
    QCOMPARE(minutes.series[0].high.back(), valueAt(start + hour + 89 * second));
}

void TestMetricStore::rollUpGoesOnAfterReopening_data()
{
    QTest::addColumn<qint64>("stop");
    QTest::newRow("in a minute") << qint64(30 * minute + 17 * second);
    QTest::newRow("at its end") << qint64(30 * minute);
    QTest::newRow("at the hour") << qint64(hour);
    QTest::newRow("in the first") << qint64(second);
}

void TestMetricStore::rollUpGoesOnAfterReopening()
{
    QFETCH(qint64, stop);
    add(start, start + stop);
    write();
    open();
    add(start + stop, start + 2 * hour);
    write();
    const MetricRange minutes = frame(start, start + 2 * hour - minute - 1, 119);
    QCOMPARE(minutes.times.size(), std::size_t(119));
    for (std::size_t i = 0; i < minutes.times.size(); ++i) {
        // Of sixty seconds each: none was lost, none counts twice.
        double sum = 0;
        for (int s = 0; s < 60; ++s)
            sum += valueAt(start + std::int64_t(i) * minute + s * second);
        QVERIFY2(std::abs(minutes.series[0].average[i] - sum / 60) < 0.06, qPrintable(QString::number(i)));
    }
    QVERIFY(std::abs(frame(start, start + hour - 1, 1).series[0].average[0] - 49.5) < 0.2);
}

void TestMetricStore::gapIsMarked()
{
    add(start, start + 60 * second);
    add(start + 300 * second, start + 360 * second);
    write();
    const MetricRange all = frame(start, start + 400 * second, 1'000);
    QCOMPARE(all.times.size(), std::size_t(121));
    QVERIFY(std::isnan(all.series[0].average[60]));
    QVERIFY(std::isnan(all.series[0].low[60]) && std::isnan(all.series[0].high[60]));
    QVERIFY(all.times[60] > all.times[59] && all.times[60] < all.times[61]);
}

void TestMetricStore::steadySlowPaceIsNoGap()
{
    m_app = "shop";
    for (int i = 0; i < 40; ++i)
        m_store->addTo(m_app, start + i * 15 * second, {{"queue", double(i)}});
    write();
    const MetricRange all = frame(start, start + hour, 3'600);
    QCOMPARE(all.times.size(), std::size_t(40));
}

void TestMetricStore::applicationsAreApart()
{
    m_store->addTo({}, start, {{"load", 1}});
    m_store->addTo("a", start, {{"load", 2}});
    m_store->addTo("b", start, {{"load", 3}});
    write();
    QCOMPARE(frame(start, start, 1).series[0].average[0], 1.0);
    m_app = "a";
    QCOMPARE(frame(start, start, 1).series[0].average[0], 2.0);
    m_app = "b";
    QCOMPARE(frame(start, start, 1).series[0].average[0], 3.0);
    m_app = "A";
    QVERIFY(frame(start, start, 1).times.empty());
}

void TestMetricStore::idleApplicationGoesOn()
{
    m_app = "shop";
    m_store->addTo(m_app, start, {{"queue", 1.5}});
    add(start, start + hour);
    write(); // by now it is forgotten
    m_store->addTo(m_app, start + hour, {{"queue", 2.5}});
    write();
    const MetricRange all = frame(start, start + 2 * hour, 7'200);
    QCOMPARE(all.series[0].average.front(), 1.5);
    QCOMPARE(all.series[0].average.back(), 2.5);
}

void TestMetricStore::seriesThatComeAndGo()
{
    m_store->addTo({}, start, {{"a", 1}});
    m_store->addTo({}, start + second, {{"a", 2}, {"b", 3}});
    m_store->addTo({}, start + 2 * second, {{"b", 4}});
    write();
    const MetricRange all = frame(start, start + 2 * second, 10);
    QCOMPARE(all.series.size(), std::size_t(2));
    QCOMPARE(all.series[0].average[1], 2.0);
    QVERIFY(std::isnan(all.series[0].average[2]));
    QVERIFY(std::isnan(all.series[1].average[0]));
    QCOMPARE(all.series[1].average[2], 4.0);
}

void TestMetricStore::clockSetBackLosesNothing()
{
    add(start + hour, start + hour + 5 * minute);
    write();
    add(start, start + 5 * minute); // an hour back
    write();
    add(start + hour + 2 * minute, start + hour + 3 * minute); // and forward again, into what was
    write();
    open();
    add(start + 10 * minute, start + 11 * minute);
    write();
    QCOMPARE(frame(start, start + 5 * minute - 1, 10'000).times.size(), std::size_t(300));
    QCOMPARE(frame(start + hour, start + hour + 5 * minute - 1, 10'000).times.size(), std::size_t(300));
    const MetricRange all = frame(start, start + 2 * hour, 10'000);
    QVERIFY(std::ranges::is_sorted(all.times));
    QCOMPARE(frame(start + 10 * minute, start + 11 * minute - 1, 100).times.size(), std::size_t(60));
}

void TestMetricStore::clockSetForwardRemovesNothingNear()
{
    add(start, start + 10 * minute);
    add(start + 4'000 * day, start + 4'000 * day + minute); // a mistake
    add(start + 10 * minute, start + 20 * minute); // mended
    write();
    QVERIFY(!*m_store->tidy(start + 20 * minute));
    const MetricRange all = frame(start, start + 20 * minute - 1, 10'000);
    QCOMPARE(all.times.size(), std::size_t(1'200));
}

void TestMetricStore::retentionTakesTheOldest()
{
    add(start, start + 30 * minute);
    m_store->addProcesses(start, {{{1, u"init"_s, 1, 1}}, {}});
    write();
    MetricRetention retention;
    retention.age[0] = std::chrono::minutes(10);
    retention.processes = std::chrono::minutes(5);
    open(retention);
    while (*m_store->tidy(start + 30 * minute)) { }
    const MetricRange seconds = frame(start + 10 * minute, start + 30 * minute - 1, 10'000);
    QVERIFY(seconds.times.size() >= 600 && seconds.times.size() < 900);
    QCOMPARE(seconds.times.back(), start + 30 * minute - second);
    QCOMPARE(m_reader.processesAt(start + second).timestampMs, std::int64_t(0));
}

void TestMetricStore::bytesAreGivenBack()
{
    // Noise, which takes most room.
    std::uint32_t noise = 1;
    for (std::int64_t time = start; time < start + 12 * hour; time += second) {
        std::vector<MetricFigure> figures;
        for (int i = 0; i < 8; ++i)
            figures.push_back(
                {"noise." + std::to_string(i), double((noise = noise * 1'664'525 + 1'013'904'223) >> 8), Quantum::Unit});
        m_store->addTo({}, time, figures);
        if (time % hour == 0)
            write();
    }
    write();
    MetricRetention retention;
    retention.bytes = 400'000;
    open(retention);
    const qint64 before = QFile(m_path).size();
    QVERIFY(before > 1'000'000);
    // No clock moves it: only that there is too much.
    int steps = 0;
    while (*m_store->tidy(start + 12 * hour))
        QVERIFY(++steps < 1'000);
    open(retention); // the file is cut when what SQLite keeps beside it is taken in
    QVERIFY2(QFile(m_path).size() < before / 2, qPrintable(QString::number(QFile(m_path).size())));
    const MetricRange left = frame(start, start + 12 * hour, 720);
    QVERIFY(left.times.size() > 700); // in minutes, at least
}

void TestMetricStore::processesOfAMoment()
{
    for (int i = 0; i < 100; ++i)
        m_store->addProcesses(start + i * 5 * second, {{{100 + i, u"busy"_s, 50.0 + i, 1'024}}, {{1, u"init"_s, 0, 4'096}}});
    write();
    const ProcessSnapshot moment = m_reader.processesAt(start + 52 * second);
    QCOMPARE(moment.timestampMs, start + 50 * second);
    QCOMPARE(moment.processes.topByCpu[0].pid, 110);
    QCOMPARE(moment.processes.topByMemory[0].name, u"init"_s);
    QCOMPARE(m_reader.processesAt(start - 1).timestampMs, std::int64_t(0));
    QCOMPARE(m_reader.processesAt(start + 99 * 5 * second + 59 * second).processes.topByCpu[0].pid, 199);
    QCOMPARE(m_reader.processesAt(start + hour).timestampMs, std::int64_t(0));
}

void TestMetricStore::readerSeesNothingWithoutAFile()
{
    MetricReader reader;
    QVERIFY(reader.frame({{}, 0, 1'000, 10, {}}).times.empty());
    reader.setPath(m_folder->filePath(u"no such.db"_s));
    QVERIFY(reader.frame({{}, 0, 1'000, 10, {}}).times.empty());
    QCOMPARE(reader.processesAt(5).timestampMs, std::int64_t(0));
}

void TestMetricStore::laterVersionIsRefused()
{
    m_store.reset();
    {
        auto database = Database::open(m_path, Database::Access::ReadWrite);
        QVERIFY(database && database->run("PRAGMA user_version=1000"));
    }
    const auto opened = MetricStore::open(m_path, {});
    QVERIFY(!opened);
    QCOMPARE(opened.error().fault, DatabaseFault::Newer);
}

void TestMetricStore::memoryIsBoundedWhileTheDiskTakesNothing()
{
    for (std::int64_t time = start; time < start + 5 * hour; time += second)
        m_store->addTo({}, time, cpu(1));
    write();
    // The newest two hours of seconds; of what came before, nothing.
    const std::size_t kept = frame(start, start + 5 * hour, 20'000).times.size();
    QVERIFY2(kept > 7'000 && kept < 7'500, qPrintable(QString::number(kept)));
}

void TestMetricStore::answerIsBounded()
{
    for (int i = 0; i < 200; ++i)
        m_store->addTo("shop", start + i * second, {{"s" + std::to_string(i), 1}});
    write();
    m_app = "shop";
    // Of many series there are fewer points, and none is missing.
    const MetricRange all = frame(start, start + 9'999 * second, 5'000);
    QCOMPARE(all.series.size(), std::size_t(200));
    QVERIFY2(all.stepMs >= 19 * second && all.stepMs <= 21 * second, qPrintable(QString::number(all.stepMs)));
    QCOMPARE(frame(start, start + 9'999 * second, 5'000, {"s199"}).stepMs, 2 * second);
}

void TestMetricStore::namesAreBounded()
{
    // One application that makes up names takes nothing from another, nor from the machine.
    for (int i = 0; i < 1'000; ++i)
        m_store->addTo("shop", start + i * second, {{"s" + std::to_string(i), 1}});
    m_store->addTo("bank", start, {{"accounts", 1}});
    m_store->addTo({}, start, {{"cpu.usage", 1}});
    write();
    m_app = "shop";
    QCOMPARE(frame(start, start + hour, 1).series.size(), std::size_t(200));
    m_app = "bank";
    QCOMPARE(frame(start, start + hour, 1).series.size(), std::size_t(1));
    m_app.clear();
    QCOMPARE(frame(start, start + hour, 1).series.size(), std::size_t(1));
    // Another day new names take the places of those that are not used any more, and only of those.
    const std::int64_t tomorrow = start + 25 * hour;
    open();
    m_store->addTo("shop", tomorrow, {{"s7", 2}});
    for (int i = 0; i < 1'000; ++i)
        m_store->addTo("shop", tomorrow + (i + 1) * second, {{"t" + std::to_string(i), 3}});
    write();
    open();
    m_app = "shop";
    const MetricRange day = frame(tomorrow, tomorrow + hour, 1);
    QVERIFY2(day.series.size() >= 199 && day.series.size() <= 200, qPrintable(QString::number(day.series.size())));
    const MetricRange kept = frame(start, tomorrow + hour, 1, {"s7"});
    QCOMPARE(kept.series.size(), std::size_t(1));
    QCOMPARE(kept.series[0].high.back(), 2.0);
    // A number is never given twice: what t0 says is 3, whatever names stood there before.
    QCOMPARE(frame(start, tomorrow + hour, 1, {"t0"}).series[0].low.back(), 3.0);
}

void TestMetricStore::silentApplicationKeepsItsMinutes()
{
    // Seconds are asked for, of which none is left.
    m_app = "shop";
    for (std::int64_t time = start; time < start + 3 * hour; time += second) {
        m_store->addTo("shop", time, {{"queue", valueAt(time)}});
        if (time % (30 * minute) == 0)
            write();
    }
    write();
    while (*m_store->tidy(start + 30 * hour)) { }
    QVERIFY(frame(start + hour, start + 2 * hour - 1, 5'000).times.size() >= 60);
    // And hours, where there are minutes no more.
    while (*m_store->tidy(start + 24 * 100 * hour)) { }
    QCOMPARE(frame(start + hour, start + 2 * hour - 1, 5'000).times.size(), std::size_t(1));
    QCOMPARE(frame(start, start + 3 * hour - 1, 180).times.size(), std::size_t(2)); // the third was not full
}

VIGIE_TEST(TestMetricStore)
#include "tst_metricstore.moc"
