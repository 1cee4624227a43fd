// SPDX-License-Identifier: GPL-3.0-or-later
// What the store must withstand besides a kill: a viewer present throughout, changes of the clock, an unwritable folder, files of
// earlier versions.
#include "commands.h"
#include "testmain.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QRandomGenerator>
#include <QTest>
#include <QTimer>
#include <QUrlQuery>
#include <sys/mount.h>
#include <unistd.h>

using namespace vigie::e2e;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestStorageFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void viewerLosesNothingWhileVigieIsKilled();
    void clockIsSetBackAndForward();
    void readOnlyFolderIsRefused();
    void figuresSurviveAKill();
    void earlierFilesAreRead_data();
    void earlierFilesAreRead();

private:
    QJsonObject get(const VigieProcess& vigie, const QString& pathAndQuery);
};

namespace {

QStringList idsOf(const QJsonArray& entries)
{
    QStringList ids;
    for (const QJsonValue entry : entries)
        ids.append(entry["id"_L1].toString());
    return ids;
}

QStringList numbers(int first, int count)
{
    QStringList ids;
    for (int i = 0; i < count; ++i)
        ids.append(QString::number(first + i));
    return ids;
}

} // namespace

QJsonObject TestStorageFaults::get(const VigieProcess& vigie, const QString& pathAndQuery)
{
    QNetworkAccessManager network;
    QNetworkReply* const reply =
        network.get(QNetworkRequest(QUrl(u"http://127.0.0.1:%1%2"_s.arg(vigie.port()).arg(pathAndQuery))));
    waitUntil([reply] { return reply->isFinished(); });
    return QJsonDocument::fromJson(reply->readAll()).object();
}

void TestStorageFaults::viewerLosesNothingWhileVigieIsKilled()
{
    // A producer at full speed, and a viewer that resumes with `since` each time. Neither knows when the program will end.
    VigieProcess vigie;
    QStringList seen;
    int acknowledged = 0;
    for (int round = 0; round < 5; ++round) {
        QVERIFY2(vigie.start(), vigie.err().constData());
        Client viewer;
        QVERIFY(seen.isEmpty() ? viewer.signIn(vigie, u"shop"_s, u"ann"_s)
                               : viewer.signIn(vigie, u"shop"_s, u"ann"_s, seen.last()));
        Client producer;
        QVERIFY(producer.signIn(vigie, u"shop"_s, u"till"_s));
        producer.send(u"subscribe"_s, QJsonObject{{u"logs"_s, false}});
        connect(&producer, &Client::received, &producer, [&](const QJsonObject& message) {
            if (message["type"_L1] == "logs_ack"_L1)
                acknowledged = std::max(acknowledged, message["payload"_L1]["lastId"_L1].toString().toInt());
            producer.forget();
        });
        int next = acknowledged + 1;
        bool isOver = false;
        QTimer end;
        end.setSingleShot(true);
        connect(&end, &QTimer::timeout, &viewer, [&] {
            vigie.stop(SIGKILL);
            isOver = true;
        });
        QDeadlineTimer patience(30s);
        while (!isOver) {
            QVERIFY2(!patience.hasExpired(), "nothing was acknowledged, or nothing seen");
            // Unacknowledged entries are sent again after the kill, and only the last 10,000 ids are recognised as repeats.
            if (next - acknowledged < 8'000) {
                producer.send(u"logs"_s, QJsonObject{{u"logs"_s, entries(u"m"_s, next, 40)}, {u"ack"_s, true}});
                next += 40;
            }
            QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
            seen += idsOf(viewer.takeEntries());
            // Only a viewer that has received a stored entry can resume. One without `since` starts at the present and would
            // rightly miss what was acknowledged before.
            if (!end.isActive() && !isOver && acknowledged > 0 && !seen.isEmpty())
                end.start(QRandomGenerator::global()->bounded(50, 400));
        }
        seen += idsOf(viewer.takeEntries());
        QCOMPARE(viewer.count(u"gap"_s), 0);
        // The viewer may have seen entries that were not yet on disk. Their producer got no acknowledgement and sends them again.
        QCOMPARE(seen, numbers(1, int(seen.size())));
        while (int(seen.size()) > acknowledged)
            seen.removeLast();
    }
    QVERIFY(vigie.start());
    Client viewer;
    QVERIFY(viewer.signIn(vigie, u"shop"_s, u"ann"_s, seen.last()));
    Client producer;
    QVERIFY(producer.signIn(vigie, u"shop"_s, u"till"_s));
    producer.send(u"logs"_s, QJsonObject{{u"logs"_s, entries(u"last"_s, 1'000'000, 1)}});
    QVERIFY(waitUntil([&] {
        seen += idsOf(viewer.takeEntries());
        return !seen.isEmpty() && seen.last() == "1000000"_L1;
    }));
    seen.removeLast();
    QVERIFY(int(seen.size()) >= acknowledged);
    QCOMPARE(seen, numbers(1, int(seen.size())));
    QCOMPARE(vigie.stop(), 0);
}

void TestStorageFaults::clockIsSetBackAndForward()
{
    if (isSanitized)
        QSKIP("a sanitizer must be the first library, and so must the one that sets the clock");
    const QStringList found = QDir(u"/usr/lib"_s).entryList({u"*-linux-gnu*"_s}, QDir::Dirs);
    QString library;
    for (const QString& folder : found) {
        const QString path = u"/usr/lib/%1/faketime/libfaketimeMT.so.1"_s.arg(folder);
        if (QFile::exists(path))
            library = path;
    }
    QVERIFY2(!library.isEmpty(), "libfaketime is missing (Debian's package faketime)");
    QTemporaryDir folder;
    const auto setClock = [path = folder.filePath(u"clock"_s)](const char* offset) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(offset);
    };
    setClock("+0");
    VigieProcess vigie;
    vigie.setVariable(u"LD_PRELOAD"_s, library);
    vigie.setVariable(u"FAKETIME_TIMESTAMP_FILE"_s, folder.filePath(u"clock"_s));
    vigie.setVariable(u"FAKETIME_NO_CACHE"_s, u"1"_s);
    vigie.setVariable(u"DONT_FAKE_MONOTONIC"_s, u"1"_s);
    QVERIFY(vigie.start());
    Client viewer;
    QVERIFY(viewer.signIn(vigie, u"shop"_s, u"ann"_s));
    Client producer;
    QVERIFY(producer.signIn(vigie, u"shop"_s, u"till"_s));
    // One value a second is stored, possibly late, but within the time waited here.
    const auto figuresAround = [](double time) {
        const qint64 ms = qint64(time);
        return u"/api/metrics?from=%1&to=%2&series=memory.used"_s.arg(ms - 5'000).arg(ms + 2 * longWaitMs);
    };
    const auto hasFigure = [&](double time) { return !get(vigie, figuresAround(time))["times"_L1].toArray().isEmpty(); };
    int next = 1;
    double times[4] = {};
    int step = 0;
    for (const char* offset : {"+0", "-2d", "+400d", "+0"}) {
        setClock(offset);
        producer.send(u"logs"_s, QJsonObject{{u"logs"_s, QJsonArray{QJsonObject{{u"level"_s, u"info"_s},
                                                                                {u"message"_s, u"now"_s},
                                                                                {u"id"_s, QString::number(next)}}}},
                                             {u"ack"_s, true}});
        QVERIFY(!producer.take(u"logs_ack"_s).isEmpty());
        QVERIFY(waitUntil([&] { return viewer.count(u"logs"_s) > 0; }));
        const QJsonArray live = viewer.takeEntries();
        QCOMPARE(idsOf(live), QStringList{QString::number(next)});
        times[step] = live[0]["timestamp"_L1].toDouble();
        // The clock goes on once there is a figure of this time.
        QVERIFY2(waitUntil([&] { return hasFigure(times[step]); }), qPrintable(figuresAround(times[step])));
        ++step;
        ++next;
    }
    const double day = 86'400'000;
    QVERIFY(std::abs(times[1] - times[0] + 2 * day) < 60'000); // the clock was really set
    QVERIFY(std::abs(times[2] - times[0] - 400 * day) < 60'000);
    // In order of arrival, whatever their times; and found by their times.
    Client late;
    QVERIFY(late.signIn(vigie, u"shop"_s, u"bob"_s, u"1"_s));
    QStringList replayed;
    QVERIFY(waitUntil([&] {
        replayed += idsOf(late.takeEntries());
        return replayed.size() >= 3;
    }));
    QCOMPARE(replayed, numbers(2, 3));
    QCOMPARE(idsOf(get(vigie, u"/api/apps/shop/logs?from=%1"_s.arg(qint64(times[0] + day)))["logs"_L1].toArray()),
             QStringList{u"3"_s});
    // The metrics, too, are where the clock put them.
    for (const double time : {times[0], times[1], times[2]})
        QVERIFY2(waitUntil([&] { return hasFigure(time); }), qPrintable(figuresAround(time)));
    QCOMPARE(vigie.stop(), 0);
    QCOMPARE(vigie.err(), QByteArray());
    // Nothing was deleted as old, and a start with the clock far ahead deletes nothing either.
    setClock("+400d");
    QVERIFY(vigie.start());
    Client reader;
    QVERIFY(reader.signIn(vigie, u"shop"_s, u"ann"_s));
    reader.send(u"history"_s, QJsonObject{{u"limit"_s, 100}});
    QCOMPARE(idsOf(reader.take(u"history"_s)["payload"_L1].toArray()), numbers(1, 4));
    QCOMPARE(vigie.stop(), 0);
}

void TestStorageFaults::readOnlyFolderIsRefused()
{
    QTemporaryDir place;
    const QByteArray folder = place.path().toLocal8Bit();
    if (::mount("vigie", folder.constData(), "tmpfs", MS_RDONLY, "size=1m") != 0)
        QSKIP("only root may mount");
    VigieProcess vigie;
    QCOMPARE(vigie.run({u"--headless"_s, u"--port"_s, u"0"_s, u"--data-dir"_s, place.path()}), 1);
    QVERIFY2(vigie.err().contains("Cannot read and write the data folder"), vigie.err().constData());
    QCOMPARE(::umount(folder.constData()), 0);
}

void TestStorageFaults::figuresSurviveAKill()
{
    VigieProcess vigie;
    QVERIFY(vigie.start());
    Client app;
    QVERIFY(app.signIn(vigie, u"shop"_s, u"till"_s));
    app.send(u"send_metrics"_s, QJsonObject{{u"metrics"_s, QJsonObject{{u"queue"_s, 3}}}});
    QVERIFY(app.sync());
    // Asked for, they are written first.
    QJsonArray times;
    const auto timesNow = [&] { return get(vigie, u"/api/metrics?points=5000&series=memory.used"_s)["times"_L1].toArray(); };
    QVERIFY(waitUntil([&] {
        times = timesNow();
        return times.size() >= 2;
    }));
    QCOMPARE(get(vigie, u"/api/apps/shop/metrics"_s)["series"_L1]["queue"_L1]["high"_L1].toArray(), QJsonArray{3});
    QCOMPARE(vigie.stop(SIGKILL), -1);
    QVERIFY(vigie.start());
    QJsonArray after;
    QVERIFY(waitUntil([&] {
        after = timesNow();
        return after.size() > times.size();
    }));
    QCOMPARE(after[0], times[0]);
    QCOMPARE(get(vigie, u"/api/apps/shop/metrics"_s)["series"_L1]["queue"_L1]["high"_L1].toArray(), QJsonArray{3});
    QCOMPARE(vigie.stop(), 0);
    QCOMPARE(vigie.err(), QByteArray());
}

void TestStorageFaults::earlierFilesAreRead_data()
{
    QTest::addColumn<QString>("folder");
    const QDir data(QStringLiteral(VIGIE_TEST_DATA "/storage"));
    const QStringList versions = data.entryList(QDir::Dirs | QDir::NoDotAndDotDot); // QFETCH fails without any
    for (const QString& version : versions)
        QTest::newRow(qPrintable(version)) << data.filePath(version);
}

void TestStorageFaults::earlierFilesAreRead()
{
    QFETCH(QString, folder);
    VigieProcess vigie;
    QVERIFY(QDir(vigie.dataDir()).mkpath(u"logs"_s));
    for (const QString& name : {u"logs/logs-000001.db"_s, u"metrics.db"_s})
        QVERIFY2(QFile::copy(folder + u'/' + name, vigie.dataDir() + u'/' + name), qPrintable(name));
    const auto isWell = [&vigie](const QByteArray& found) {
        VigieProcess doctor;
        return doctor.run(doctorOf(vigie.dataDir())) == 0 && doctor.out().contains(found) && doctor.out().contains("All is well.");
    };
    QVERIFY(isWell("schema version " + QFileInfo(folder).fileName().mid(1).toUtf8() + "; 30"));
    QVERIFY(vigie.start());
    Client client;
    QVERIFY(client.signIn(vigie, u"shop"_s, u"ann"_s));
    client.send(u"history"_s, QJsonObject{{u"limit"_s, 100}});
    const QJsonArray held = client.take(u"history"_s)["payload"_L1].toArray();
    QCOMPARE(idsOf(held), numbers(1, 30));
    QCOMPARE(held[6]["message"_L1].toString(), u"entry 7: très bien"_s);
    QCOMPARE(held[6]["metadata"_L1]["n"_L1].toInt(), 7);
    // Words find, ids are known, and the order goes on.
    QCOMPARE(idsOf(get(vigie, u"/api/apps/shop/logs?q=tres+bien&level=error"_s)["logs"_L1].toArray()),
             (QStringList{u"30"_s, u"20"_s, u"10"_s}));
    QJsonArray sent{held[29]};
    sent.append(entries(u"entry"_s, 31, 1)[0]);
    Client producer; // who sent it
    QVERIFY(producer.signIn(vigie, u"shop"_s, held[29]["userId"_L1].toString()));
    producer.send(u"logs"_s, QJsonObject{{u"logs"_s, sent}, {u"ack"_s, true}});
    QVERIFY(!producer.take(u"logs_ack"_s).isEmpty());
    client.send(u"history"_s, QJsonObject{{u"limit"_s, 100}});
    QCOMPARE(idsOf(client.take(u"history"_s)["payload"_L1].toArray()), numbers(1, 31));
    // Figures of a known hour, from 2026-11-23T08:00:00Z.
    const QString hour = u"from=1795420800000&to=1795424399999"_s;
    const QJsonObject frame = get(vigie, u"/api/metrics?%1&points=60&series=cpu.usage"_s.arg(hour));
    QCOMPARE(frame["times"_L1].toArray().size(), 60);
    QCOMPARE(frame["series"_L1]["cpu.usage"_L1]["high"_L1].toArray()[0].toDouble(), 59.0);
    QCOMPARE(get(vigie, u"/api/apps/shop/metrics?%1"_s.arg(hour))["series"_L1]["queue"_L1]["average"_L1].toArray().size(), 10);
    QCOMPARE(get(vigie, u"/api/processes?at=1795420830000"_s)["byCpu"_L1][0]["name"_L1].toString(), u"make"_s);
    QCOMPARE(vigie.stop(), 0);
    QCOMPARE(vigie.err(), QByteArray());
    QVERIFY(isWell("of: shop"));
}

VIGIE_TEST(TestStorageFaults)
#include "tst_storagefaults.moc"
