// SPDX-License-Identifier: GPL-3.0-or-later
#include "metricsfile.h"
#include "storage/inspection.h"
#include "testmain.h"

#include <QFile>
#include <map>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

constexpr std::int64_t second = 1'000;
constexpr std::int64_t minute = 60 * second;
constexpr std::int64_t hour = 60 * minute;
constexpr std::int64_t start = 24 * hour * 20'000;
constexpr std::int64_t lookMs = 5 * second;

} // namespace

class TestProcessTable : public test::MetricsFile
{
    Q_OBJECT

private Q_SLOTS:
    void init() { create(); }

    void halfHoursAreGathered();
    void halfHourThatGoesOnIsNot();
    void gatheringGoesOnAfterReopening();
    void clockSetBackLosesNothing();
    void damagedRowsCostThemselvesOnly();
    void damagedBlockCostsItselfOnly();
    void earlierFileIsTakenOver();
    void takeOverIsInterruptible();
    void takeOverNeedsNoRoom();
    void oldBlocksAreRemoved();
    void bytesAreGivenBack();

private:
    void openEarlierFile();
    /// Looks from one moment to another, each with the number of its time, written every minute.
    void add(std::int64_t fromMs, std::int64_t toMs, int pid = 1);
    void tidyUp(std::int64_t nowMs = start + 24 * hour)
    {
        while (*m_store->tidy(nowMs)) { }
    }
    std::int64_t number(const char* sql);
    void run(const char* sql);
    ProcessSnapshot at(std::int64_t ms) { return m_reader.processesAt(ms); }
    std::map<std::int64_t, QString> allOf(std::int64_t fromMs, std::int64_t toMs);
};

void TestProcessTable::openEarlierFile()
{
    m_store.reset();
    m_reader.setPath({});
    for (const QString& name : {m_path, m_path + u"-wal"_s, m_path + u"-shm"_s})
        QFile::remove(name);
    QVERIFY(QFile::copy(QStringLiteral(VIGIE_SOURCE_DIR "/tests/data/storage/v1/metrics.db"), m_path));
    QVERIFY(QFile::setPermissions(m_path, QFile::ReadOwner | QFile::WriteOwner));
    open();
}

void TestProcessTable::add(std::int64_t fromMs, std::int64_t toMs, int pid)
{
    for (std::int64_t time = fromMs; time < toMs; time += lookMs) {
        const double percent = double(time / lookMs % 1'000) / 10;
        m_store->addProcesses(time, {{{pid, u"busy"_s, percent, 1'024}}, {{1, u"init"_s, 0, 4'096}, {pid, u"busy"_s, percent, 1'024}}});
        if (time % minute == 0)
            QVERIFY(m_store->write());
    }
    QVERIFY(m_store->write());
}

std::int64_t TestProcessTable::number(const char* sql)
{
    auto database = Database::open(m_path, Database::Access::ReadOnly);
    return database ? *database->number(sql) : -1;
}

void TestProcessTable::run(const char* sql)
{
    auto database = Database::open(m_path, Database::Access::ReadWrite);
    QVERIFY(database && database->run(sql));
}

/// All looks that are found, as text by time.
std::map<std::int64_t, QString> TestProcessTable::allOf(std::int64_t fromMs, std::int64_t toMs)
{
    std::map<std::int64_t, QString> all;
    for (std::int64_t time = fromMs; time < toMs; time += lookMs) {
        const ProcessSnapshot moment = at(time);
        QString& text = all[moment.timestampMs];
        text.clear();
        for (const auto* list : {&moment.processes.topByCpu, &moment.processes.topByMemory}) {
            for (const ProcessSample& process : *list)
                text += u"%1 %2 %3 %4\n"_s.arg(process.pid).arg(process.name).arg(process.cpuPercent).arg(process.residentBytes);
        }
    }
    return all;
}

void TestProcessTable::halfHoursAreGathered()
{
    add(start + 10 * minute, start + 3 * hour);
    const auto before = allOf(start, start + 3 * hour);
    QCOMPARE(before.size(), std::size_t(170 * 12 + 1)); // and the nothing before the first
    QCOMPARE(number("SELECT count(*) FROM process_block"), 0);
    tidyUp();
    QCOMPARE(number("SELECT count(*) FROM process_block"), 5);
    QVERIFY(number("SELECT count(*) FROM processes") <= 16); // of the last half hour
    QCOMPARE(allOf(start, start + 3 * hour), before);
    QVERIFY(inspectMetrics(m_path).problem.isEmpty());
}

void TestProcessTable::halfHourThatGoesOnIsNot()
{
    add(start, start + 29 * minute);
    tidyUp();
    QCOMPARE(number("SELECT count(*) FROM process_block"), 0);
    open();
    tidyUp();
    QCOMPARE(number("SELECT count(*) FROM process_block"), 0);
    add(start + 29 * minute, start + 33 * minute);
    tidyUp();
    QCOMPARE(number("SELECT count(*) FROM process_block"), 1);
    QCOMPARE(at(start + 29 * minute).timestampMs, start + 29 * minute);
    // What is being filled goes on in the table of small ones.
    add(start + 33 * minute, start + 35 * minute);
    QCOMPARE(at(start + 34 * minute).timestampMs, start + 34 * minute);
}

void TestProcessTable::gatheringGoesOnAfterReopening()
{
    add(start, start + 2 * hour);
    const auto before = allOf(start, start + 2 * hour);
    for (int i = 0; i < 3; ++i) {
        QVERIFY(*m_store->tidy(start + 2 * hour));
        open();
        QCOMPARE(allOf(start, start + 2 * hour), before);
    }
    tidyUp();
    QCOMPARE(number("SELECT count(*) FROM process_block"), 3);
    QCOMPARE(allOf(start, start + 2 * hour), before);
}

void TestProcessTable::clockSetBackLosesNothing()
{
    add(start, start + 25 * minute, 1);
    add(start + 10 * minute, start + 15 * minute, 2); // once more, ten minutes of which never come
    add(start + 2 * hour, start + 2 * hour + minute, 3);
    const auto check = [this] {
        QCOMPARE(at(start + 5 * minute).processes.topByCpu[0].pid, 1);
        QCOMPARE(at(start + 12 * minute).processes.topByCpu[0].pid, 2);
        QCOMPARE(at(start + 20 * minute).processes.topByCpu[0].pid, 1);
        QCOMPARE(at(start + 2 * hour).processes.topByCpu[0].pid, 3);
    };
    check();
    tidyUp();
    QCOMPARE(number("SELECT count(*) FROM process_block"), 2);
    check();
}

void TestProcessTable::damagedRowsCostThemselvesOnly()
{
    add(start, start + hour);
    // Two of a half hour, with looks before and after.
    run("UPDATE processes SET data = substr(data, 1, 40) || x'00' || substr(data, 42) WHERE id IN (4, 7)");
    QCOMPARE(number("SELECT min(start_ms) FROM processes WHERE id = 4"), start + 6 * minute);
    QCOMPARE(inspectMetrics(m_path).problem.left(9), u"2 of 30 c"_s);
    open();
    add(start + hour, start + hour + minute);
    tidyUp(start + 2 * hour);
    QCOMPARE(number("SELECT count(*) FROM process_block"), 2);
    QCOMPARE(number("SELECT count(*) FROM processes WHERE id IN (4, 7)"), 2);
    QVERIFY(inspectMetrics(m_path).problem.startsWith(u"2 of "));
    QCOMPARE(at(start + 5 * minute).timestampMs, start + 5 * minute);
    QCOMPARE(at(start + 7 * minute + 30 * second).timestampMs, 0);
    QCOMPARE(at(start + 8 * minute).timestampMs, start + 8 * minute);
    QCOMPARE(at(start + 29 * minute).timestampMs, start + 29 * minute);
    // It is not read again and again, nor by the next run for ever.
    QVERIFY(!*m_store->tidy(start + 2 * hour));
    open();
    tidyUp(start + 2 * hour);
    QCOMPARE(number("SELECT count(*) FROM processes WHERE id IN (4, 7)"), 2);
}

void TestProcessTable::damagedBlockCostsItselfOnly()
{
    m_store->addTo({}, start, {{"cpu.usage", 5, Quantum::Tenth}});
    add(start, start + 2 * hour);
    tidyUp();
    run("UPDATE process_block SET data = substr(data, 1, 60) || x'00ff' || substr(data, 63) WHERE id = 2");
    QVERIFY(inspectMetrics(m_path).problem.contains(u"1 of "));
    open();
    QCOMPARE(at(start + 20 * minute).timestampMs, start + 20 * minute);
    QCOMPARE(at(start + 40 * minute).timestampMs, 0);
    QCOMPARE(at(start + 70 * minute).timestampMs, start + 70 * minute);
    QCOMPARE(m_reader.frame({{}, start, start + minute, 10, {}}).series.size(), std::size_t(1));
}

void TestProcessTable::earlierFileIsTakenOver()
{
    QVERIFY(inspectMetrics(QStringLiteral(VIGIE_SOURCE_DIR "/tests/data/storage/v1/metrics.db")).problem.isEmpty());
    openEarlierFile();
    const std::int64_t from = number("SELECT min(start_ms) FROM processes");
    const std::int64_t to = number("SELECT max(end_ms) FROM processes");
    QVERIFY(to - from > 50 * minute);
    const auto before = allOf(from, to);
    QVERIFY(before.size() > 600);
    tidyUp(to);
    QVERIFY(number("SELECT count(*) FROM process_block") >= 2);
    QCOMPARE(allOf(from, to), before);
    QVERIFY(inspectMetrics(m_path).problem.isEmpty());
    // It goes on where it was.
    m_store->addProcesses(to + lookMs, {{{5, u"new"_s, 1, 1'024}}, {}});
    QVERIFY(m_store->write());
    QCOMPARE(at(to + lookMs).processes.topByCpu[0].name, u"new"_s);
    QCOMPARE(at(to).timestampMs, to);
}

void TestProcessTable::takeOverIsInterruptible()
{
    openEarlierFile();
    const std::int64_t from = number("SELECT min(start_ms) FROM processes");
    const std::int64_t to = number("SELECT max(end_ms) FROM processes");
    const auto before = allOf(from, to);
    QVERIFY(*m_store->tidy(to));
    QCOMPARE(allOf(from, to), before);
    openEarlierFile(); // a kill before that was on disk
    QVERIFY(*m_store->tidy(to));
    open();
    tidyUp(to);
    QCOMPARE(allOf(from, to), before);
}

void TestProcessTable::takeOverNeedsNoRoom()
{
    add(start, start + 12 * hour);
    const std::int64_t before = number("PRAGMA page_count");
    const std::int64_t bytes = number("SELECT sum(length(data)) FROM processes");
    while (*m_store->tidy(start + 12 * hour))
        QVERIFY(number("PRAGMA page_count") <= before + 16);
    QVERIFY(number("SELECT count(*) FROM process_block") >= 22);
    QVERIFY(number("SELECT sum(length(data)) FROM process_block") < bytes / 2);
}

void TestProcessTable::oldBlocksAreRemoved()
{
    add(start, start + 10 * hour);
    tidyUp(start + 10 * hour);
    MetricRetention retention;
    retention.processes = std::chrono::hours(5);
    open(retention);
    tidyUp(start + 10 * hour);
    QCOMPARE(at(start + 4 * hour).timestampMs, 0);
    QCOMPARE(at(start + 5 * hour).timestampMs, start + 5 * hour);
    QCOMPARE(at(start + 10 * hour - lookMs).timestampMs, start + 10 * hour - lookMs);
}

void TestProcessTable::bytesAreGivenBack()
{
    // Noise, which takes room.
    std::uint32_t noise = 1;
    const auto next = [&noise] { return (noise = noise * 1'664'525 + 1'013'904'223) >> 8; };
    for (std::int64_t time = start; time < start + 24 * hour; time += lookMs) {
        m_store->addProcesses(time, {{{int(next()), u"busy"_s, 50, 1'024 * quint64(next())}}, {}});
        if (time % minute == 0)
            QVERIFY(m_store->write());
    }
    QVERIFY(m_store->write());
    tidyUp();
    const std::int64_t before = number("SELECT count(*) FROM process_block");
    MetricRetention retention;
    retention.bytes = (number("PRAGMA page_count") - number("PRAGMA freelist_count")) * 4'096 * 3 / 4;
    open(retention);
    tidyUp();
    QVERIFY(number("SELECT count(*) FROM process_block") < before);
    QCOMPARE(at(start).timestampMs, 0);
    QCOMPARE(at(start + 24 * hour - lookMs).timestampMs, start + 24 * hour - lookMs); // the newest stay
}

VIGIE_TEST(TestProcessTable)
#include "tst_processtable.moc"
