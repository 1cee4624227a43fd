// SPDX-License-Identifier: GPL-3.0-or-later
// Containers of the real Podman: each line they wrote is stored, and once. Skipped where Podman cannot run.
#include "harness.h"
#include "podman.h"
#include "testmain.h"

#include <QFile>
#include <QJsonDocument>
#include <QSet>
#include <QTest>

using namespace vigie::e2e;
using namespace Qt::StringLiterals;

namespace {

/// The messages stored of an application, in their order.
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

QString flood(int lines)
{
    return u"seq 1 %1 | while read i; do echo \"line $i\"; done; echo bye"_s.arg(lines);
}

} // namespace

class TestPodman : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_vigie.reset(); }

    void aFloodIsStoredWhole();
    void aKillInTheMiddleLosesAndDoublesNothing();
    void runsOfOneContainerAreReadOn();
    void streamsAndTerminalsAreToldApart();

private:
    bool startVigie();
    static void compareFlood(QStringList messages, int lines);

    std::unique_ptr<Podman> m_podman;
    std::unique_ptr<VigieProcess> m_vigie;
};

void TestPodman::initTestCase()
{
    m_podman = std::make_unique<Podman>();
    if (const QString problem = m_podman->start(); !problem.isEmpty())
        QSKIP(qPrintable(u"Podman cannot run here: "_s + problem));
}

void TestPodman::init()
{
    m_podman->run({u"rm"_s, u"-fa"_s, u"--time=0"_s});
    m_vigie = std::make_unique<VigieProcess>();
    QFile settings(m_vigie->dataDir() + "/sources.json"_L1);
    QVERIFY(settings.open(QIODevice::WriteOnly));
    settings.write(u"{\"containers\":{\"on\":true,\"sockets\":[\"%1\"]}}"_s.arg(m_podman->socket()).toUtf8());
}

bool TestPodman::startVigie()
{
    return m_vigie->start();
}

void TestPodman::compareFlood(QStringList messages, int lines)
{
    QCOMPARE(messages.count(u"bye"_s), 1);
    QCOMPARE(messages.size(), lines + 1);
    QCOMPARE(QSet<QString>(messages.begin(), messages.end()).size(), lines + 1);
}

void TestPodman::aFloodIsStoredWhole()
{
    QVERIFY(startVigie());
    QCOMPARE(m_podman->runContainer(u"flood"_s, u"sleep 2; "_s + flood(200'000)), 0);
    QVERIFY(waitUntil([this] { return messagesOf(*m_vigie, u"flood"_s).contains(u"bye"_s); }));
    compareFlood(messagesOf(*m_vigie, u"flood"_s), 200'000);
}

void TestPodman::aKillInTheMiddleLosesAndDoublesNothing()
{
    QVERIFY(startVigie());
    QCOMPARE(m_podman->runContainer(u"killed"_s, u"for part in 1 2 3; do seq 1 30000 | while read i; do echo \"line $part $i\"; done; "
                                                 "sleep 1; done; echo bye"_s, {u"-d"_s}), 0);
    QVERIFY(waitUntil([this] { return !messagesOf(*m_vigie, u"killed"_s).isEmpty(); }));
    m_vigie->stop(SIGKILL);
    QVERIFY(startVigie());
    QVERIFY(waitUntil([this] { return messagesOf(*m_vigie, u"killed"_s).size() > 40'000; }));
    m_vigie->stop(SIGKILL);
    QVERIFY(startVigie());
    QVERIFY(waitUntil([this] { return messagesOf(*m_vigie, u"killed"_s).contains(u"bye"_s); }));
    compareFlood(messagesOf(*m_vigie, u"killed"_s), 90'000);
}

void TestPodman::runsOfOneContainerAreReadOn()
{
    QVERIFY(startVigie());
    QCOMPARE(m_podman->runContainer(u"again"_s, u"echo begins; sleep 1; echo fails; exit 1"_s, {u"-d"_s, u"--restart=on-failure:2"_s}), 0);
    QVERIFY(waitUntil([this] { return messagesOf(*m_vigie, u"again"_s).count(u"fails"_s) == 3; }));
    // Started by hand it is restarted as often again, by the same id.
    QCOMPARE(m_podman->run({u"start"_s, u"again"_s}), 0);
    QVERIFY(waitUntil([this] { return messagesOf(*m_vigie, u"again"_s).count(u"fails"_s) == 6; }));
    QCOMPARE(messagesOf(*m_vigie, u"again"_s).count(u"begins"_s), 6);
}

void TestPodman::streamsAndTerminalsAreToldApart()
{
    QVERIFY(startVigie());
    const QString script = u"echo out; echo err >&2; printf 'no end'; exit 3"_s;
    QCOMPARE(m_podman->runContainer(u"plain"_s, script), 3);
    QCOMPARE(m_podman->runContainer(u"terminal"_s, script, {u"-t"_s}), 3);
    for (const QString& app : {u"plain"_s, u"terminal"_s}) {
        QVERIFY(waitUntil([this, &app] { return messagesOf(*m_vigie, app).size() == 3; }));
        QStringList messages = messagesOf(*m_vigie, app);
        messages.sort();
        QCOMPARE(messages, QStringList({u"err"_s, u"no end"_s, u"out"_s}));
    }
    const QByteArray exported = m_vigie->command({u"export"_s, u"--app"_s, u"plain"_s});
    QVERIFY(exported.contains("\"message\":\"err\",\"metadata\":{\"container\":\"plain\",\"stream\":\"stderr\"}"));
}

VIGIE_TEST(TestPodman)

#include "tst_podman.moc"
