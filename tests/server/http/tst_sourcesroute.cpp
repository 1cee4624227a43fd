// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/token.h"
#include "hub/hub.h"
#include "intake/intake.h"
#include "rawpeer.h"
#include "server/server.h"
#include "testmain.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestSourcesRoute : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void eachSeesWhatItsTokenIsFor_data();
    void eachSeesWhatItsTokenIsFor();
    void whoMayNotReadSeesNothing();
    void linesAreForTheAddressThatIsAsked();
    void anAddressThatIsNoneIsRefused();

private:
    QJsonDocument get(const QByteArray& target, const QByteArray& token, int status);

    std::unique_ptr<Hub> m_hub;
    std::unique_ptr<Intake> m_intake;
    std::unique_ptr<Server> m_server;
    std::vector<SourceAccount> m_accounts;
    quint16 m_port = 0;
};

void TestSourcesRoute::init()
{
    m_hub = std::make_unique<Hub>();
    m_intake = std::make_unique<Intake>(*m_hub);
    ServerConfig config;
    config.port = 0;
    config.requiresToken = true;
    m_server = std::make_unique<Server>(config, *m_hub, *m_intake);
    const auto table = std::make_shared<AccessTable>();
    const auto grant = [&table](const char* token, const char* appId, Role role) {
        Grant one;
        one.id = int(table->grants.size()) + 1;
        one.hash = hashOfToken(token);
        one.userId = "ann";
        one.appId = appId;
        one.role = role;
        table->grants.push_back(one);
    };
    grant("shops", "shop", Role::Viewer);
    grant("everywhere", "", Role::Viewer);
    grant("boss", "", Role::Admin);
    grant("sender", "", Role::Producer);
    m_server->setAccess({table, {}});
    QSignalSpy listening(m_server.get(), &Server::listenStateChanged);
    m_server->start();
    QCOMPARE(listening.size(), 1);
    m_port = listening[0][0].value<ListenState>().port;
    for (const char* app : {"shop", "bank"}) {
        SourceState state;
        state.id = state.name = std::string("container:") + app;
        state.kind = SourceKind::Container;
        state.detail = "an image";
        m_accounts.push_back(m_intake->board().open(state));
        m_accounts.back().add(3, app, 1'000, 1'250);
        m_accounts.back().note(SourceNote::Kind::Dropped, "truncated", 2, 1'250, "half a line");
    }
}

void TestSourcesRoute::cleanup()
{
    m_server.reset();
    m_accounts.clear();
    m_intake.reset();
    m_hub.reset();
}

QJsonDocument TestSourcesRoute::get(const QByteArray& target, const QByteArray& token, int status)
{
    RawPeer peer(m_port);
    peer.send("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(m_port) + "\r\nConnection: close\r\n"
              "Authorization: Bearer " + token + "\r\n\r\n");
    const QByteArray answer = peer.readToEnd();
    if (!answer.startsWith("HTTP/1.1 " + QByteArray::number(status)))
        qWarning() << answer;
    return QJsonDocument::fromJson(answer.mid(answer.indexOf("\r\n\r\n") + 4));
}

void TestSourcesRoute::eachSeesWhatItsTokenIsFor_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<int>("sources");
    QTest::addColumn<bool>("seesDetail");
    QTest::newRow("of one application") << QByteArray("shops") << 1 << false;
    QTest::newRow("of all") << QByteArray("everywhere") << 2 << false;
    QTest::newRow("admin") << QByteArray("boss") << 2 << true;
}

void TestSourcesRoute::eachSeesWhatItsTokenIsFor()
{
    QFETCH(QByteArray, token);
    QFETCH(int, sources);
    QFETCH(bool, seesDetail);
    const QJsonArray told = get("/api/sources", token, 200)["sources"_L1].toArray();
    QCOMPARE(told.size(), sources);
    const QJsonObject shop = told.last().toObject();
    QCOMPARE(shop["app"_L1].toString(), u"shop"_s);
    QCOMPARE(shop["entries"_L1].toInt(), 3);
    QCOMPARE(shop["lagMs"_L1].toInt(), 250);
    QCOMPARE(shop["notes"_L1][0]["reason"_L1].toString(), u"truncated"_s);
    QCOMPARE(shop.contains("detail"_L1), seesDetail);
    QCOMPARE(shop["notes"_L1][0].toObject().contains("example"_L1), seesDetail);
}

void TestSourcesRoute::whoMayNotReadSeesNothing()
{
    for (const QByteArray target : {"/api/sources", "/api/sources/setup"}) {
        QCOMPARE(get(target, "sender", 403)["code"_L1].toString(), u"forbidden"_s);
        QVERIFY(!get(target, "nobody's", 401)["code"_L1].toString().isEmpty());
    }
    QCOMPARE(get("/api/sources?app=shop", "boss", 400)["code"_L1].toString(), u"invalid_request"_s);
}

void TestSourcesRoute::linesAreForTheAddressThatIsAsked()
{
    const auto curl = [this](const QByteArray& query) {
        for (const QJsonValue& line : get("/api/sources/setup" + query, "shops", 200)["lines"_L1].toArray()) {
            if (line["id"_L1].toString() == "curl"_L1)
                return line["code"_L1].toString();
        }
        return QString();
    };
    QVERIFY(curl("").endsWith(u"http://127.0.0.1:%1/api/apps/demo/logs"_s.arg(m_port)));
    const QString far = curl("?url=https%3A%2F%2Fops.example%2Fvigie%2F&app=my+shop&token=1");
    QVERIFY2(far.endsWith("https://ops.example/vigie/api/apps/my%20shop/logs"_L1), qPrintable(far));
    QVERIFY(far.contains("Bearer TOKEN"_L1));
}

void TestSourcesRoute::anAddressThatIsNoneIsRefused()
{
    for (const QByteArray query : {"?url=ftp%3A%2F%2Fhost%2F", "?url=http%3A%2F%2Fa%27%3Bid%3B%2F", "?app=", "?token=yes", "?other=1"})
        QCOMPARE(get("/api/sources/setup" + query, "boss", 400)["code"_L1].toString(), u"invalid_request"_s);
}

VIGIE_TEST(TestSourcesRoute)
#include "tst_sourcesroute.moc"
