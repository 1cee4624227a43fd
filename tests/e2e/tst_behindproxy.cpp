// SPDX-License-Identifier: GPL-3.0-or-later
// What a reverse proxy may send to a Vigie that was told its public address, and to one that was not. That it works with a real
// one is seen in tests/web/proxy.test.mjs.
#include "harness.h"
#include "testmain.h"

#include <QFile>

using namespace vigie::e2e;
using namespace Qt::StringLiterals;

class TestBehindProxy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void requestsAreAnswered_data();
    void requestsAreAnswered();
    void webSocketsAreTaken_data();
    void webSocketsAreTaken();
    void whatIsWrongIsSaidInWords_data();
    void whatIsWrongIsSaidInWords();
    void plainProxiesAreToldOfTls();
    void theSettingIsTheSame();

private:
    /// The answer's head and body; `HOST`: Vigie's own.
    static QByteArray answerTo(const VigieProcess& vigie, QByteArray request);
};

QByteArray TestBehindProxy::answerTo(const VigieProcess& vigie, QByteArray request)
{
    RawClient client;
    client.connectTo(vigie);
    client.write(request.replace("HOST", "127.0.0.1:" + QByteArray::number(vigie.port())));
    const auto isWhole = [&client] {
        const qsizetype end = client.received().indexOf("\r\n\r\n");
        static const QRegularExpression field(u"\r\nContent-Length: (\\d+)\r\n"_s, QRegularExpression::CaseInsensitiveOption);
        const auto length = field.match(QString::fromLatin1(client.received().left(end + 2))).captured(1).toLongLong();
        return end >= 0 && client.received().size() >= end + 4 + length;
    };
    waitUntil(isWhole);
    return client.received();
}

void TestBehindProxy::requestsAreAnswered_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<int>("status");
    const QByteArray logs = "/api/apps/shop/logs";
    const auto row = [](const char* name, const QByteArray& path, const QByteArray& host, const QByteArray& more, int status) {
        QTest::newRow(name) << path << "Host: " + host + "\r\n" + more << status;
    };
    row("the public name", "/", "ops.example", {}, 200);
    row("with the public port", "/", "ops.example:443", {}, 200);
    row("with another port", "/", "ops.example:80", {}, 421);
    row("its own name", "/", "HOST", {}, 200);
    row("the prefix", "/vigie/", "HOST", {}, 200);
    row("the prefix, public name", "/vigie/", "ops.example", {}, 200);
    row("the prefix without its slash", "/vigie", "HOST", {}, 308);
    row("the prefix and more", "/vigiex/", "HOST", {}, 404);
    row("the prefix twice", "/vigie/vigie/", "HOST", {}, 404);
    row("the prefix, a file that is not there", "/vigie/x", "HOST", {}, 404);
    row("the prefix, outside", "/vigie/../../etc/passwd", "HOST", {}, 404);
    row("history, by the owner", logs, "HOST", {}, 200);
    row("history below the prefix, by the owner", "/vigie" + logs, "HOST", {}, 200);
    row("history by the public name", logs, "ops.example", {}, 401);
    row("history below the prefix, by the public name", "/vigie" + logs, "ops.example", {}, 401);
    row("history, passed on", logs, "HOST", "X-Forwarded-For: 192.0.2.1\r\n", 401);
    row("history, of a page that came by the proxy", logs, "HOST", "Origin: https://ops.example\r\n", 401);
    row("another name", "/", "evil.example", {}, 421);
    row("another name, history", logs, "evil.example", {}, 421);
    row("a proxy's own name", "/", "upstream", "X-Forwarded-For: 192.0.2.1\r\n", 200);
    row("a proxy's own name, history", logs, "upstream", "X-Forwarded-For: 192.0.2.1\r\n", 401);
    row("no name", "/", "", "X-Forwarded-For: 192.0.2.1\r\n", 421);
    row("no name that could be one", "/", "a b", "X-Forwarded-For: 192.0.2.1\r\n", 421);
    row("a page of its own", "/", "ops.example", "Origin: https://ops.example\r\n", 200);
    row("a page of its own, to its own name", "/", "HOST", "Origin: https://ops.example\r\n", 200);
    row("a page of its own by the name of here", "/", "HOST", "Origin: http://HOST\r\n", 200);
    row("a page that came in the clear", "/", "ops.example", "Origin: http://ops.example\r\n", 403);
    row("a page of others", "/", "ops.example", "Origin: https://evil.example\r\n", 403);
    row("a page of others, to its own name", "/", "HOST", "Origin: https://evil.example\r\n", 403);
    row("history, by a page of the public name that is not ours", logs, "HOST", "Origin: https://ops.example\r\n", 401);
    row("asked for by others", "/vigie" + logs, "HOST", "Sec-Fetch-Site: cross-site\r\n", 403);
    row("asked for by its own", "/vigie" + logs, "HOST", "Sec-Fetch-Site: same-origin\r\n", 200);
}

void TestBehindProxy::requestsAreAnswered()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, fields);
    QFETCH(int, status);
    VigieProcess vigie;
    QVERIFY(vigie.start({u"--public-url"_s, u"https://ops.example/vigie"_s}));
    const QByteArray expected = QByteArray::number(status);
    // As a connection's first request, and as a further one.
    const QByteArray answer = answerTo(vigie, "GET " + path + " HTTP/1.1\r\n" + fields + "\r\n");
    QCOMPARE(answer.mid(9, 3), expected);
    if (status == 308)
        QVERIFY2(answer.toLower().contains("\r\nlocation: https://ops.example/vigie/\r\n"), answer.constData());
    RawClient client;
    QVERIFY(client.connectTo(vigie));
    client.write("HEAD / HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(vigie.port()) + "\r\n\r\n");
    QVERIFY(client.waitForText("\r\n\r\n"));
    client.forget();
    client.write(QByteArray("GET " + path + " HTTP/1.1\r\n" + fields + "\r\n")
                     .replace("HOST", "127.0.0.1:" + QByteArray::number(vigie.port())));
    QVERIFY(client.waitForText("\r\n\r\n"));
    QCOMPARE(client.received().mid(9, 3), expected);
}

void TestBehindProxy::webSocketsAreTaken_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QByteArray>("answer");
    const QByteArray own = "Origin: https://ops.example\r\n";
    const QByteArray passedOn = "X-Forwarded-For: 192.0.2.1\r\n";
    QTest::newRow("public name") << QByteArray("ops.example") << QByteArray() << own << QByteArray("token_needed");
    QTest::newRow("prefix") << QByteArray("ops.example") << QByteArray("vigie/") << own << QByteArray("token_needed");
    QTest::newRow("its own name") << QByteArray("HOST") << QByteArray("vigie/") << own + passedOn << QByteArray("token_needed");
    QTest::newRow("a proxy's name") << QByteArray("upstream") << QByteArray() << own + passedOn << QByteArray("token_needed");
    QTest::newRow("another page of the public name") << QByteArray("HOST") << QByteArray() << own << QByteArray("token_needed");
    QTest::newRow("the owner") << QByteArray("HOST") << QByteArray() << QByteArray() << QByteArray("auth_success");
    QTest::newRow("another name") << QByteArray("evil.example") << QByteArray() << QByteArray() << QByteArray("HTTP/1.1 421");
    QTest::newRow("a page of others") << QByteArray("ops.example") << QByteArray()
                                      << QByteArray("Origin: https://evil.example\r\n") << QByteArray("HTTP/1.1 403");
}

void TestBehindProxy::webSocketsAreTaken()
{
    QFETCH(QByteArray, host);
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, fields);
    QFETCH(QByteArray, answer);
    VigieProcess vigie;
    QVERIFY(vigie.start({u"--public-url"_s, u"https://ops.example/vigie/"_s}));
    RawClient client;
    QVERIFY(client.connectTo(vigie));
    host.replace("HOST", "127.0.0.1:" + QByteArray::number(vigie.port()));
    client.write(RawClient::upgradeHead(host, fields, path + "?appId=shop&userId=ann"));
    QVERIFY(client.waitForText("\r\n\r\n"));
    if (client.received().startsWith("HTTP/1.1 101")) {
        QVERIFY(client.waitForText("\"connect\""));
        client.sendFrame(R"({"type":"auth"})");
    }
    QVERIFY2(client.waitForText(answer), client.received().constData());
}

void TestBehindProxy::whatIsWrongIsSaidInWords_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char* name, const QByteArray& request, const char* status, const QByteArray& words) {
        QTest::newRow(name) << request << QByteArray(status) << words;
    };
    row("name", "GET / HTTP/1.1\r\nHost: ops.example\r\n\r\n", "421", "--public-url https://ops.example/\n");
    row("name and prefix", "GET /vigie/?a HTTP/1.1\r\nHost: ops.example:8443\r\n\r\n", "421",
        "--public-url https://ops.example:8443/vigie/\n");
    row("name and file", "GET /assets/a.js HTTP/1.1\r\nHost: ops.example\r\n\r\n", "421", "--public-url https://ops.example/\n");
    row("name that is none", "GET / HTTP/1.1\r\nHost: <b>\xff\r\n\r\n", "421", "it says <b>?.\n");
    row("no name", "GET / HTTP/1.1\r\n\r\n", "421", "The Host header does not name this server.\n");
    row("long name", "GET / HTTP/1.1\r\nHost: " + QByteArray(5'000, 'a') + "\r\n\r\n", "421", QByteArray(200, 'a') + "...");
    row("page", "GET / HTTP/1.1\r\nHost: HOST\r\nOrigin: https://ops.example\r\n\r\n", "403",
        "--public-url https://ops.example/\n");
    row("page of nobody", "GET / HTTP/1.1\r\nHost: HOST\r\nOrigin: null\r\n\r\n", "403", "This one is of null");
    row("prefix", "GET /vigie/ HTTP/1.1\r\nHost: HOST\r\n\r\n", "404", "--public-url https://");
}

void TestBehindProxy::whatIsWrongIsSaidInWords()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, status);
    QFETCH(QByteArray, words);
    VigieProcess vigie;
    QVERIFY(vigie.start());
    const QByteArray answer = answerTo(vigie, request);
    QCOMPARE(answer.mid(9, 3), status);
    QVERIFY2(answer.contains(words), answer.constData());
    QVERIFY2(answer.toLower().contains("content-type: text/plain; charset=utf-8"), answer.constData());
}

void TestBehindProxy::plainProxiesAreToldOfTls()
{
    VigieProcess vigie;
    QVERIFY(vigie.start({u"--tls"_s, u"--public-url"_s, u"https://ops.example/"_s}));
    // Sent on by 308, a browser would come back by the proxy for ever.
    for (const QByteArray& fields :
         {QByteArray("Host: ops.example\r\n"), QByteArray("Host: HOST\r\nX-Forwarded-For: 192.0.2.1\r\n")}) {
        const QByteArray answer = answerTo(vigie, "GET / HTTP/1.1\r\n" + fields + "\r\n");
        QVERIFY2(answer.startsWith("HTTP/1.1 421") && answer.contains("the proxy must ask it by https://"), answer.constData());
    }
    QVERIFY(answerTo(vigie, "GET / HTTP/1.1\r\nHost: HOST\r\n\r\n").startsWith("HTTP/1.1 308"));
}

void TestBehindProxy::theSettingIsTheSame()
{
    VigieProcess vigie;
    QFile settings(vigie.dataDir() + u"/settings.json"_s);
    const QByteArray content = R"({"publicUrl":"https://ops.example/vigie"})";
    QVERIFY(settings.open(QIODevice::WriteOnly) && settings.write(content) == content.size());
    settings.close();
    QVERIFY(vigie.start());
    QVERIFY2(
        vigie.out().startsWith("Vigie is at https://ops.example/vigie/\nPrograms of this machine connect to http://127.0.0.1:"),
        vigie.out().constData());
    QVERIFY(vigie.command({u"doctor"_s}).contains("settings.json: can be read"));
    QCOMPARE(vigie.stop(), 0);
    // What the command line says goes before.
    QVERIFY(vigie.start({u"--public-url"_s, u"http://logs.example:8080"_s}));
    QVERIFY2(vigie.out().startsWith("Vigie is at http://logs.example:8080/\n"), vigie.out().constData());
}

VIGIE_TEST(TestBehindProxy)
#include "tst_behindproxy.moc"
