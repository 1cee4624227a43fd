// SPDX-License-Identifier: GPL-3.0-or-later
// The real systemd-journal-upload, and what it might send: Debian's systemd-journal-remote has it. Skipped where that is not installed.
#include "harness.h"
#include "testmain.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QSet>
#include <QTest>

using namespace vigie::e2e;
using namespace Qt::StringLiterals;

namespace {

constexpr const char* remote = "/lib/systemd/systemd-journal-remote";
constexpr const char* upload = "/lib/systemd/systemd-journal-upload";

QStringList messagesOf(const VigieProcess& vigie, const QString& app)
{
    QProcess process;
    process.start(programPath(), {u"export"_s, u"--app"_s, app, u"--data-dir"_s, vigie.dataDir()});
    process.waitForFinished(longWaitMs);
    QStringList messages;
    for (const QByteArray& line : process.readAllStandardOutput().split('\n')) {
        if (!line.isEmpty())
            messages += QJsonDocument::fromJson(line).object()["message"_L1].toString();
    }
    return messages;
}

QByteArray entry(int number)
{
    return "__REALTIME_TIMESTAMP=" + QByteArray::number(1'700'000'000'000'000 + 1'000LL * number) + "\nMESSAGE=entry "
        + QByteArray::number(number) + "\nPRIORITY=6\n_SYSTEMD_UNIT=shop.service\n_HOSTNAME=far\n\n";
}

QByteArray chunk(const QByteArray& bytes)
{
    return QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n";
}

} // namespace

class TestUpload : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aJournalIsUploadedAndFollowed();
    void aKillInTheMiddleLosesAndDoublesNothing();
    void aTokenMayStandInTheAddress();
    void entriesShowWhileTheRequestGoesOn();
    void whatIsNoExportIsRefused();
    void whatWasWholeBeforeARefusalIsKept();

private:
    static bool addToJournal(const QString& folder, int from, int to);
    static bool isInstalled() { return QFile::exists(QString::fromLatin1(remote)) && QFile::exists(QString::fromLatin1(upload)); }
};

bool TestUpload::addToJournal(const QString& folder, int from, int to)
{
    QProcess process;
    process.start(QString::fromLatin1(remote), {u"-o"_s, folder + "/system.journal"_L1, u"-"_s});
    for (int i = from; i <= to; ++i)
        process.write(entry(i));
    process.closeWriteChannel();
    return process.waitForFinished() && process.exitCode() == 0;
}

void TestUpload::aJournalIsUploadedAndFollowed()
{
    if (!isInstalled())
        QSKIP("systemd-journal-remote is not installed");
    VigieProcess vigie;
    QVERIFY(vigie.start());
    const QTemporaryDir journal;
    QVERIFY(addToJournal(journal.path(), 1, 5'000));
    QProcess client;
    const auto arguments = [&] {
        return QStringList{u"-u"_s, u"http://localhost:%1"_s.arg(vigie.port()), u"-D"_s, journal.path(),
                           u"--save-state="_s + vigie.dataDir() + "/state"_L1};
    };
    client.start(QString::fromLatin1(upload), arguments());
    QVERIFY(waitUntil([&] { return messagesOf(vigie, u"shop"_s).size() == 5'000; }));
    QVERIFY(addToJournal(journal.path(), 5'001, 5'010));
    QVERIFY(waitUntil([&] { return messagesOf(vigie, u"shop"_s).size() == 5'010; }));
    // It goes on after both have ended, and nothing is doubled.
    QVERIFY(waitUntil([&] { return QFile::exists(vigie.dataDir() + "/state"_L1); }));
    client.terminate();
    QVERIFY(client.waitForFinished());
    vigie.stop(SIGKILL);
    QVERIFY(vigie.start());
    QVERIFY(addToJournal(journal.path(), 5'011, 5'020));
    client.start(QString::fromLatin1(upload), arguments());
    QVERIFY(waitUntil([&] { return messagesOf(vigie, u"shop"_s).contains(u"entry 5020"_s); }));
    client.terminate();
    QVERIFY(client.waitForFinished());
    const QStringList messages = messagesOf(vigie, u"shop"_s);
    QCOMPARE(messages.size(), 5'020);
    for (int i = 0; i < messages.size(); ++i)
        QCOMPARE(messages[i], u"entry %1"_s.arg(i + 1));
}

void TestUpload::aKillInTheMiddleLosesAndDoublesNothing()
{
    if (!isInstalled())
        QSKIP("systemd-journal-remote is not installed");
    VigieProcess vigie;
    QVERIFY(vigie.start());
    const QTemporaryDir journal;
    constexpr int count = 60'000; // more than whose ids are remembered
    QVERIFY(addToJournal(journal.path(), 1, count));
    const auto upload60 = [&](QProcess& client) {
        client.start(QString::fromLatin1(upload), {u"-u"_s, u"http://localhost:%1"_s.arg(vigie.port()), u"-D"_s, journal.path(),
                                                   u"--follow=no"_s, u"--save-state="_s + vigie.dataDir() + "/state"_L1});
    };
    QProcess client;
    upload60(client);
    QVERIFY(waitUntil([&] { return messagesOf(vigie, u"shop"_s).size() > 15'000; }));
    vigie.stop(SIGKILL);
    QVERIFY(waitUntil([&] { return client.state() == QProcess::NotRunning; })); // its unit would start it again
    QVERIFY(vigie.start());
    upload60(client);
    QVERIFY(waitUntil([&] { return client.state() == QProcess::NotRunning; }));
    QCOMPARE(client.exitCode(), 0);
    const QStringList messages = messagesOf(vigie, u"shop"_s);
    QCOMPARE(messages.size(), count);
    QCOMPARE(QSet<QString>(messages.begin(), messages.end()).size(), count);
}

void TestUpload::aTokenMayStandInTheAddress()
{
    if (!isInstalled())
        QSKIP("systemd-journal-remote is not installed");
    VigieProcess vigie;
    const QString token = vigie.addToken({u"--user"_s, u"far"_s, u"--all-apps"_s, u"--role"_s, u"producer"_s});
    QVERIFY(vigie.start({u"--require-token"_s}));
    const QTemporaryDir journal;
    QVERIFY(addToJournal(journal.path(), 1, 10));
    const auto arguments = [&](const QString& who) {
        return QStringList{u"-u"_s, u"http://%1localhost:%2"_s.arg(who).arg(vigie.port()), u"-D"_s, journal.path(), u"--follow=no"_s};
    };
    QProcess client;
    client.start(QString::fromLatin1(upload), arguments({}));
    QVERIFY(client.waitForFinished());
    QVERIFY(client.exitCode() != 0);
    client.start(QString::fromLatin1(upload), arguments(u"far:"_s + token + u'@'));
    QVERIFY(client.waitForFinished());
    QCOMPARE(client.exitCode(), 0);
    QCOMPARE(messagesOf(vigie, u"shop"_s).size(), 10);
}

void TestUpload::entriesShowWhileTheRequestGoesOn()
{
    VigieProcess vigie;
    QVERIFY(vigie.start());
    RawClient client;
    QVERIFY(client.connectTo(vigie));
    client.write("POST /upload HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(vigie.port()) + "\r\nContent-Type: application/vnd.fdo.journal\r\nTransfer-Encoding: chunked\r\n"
                 "Expect: 100-continue\r\n\r\n");
    QVERIFY(client.waitForText("HTTP/1.1 100 Continue\r\n\r\n"));
    client.write(chunk(entry(1)));
    QVERIFY(waitUntil([&] { return messagesOf(vigie, u"shop"_s).size() == 1; }));
    QVERIFY(!client.received().contains("200 OK"));
    // Both forms, and no empty line behind the last.
    QByteArray binary = "_SYSTEMD_UNIT=shop.service\n__REALTIME_TIMESTAMP=1700000000999999\nMESSAGE\n";
    binary += QByteArray("\x03\0\0\0\0\0\0\0", 8) + "a\nb\n";
    client.write(chunk(binary.first(70)) + chunk(binary.mid(70)) + "0\r\n\r\n");
    QVERIFY(client.waitForText("200 OK"));
    QCOMPARE(messagesOf(vigie, u"shop"_s), QStringList({u"entry 1"_s, u"a\nb"_s}));
}

void TestUpload::whatIsNoExportIsRefused()
{
    VigieProcess vigie;
    QVERIFY(vigie.start());
    RawClient client;
    QVERIFY(client.connectTo(vigie));
    const QByteArray body = entry(1) + "{\"message\":\"hello\"}\n";
    client.write("POST /upload HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(vigie.port()) + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    QVERIFY(client.waitForText("400 Bad Request"));
    QVERIFY(client.waitForEnd());
}

void TestUpload::whatWasWholeBeforeARefusalIsKept()
{
    VigieProcess vigie;
    QVERIFY(vigie.start());
    QByteArray entries;
    for (int i = 1; i <= 5; ++i)
        entries += "__CURSOR=s=c0ffee;i=" + QByteArray::number(i, 16) + ";b=1\n" + entry(i);
    const auto post = [&](const QByteArray& body, const char* answer) {
        RawClient client;
        client.connectTo(vigie);
        client.write("POST /upload HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(vigie.port()) + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
        return client.waitForText(answer);
    };
    QVERIFY(post(entries + "{\"message\":\"hello\"}\n", "400 Bad Request"));
    QVERIFY(post(entries, "200 OK"));
    const QStringList messages = messagesOf(vigie, u"shop"_s);
    QCOMPARE(messages, QStringList({u"entry 1"_s, u"entry 2"_s, u"entry 3"_s, u"entry 4"_s, u"entry 5"_s}));
}

VIGIE_TEST(TestUpload)

#include "tst_upload.moc"
