// SPDX-License-Identifier: GPL-3.0-or-later
// A journal that the program reads through kills: each entry is stored, and once. Skipped where systemd-journal-remote, which makes
// the journal, is not installed.
#include "harness.h"
#include "testmain.h"

#include <QFile>
#include <QJsonDocument>
#include <QSet>
#include <QTest>

using namespace vigie::e2e;
using namespace Qt::StringLiterals;

class TestJournalKill : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyEntryIsStoredOnce();
};

void TestJournalKill::everyEntryIsStoredOnce()
{
    const QString remote = u"/lib/systemd/systemd-journal-remote"_s;
    if (!QFile::exists(remote))
        QSKIP("systemd-journal-remote is not installed");
    constexpr int count = 60'000; // more than whose ids are remembered
    const QTemporaryDir journal;
    const auto write = [&](int from, int to) {
        QProcess process;
        process.start(remote, {u"-o"_s, journal.filePath(u"system.journal"_s), u"-"_s});
        for (int i = from; i <= to; ++i) {
            // Half of them are lines of an output, which are held back for a moment.
            process.write("__REALTIME_TIMESTAMP=" + QByteArray::number(1'700'000'000'000'000 + 100LL * i) + "\nMESSAGE=entry "
                          + QByteArray::number(i) + "\n_SYSTEMD_UNIT=shop.service\n_TRANSPORT=" + (i % 2 ? "stdout" : "journal") + "\n\n");
        }
        process.closeWriteChannel();
        return process.waitForFinished() && process.exitCode() == 0;
    };
    QVERIFY(write(1, count));
    VigieProcess vigie;
    QFile settings(vigie.dataDir() + "/sources.json"_L1);
    QVERIFY(settings.open(QIODevice::WriteOnly));
    settings.write(u"{\"journal\":{\"on\":true,\"past\":true,\"directory\":\"%1\"}}"_s.arg(journal.path()).toUtf8());
    settings.close();
    const auto messages = [&vigie] {
        QProcess process;
        process.start(programPath(), {u"export"_s, u"--app"_s, u"shop"_s, u"--data-dir"_s, vigie.dataDir()});
        process.waitForFinished(longWaitMs);
        QStringList all;
        for (const QByteArray& line : process.readAllStandardOutput().split('\n')) {
            if (!line.isEmpty())
                all += QJsonDocument::fromJson(line).object()["message"_L1].toString();
        }
        return all;
    };
    for (const int seen : {1, count / 3}) {
        QVERIFY(vigie.start());
        QVERIFY(waitUntil([&] { return messages().size() >= seen; }));
        vigie.stop(SIGKILL);
    }
    QVERIFY(write(count + 1, count + 10));
    QVERIFY(vigie.start());
    QVERIFY(waitUntil([&] { return messages().size() >= count + 10; }));
    const QStringList all = messages();
    QCOMPARE(all.size(), count + 10);
    QCOMPARE(QSet<QString>(all.begin(), all.end()).size(), count + 10);
}

VIGIE_TEST(TestJournalKill)

#include "tst_journalkill.moc"
