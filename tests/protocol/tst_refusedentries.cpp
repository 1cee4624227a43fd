// SPDX-License-Identifier: GPL-3.0-or-later
// What is wrong with a message of log entries, or with some of them, and what of it is taken.
#include "decoding.h"
#include "testmain.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestRefusedEntries : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsNoListOfEntriesIsRefused_data();
    void whatIsNoListOfEntriesIsRefused();
    void aBadEntryTakesNoOtherWithIt_data();
    void aBadEntryTakesNoOtherWithIt();
    void anEntryWithoutAnArrayIsRefusedLikeAnother();
    void whatIsWrongBesideTheEntriesIsWrongWithAll_data();
    void whatIsWrongBesideTheEntriesIsWrongWithAll();
    void loneSurrogatesAreReplaced_data();
    void loneSurrogatesAreReplaced();
};

void TestRefusedEntries::whatIsNoListOfEntriesIsRefused_data()
{
    refusalColumns();
    const auto row = [](const char* name, const QByteArray& json, const char* message) {
        QTest::newRow(name) << json << QByteArray("invalid_message") << QByteArray(message);
    };
    const auto data = [](const QByteArray& json) { return R"({"type":"logs","data":)" + json + "}"; };
    row("no data", R"({"type":"logs"})", "\"data\" is missing");
    row("logs beside data", R"({"type":"logs","logs":[]})", "\"data\" is missing");
    for (const char* json : {"null", "1", "\"x\"", "true"})
        row(json, data(json), "\"data\" must be an object");
    row("logs is text", data(R"({"logs":"x"})"), "logs must be an array");
    row("logs is null", data(R"({"logs":null})"), "logs must be an array");
    row("ack is text", data(R"({"logs":[],"ack":"yes"})"), "ack must be true or false");
    row("ack is a number", data(R"({"ack":1,"logs":[]})"), "ack must be true or false");
    row("ack is an object", data(R"({"ack":{},"logs":[]})"), "ack must be true or false");
    for (const char* json : {"\"pino\"", "7", "true", "{}", "[\"syslog\"]"})
        row(QByteArray("levels ").append(json), data(R"({"logs":[],"levels":)" + QByteArray(json) + '}'),
            "levels must be \"syslog\"");
}

void TestRefusedEntries::whatIsNoListOfEntriesIsRefused()
{
    checkRefusal();
    QFETCH(QByteArray, json);
    QCOMPARE(refusal(decode(json)).requestType, "logs");
}

void TestRefusedEntries::aBadEntryTakesNoOtherWithIt_data()
{
    QTest::addColumn<QByteArray>("entry");
    QTest::addColumn<QString>("problem");
    const auto row = [](const QByteArray& name, const QByteArray& entry, const QString& problem) {
        QTest::newRow(name.constData()) << entry << problem;
    };
    const auto fields = [](const QByteArray& json) { return R"({"level":"info","message":"m",)" + json + '}'; };
    row("nothing in it", "{}", u"level is missing or empty"_s);
    for (const char* json : {"null", "1", "\"x\"", "[]"})
        row(QByteArray("entry ").append(json), json, u"must be an object"_s);
    row("no level", R"({"message":"m"})", u"level is missing or empty"_s);
    row("empty level", R"({"level":"","message":"m"})", u"level is missing or empty"_s);
    row("blank level", R"({"level":" \t","message":"m"})", u"level is missing or empty"_s);
    row("no message", R"({"level":"info"})", u"message is missing"_s);
    for (const char* json : {"null", "[]", "{}", "true"})
        row(QByteArray("level ").append(json), R"({"message":"m","level":)" + QByteArray(json) + '}',
            u"level must be text or a number"_s);
    for (const char* json : {"null", "1", "[]", "{}", "true"})
        row(QByteArray("message ").append(json), R"({"level":"a","message":)" + QByteArray(json) + '}',
            u"message must be text"_s);
    row("level of 65 bytes", R"({"message":"m","level":")" + QByteArray(65, 'x') + "\"}",
        u"level must not be longer than 64 bytes"_s);
    row("level of 65 digits", R"({"message":"m","level":)" + QByteArray(65, '1') + "}",
        u"level must not be longer than 64 bytes"_s);
    for (const char* json : {"1", "[]", "{}", "false"})
        row(QByteArray("id ").append(json), fields("\"id\":" + QByteArray(json)), u"id must be text"_s);
    row("empty id", fields(R"("id":"")"), u"id must not be empty"_s);
    row("id of 129 bytes", fields(R"("id":")" + QByteArray(129, 'x') + "\""), u"id must not be longer than 128 bytes"_s);
    row("id of 65 letters of two bytes", fields(R"("id":")" + QByteArray("é").repeated(65) + "\""),
        u"id must not be longer than 128 bytes"_s);
    row("control character in an id", fields(R"("id":"a\nb")"), u"id must not hold control characters"_s);
    row("zero character in an id", fields(R"("id":"a\u0000b")"), u"id must not hold control characters"_s);
    for (const char* json : {"true", "[]", "{}"}) {
        row(QByteArray("timestamp ").append(json), fields("\"timestamp\":" + QByteArray(json)),
            u"timestamp must be a number (ms since 1970) or ISO 8601 text"_s);
    }
    for (const char* json : {"0", "1234", "-1", "4200000000", "8640000000000000", "1e300"}) {
        row(QByteArray("timestamp ").append(json), fields("\"timestamp\":" + QByteArray(json)),
            u"timestamp %1 is none of seconds, ms, µs or ns between 2001 and 2100"_s.arg(QLatin1StringView(json)));
    }
    row("digits as text", fields(R"("timestamp":"1234")"),
        u"timestamp 1234 is none of seconds, ms, µs or ns between 2001 and 2100"_s);
    for (const char* json : {"\"\"", "\"yesterday\"", "\"2026-02-30T00:00:00Z\""})
        row(QByteArray("timestamp ").append(json), fields("\"timestamp\":" + QByteArray(json)),
            u"timestamp not an ISO 8601 time"_s);

    // With these the message is no JSON as a whole.
    const QString noJson = u"not valid JSON"_s;
    row("NaN", fields(R"("metadata":{"a":NaN})"), noJson);
    row("Infinity", fields(R"("metadata":-Infinity)"), noJson);
    row("half a word", fields(R"("metadata":tru)"), noJson);
    row("a trailing comma", R"({"level":"info","message":"m",})", noJson);
    row("a bracket of the wrong kind", R"({"level":"info","message":"m"])", noJson);
    row("no JSON at all", "hello", noJson);
    row("no comma between two", R"({"level":"info","message":"m"}{"level":"info","message":"m"})",
        u"not valid JSON: text behind the end of the message"_s);
    row("Latin-1", fields("\"metadata\":\"caf\xe9\""), u"not valid UTF-8"_s);
    row("Latin-1 in a key", fields("\"\xe9\":1"), u"not valid UTF-8"_s);
    row("UTF-8 cut off at the text's end", fields("\"x\":\"\xe2\x82\""), u"not valid UTF-8"_s);
    row("33 levels", fields("\"metadata\":" + QByteArray(30, '[') + QByteArray(30, ']')), u"nested deeper than 32 levels"_s);
    row("10,000 levels", fields("\"metadata\":" + QByteArray(10'000, '[') + QByteArray(10'000, ']')),
        u"nested deeper than 32 levels"_s);
    row("a newline in a text", fields("\"x\":\"a\nb\""), u"a string holds an unescaped control character"_s);
    row("an unknown escape", fields(R"("x":"\x41")"), u"a string holds an invalid escape"_s);
    row("brackets and quotes in a text", fields(R"("x":"]}\\\"[{,","y":.5)"), noJson);
    row("a number that is too large", fields(R"("metadata":1e999)"), u"a number is malformed or out of range"_s);
    row("a number too near to 0", fields(R"("metadata":[1e-400])"), u"a number is malformed or out of range"_s);
}

void TestRefusedEntries::aBadEntryTakesNoOtherWithIt()
{
    QFETCH(QByteArray, entry);
    QFETCH(QString, problem);
    const auto good = [](const char* message) { return R"({"level":"info","message":")" + QByteArray(message) + "\"}"; };
    const QByteArray list =
        '[' + good("first") + ",\n " + entry + ' ' + ',' + good("second") + ',' + entry + ',' + good("last") + ']';
    Decoder decoder;
    for (const QByteArray& json :
         {R"({"type":"logs","data":)" + list + "}", R"({"data":)" + list + R"(,"type":"logs"})",
          R"({"type":"logs","data":{"x":["]"],"logs":)" + list + R"(,"ack":false}})",
          R"({ "data" : {"ack":true, "logs" : )" + list + R"( } , "x":{"logs":[1]}, "type" : "logs"})"}) {
        const Decoded decoded = decode(decoder, json);
        const auto* logs = understood<LogsRequest>(decoded);
        QVERIFY2(logs, refusal(decoded).message.c_str());
        QCOMPARE(logs->batch.size(), std::size_t(3));
        QCOMPARE(logs->batch.message(0), std::string_view("first"));
        QCOMPARE(logs->batch.message(1), std::string_view("second"));
        QCOMPARE(logs->batch.message(2), std::string_view("last"));
        QCOMPARE(logs->ack, json.contains("\"ack\":true"));
        QCOMPARE(logs->refused.size(), std::size_t(2));
        QCOMPARE(logs->refused[0].index, std::size_t(1));
        QCOMPARE(logs->refused[1].index, std::size_t(3));
        QCOMPARE(QString::fromStdString(logs->refused[0].message), problem);
        QCOMPARE(QString::fromStdString(logs->refused[1].message), problem);
        QCOMPARE(logs->hit == LimitHit::JsonDepth, problem.contains(u"deeper"_s));
    }
    // Alone it leaves nothing.
    const Decoded decoded = decode(decoder, R"({"type":"logs","data":{"logs":[)" + entry + R"(],"ack":true}})");
    const auto* logs = understood<LogsRequest>(decoded);
    QVERIFY2(logs, refusal(decoded).message.c_str());
    QVERIFY(logs->batch.empty() && logs->ack);
    QCOMPARE(logs->refused.size(), std::size_t(1));
}

void TestRefusedEntries::anEntryWithoutAnArrayIsRefusedLikeAnother()
{
    for (const char* data : {R"({"logs":{"level":"info"},"ack":true})", R"({"level":"info","ack":true})"}) {
        const Decoded decoded = decode(R"({"type":"logs","data":)" + QByteArray(data) + '}');
        const auto* logs = understood<LogsRequest>(decoded);
        QVERIFY(logs && logs->batch.empty() && logs->ack);
        QCOMPARE(logs->refused.size(), std::size_t(1));
        QCOMPARE(logs->refused[0].index, std::size_t(0));
        QCOMPARE(logs->refused[0].message, "message is missing");
    }
}

void TestRefusedEntries::whatIsWrongBesideTheEntriesIsWrongWithAll_data()
{
    QTest::addColumn<QByteArray>("json");
    const QByteArray bad = R"({"level":"info","message":NaN})";
    const auto row = [](const char* name, const QByteArray& json) { QTest::newRow(name) << json; };
    row("NaN beside data", R"({"type":"logs","x":NaN,"data":[)" + bad + "]}");
    row("NaN beside logs", R"({"type":"logs","data":{"logs":[)" + bad + R"(],"x":NaN}})");
    row("no end", R"({"type":"logs","data":[)" + bad + ']');
    row("text behind", R"({"type":"logs","data":[)" + bad + "]} x");
    row("a comma too many", R"({"type":"logs","data":[)" + bad + ",]}");
    row("a comma first", R"({"type":"logs","data":[,)" + bad + "]}");
    row("a text without its end", R"({"type":"logs","data":[{"level":"info","message":"m},)" + bad + "]}");
    row("a bracket without its end", R"({"type":"logs","data":[{"level":"info","message":"m",)" + bad + "]}");
    row("data twice", R"({"data":[)" + bad + R"(],"type":"logs","data":[{"level":"info","message":"m"}]})");
    row("another type", R"({"type":"clear","data":[)" + bad + "]}");
    row("no type", R"({"data":[)" + bad + "]}");
    row("ack is text", R"({"type":"logs","data":{"ack":"x","logs":[)" + bad + "]}}");
    row("a single entry", R"({"type":"logs","data":)" + bad + '}');
    row("a single entry as logs", R"({"type":"logs","data":{"logs":)" + bad + "}}");
    row("a byte beside", "{\"type\":\"logs\",\"x\":\"\xe9\",\"data\":[]}");
}

void TestRefusedEntries::whatIsWrongBesideTheEntriesIsWrongWithAll()
{
    QFETCH(QByteArray, json);
    QCOMPARE(refusal(decode(json)).code, "invalid_json");
}

void TestRefusedEntries::loneSurrogatesAreReplaced_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char* json, const char* text) { QTest::newRow(json) << QByteArray(json) << QByteArray(text); };
    row(R"(cut \ud83d)", "cut �");
    row(R"(\ude00)", "�");
    row(R"(\uD83DA)", "�A");
    row(R"(\ud83d\u0041)", "�A");
    row(R"(\ud83d\ud83d)", "��");
    row(R"(\ud83d\ud83d\ude00)", "�😀");
    row(R"(\ude00\ud83d)", "��");
    row(R"(\ud83d\n)", "�\n");
    row(R"(\\\ud83d\\)", "\\�\\");
    row(R"(\\ud83d \ud83d)", "\\ud83d �");
    row(R"(\\\\ud83d\udbff)", "\\\\ud83d�");
    row(R"(\ud83d\ude00 \udfff)", "😀 �");
}

void TestRefusedEntries::loneSurrogatesAreReplaced()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, text);
    const QByteArray good = R"({"level":"info","message":"good"})";
    const QByteArray metadata = "{\"" + json + "\":[\"" + json + "\"]}";
    const QByteArray list =
        '[' + good + R"(,{"level":"x)" + json + R"(","message":")" + json + R"(","metadata":)" + metadata + "}]";
    // Also where another entry needs the slow way.
    const QByteArray slow = list.chopped(1) + R"(,{"level":NaN}])";
    for (const QByteArray& entries : {list, slow}) {
        const Decoded decoded = decode(R"({"type":"logs","data":)" + entries + '}');
        const auto* logs = understood<LogsRequest>(decoded);
        QVERIFY2(logs, refusal(decoded).message.c_str());
        QCOMPARE(logs->refused.size(), std::size_t(entries == slow));
        QCOMPARE(logs->batch.size(), std::size_t(2));
        QCOMPARE(QByteArray::fromStdString(std::string(logs->batch.message(1))), text);
        QCOMPARE(QByteArray::fromStdString(std::string(logs->batch.level(1))), ("x" + text).trimmed());
        const QByteArray kept = QByteArray::fromStdString(std::string(logs->batch.metadataJson(1)));
        QCOMPARE(kept.size(), metadata.size());
        const QJsonDocument read = QJsonDocument::fromJson(kept);
        QCOMPARE(read.object().keys(), QStringList{QString::fromUtf8(text)});
        QCOMPARE(read.object().begin().value()[0].toString(), QString::fromUtf8(text));
        // In metadata what was right is kept to the letter.
        if (json.startsWith("\\ud83d\\ude00"))
            QVERIFY(kept.contains("\\ud83d\\ude00") && kept.contains("\\ufffd"));
    }
}

VIGIE_TEST(TestRefusedEntries)
#include "tst_refusedentries.moc"
