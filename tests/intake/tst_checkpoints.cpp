// SPDX-License-Identifier: GPL-3.0-or-later
// A source that goes on from its checkpoint after every kill: no entry is lost, none doubled.
#include "hub/hub.h"
#include "intake/intake.h"
#include "storage/logs/logwalker.h"
#include "storage/logs/store.h"
#include "storage/storehistory.h"
#include "testmain.h"

#include <QCoreApplication>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <cstdio>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

constexpr const char* sourceName = "count:up";
constexpr int segmentEntries = 300;

/// Sends 1, 2, 3 …, in batches of chance, each with how far it has counted. Its entries have no ids of its own: nobody else would
/// know a repeat.
class CountingSource : public QObject, public IntakeSource
{
public:
    explicit CountingSource(Intake& intake) : IntakeSource(intake, sourceName)
    {
        m_timer.callOnTimeout(this, [this] { offerNext(); });
    }

private:
    void restored(std::string_view place) override
    {
        m_counted = QByteArray(place.data(), qsizetype(place.size())).toLongLong();
        m_timer.start(0);
    }
    void goOn() override { m_timer.start(0); }
    void offerNext()
    {
        LogBatch batch("shop");
        std::int64_t last = m_counted + QRandomGenerator::global()->bounded(40); // none at times
        for (std::int64_t i = m_counted + 1; i <= last; ++i)
            batch.append({m_ids.next(i), i, "info", std::to_string(i), {}}, m_origin);
        const auto durability = QRandomGenerator::global()->bounded(4) == 0 ? Durability::Told : Durability::Any;
        if (offer(batch, std::to_string(last), durability))
            m_counted = last;
        if (mustWait())
            m_timer.stop();
        if (m_counted > 0 && !std::exchange(m_hasSaid, true)) {
            std::puts("counts");
            std::fflush(stdout);
        }
    }

    QTimer m_timer;
    EntryIdSource m_ids;
    LogOrigin m_origin{"shop", "ann"};
    std::int64_t m_counted = 0;
    bool m_hasSaid = false;
};

/// A hub and a store as the program connects them, until somebody kills it.
int count(const QString& folder)
{
    Hub hub;
    StoreHistory history;
    hub.setArchive(&history);
    LogRetention retention;
    retention.segmentEntries = segmentEntries;
    Store store({folder, retention});
    QObject::connect(&store, &Store::opened, &hub, &Hub::restore);
    QObject::connect(&store, &Store::idsFound, &hub, &Hub::restoreIds);
    QObject::connect(&hub, &Hub::logsToStore, &store, &Store::write, Qt::QueuedConnection);
    QObject::connect(&hub, &Hub::checkpointToStore, &store, &Store::writeCheckpoint, Qt::QueuedConnection);
    QObject::connect(&hub, &Hub::ticketDrawn, &store, &Store::makeDurable, Qt::QueuedConnection);
    QObject::connect(&store, &Store::stored, &hub, &Hub::noteStored);
    Intake intake(hub);
    CountingSource source(intake);
    store.start();
    // Segments end all the time, not each ten seconds.
    QTimer tidy;
    tidy.callOnTimeout(&store, [&store] {
        for (QTimer* timer : store.findChildren<QTimer*>()) {
            if (!timer->isSingleShot())
                timer->start(0);
        }
    });
    tidy.start(5);
    return QCoreApplication::exec();
}

} // namespace

class TestCheckpoints : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void killsNeitherLoseNorDouble();
};

void TestCheckpoints::killsNeitherLoseNorDouble()
{
    constexpr int kills = 12;
    const QTemporaryDir folder;
    const QString logs = folder.filePath(u"logs"_s);
    std::int64_t before = 0;
    for (int round = 0; round < kills; ++round) {
        QProcess writer;
        writer.start(QCoreApplication::applicationFilePath(), {u"tst_checkpoints"_s, u"--count"_s, logs});
        QVERIFY(writer.waitForReadyRead());
        // At any moment of its work: the first commits are not past, or many are.
        QTest::qWait(QRandomGenerator::global()->bounded(round % 3 == 0 ? 5 : 150));
        writer.kill();
        QVERIFY(writer.waitForFinished());
        QCOMPARE(writer.exitStatus(), QProcess::CrashExit);

        // It makes whole what was being made.
        const auto store = LogStore::open(logs, {});
        QVERIFY(store);
        std::int64_t counted = 0;
        LogWalker walker(LogStore::segmentsIn(logs), "shop");
        for (;;) {
            const ReplayPage page = walker.next(1 << 20);
            if (page.entries.empty())
                break;
            for (const LogEntryRef& entry : page.entries)
                QCOMPARE(QByteArray::fromStdString(std::string(entry.batch->message(entry.index))).toLongLong(), ++counted);
        }
        QCOMPARE(walker.problems(), QStringList());
        const StoredCheckpoints& checkpoints = store->checkpoints();
        const auto checkpoint = checkpoints.find(sourceName);
        QCOMPARE(checkpoint == checkpoints.end() ? std::int64_t(0) : std::stoll(checkpoint->second), counted);
        QVERIFY(counted >= before);
        before = counted;
    }
    QVERIFY(before > 0);
    QVERIFY(LogStore::segmentsIn(logs).size() > 1);
}

/// The test, or its child.
static int run(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    if (arguments.size() >= 2 && arguments[arguments.size() - 2] == "--count"_L1)
        return count(arguments.last());
    TestCheckpoints test;
    return QTest::qExec(&test, argc, argv);
}

static const vigie::test::TestRegistration registration(__FILE__, run);

#include "tst_checkpoints.moc"
