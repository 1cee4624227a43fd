// SPDX-License-Identifier: GPL-3.0-or-later
// Containers of a made-up engine: all that they wrote is taken, and each line once.
#include "fakeengine.h"
#include "hub/hub.h"
#include "intake/intake.h"
#include "sources/containers.h"
#include "testmain.h"

#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;
using vigie::test::FakeEngine;

class TestContainers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void aStoppedContainerIsReadFromItsStart();
    void whatAStreamLeavesOutIsFetched();
    void nothingIsDoubledByAnotherStart_data();
    void nothingIsDoubledByAnotherStart();
    void whatIsNoLongerThereDoublesNothing();
    void linesToTheNanosecondAreTakenOnce();
    void piecesAreJoined();
    void aTerminalIsReadByLines();
    void oneThatKeepsNoLogSaysSo();
    void anEngineMayComeLater();
    void namesAreChosen();
    void aRemovedContainerEnds();
    void anotherRunIsMarked();
    void labelsNameTheApplication();
    void thoseThatHaveEndedMakeRoom();
    void oneThatCannotBeInspectedIsAskedForAgain();
    void noEngineIsSaid();

private:
    /// Of the container "c1".
    struct Log
    {
        QByteArray whole; ///< as it is fetched
        QByteArray followed; ///< as a stream begins with it
        bool isRunning = false;
        bool isTerminal = false;
        int status = 200;
        bool exists = true;
        int others = 0; ///< in its place
        int failures = 0; ///< of the next inspections
        QByteArray labels = "{}";
        QByteArray driver = "json-file";
        QByteArray startedAt = "2026-11-30T10:35:09.5Z";
    };

    FakeEngine::Answer answer(const QString& path, const QString& query);
    void read(const QStringList& names = {});
    QString eventLine(const char* action) const;
    SourceState state(const QString& name) const;

    Log m_log;
    std::unique_ptr<FakeEngine> m_engine;
    std::unique_ptr<Hub> m_hub;
    std::unique_ptr<Intake> m_intake;
    ReadContainers m_read;
    std::unique_ptr<Containers> m_containers;
    QStringList m_messages;
    QStringList m_entries; ///< as JSON
};

namespace {

constexpr const char* id = "4f2a00000000000000000000000000000000000000000000000000000000c0de";

QByteArray line(int second, const QByteArray& text, bool isError = false)
{
    return FakeEngine::frame("2026-11-30T10:35:" + QByteArray::number(second) + "Z " + text + '\n', isError);
}

QByteArray lines(int second, int from, int to)
{
    QByteArray all;
    for (int i = from; i <= to; ++i)
        all += line(second, "line " + QByteArray::number(i));
    return all;
}

QStringList expectedLines(int from, int to)
{
    QStringList all;
    for (int i = from; i <= to; ++i)
        all += u"line %1"_s.arg(i);
    return all;
}

} // namespace

void TestContainers::init()
{
    m_containers.reset();
    m_engine = std::make_unique<FakeEngine>(true, [this](const QString& path, const QString& query) { return answer(path, query); });
    m_intake.reset();
    m_hub = std::make_unique<Hub>(100);
    m_intake = std::make_unique<Intake>(*m_hub);
    m_read.clear();
    m_log = {};
    m_messages.clear();
    m_entries.clear();
    connect(m_hub.get(), &Hub::logsAccepted, this, [this](const LogBatchPtr& batch) {
        for (std::size_t i = 0; i < batch->size(); ++i) {
            m_messages += QString::fromUtf8(batch->message(i));
            m_entries += QString::fromUtf8(batch->json(i));
        }
    });
}

FakeEngine::Answer TestContainers::answer(const QString& path, const QString& query)
{
    if (path == "/events"_L1)
        return {200, {}, true};
    if (path == "/containers/json"_L1 && m_log.others > 0) {
        QByteArray all;
        for (int i = 0; i < m_log.others; ++i)
            all += QByteArray(i > 0 ? "," : "[") + "{\"Id\":\"" + QByteArray::number(i) + "\"}";
        return {200, all + ']'};
    }
    const QByteArray askedId = path.section(u'/', 2, 2).toLatin1();
    if (path == "/containers/json"_L1)
        return {200, m_log.exists ? QByteArray("[{\"Id\":\"") + id + "\"}]" : QByteArray("[]")};
    if (!m_log.exists)
        return {404, "no such container"};
    if (path.endsWith("/json"_L1) && m_log.failures > 0) {
        --m_log.failures;
        return {500, "busy"};
    }
    if (path.endsWith("/json"_L1)) {
        return {200, QByteArray("{\"Id\":\"") + askedId + R"(","Name":"/)" + (askedId == id ? "c1" : askedId) + R"(","State":{"Running":)" + (m_log.isRunning ? "true" : "false")
                    + R"(,"StartedAt":")" + m_log.startedAt + R"("},"Config":{"Tty":)" + (m_log.isTerminal ? "true" : "false") + R"(,"Image":"tiny","Labels":)" + m_log.labels
                    + R"(},"HostConfig":{"LogConfig":{"Type":")" + m_log.driver + "\"}}}"};
    }
    if (m_log.status != 200)
        return {m_log.status, "configured logging driver does not support reading"};
    if (query.contains("follow=1"_L1))
        return {200, m_log.followed, true};
    return {200, m_log.whole};
}

void TestContainers::read(const QStringList& names)
{
    m_containers = std::make_unique<Containers>(*m_intake, m_read);
    SourceSettings settings;
    settings.containers = {true, {m_engine->path()}, names};
    m_containers->apply(settings);
}

QString TestContainers::eventLine(const char* action) const
{
    return u"{\"Type\":\"container\",\"Action\":\"%1\",\"Actor\":{\"ID\":\"%2\"}}\n"_s.arg(QLatin1StringView(action), QLatin1StringView(id));
}

SourceState TestContainers::state(const QString& name) const
{
    for (const SourceState& one : m_intake->board().sources()) {
        if (QString::fromStdString(one.name) == name)
            return one;
    }
    return {};
}

void TestContainers::aStoppedContainerIsReadFromItsStart()
{
    m_log.whole = lines(10, 1, 5) + line(11, "oops", true);
    read();
    QTRY_COMPARE(state(u"c1"_s).status, SourceStatus::Waiting);
    QTRY_COMPARE(m_messages.size(), 6);
    QVERIFY(m_entries.filter(u"oops"_s).first().contains("\"container\":\"c1\",\"stream\":\"stderr\""_L1));
    QVERIFY(m_engine->asked.filter(u"follow=1"_s).isEmpty());
}

void TestContainers::whatAStreamLeavesOutIsFetched()
{
    m_log.isRunning = true;
    m_log.whole = lines(10, 1, 3);
    m_log.followed = lines(10, 1, 3);
    read();
    QTRY_VERIFY(m_engine->isFollowed(u"follow=1"_s));
    m_engine->say(u"follow=1"_s, line(11, "line 4") + line(11, "same") + line(12, "line 7")); // and not 5 and 6
    QTRY_VERIFY(m_messages.contains(u"same"_s));
    m_log.whole = lines(10, 1, 3) + line(11, "line 4") + line(11, "same") + line(11, "same") + line(11, "line 5") + lines(12, 6, 8);
    m_log.isRunning = false;
    m_engine->say(u"follow=1"_s, {}, true);
    QTRY_COMPARE(m_messages.size(), 10);
    QTRY_COMPARE(state(u"c1"_s).status, SourceStatus::Waiting);
    m_messages.sort();
    QCOMPARE(m_messages, expectedLines(1, 8) + QStringList({u"same"_s, u"same"_s}));
    QCOMPARE(state(u"c1"_s).entries, std::uint64_t(10));
}

void TestContainers::nothingIsDoubledByAnotherStart_data()
{
    QTest::addColumn<bool>("isRunning");
    QTest::newRow("while it runs") << true;
    QTest::newRow("after its end") << false;
}

void TestContainers::nothingIsDoubledByAnotherStart()
{
    QFETCH(bool, isRunning);
    m_log.isRunning = isRunning;
    m_log.whole = m_log.followed = line(9, "first", true) + lines(10, 1, 20) + line(10, "same") + line(10, "same");
    read();
    QTRY_COMPARE(m_messages.size(), 23);
    QTRY_COMPARE(state(u"c1"_s).status, isRunning ? SourceStatus::Following : SourceStatus::Waiting);
    m_containers.reset();
    m_log.whole += line(10, "same") + lines(11, 21, 22);
    m_log.followed = m_log.whole;
    read();
    QTRY_VERIFY(m_messages.contains(u"line 22"_s));
    QTRY_COMPARE(state(u"c1"_s).status, isRunning ? SourceStatus::Following : SourceStatus::Waiting);
    QCOMPARE(m_messages.count(u"same"_s), 3);
    QCOMPARE(m_messages.size(), 26);
    QVERIFY(m_engine->asked.filter(u"follow=0"_s).last().contains("since=17960349"_L1)); // not from its start again
}

void TestContainers::whatIsNoLongerThereDoublesNothing()
{
    m_log.whole = lines(10, 1, 20);
    read();
    QTRY_COMPARE(m_messages.size(), 20);
    m_containers.reset();
    m_log.whole = lines(10, 11, 25); // its driver has dropped the oldest
    read();
    QTRY_VERIFY(m_messages.contains(u"line 25"_s));
    QCOMPARE(m_messages, expectedLines(1, 25));
}

void TestContainers::linesToTheNanosecondAreTakenOnce()
{
    m_engine = std::make_unique<FakeEngine>(false, [this](const QString& path, const QString& query) { return answer(path, query); });
    const QByteArray one = FakeEngine::frame("2026-11-30T10:35:10.123456789Z once\n");
    m_log.whole = one + one + FakeEngine::frame("2026-11-30T10:35:10.12345679Z once\n");
    read();
    QTRY_COMPARE(state(u"c1"_s).status, SourceStatus::Waiting);
    QTRY_COMPARE(m_messages, QStringList({u"once"_s, u"once"_s}));
    QVERIFY(m_entries.first().contains("\"timestamp\":1796034910123"_L1));
}

void TestContainers::piecesAreJoined()
{
    m_log.whole = line(10, "start") + FakeEngine::frame("2026-11-30T10:35:10Z loading...") + line(10, "beside", true)
        + FakeEngine::frame("2026-11-30T10:35:11Z  done\n") + FakeEngine::frame("2026-11-30T10:35:11Z no end")
        + FakeEngine::frame(QByteArray("2026-11-30T10:35:11Z \xff\n", 23), true);
    read();
    QTRY_COMPARE(m_messages.size(), 5);
    m_messages.sort();
    QCOMPARE(m_messages, QStringList({u"beside"_s, u"loading... done"_s, u"no end"_s, u"start"_s, u"\uFFFD"_s}));
}

void TestContainers::aTerminalIsReadByLines()
{
    m_log.isTerminal = true;
    m_log.whole = "2026-11-30T10:35:10Z one\r\n2026-11-30T10:35:10Z two\r\n";
    read();
    QTRY_COMPARE(m_messages, QStringList({u"one"_s, u"two"_s}));
}

void TestContainers::oneThatKeepsNoLogSaysSo()
{
    m_log.status = 501;
    read();
    QTRY_VERIFY(QString::fromStdString(state(u"c1"_s).problem).contains("does not support reading"_L1));
    QCOMPARE(state(u"c1"_s).status, SourceStatus::Waiting);
    m_containers.reset();
    m_log.status = 200;
    m_log.driver = "none";
    m_engine->asked.clear();
    read();
    QTRY_COMPARE(state(u"c1"_s).problem, std::string("no_log_kept"));
    QVERIFY(m_engine->asked.filter(u"/logs"_s).isEmpty());
}

void TestContainers::anEngineMayComeLater()
{
    m_engine->stop();
    m_log.whole = lines(10, 1, 1);
    read();
    QTRY_COMPARE(state(m_engine->path()).status, SourceStatus::Waiting);
    m_engine->listen();
    QTRY_COMPARE(m_messages.size(), 1);
    // It goes, and comes again: only what is new is read.
    m_engine->stop();
    QTRY_VERIFY(state(m_engine->path()).status != SourceStatus::Following);
    m_log.whole += lines(11, 2, 2);
    m_engine->listen();
    QTRY_COMPARE(m_messages, expectedLines(1, 2));
}

void TestContainers::namesAreChosen()
{
    m_log.whole = lines(10, 1, 1);
    read({u"web*"_s});
    QTRY_COMPARE(state(m_engine->path()).status, SourceStatus::Following);
    QTRY_VERIFY(!m_engine->asked.filter(u"c0de/json"_s).isEmpty());
    read({u"c?"_s});
    QTRY_COMPARE(m_messages.size(), 1);
    QVERIFY(m_engine->asked.filter(u"/logs"_s).size() == 1);
}

void TestContainers::aRemovedContainerEnds()
{
    m_log.isRunning = true;
    m_log.whole = m_log.followed = lines(10, 1, 1);
    read();
    QTRY_VERIFY(m_engine->isFollowed(u"follow=1"_s));
    QTRY_VERIFY(m_engine->isFollowed(u"/events"_s));
    m_log.exists = false;
    m_engine->say(u"/events"_s, eventLine("die").toUtf8() + eventLine("destroy").toUtf8());
    m_engine->say(u"follow=1"_s, line(11, "last"), true);
    QTRY_COMPARE(state(u"c1"_s).status, SourceStatus::Ended);
    QTRY_COMPARE(m_messages, QStringList({u"line 1"_s, u"last"_s})); // they come by a queue
    QTRY_VERIFY(m_read.empty());
}

void TestContainers::anotherRunIsMarked()
{
    m_log.whole = lines(10, 1, 1);
    read();
    QTRY_COMPARE(m_messages.size(), 1); // its first run is known by then
    QTRY_COMPARE(state(u"c1"_s).status, SourceStatus::Waiting);
    QTRY_VERIFY(m_engine->isFollowed(u"/events"_s));
    m_log.startedAt = "2026-11-30T10:35:20.25Z";
    m_log.whole += lines(21, 2, 2);
    m_engine->say(u"/events"_s, eventLine("start").toUtf8());
    QTRY_COMPARE(m_messages.size(), 3);
    const QString mark = m_entries.filter(u"started again"_s).first();
    QVERIFY2(mark.contains("\"timestamp\":1796034920250"_L1) && mark.contains("{\"container\":\"c1\",\"event\":\"start\"}"_L1), qPrintable(mark));
}

void TestContainers::labelsNameTheApplication()
{
    m_log.labels = R"({"com.docker.compose.project":"shop","com.docker.compose.service":"till"})";
    m_log.whole = lines(10, 1, 1);
    read();
    QTRY_COMPARE(m_messages.size(), 1);
    QVERIFY(m_entries.first().contains("\"container\":\"c1\",\"service\":\"till\",\"stream\":\"stdout\""_L1));
    QVERIFY(m_entries.first().contains("\"appId\":\"shop\""_L1));
}

void TestContainers::thoseThatHaveEndedMakeRoom()
{
    m_intake.reset();
    m_hub = std::make_unique<Hub>(1'000);
    m_intake = std::make_unique<Intake>(*m_hub);
    connect(m_hub.get(), &Hub::logsAccepted, this, [this](const LogBatchPtr& batch) { m_messages += QString::fromStdString(batch->appId()); });
    m_log.whole = lines(10, 1, 1);
    m_log.others = int(ContainerEngine::maxContainers);
    read();
    QTRY_COMPARE(m_messages.size(), m_log.others);
    QTRY_COMPARE(state(u"299"_s).status, SourceStatus::Waiting);
    m_engine->say(u"/events"_s, eventLine("start").toUtf8());
    QTRY_VERIFY(m_messages.contains(u"c1"_s));
    QCOMPARE(m_read.size(), ContainerEngine::maxContainers);
    QVERIFY(state(m_engine->path()).notes.empty());
}

void TestContainers::oneThatCannotBeInspectedIsAskedForAgain()
{
    m_log.whole = lines(10, 1, 3);
    m_log.failures = 4; // twice by the list, and by what comes after it
    read();
    QTRY_COMPARE_WITH_TIMEOUT(m_messages, expectedLines(1, 3), 20'000);
    bool isNoted = false;
    for (const SourceState& one : m_intake->board().sources())
        isNoted = isNoted || std::ranges::any_of(one.notes, [](const SourceNote& note) { return note.reason == "not_inspected"; });
    QVERIFY(isNoted);
}

void TestContainers::noEngineIsSaid()
{
    m_engine->stop();
    qputenv("DOCKER_HOST", "unix://" + m_engine->path().toUtf8());
    const QStringList sockets = Containers::usualSockets();
    if (std::ranges::any_of(sockets, [](const QString& socket) { return QFile::exists(socket); }))
        QSKIP("There is a container engine here");
    SourceSettings settings;
    settings.containers.isOn = true;
    m_containers = std::make_unique<Containers>(*m_intake, m_read);
    m_containers->apply(settings);
    const SourceState missing = state(u"containers"_s);
    QCOMPARE(missing.status, SourceStatus::Failing);
    for (const QString& socket : sockets)
        QVERIFY(missing.problem.find(socket.toStdString()) != std::string::npos);
    m_engine->listen();
    QTRY_COMPARE(state(u"containers"_s).status, SourceStatus::Ended);
    qunsetenv("DOCKER_HOST");
}

VIGIE_TEST(TestContainers)

#include "tst_containers.moc"
