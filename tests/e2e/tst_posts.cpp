// SPDX-License-Identifier: GPL-3.0-or-later
// Entries that are posted, by curl as people type it.
#include "commands.h"
#include "harness.h"
#include "testmain.h"

#include <QJsonDocument>
#include <QStandardPaths>

using namespace vigie::e2e;

class TestPosts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void whatIsPostedIsStored_data();
    void whatIsPostedIsStored();
    void whatComesAgainIsKnown();
    void aBadElementGoesAlone();
    void aHugeBodyIsNotHeld();
    void othersTypesAreRefused();
    void whoMayNotSendIsRefused();
    void entriesOutliveAKill();

private:
    /// What curl prints, the status in front.
    static QByteArray curl(const VigieProcess& vigie, const QStringList& arguments, const QString& appId = u"shop"_s);
    static QList<QJsonObject> stored(const VigieProcess& vigie, const QString& appId = u"shop"_s);
};

void TestPosts::initTestCase()
{
    if (QStandardPaths::findExecutable(u"curl"_s).isEmpty())
        QSKIP("there is no curl");
}

QByteArray TestPosts::curl(const VigieProcess& vigie, const QStringList& arguments, const QString& appId)
{
    QProcess process;
    process.start(u"curl"_s, QStringList{u"-s"_s, u"-w"_s, u"\n%{http_code}"_s} + arguments
                                 + QStringList{u"http://127.0.0.1:%1/api/apps/%2/logs"_s.arg(vigie.port()).arg(appId)});
    waitUntil([&process] { return process.state() == QProcess::NotRunning; }, 2 * longWaitMs);
    const QByteArray out = process.readAllStandardOutput();
    const qsizetype end = out.lastIndexOf('\n');
    return out.mid(end + 1) + ' ' + out.left(end).trimmed();
}

QList<QJsonObject> TestPosts::stored(const VigieProcess& vigie, const QString& appId)
{
    QList<QJsonObject> entries;
    for (const QByteArray& line : vigie.command({u"export"_s, u"--app"_s, appId}).split('\n')) {
        if (!line.isEmpty())
            entries += QJsonDocument::fromJson(line).object();
    }
    return entries;
}

void TestPosts::whatIsPostedIsStored_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("expected"); // level message metadata, an entry a line
    QTest::newRow("a word") << QString() << QByteArray("hello") << QByteArray("info hello \n");
    QTest::newRow("printed lines") << u"text/plain"_s << QByteArray("ERROR: disk full\n    at Disk.write (disk.js:1:2)\nnext one\n")
                                   << QByteArray("ERROR ERROR: disk full\n    at Disk.write (disk.js:1:2) \ninfo next one \n");
    QTest::newRow("a JSON line under curl's own type") << QString() << QByteArray(R"({"level":"warn","message":"hot","metadata":{"c":90}})")
                                                       << QByteArray("warn hot {\"c\":90}\n");
    QTest::newRow("lines of JSON") << u"application/x-ndjson"_s
                                   << QByteArray("{\"level\":\"warn\",\"message\":\"a\"}\nno JSON\n\n{\"msg\":\"b\",\"level\":\"error\",\"till\":3}")
                                   << QByteArray("warn a \ninfo no JSON \nerror b {\"till\":3}\n");
    QTest::newRow("bytes that are no UTF-8") << u"application/x-ndjson"_s << QByteArray("{\"msg\":\" bad \xff end\"}\n")
                                             << QByteArray("info  bad \xEF\xBF\xBD end \n");
    QTest::newRow("an array") << u"application/json"_s << QByteArray(R"([{"level":"info","message":"x"},{"level":"debug","message":"y"}])")
                              << QByteArray("info x \ndebug y \n");
    QTest::newRow("one object") << u"application/json; charset=utf-8"_s << QByteArray(R"({"level":"info","message":"x","id":"7","order":1})")
                                << QByteArray("info x {\"id\":\"7\",\"order\":1}\n");
}

void TestPosts::whatIsPostedIsStored()
{
    QFETCH(QString, type);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, expected);
    VigieProcess vigie;
    QVERIFY(vigie.start());
    const QString file = vigie.dataDir() + u"/body"_s;
    QVERIFY(write(file, body));
    QStringList arguments{u"--data-binary"_s, u'@' + file};
    if (!type.isEmpty())
        arguments += {u"-H"_s, u"Content-Type: "_s + type};
    const QByteArray answer = curl(vigie, arguments);
    QVERIFY2(answer.startsWith("200 {\"accepted\":"), answer.constData());
    QByteArray found;
    for (const QJsonObject& entry : stored(vigie)) {
        const QJsonObject metadata = entry["metadata"_L1].toObject();
        found += entry["level"_L1].toString().toUtf8() + ' ' + entry["message"_L1].toString().toUtf8() + ' '
            + (metadata.isEmpty() ? QByteArray() : QJsonDocument(metadata).toJson(QJsonDocument::Compact)) + '\n';
        QVERIFY(!entry["userId"_L1].toString().isEmpty());
    }
    QCOMPARE(found, expected);
}

void TestPosts::whatComesAgainIsKnown()
{
    VigieProcess vigie;
    QVERIFY(vigie.start());
    const QStringList words{u"-d"_s, u"hello"_s};
    QVERIFY(curl(vigie, words).startsWith("200 {\"accepted\":1,\"repeats\":0"));
    QVERIFY(curl(vigie, words).startsWith("200 {\"accepted\":1,\"repeats\":0")); // said twice
    const QStringList entry{u"-d"_s, uR"({"id":"a-1","timestamp":1700000000000,"level":"info","message":"once"})"_s};
    QVERIFY(curl(vigie, entry).startsWith("200 {\"accepted\":1,\"repeats\":0"));
    QVERIFY(curl(vigie, entry).startsWith("200 {\"accepted\":0,\"repeats\":1"));
    // What was exported is taken as it is, whoever it was of.
    QVERIFY(write(vigie.dataDir() + u"/more"_s,
                  R"({"id":"e-1","timestamp":1600000000000,"level":"notice","message":"old","metadata":null,"appId":"x","userId":"ann"})"));
    const QStringList exported{u"-H"_s, u"Content-Type: application/x-ndjson"_s, u"--data-binary"_s, u'@' + vigie.dataDir() + u"/more"_s};
    QVERIFY(curl(vigie, exported).startsWith("200 {\"accepted\":1,\"repeats\":0"));
    QVERIFY(curl(vigie, exported).startsWith("200 {\"accepted\":0,\"repeats\":1"));
    const QList<QJsonObject> all = stored(vigie);
    QCOMPARE(all.size(), 4);
    QCOMPARE(all.last()["id"_L1].toString(), u"e-1"_s);
    QCOMPARE(all.last()["userId"_L1].toString(), u"ann"_s);
    QCOMPARE(all.last()["appId"_L1].toString(), u"shop"_s);
}

void TestPosts::aBadElementGoesAlone()
{
    VigieProcess vigie;
    QVERIFY(vigie.start());
    const QByteArray answer = curl(vigie, {u"-H"_s, u"Content-Type: application/json"_s, u"-d"_s,
                                           uR"([{"level":"info","message":"a"}, 5, {"level":"info","message":"b"}, {"level":)"_s});
    QCOMPARE(answer, QByteArray(R"(200 {"accepted":2,"repeats":0,"refusedCount":2,"refused":[{"line":2,"reason":"not_an_object"},)"
                                R"({"line":4,"reason":"malformed"}]})"));
    QVERIFY(write(vigie.dataDir() + u"/long"_s, "{\"message\":\"" + QByteArray(3 << 20, 'x') + "\"}\n{\"message\":\"c\"}\n"));
    QCOMPARE(curl(vigie, {u"-H"_s, u"Content-Type: application/x-ndjson"_s, u"--data-binary"_s, u'@' + vigie.dataDir() + u"/long"_s}),
             QByteArray(R"(200 {"accepted":1,"repeats":0,"refusedCount":1,"refused":[{"line":1,"reason":"too_large"}]})"));
    QCOMPARE(stored(vigie).size(), 3);
}

void TestPosts::aHugeBodyIsNotHeld()
{
    VigieProcess vigie;
    QVERIFY(vigie.start());
    QVERIFY(curl(vigie, {u"-d"_s, u"warm"_s}).startsWith("200 "));
    constexpr int count = 200'000;
    QByteArray lines;
    for (int i = 0; i < count; ++i)
        lines += "{\"level\":\"info\",\"message\":\"entry " + QByteArray::number(i) + ' ' + QByteArray(100, 'x') + "\"}\n";
    const QString file = vigie.dataDir() + u"/lines"_s;
    QVERIFY(write(file, lines));
    const QByteArray answer = curl(vigie, {u"-H"_s, u"Content-Type: application/x-ndjson"_s, u"-T"_s, file, u"-X"_s, u"POST"_s});
    QVERIFY2(answer.startsWith("200 {\"accepted\":200000,"), answer.constData());
    QCOMPARE(stored(vigie).size(), count + 1);
}

void TestPosts::othersTypesAreRefused()
{
    VigieProcess vigie;
    QVERIFY(vigie.start());
    QVERIFY(curl(vigie, {u"-H"_s, u"Content-Type: image/png"_s, u"-d"_s, u"x"_s}).startsWith("415 {\"code\":\"unsupported_type\""));
    QVERIFY(curl(vigie, {u"-H"_s, u"Content-Encoding: br"_s, u"-d"_s, u"x"_s}).startsWith("415 "));
    QVERIFY(curl(vigie, {u"-H"_s, u"Origin: http://evil.example"_s, u"-d"_s, u"x"_s}).startsWith("403 "));
    QVERIFY(curl(vigie, {u"-d"_s, u"x"_s}, u"file:a"_s).startsWith("400 "));
    QVERIFY(curl(vigie, {u"-d"_s, u"x"_s}, u"shop"_s).startsWith("200 "));
}

void TestPosts::whoMayNotSendIsRefused()
{
    VigieProcess vigie;
    const QString reads = vigie.addToken({u"--user"_s, u"ann"_s, u"--app"_s, u"shop"_s});
    const QString sends = vigie.addToken({u"--user"_s, u"till"_s, u"--app"_s, u"shop"_s, u"--role"_s, u"producer"_s});
    QVERIFY(vigie.start({u"--require-token"_s}));
    const auto bearer = [](const QString& token) { return QStringList{u"-H"_s, u"Authorization: Bearer "_s + token, u"-d"_s, u"x"_s}; };
    QVERIFY(curl(vigie, {u"-d"_s, u"x"_s}).startsWith("401 {\"code\":\"token_needed\""));
    QVERIFY(curl(vigie, bearer(u"vigie_wrong"_s)).startsWith("401 "));
    const QByteArray forbidden = curl(vigie, bearer(reads));
    QVERIFY2(forbidden.startsWith("403 {\"code\":\"forbidden\",\"message\":\"this token is not for sending\""), forbidden.constData());
    QVERIFY(curl(vigie, bearer(sends)).startsWith("200 "));
    QVERIFY(curl(vigie, bearer(sends), u"bank"_s).startsWith("401 "));
    const QList<QJsonObject> all = stored(vigie);
    QCOMPARE(all.size(), 1);
    QCOMPARE(all.first()["userId"_L1].toString(), u"till"_s);
}

void TestPosts::entriesOutliveAKill()
{
    VigieProcess vigie;
    QVERIFY(vigie.start());
    QVERIFY(curl(vigie, {u"-d"_s, u"acknowledged"_s}).startsWith("200 "));
    QCOMPARE(vigie.stop(SIGKILL), -1);
    QVERIFY(vigie.start());
    QCOMPARE(stored(vigie).size(), 1);
}

VIGIE_TEST(TestPosts)
#include "tst_posts.moc"
