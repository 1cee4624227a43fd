// SPDX-License-Identifier: GPL-3.0-or-later
// A history that cannot be opened at the start, but later can: no acknowledged entry is lost or doubled, and none is acknowledged
// that is not on disk.
#include "harness.h"
#include "testmain.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QScopeGuard>
#include <sys/mount.h>

using namespace vigie::e2e;
using namespace Qt::StringLiterals;

class TestLateOpening : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void entriesOfBothTimesAreKept();
    void severalOpeningsOfOneRun();
    void aDiskThatIsFullAtTheStart();
    void aDiskThatIsFullAfterAKill();
    void viewersGoOnAcrossAnOpening();

private:
    /// The logs' folder, which the test removes and restores.
    struct Logs
    {
        explicit Logs(const VigieProcess& vigie) : path(vigie.dataDir() + u"/logs"_s) {}
        /// Puts a file in its place, so that even root has no folder.
        bool takeAway() const
        {
            QFile file(path);
            return (!QFile::exists(path) || QDir().rename(path, path + u"-away"_s)) && file.open(QIODevice::WriteOnly);
        }
        bool giveBack() const
        {
            return QFile::remove(path) && (!QFile::exists(path + u"-away"_s) || QDir().rename(path + u"-away"_s, path));
        }
        QString path;
    };

    static void sendTo(Client& producer, int first, int count);
    static QStringList stored(VigieProcess& vigie);
};

void TestLateOpening::sendTo(Client& producer, int first, int count)
{
    for (; count > 0; first += 100, count -= 100)
        producer.send(u"logs"_s, QJsonObject{{u"logs"_s, entries(u"m"_s, first, std::min(count, 100))}, {u"ack"_s, true}});
}

/// The ids of everything on disk, read by a new Vigie.
QStringList TestLateOpening::stored(VigieProcess& vigie)
{
    QStringList ids;
    for (const QByteArray& line : vigie.command({u"export"_s, u"--app"_s, u"shop"_s}).split('\n')) {
        if (!line.isEmpty())
            ids.append(QJsonDocument::fromJson(line)["id"_L1].toString());
    }
    return ids;
}

/// Takes all the room that is left on the file's disk.
static bool fill(QFile& file)
{
    if (!file.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        return false;
    const QByteArray block(4'096, 'x');
    while (file.write(block) == block.size()) {
    }
    file.close();
    return true;
}

static QStringList numbers(int first, int last)
{
    QStringList ids;
    for (int i = first; i <= last; ++i)
        ids.append(QString::number(i));
    return ids;
}

void TestLateOpening::entriesOfBothTimesAreKept()
{
    VigieProcess vigie;
    QVERIFY(vigie.start());
    {
        Client producer;
        QVERIFY(producer.signIn(vigie, u"shop"_s, u"till"_s));
        sendTo(producer, 1, 1'000);
        QVERIFY(producer.waitFor(u"logs_ack"_s, 10));
    }
    QCOMPARE(vigie.stop(), 0);
    const Logs logs(vigie);
    QVERIFY(logs.takeAway());
    QVERIFY(vigie.start());
    QVERIFY(waitUntil([&] { return vigie.err().contains("history is not kept"); }));
    Client producer;
    QVERIFY(producer.signIn(vigie, u"shop"_s, u"till"_s));
    sendTo(producer, 1'001, 500);
    // Some are sent again, as by a program that was not told: repeats of what is on disk.
    sendTo(producer, 901, 100);
    QVERIFY(producer.sync());
    QCOMPARE(producer.count(u"logs_ack"_s), 0);
    QVERIFY(logs.giveBack());
    QVERIFY(producer.waitFor(u"logs_ack"_s, 6));
    sendTo(producer, 1'501, 800);
    QVERIFY(producer.waitFor(u"logs_ack"_s, 14));
    QCOMPARE(vigie.stop(SIGKILL), -1);
    QCOMPARE(stored(vigie), numbers(1, 2'300));
    // And once more, to see that the order goes on.
    QVERIFY(vigie.start());
    Client viewer;
    QVERIFY(viewer.signIn(vigie, u"shop"_s, u"ann"_s, u"2299"_s));
    QVERIFY(viewer.waitFor(u"logs"_s));
    QCOMPARE(viewer.takeEntries()[0]["id"_L1].toString(), u"2300"_s);
    QCOMPARE(vigie.stop(), 0);
}

void TestLateOpening::severalOpeningsOfOneRun()
{
    // The folder goes while Vigie runs, comes back with what it held, and goes again.
    VigieProcess vigie;
    const Logs logs(vigie);
    QVERIFY(logs.takeAway());
    QVERIFY(vigie.start());
    Client producer;
    QVERIFY(producer.signIn(vigie, u"shop"_s, u"till"_s));
    int next = 1;
    for (int round = 0; round < 3; ++round) {
        sendTo(producer, next, 200);
        next += 200;
        QVERIFY(producer.sync());
        QVERIFY(logs.giveBack());
        QVERIFY(producer.waitFor(u"logs_ack"_s, 2));
        sendTo(producer, next, 100);
        next += 100;
        QVERIFY(producer.waitFor(u"logs_ack"_s, 3));
        producer.forget();
        QVERIFY(logs.takeAway());
    }
    QVERIFY(logs.giveBack());
    QCOMPARE(vigie.stop(), 0);
    QCOMPARE(stored(vigie), numbers(1, next - 1));
}

void TestLateOpening::aDiskThatIsFullAtTheStart()
{
    VigieProcess vigie;
    const QByteArray folder = vigie.dataDir().toLocal8Bit();
    if (::mount("vigie", folder.constData(), "tmpfs", 0, "size=4m") != 0)
        QSKIP("only root may mount");
    {
        QFile filler(vigie.dataDir() + u"/filler"_s);
        QVERIFY(fill(filler));
        QVERIFY2(vigie.start(), vigie.err().constData());
        QVERIFY(waitUntil([&] { return vigie.err().contains("No space left in"); }));
        QVERIFY2(vigie.err().contains(folder), vigie.err().constData());
        Client viewer;
        QVERIFY(viewer.signIn(vigie, u"shop"_s, u"ann"_s));
        Client producer;
        QVERIFY(producer.signIn(vigie, u"shop"_s, u"till"_s));
        sendTo(producer, 1, 10);
        // Live, but not on disk.
        QVERIFY(viewer.waitFor(u"logs"_s));
        QCOMPARE(producer.count(u"logs_ack"_s), 0);
        QVERIFY(filler.remove());
        QVERIFY(producer.waitFor(u"logs_ack"_s));
    }
    QCOMPARE(vigie.stop(), 0);
    QCOMPARE(stored(vigie), numbers(1, 10));
    QCOMPARE(::umount(folder.constData()), 0);
}

void TestLateOpening::aDiskThatIsFullAfterAKill()
{
    VigieProcess vigie;
    const QByteArray folder = vigie.dataDir().toLocal8Bit();
    if (::mount("vigie", folder.constData(), "tmpfs", 0, "size=6m") != 0)
        QSKIP("only root may mount");
    const auto unmount = qScopeGuard([&folder] { ::umount2(folder.constData(), MNT_DETACH); });
    QVERIFY(vigie.start());
    {
        Client producer;
        QVERIFY(producer.signIn(vigie, u"shop"_s, u"till"_s));
        sendTo(producer, 1, 10);
        QVERIFY(producer.waitFor(u"logs_ack"_s));
    }
    // The lock file that it leaves cannot be replaced: that would take room.
    QCOMPARE(vigie.stop(SIGKILL), -1);
    QFile filler(vigie.dataDir() + u"/filler"_s);
    QVERIFY(fill(filler));
    QVERIFY2(vigie.start(), vigie.err().constData());
    // The folder is locked all the same.
    VigieProcess second;
    QCOMPARE(second.run({u"--headless"_s, u"--port"_s, u"0"_s, u"--data-dir"_s, vigie.dataDir()}), 1);
    QVERIFY2(second.err().contains("is in use by another Vigie"), second.err().constData());
    QVERIFY(filler.remove());
    {
        Client producer;
        QVERIFY(producer.signIn(vigie, u"shop"_s, u"till"_s));
        sendTo(producer, 11, 10);
        QVERIFY(producer.waitFor(u"logs_ack"_s));
    }
    QCOMPARE(vigie.stop(), 0);
    QCOMPARE(stored(vigie), numbers(1, 20));
}

void TestLateOpening::viewersGoOnAcrossAnOpening()
{
    VigieProcess vigie;
    QVERIFY(vigie.start());
    Client first;
    QVERIFY(first.signIn(vigie, u"shop"_s, u"till"_s));
    sendTo(first, 1, 300);
    QVERIFY(first.waitFor(u"logs_ack"_s, 3));
    QCOMPARE(first.takePayload(u"stored"_s)["lastId"_L1], QJsonValue()); // nothing was yet when it came
    QVERIFY(first.waitFor(u"stored"_s));
    QCOMPARE(vigie.stop(), 0);
    const Logs logs(vigie);
    QVERIFY(logs.takeAway());
    QVERIFY(vigie.start());
    Client viewer;
    QVERIFY(viewer.signIn(vigie, u"shop"_s, u"ann"_s));
    QCOMPARE(viewer.takePayload(u"stored"_s)["lastId"_L1], QJsonValue());
    Client producer;
    QVERIFY(producer.signIn(vigie, u"shop"_s, u"till"_s));
    sendTo(producer, 301, 100);
    QVERIFY(producer.sync());
    QVERIFY(logs.giveBack());
    QVERIFY(producer.waitFor(u"logs_ack"_s));
    sendTo(producer, 401, 100);
    QVERIFY(producer.waitFor(u"logs_ack"_s, 2));
    // Live it sees what came, and no entry of before twice.
    QStringList seen;
    QVERIFY(waitUntil([&] {
        for (const QJsonValue entry : viewer.takeEntries())
            seen.append(entry["id"_L1].toString());
        return seen.size() >= 200;
    }));
    QCOMPARE(seen, numbers(301, 500));
    QCOMPARE(viewer.count(u"gap"_s), 0);
    QString lastId;
    QVERIFY(waitUntil([&] {
        if (viewer.count(u"stored"_s) > 0)
            lastId = viewer.takePayload(u"stored"_s)["lastId"_L1].toString();
        return lastId == "500"_L1;
    }));
    // What another asks for is all in one order.
    Client late;
    QVERIFY(late.signIn(vigie, u"shop"_s, u"bob"_s, u"100"_s));
    QStringList caughtUp;
    QVERIFY(waitUntil([&] {
        for (const QJsonValue entry : late.takeEntries())
            caughtUp.append(entry["id"_L1].toString());
        return caughtUp.size() >= 400;
    }));
    QCOMPARE(caughtUp, numbers(101, 500));
    QCOMPARE(late.takePayload(u"stored"_s)["lastId"_L1].toString(), u"500"_s);
    QCOMPARE(vigie.stop(), 0);
}

VIGIE_TEST(TestLateOpening)
#include "tst_lateopening.moc"
