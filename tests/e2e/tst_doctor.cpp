// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"
#include "testmain.h"

#include <QDateTime>
#include <QDir>
#include <QMap>

using namespace vigie::e2e;

class TestDoctor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goodFolder();
    void badTokensAndSettings();
    void besideARunningVigie();
    void brokenFolder();
    void missingFolder();
};

namespace {

/// Every file below a folder, to check that nothing changes.
QMap<QString, std::pair<QByteArray, QDateTime>> contentOf(const QString& path)
{
    QMap<QString, std::pair<QByteArray, QDateTime>> content;
    for (const QString& folder : {path, path + u"/logs"_s}) {
        for (const QFileInfo& info : QDir(folder).entryInfoList(QDir::Files))
            content[info.filePath()] = {read(info.filePath()), info.lastModified()};
    }
    return content;
}

} // namespace

void TestDoctor::goodFolder()
{
    VigieProcess vigie;
    QVERIFY(fill(vigie, u"shop"_s, entries(u"m"_s, 1, 1'234)));
    vigie.addToken({u"--user"_s, u"ann"_s, u"--app"_s, u"shop"_s});
    vigie.addToken({u"--user"_s, u"bob"_s, u"--app"_s, u"shop"_s});
    const auto before = contentOf(vigie.dataDir());
    QCOMPARE(vigie.run(doctorOf(vigie.dataDir())), 0);
    QCOMPARE(vigie.err(), QByteArray());
    for (const char* said : {"Not in use by any Vigie.", "Free disk space: ", "settings.json: ",
                             "logs/logs-000001.db: sound", "schema version 3; 1,234", "of: shop",
                             "metrics.db: sound", "access.db: sound", "2 tokens", "All is well."}) {
        QVERIFY2(vigie.out().contains(said), vigie.out().constData());
    }
    QVERIFY(contentOf(vigie.dataDir()) == before);
}

void TestDoctor::badTokensAndSettings()
{
    VigieProcess vigie;
    for (const auto& [name, content] : {std::pair(u"/access.db"_s, QByteArray("no database ").repeated(3'000)),
                                        std::pair(u"/settings.json"_s, QByteArray(R"({"limits":{"messageKiB":-1}})"))}) {
        QFile file(vigie.dataDir() + name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    QCOMPARE(vigie.run(doctorOf(vigie.dataDir())), 1);
    QVERIFY2(vigie.out().contains("access.db: PROBLEM: "), vigie.out().constData());
    QVERIFY2(vigie.out().contains("settings.json: PROBLEM: \u201climits.messageKiB\u201d cannot be -1; 1024 holds"),
             vigie.out().constData());
}

void TestDoctor::besideARunningVigie()
{
    VigieProcess vigie;
    QVERIFY(vigie.start());
    QVERIFY(send(vigie, u"shop"_s, entries(u"m"_s, 1, 10)));
    VigieProcess tool;
    QCOMPARE(tool.run(doctorOf(vigie.dataDir())), 0);
    QVERIFY2(tool.out().contains("In use by Vigie, process " + QByteArray::number(vigie.processId()) + " on "),
             tool.out().constData());
    QVERIFY2(tool.out().contains("of: shop"), tool.out().constData());
    // After a kill, everything acknowledged is still found, and nothing is repaired.
    QCOMPARE(vigie.stop(SIGKILL), -1);
    const auto before = contentOf(vigie.dataDir());
    QVERIFY2(tool.run(doctorOf(vigie.dataDir())) == 0, tool.out().constData());
    QVERIFY2(tool.out().contains("Not in use by any Vigie."), tool.out().constData());
    QVERIFY2(tool.out().contains("of: shop"), tool.out().constData());
    QVERIFY(contentOf(vigie.dataDir()) == before);
}

void TestDoctor::brokenFolder()
{
    VigieProcess vigie;
    QVERIFY(fill(vigie, u"shop"_s, entries(u"m"_s, 1, 10)));
    QVERIFY(write(vigie.dataDir() + u"/logs/logs-000002.db"_s, QByteArray(50'000, '?')));
    QVERIFY(write(vigie.dataDir() + u"/logs/logs-000000.db.broken-20260101-000000"_s, QByteArray(50'000, '?')));
    QVERIFY(write(vigie.dataDir() + u"/settings.json"_s, "{"));
    const auto before = contentOf(vigie.dataDir());
    QCOMPARE(vigie.run(doctorOf(vigie.dataDir())), 1);
    for (const char* said : {"logs/logs-000001.db: sound", "logs/logs-000002.db: PROBLEM: file is not a database",
                             "settings.json: PROBLEM: ", "logs/logs-000000.db.broken-20260101-000000: PROBLEM: "}) {
        QVERIFY2(vigie.out().contains(said), vigie.out().constData());
    }
    QCOMPARE(vigie.err(), QByteArray("vigie: 3 problems found.\n"));
    QVERIFY(contentOf(vigie.dataDir()) == before);
}

void TestDoctor::missingFolder()
{
    VigieProcess vigie;
    const QString folder = vigie.dataDir() + u"/none"_s;
    QCOMPARE(vigie.run(doctorOf(folder)), 1);
    QCOMPARE(vigie.out(), QByteArray());
    QVERIFY2(isOneLine(vigie.err()) && vigie.err().contains(folder.toUtf8()), vigie.err().constData());
    QVERIFY(!QDir(folder).exists());
    // A folder that Vigie keeps no logs in is none the worse for it.
    QCOMPARE(vigie.run(doctorOf(vigie.dataDir())), 0);
    QVERIFY2(vigie.out().contains("No logs are stored."), vigie.out().constData());
    QCOMPARE(QDir(vigie.dataDir()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList());
}

VIGIE_TEST(TestDoctor)
#include "tst_doctor.moc"
