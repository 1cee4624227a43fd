// SPDX-License-Identifier: GPL-3.0-or-later
// Many applications flooded at once: every entry that each viewer received is looked at.
#include "harness.h"
#include "testmain.h"

#include <memory>
#include <vector>

using namespace vigie::e2e;
using namespace Qt::StringLiterals;

class TestIsolation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyViewerGetsItsOwnAndAll();
    void wordsStayInTheApplication();
    void filtersHoldUnderFlood();
    void noQuestionReachesAnother_data();
    void noQuestionReachesAnother();
    void cleanupTestCase();

private:
    VigieProcess m_vigie;
};

namespace {

constexpr int applications = 12;
constexpr int perApplication = 2'000; // 24,000 in all
constexpr int perBatch = 40;

QString appName(int app)
{
    return u"app-%1"_s.arg(app);
}

QString levelOf(int number)
{
    static const QStringList levels{u"info"_s, u"warn"_s, u"error"_s, u"debug"_s};
    return levels[number % levels.size()];
}

QJsonArray batch(int app, int first)
{
    QJsonArray made;
    for (int i = first; i < first + perBatch; ++i) {
        made.append(QJsonObject{{u"id"_s, QString::number(i)}, // the same ids in every application
                                {u"level"_s, levelOf(i)},
                                {u"message"_s, u"%1 says %2"_s.arg(appName(app)).arg(i)},
                                {u"metadata"_s, QJsonObject{{u"app"_s, app}, {u"n"_s, i}}}});
    }
    return made;
}

/// What one viewer received, checked as it comes.
class Reader
{
public:
    Reader(int app, std::function<bool(int)> wanted) : m_app(app), m_wanted(std::move(wanted))
    {
        QObject::connect(&client, &Client::received, &client, [this](const QJsonObject& message) { read(message); });
    }

    /// The next number that is due, after those which the filter holds back.
    bool isComplete() const { return m_next >= m_until || !problem.isEmpty(); }
    void expect(int first, int until)
    {
        m_next = first - 1;
        m_until = until;
        advance();
    }

    Client client;
    QString problem;
    int seen = 0;

private:
    void advance()
    {
        do
            ++m_next;
        while (m_next < m_until && !m_wanted(m_next));
    }

    void read(const QJsonObject& message)
    {
        if (message["type"_L1] != "logs"_L1)
            return;
        client.forget();
        for (const QJsonValue entry : message["payload"_L1].toArray()) {
            ++seen;
            const QString text = u"%1 says %2"_s.arg(appName(m_app)).arg(m_next);
            const bool isRight = entry["appId"_L1] == appName(m_app) && entry["message"_L1] == text
                && entry["id"_L1] == QString::number(m_next) && entry["level"_L1] == levelOf(m_next)
                && entry["userId"_L1] == "producer"_L1 && entry["metadata"_L1]["app"_L1] == m_app
                && entry["metadata"_L1]["n"_L1] == m_next;
            if (!isRight && problem.isEmpty())
                problem = u"wanted “%1”, got %2 “%3”"_s.arg(text, entry["appId"_L1].toString(), entry["message"_L1].toString());
            advance();
        }
    }

    int m_app;
    std::function<bool(int)> m_wanted;
    int m_next = 0;
    int m_until = 0;
};

struct Flood
{
    std::vector<std::unique_ptr<Reader>> readers;
    std::vector<std::unique_ptr<Client>> producers;

    /// One producer and two viewers an application.
    bool connect(const VigieProcess& vigie, const std::function<std::function<bool(int)>(int viewer)>& wanted)
    {
        for (int app = 0; app < applications; ++app) {
            auto& producer = producers.emplace_back(std::make_unique<Client>());
            if (!producer->signIn(vigie, appName(app), u"producer"_s))
                return false;
            producer->send(u"subscribe"_s, QJsonObject{{u"logs"_s, false}});
            for (int viewer = 0; viewer < 2; ++viewer) {
                auto& reader = readers.emplace_back(std::make_unique<Reader>(app, wanted(viewer)));
                if (!reader->client.signIn(vigie, appName(app), u"viewer-%1"_s.arg(viewer)))
                    return false;
            }
        }
        return true;
    }

    /// All applications by turns, so that their batches interleave in the server.
    void send(int first, int until)
    {
        for (const auto& reader : readers)
            reader->expect(first, until);
        for (int i = first; i < until; i += perBatch) {
            for (int app = 0; app < applications; ++app)
                producers[app]->send(u"logs"_s, QJsonObject{{u"logs"_s, batch(app, i)}});
        }
    }

    QString problem() const
    {
        for (const auto& reader : readers) {
            if (!reader->problem.isEmpty())
                return reader->problem;
        }
        return {};
    }

    bool wait() const
    {
        const bool all = waitUntil([this] {
            return std::all_of(readers.begin(), readers.end(), [](const auto& reader) { return reader->isComplete(); });
        }, 60'000);
        // What would come too much has come before this answer.
        for (const auto& reader : readers) {
            if (!reader->client.sync())
                return false;
        }
        return all;
    }
};

} // namespace

void TestIsolation::initTestCase()
{
    QVERIFY(m_vigie.start());
}

void TestIsolation::cleanupTestCase()
{
    QCOMPARE(m_vigie.stop(), 0);
}

void TestIsolation::everyViewerGetsItsOwnAndAll()
{
    Flood flood;
    QVERIFY(flood.connect(m_vigie, [](int) { return [](int) { return true; }; }));
    flood.send(0, perApplication);
    const bool complete = flood.wait();
    QCOMPARE(flood.problem(), QString());
    QVERIFY(complete);
    for (const auto& reader : flood.readers)
        QCOMPARE(reader->seen, perApplication);
    // History is one's own too.
    for (int app = 0; app < applications; ++app) {
        Client& client = *flood.producers[app];
        client.send(u"history"_s, QJsonObject{{u"limit"_s, 1000}});
        const QJsonArray held = client.take(u"history"_s)["payload"_L1].toArray();
        QCOMPARE(held.size(), 1000);
        for (int i = 0; i < held.size(); ++i)
            QCOMPARE(held[i]["message"_L1].toString(), u"%1 says %2"_s.arg(appName(app)).arg(perApplication - 1000 + i));
    }
}

void TestIsolation::wordsStayInTheApplication()
{
    // An application whose name is the beginning of another's, or differs by case, is another.
    Client app;
    QVERIFY(app.signIn(m_vigie, u"app"_s, u"producer"_s));
    std::vector<std::unique_ptr<Client>> others;
    for (const QString& name : {u"App"_s, u"app "_s, u"ap"_s, u"app-1"_s})
        QVERIFY(others.emplace_back(std::make_unique<Client>())->signIn(m_vigie, name, u"producer"_s));
    for (const auto& other : others) {
        other->send(u"logs"_s, QJsonArray()); // a producer, who would get commands
        QVERIFY(other->sync());
        other->forget();
    }
    app.send(u"logs"_s, QJsonObject{{u"logs"_s, entries(u"secret"_s, 1, 3)}});
    app.send(u"send_metrics"_s, QJsonObject{{u"metrics"_s, QJsonObject{{u"secret"_s, 1}}}});
    app.send(u"command"_s, QJsonObject{{u"type"_s, u"secret"_s}});
    app.send(u"clear"_s);
    QVERIFY(app.waitFor(u"clear"_s));
    for (const auto& other : others) {
        other->send(u"get_last_actions"_s);
        QCOMPARE(other->take(u"get_last_actions"_s)["payload"_L1].toArray(), QJsonArray());
        for (const QString& type : {u"logs"_s, u"app_metrics"_s, u"command"_s, u"clear"_s})
            QCOMPARE(other->count(type), 0);
    }
}

void TestIsolation::filtersHoldUnderFlood()
{
    // A server of its own: ids were seen before on the other.
    VigieProcess vigie;
    QVERIFY(vigie.start());
    Flood flood;
    QVERIFY(flood.connect(vigie, [](int viewer) -> std::function<bool(int)> {
        if (viewer == 0)
            return [](int number) { return levelOf(number) == "error"_L1 || levelOf(number) == "warn"_L1; };
        return [](int number) { return QString::number(number).startsWith(u'7'); }; // in the metadata's JSON text
    }));
    for (std::size_t i = 0; i < flood.readers.size(); ++i) {
        const QJsonObject filter = i % 2 == 0 ? QJsonObject{{u"level"_s, QJsonArray{u"ERROR"_s, u"warning"_s}}}
                                              : QJsonObject{{u"search"_s, u"\"n\":7"_s}};
        flood.readers[i]->client.send(u"filter"_s, filter);
        QVERIFY(flood.readers[i]->client.sync());
    }
    flood.send(0, 1'000);
    const bool complete = flood.wait();
    QCOMPARE(flood.problem(), QString());
    QVERIFY(complete);
    QCOMPARE(vigie.stop(), 0);
}

void TestIsolation::noQuestionReachesAnother_data()
{
    QTest::addColumn<QByteArray>("query");
    const QList<QByteArray> searches{"", "&regex=.", "&q=secret", "&search=secret", "&level=info", "&regex=.&level=info"};
    const QList<QByteArray> places{"",
                                   "&before=1",
                                   "&cursor=1",
                                   "&cursor=1099511627775",
                                   "&cursor=1099511627776",
                                   "&cursor=2199023255552",
                                   "&cursor=4611686018427387904",
                                   "&cursor=9223372036854775808",
                                   "&cursor=18446744073709551615"};
    for (const QByteArray& search : searches) {
        for (const QByteArray& place : places)
            QTest::newRow((search + place).constData()) << search + place;
    }
}

void TestIsolation::noQuestionReachesAnother()
{
    // On disk the entries of the two lie side by side; the request's come first.
    static VigieProcess vigie;
    if (!vigie.isRunning()) {
        QVERIFY(vigie.start());
        for (const auto& [app, text] : {std::pair(u"a-shop"_s, u"tea "_s), std::pair(u"b-bank"_s, u"secret "_s)}) {
            Client producer;
            QVERIFY(producer.signIn(vigie, app, u"till"_s));
            producer.send(u"logs"_s, QJsonObject{{u"logs"_s, entries(text, 1, 5)}, {u"ack"_s, true}});
            QVERIFY(producer.waitFor(u"logs_ack"_s));
        }
    }
    QFETCH(QByteArray, query);
    RawClient request;
    QVERIFY(request.connectTo(vigie));
    request.write("GET /api/apps/a-shop/logs?limit=1000" + query + " HTTP/1.1\r\nHost: 127.0.0.1:"
                + QByteArray::number(vigie.port()) + "\r\n\r\n");
    QVERIFY(waitUntil([&request] { return request.received().contains("\"cursor\":") || request.received().contains("\"message\":"); }));
    QVERIFY2(request.received().startsWith("HTTP/1.1 200") || request.received().startsWith("HTTP/1.1 400"),
             request.received().constData());
    QVERIFY2(!request.received().contains("secret "), request.received().constData());
}

VIGIE_TEST(TestIsolation)
#include "tst_isolation.moc"
