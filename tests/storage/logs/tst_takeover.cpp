// SPDX-License-Identifier: GPL-3.0-or-later
#include "earliersegment.h"
#include "storage/inspection.h"
#include "storage/logs/logreader.h"
#include "storage/logs/logstore.h"
#include "testmain.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestTakeOver : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keepsAllThatWasThere();
    void isReadableAllTheWhile();
    void anInterruptedOneBeginsAnew();
    void aDamagedFileKeepsWhatCanBeRead();
    void retentionMayBeFaster();

private:
    struct Seen
    {
        std::vector<std::string> entries; // JSON
        std::uint64_t missing = 0;
        bool operator==(const Seen&) const = default;
    };
    Seen all(const LogStore& store);
    QStringList files() const { return QDir(m_folder->path()).entryList(QDir::Files, QDir::Name); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

constexpr int entries = 9'000;

LogStore opened(const QString& folder)
{
    DatabaseResult<LogStore> store = LogStore::open(folder, {});
    if (!store)
        qFatal("cannot open the store");
    return std::move(*store);
}

} // namespace

void TestTakeOver::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    makeEarlierSegment(m_folder->filePath(u"logs-000001.db"_s), entries);
}

TestTakeOver::Seen TestTakeOver::all(const LogStore& store)
{
    LogReader reader;
    reader.setSegments(store.segments());
    Seen seen;
    for (std::uint64_t after = 0;;) {
        const ReplayPage page = reader.replay("shop", after, 100'000);
        seen.missing += page.missing;
        for (const LogEntryRef& entry : page.entries)
            seen.entries.emplace_back(entry.json());
        if (page.entries.empty())
            return seen;
        after = page.reachedSequence;
    }
}

void TestTakeOver::keepsAllThatWasThere()
{
    const QString path = m_folder->filePath(u"logs-000001.db"_s);
    const QDateTime time = QDateTime::currentDateTimeUtc().addDays(-20);
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite) && file.setFileTime(time, QFileDevice::FileModificationTime));
    }
    LogStore store = opened(m_folder->path());
    const Seen before = all(store);
    QCOMPARE(before.entries.size(), std::size_t(entries - 3 - 5 - (entries / 10)));
    QCOMPARE(before.missing, std::uint64_t(3 + 5));
    QCOMPARE(store.apps().at("shop").lastSequence, std::uint64_t(entries));
    QCOMPARE(store.checkpoints().at("file:/x"), "place 7");
    while (*store.takeOver()) { }
    QCOMPARE(store.segments().size(), 2);
    QVERIFY(store.segments().first().endsWith("logs-000001b.db"_L1));
    QVERIFY(!QFile::exists(path));
    QVERIFY(all(store) == before);
    QVERIFY(qAbs(QFileInfo(store.segments().first()).lastModified().secsTo(time)) < 5);
    const Inspection found = inspectLogSegment(store.segments().first());
    QCOMPARE(found.problem, QString());
    QCOMPARE(found.entries, std::int64_t(before.entries.size()));
    QVERIFY(!*store.takeOver());

    // What is sent again is known, and the order goes on.
    LogReader reader;
    reader.setSegments(store.segments());
    QCOMPARE(reader.find("shop", "e/4711"), std::optional<std::uint64_t>(4'711));
    QCOMPARE(reader.find("shop", "e/4710"), std::optional<std::uint64_t>());
    HistoryQuery query;
    query.appId = "shop";
    query.filter.search = "try 4711 ";
    QCOMPARE(reader.page(query).entries.size(), std::size_t(1));
    LogCounts counts = reader.counts({"shop", 0, 100'000, 1});
    QCOMPARE(counts.steps()[0][std::size_t(Severity::Error)] + counts.steps()[0][std::size_t(Severity::Info)],
             std::uint32_t(before.entries.size()));
    const SegmentState state = *SegmentState::of(store.segments().first());
    QCOMPARE(state.apps.at("shop").clearedSequence, std::uint64_t(3));
    QCOMPARE(state.checkpoints.at("file:/x"), "place 7");
    LogStore again = opened(m_folder->path());
    QCOMPARE(again.segments().size(), 2);
    // Who looked before which files there are reads it all the same.
    QVERIFY(LogSegmentReader::open(path));
}

void TestTakeOver::isReadableAllTheWhile()
{
    makeEarlierSegment(m_folder->filePath(u"logs-000002.db"_s), 10); // an application as it was before goes on there
    LogStore store = opened(m_folder->path());
    LogReader reader; // one that keeps its files open
    HistoryQuery query;
    query.appId = "shop";
    query.filter.search = "entry 8999 of";
    int steps = 0;
    do {
        reader.setSegments(store.segments());
        QCOMPARE(reader.page(query).entries.size(), std::size_t(1));
        ++steps;
    } while (*store.takeOver());
    QVERIFY(steps > 2);
    // The newest came first.
    QCOMPARE(reader.page(query).entries.size(), std::size_t(1));
}

void TestTakeOver::anInterruptedOneBeginsAnew()
{
    Seen before;
    {
        LogStore store = opened(m_folder->path());
        before = all(store);
        QVERIFY(*store.takeOver());
        QVERIFY(QFile::exists(m_folder->filePath(u"logs-000001.db.new"_s)));
    }
    QVERIFY(!QFile::exists(m_folder->filePath(u"logs-000001.db.new"_s)));
    // As a kill leaves it: half a file, and one that was finished while the earlier was not removed yet.
    QFile half(m_folder->filePath(u"logs-000001.db.new"_s));
    QVERIFY(half.open(QIODevice::WriteOnly));
    half.write("half");
    half.close();
    LogStore store = opened(m_folder->path());
    QVERIFY(!QFile::exists(half.fileName()));
    QVERIFY(all(store) == before);
    const QString copy = m_folder->filePath(u"copy"_s);
    QVERIFY(QFile::copy(m_folder->filePath(u"logs-000001.db"_s), copy));
    while (*store.takeOver()) { }
    QVERIFY(QFile::rename(copy, m_folder->filePath(u"logs-000001.db"_s)));
    LogStore again = opened(m_folder->path());
    QVERIFY(!QFile::exists(m_folder->filePath(u"logs-000001.db"_s)));
    QVERIFY(all(again) == before);
}

void TestTakeOver::aDamagedFileKeepsWhatCanBeRead()
{
    const QString path = m_folder->filePath(u"logs-000001.db"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(file.size() / 2));
    file.write(QByteArray(40 * 4'096, '\xff'));
    file.close();
    LogStore store = opened(m_folder->path());
    const Seen before = all(store);
    const auto newest = [&store] {
        LogReader reader;
        reader.setSegments(store.segments());
        HistoryQuery query;
        query.appId = "shop";
        const HistoryPage page = reader.page(query);
        return page.entries.empty() ? std::string() : std::string(page.entries.back().id());
    };
    QCOMPARE(newest(), std::string("e/8999"));
    for (int i = 0; i < 1'000 && *store.takeOver(); ++i) { }
    QVERIFY(all(store).entries == before.entries);
    QCOMPARE(newest(), std::string("e/8999")); // what stands behind the damage
    QVERIFY(QFile::exists(path));
}

void TestTakeOver::retentionMayBeFaster()
{
    LogRetention retention;
    retention.age = std::chrono::milliseconds(1);
    LogStore store = opened(m_folder->path());
    QVERIFY(*store.takeOver());
    store.setRetention(retention);
    while (*store.tidy(QDateTime::currentMSecsSinceEpoch() + 100'000)) { }
    QCOMPARE(store.segments().size(), 1);
    while (*store.takeOver()) { }
    QCOMPARE(store.segments().size(), 1);
    QVERIFY(!files().contains(u"logs-000001.db.new"_s));
}

VIGIE_TEST(TestTakeOver)
#include "tst_takeover.moc"
