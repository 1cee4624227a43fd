// SPDX-License-Identifier: GPL-3.0-or-later
// What was acknowledged survives the program's end, in whatever way it ends.
#include "harness.h"
#include "testmain.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QRandomGenerator>
#include <QTimer>
#include <algorithm>
#include <memory>
#include <sys/mount.h>

using namespace vigie::e2e;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestStorage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void historySurvivesARestart();
    void resentAfterARestartChangesNothing();
    void viewerResumesAcrossAKill();
    void killedUnderFlood();
    void clearSurvives();
    void badFilesAreMovedAside_data();
    void badFilesAreMovedAside();
    void filesOfALaterVersionAreLeftAlone_data();
    void filesOfALaterVersionAreLeftAlone();
    void secondOnTheSameFolderSaysWhoHoldsIt();
    void fullDiskHoldsUpOnlyWhoWaits();
    void moreThanMemoryHolds();
    void historyOverHttp();

private:
    /// All ids of an application, by reading it from its beginning.
    QStringList allIds(VigieProcess& vigie, const QString& appId, const QString& lastId);
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
    for (int i = first; i < first + count; ++i)
        ids.append(QString::number(i));
    return ids;
}

bool sendAndWait(Client& producer, const QJsonArray& entries)
{
    producer.send(u"logs"_s, QJsonObject{{u"logs"_s, entries}, {u"ack"_s, true}});
    return !producer.take(u"logs_ack"_s).isEmpty();
}

QStringList history(Client& viewer, int limit, const QJsonObject& more = {})
{
    QJsonObject data = more;
    data[u"limit"_s] = limit;
    viewer.send(u"history"_s, data);
    return idsOf(viewer.take(u"history"_s)["payload"_L1].toArray());
}

} // namespace

void TestStorage::historySurvivesARestart()
{
    VigieProcess vigie;
    QVERIFY(vigie.start());
    {
        Client producer;
        QVERIFY(producer.signIn(vigie, u"shop"_s, u"till"_s));
        QVERIFY(sendAndWait(producer, entries(u"m"_s, 1, 50)));
        // Without a requested acknowledgement, entries are stored, too.
        producer.send(u"logs"_s, QJsonObject{{u"logs"_s, entries(u"m"_s, 51, 50)}});
        QVERIFY(producer.sync());
    }
    QCOMPARE(vigie.stop(), 0);
    QVERIFY(vigie.start());
    Client viewer;
    QVERIFY(viewer.signIn(vigie, u"shop"_s, u"ann"_s));
    QCOMPARE(history(viewer, 1'000), numbers(1, 100));
    QCOMPARE(history(viewer, 10, {{u"before"_s, u"31"_s}}), numbers(21, 10));
    Client other;
    QVERIFY(other.signIn(vigie, u"bank"_s, u"ann"_s));
    QCOMPARE(history(other, 1'000), QStringList());
    // The order goes on.
    Client producer;
    QVERIFY(producer.signIn(vigie, u"shop"_s, u"till"_s));
    QVERIFY(sendAndWait(producer, entries(u"m"_s, 101, 5)));
    QCOMPARE(history(viewer, 10), numbers(96, 10));
    QCOMPARE(vigie.stop(), 0);
    QCOMPARE(vigie.err(), QByteArray());
}

void TestStorage::resentAfterARestartChangesNothing()
{
    VigieProcess vigie;
    QVERIFY(vigie.start());
    {
        Client producer;
        QVERIFY(producer.signIn(vigie, u"shop"_s, u"till"_s));
        QVERIFY(sendAndWait(producer, entries(u"m"_s, 1, 20)));
    }
    QCOMPARE(vigie.stop(SIGKILL), -1);
    QVERIFY(vigie.start());
    Client viewer;
    QVERIFY(viewer.signIn(vigie, u"shop"_s, u"ann"_s));
    Client producer;
    QVERIFY(producer.signIn(vigie, u"shop"_s, u"till"_s));
    QVERIFY(sendAndWait(producer, entries(u"m"_s, 11, 20)));
    QVERIFY(viewer.sync());
    QCOMPARE(idsOf(viewer.takeEntries()), numbers(21, 10));
    QCOMPARE(history(viewer, 1'000), numbers(1, 30));
    QCOMPARE(vigie.stop(), 0);
}

void TestStorage::viewerResumesAcrossAKill()
{
    VigieProcess vigie;
    QVERIFY(vigie.start());
    {
        Client producer;
        QVERIFY(producer.signIn(vigie, u"shop"_s, u"till"_s));
        QVERIFY(sendAndWait(producer, entries(u"m"_s, 1, 3'000)));
    }
    QCOMPARE(vigie.stop(SIGKILL), -1);
    QVERIFY(vigie.start());
    Client producer;
    QVERIFY(producer.signIn(vigie, u"shop"_s, u"till"_s));
    Client viewer;
    QVERIFY(viewer.signIn(vigie, u"shop"_s, u"ann"_s, u"1234"_s));
    for (int first = 3'001; first <= 5'000; first += 100)
        producer.send(u"logs"_s, QJsonObject{{u"logs"_s, entries(u"m"_s, first, 100)}});
    QStringList ids;
    QVERIFY(waitUntil([&] {
        ids += idsOf(viewer.takeEntries());
        return !ids.isEmpty() && ids.last() == "5000"_L1;
    }));
    QCOMPARE(ids, numbers(1'235, 5'000 - 1'234));
    QCOMPARE(viewer.count(u"gap"_s), 0);
    QCOMPARE(vigie.stop(), 0);
}

QStringList TestStorage::allIds(VigieProcess& vigie, const QString& appId, const QString& lastId)
{
    // An unknown id: everything held follows.
    Client viewer;
    if (!viewer.signIn(vigie, appId, u"reader"_s, u"no such entry"_s))
        return {};
    QStringList ids;
    waitUntil([&] {
        ids += idsOf(viewer.takeEntries());
        return !ids.isEmpty() && ids.last() == lastId;
    });
    return ids;
}

void TestStorage::killedUnderFlood()
{
    // The many rounds before a release: VIGIE_KILLS=200.
    const int kills = qEnvironmentVariableIntValue("VIGIE_KILLS") > 0 ? qEnvironmentVariableIntValue("VIGIE_KILLS") : 8;
    VigieProcess vigie;
    int acknowledged = 0;
    int next = 1;
    for (int round = 0; round < kills; ++round) {
        QVERIFY2(vigie.start(), vigie.err().constData());
        QCOMPARE(vigie.err(), QByteArray());
        Client producer;
        QVERIFY(producer.signIn(vigie, u"shop"_s, u"till"_s));
        producer.send(u"subscribe"_s, QJsonObject{{u"logs"_s, false}});
        connect(&producer, &Client::received, &producer, [&](const QJsonObject& message) {
            if (message["type"_L1] == "logs_ack"_L1)
                acknowledged = std::max(acknowledged, message["payload"_L1]["lastId"_L1].toString().toInt());
            producer.forget();
        });
        // Unacknowledged entries are sent again; some of them are already stored.
        next = acknowledged + 1;
        QTimer kill;
        kill.setSingleShot(true);
        bool isOver = false;
        connect(&kill, &QTimer::timeout, &kill, [&] {
            vigie.stop(SIGKILL);
            isOver = true;
        });
        QDeadlineTimer patience(30s);
        while (!isOver) {
            QVERIFY2(!patience.hasExpired(), "nothing was acknowledged");
            // Unacknowledged entries are sent again after the kill, and only the last 10,000 ids are recognised as repeats.
            if (next - acknowledged < 8'000) {
                producer.send(u"logs"_s, QJsonObject{{u"logs"_s, entries(u"m"_s, next, 40)}, {u"ack"_s, true}});
                next += 40;
            }
            QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
            // However slow the disk is, there must be something to lose.
            if (!kill.isActive() && !isOver && acknowledged > 0)
                kill.start(QRandomGenerator::global()->bounded(20, 200));
        }
    }
    QVERIFY(acknowledged > 0);
    QVERIFY(vigie.start());
    Client producer;
    QVERIFY(producer.signIn(vigie, u"shop"_s, u"till"_s));
    QVERIFY(sendAndWait(producer, entries(u"m"_s, 1'000'000, 1)));
    QStringList ids = allIds(vigie, u"shop"_s, u"1000000"_s);
    ids.removeLast();
    // Each once, in order; there may be more than was acknowledged.
    QVERIFY(ids.size() >= acknowledged);
    QCOMPARE(ids, numbers(1, int(ids.size())));
    QCOMPARE(vigie.stop(), 0);
}

void TestStorage::clearSurvives()
{
    VigieProcess vigie;
    QVERIFY(vigie.start());
    {
        Client producer;
        QVERIFY(producer.signIn(vigie, u"shop"_s, u"till"_s));
        QVERIFY(sendAndWait(producer, entries(u"m"_s, 1, 20)));
        producer.send(u"clear"_s);
        QVERIFY(!producer.take(u"clear"_s).isEmpty());
        QVERIFY(sendAndWait(producer, entries(u"m"_s, 21, 5)));
    }
    QCOMPARE(vigie.stop(), 0);
    QVERIFY(vigie.start());
    Client viewer;
    QVERIFY(viewer.signIn(vigie, u"shop"_s, u"ann"_s));
    QCOMPARE(history(viewer, 1'000), numbers(21, 5));
    viewer.send(u"clear"_s);
    QVERIFY(!viewer.take(u"clear"_s).isEmpty());
    QCOMPARE(history(viewer, 1'000), QStringList());
    QCOMPARE(vigie.stop(), 0);
    // Nothing is left to be cleared.
    QVERIFY(vigie.start());
    Client another;
    QVERIFY(another.signIn(vigie, u"shop"_s, u"ann"_s));
    another.send(u"clear"_s);
    QVERIFY(another.sync());
    QCOMPARE(another.count(u"clear"_s), 0);
    QCOMPARE(vigie.stop(), 0);
}

void TestStorage::badFilesAreMovedAside_data()
{
    QTest::addColumn<QString>("name");
    for (const QString& name : {u"logs/logs-000001.db"_s, u"metrics.db"_s})
        QTest::newRow(qPrintable(name)) << name;
}

void TestStorage::badFilesAreMovedAside()
{
    QFETCH(QString, name);
    VigieProcess vigie;
    QVERIFY(vigie.start());
    QCOMPARE(vigie.stop(), 0);
    const QFileInfo path(vigie.dataDir() + u'/' + name);
    QFile file(path.filePath());
    QVERIFY(file.open(QIODevice::ReadWrite) && file.resize(0));
    file.write(QByteArray(100'000, '?'));
    file.close();
    QVERIFY(vigie.start());
    QVERIFY2(waitUntil([&] { return vigie.err().contains(QByteArray(path.fileName().toLatin1() + ".broken-")); }),
             vigie.err().constData());
    QCOMPARE(path.dir().entryList({u"*.broken-*"_s}).size(), 1);
    Client producer;
    QVERIFY(producer.signIn(vigie, u"shop"_s, u"till"_s));
    QVERIFY(sendAndWait(producer, entries(u"m"_s, 1, 5)));
    QCOMPARE(history(producer, 10), numbers(1, 5));
    QCOMPARE(vigie.stop(), 0);
}

void TestStorage::filesOfALaterVersionAreLeftAlone_data()
{
    QTest::addColumn<QString>("name");
    for (const QString& name : {u"logs/logs-000001.db"_s, u"metrics.db"_s, u"access.db"_s})
        QTest::newRow(qPrintable(name)) << name;
}

/// An earlier Vigie refuses the folder and says what to do. The later one finds it as it was.
void TestStorage::filesOfALaterVersionAreLeftAlone()
{
    QFETCH(QString, name);
    VigieProcess vigie;
    QVERIFY(vigie.start());
    vigie.addToken({u"--user"_s, u"ann"_s, u"--app"_s, u"shop"_s});
    QCOMPARE(vigie.stop(), 0);
    const QString path = vigie.dataDir() + u'/' + name;
    // "user_version" in the head of the file (sqlite.org/fileformat2.html, 1.3).
    const auto setVersion = [&path](const QByteArray& version) {
        QFile file(path);
        return file.open(QIODevice::ReadWrite) && file.seek(60) && file.write(version) == version.size();
    };
    QFile before(path);
    QVERIFY(before.open(QIODevice::ReadOnly));
    const QByteArray version = before.readAll().mid(60, 4);
    QVERIFY(setVersion(QByteArray::fromHex("00ffffff")));
    VigieProcess earlier;
    QCOMPARE(earlier.run({u"--headless"_s, u"--port"_s, u"0"_s, u"--data-dir"_s, vigie.dataDir()}), 1);
    QVERIFY2(earlier.err().contains(name.toUtf8() + " was written by a later Vigie"), earlier.err().constData());
    QVERIFY(earlier.err().contains("--data-dir") && earlier.err().contains("vigie export"));
    QVERIFY(vigie.command({u"doctor"_s}, 1).contains("written by a later Vigie"));
    QVERIFY(setVersion(version));
    QVERIFY(vigie.start());
    QCOMPARE(vigie.stop(), 0);
    QCOMPARE(QDir(QFileInfo(path).path()).entryList({u"*.broken-*"_s}).size(), 0);
}

void TestStorage::secondOnTheSameFolderSaysWhoHoldsIt()
{
    VigieProcess vigie;
    QVERIFY(vigie.start());
    VigieProcess second;
    QCOMPARE(second.run({u"--headless"_s, u"--port"_s, u"0"_s, u"--data-dir"_s, vigie.dataDir()}), 1);
    const QByteArray wanted = "is in use by another Vigie (process " + QByteArray::number(vigie.processId()) + " on ";
    QVERIFY2(second.err().contains(wanted), second.err().constData());
    QCOMPARE(second.err().count('\n'), 1);
    // The stale lock of a killed program does not count.
    QCOMPARE(vigie.stop(SIGKILL), -1);
    QVERIFY(vigie.start());
    QCOMPARE(vigie.stop(), 0);
}

void TestStorage::fullDiskHoldsUpOnlyWhoWaits()
{
    VigieProcess vigie;
    const QByteArray folder = QFile::encodeName(vigie.dataDir());
    if (::mount("vigie", folder.constData(), "tmpfs", 0, "size=6m") != 0)
        QSKIP("needs the right to mount a small disk");
    const auto unmount = qScopeGuard([&folder] { ::umount2(folder.constData(), MNT_DETACH); });
    QVERIFY(vigie.start());
    Client viewer;
    QVERIFY(viewer.signIn(vigie, u"shop"_s, u"ann"_s));
    Client producer;
    QVERIFY(producer.signIn(vigie, u"shop"_s, u"till"_s));
    QFile ballast(vigie.dataDir() + u"/ballast"_s);
    QVERIFY(ballast.open(QIODevice::WriteOnly));
    while (ballast.write(QByteArray(64 * 1024, 'x')) == 64 * 1024 && ballast.flush()) { }
    ballast.close();

    int sent = 0;
    while (viewer.count(u"error"_s) == 0 && sent < 10'000) {
        producer.send(u"logs"_s, QJsonObject{{u"logs"_s, entries(u"m"_s, sent + 1, 100)}});
        sent += 100;
        QVERIFY(producer.sync());
    }
    QVERIFY(viewer.waitFor(u"error"_s));
    QCOMPARE(viewer.takePayload(u"error"_s)["code"_L1].toString(), u"store_unavailable"_s);
    // Live viewing continues; acknowledgements wait.
    producer.send(u"logs"_s, QJsonObject{{u"logs"_s, entries(u"m"_s, sent + 1, 10)}, {u"ack"_s, true}});
    sent += 10;
    QStringList live;
    QVERIFY(waitUntil([&] {
        live += idsOf(viewer.takeEntries());
        return live.size() == sent;
    }));
    QCOMPARE(live, numbers(1, sent));
    QVERIFY(producer.sync());
    QCOMPARE(producer.count(u"logs_ack"_s), 0);
    // Space again: everything is written, and the acknowledgements follow.
    QVERIFY(ballast.remove());
    QVERIFY(producer.waitFor(u"logs_ack"_s));
    producer.forget();
    QCOMPARE(vigie.stop(), 0);
    QVERIFY(vigie.start());
    QCOMPARE(allIds(vigie, u"shop"_s, QString::number(sent)), numbers(1, sent));
    QCOMPARE(vigie.stop(), 0);
}

void TestStorage::moreThanMemoryHolds()
{
    VigieProcess vigie;
    QVERIFY(vigie.start());
    Client producer;
    QVERIFY(producer.signIn(vigie, u"shop"_s, u"till"_s));
    producer.send(u"subscribe"_s, QJsonObject{{u"logs"_s, false}});
    for (int first = 1; first <= 5'000; first += 500)
        producer.send(u"logs"_s, QJsonObject{{u"logs"_s, entries(u"m"_s, first, 500)}});
    QVERIFY(producer.sync());
    QStringList ids;
    QString before;
    for (;;) {
        const QStringList page = history(producer, 700, before.isEmpty() ? QJsonObject() : QJsonObject{{u"before"_s, before}});
        if (page.isEmpty())
            break;
        before = page.first();
        ids = page + ids;
    }
    QCOMPARE(ids, numbers(1, 5'000));
    QCOMPARE(vigie.stop(), 0);
}

void TestStorage::historyOverHttp()
{
    VigieProcess vigie;
    QVERIFY(vigie.start());
    {
        Client producer;
        QVERIFY(producer.signIn(vigie, u"my shop"_s, u"till"_s));
        QVERIFY(sendAndWait(producer, entries(u"till "_s, 1, 3'000)));
    }
    QCOMPARE(vigie.stop(), 0);
    QVERIFY(vigie.start());
    QNetworkAccessManager network;
    const auto get = [&](const QString& path, int status = 200) {
        QUrl url = vigie.url(path);
        url.setScheme(u"http"_s);
        std::unique_ptr<QNetworkReply> reply(network.get(QNetworkRequest(url)));
        waitUntil([&] { return reply->isFinished(); });
        if (reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() != status)
            return QJsonObject();
        return QJsonDocument::fromJson(reply->readAll()).object();
    };
    QStringList ids;
    QString cursor;
    do {
        const QJsonObject page =
            get(u"api/apps/my%20shop/logs?limit=900"_s + (cursor.isEmpty() ? QString() : u"&cursor="_s + cursor));
        ids += idsOf(page["logs"_L1].toArray());
        cursor = page["cursor"_L1].toString();
    } while (!cursor.isEmpty());
    std::reverse(ids.begin(), ids.end());
    QCOMPARE(ids, numbers(1, 3'000));
    QCOMPARE(idsOf(get(u"api/apps/my%20shop/logs?q=till+2345"_s)["logs"_L1].toArray()), QStringList{u"2345"_s});
    QCOMPARE(get(u"api/apps/bank/logs"_s)["logs"_L1].toArray().size(), 0);
    QCOMPARE(get(u"api/apps/shop/logs?limit=no"_s, 400)["message"_L1].toString(), u"limit must be a whole number from 1"_s);
    QCOMPARE(vigie.stop(), 0);
}

VIGIE_TEST(TestStorage)
#include "tst_storage.moc"
