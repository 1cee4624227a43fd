// SPDX-License-Identifier: GPL-3.0-or-later
#include "decoding.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <set>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

/// A message of one entry: "level" and "message" and what is added.
QByteArray oneEntry(const QByteArray& fields)
{
    return R"({"type":"logs","data":{"logs":[{"level":"info","message":"m")" + fields + "}]}}";
}

QByteArray entries(int count)
{
    QByteArray json = R"({"type":"logs","data":{"logs":[)";
    for (int i = 0; i < count; ++i)
        json += QByteArray(i > 0 ? "," : "") + R"({"level":"info","message":")" + QByteArray::number(i) + "\"}";
    return json + "]}}";
}

} // namespace

class TestLogsReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anyShapeOfData_data();
    void anyShapeOfData();
    void keysInAnyOrder_data();
    void keysInAnyOrder();
    void metadataIsKeptToTheLetter_data();
    void metadataIsKeptToTheLetter();
    void textComesOutAsItWentIn_data();
    void textComesOutAsItWentIn();
    void timestamps_data();
    void timestamps();
    void whatIsNotAnEntryIsRefused_data();
    void whatIsNotAnEntryIsRefused();
    void theBadEntryIsNamed();
    void asManyAsMayBe();
    void tooManyAreRefused();
    void idsAreMadeInOrder();
    void aMessageOfOneMebibyte();
    void entriesCarryWhoSentThem();
};

void TestLogsReader::anyShapeOfData_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<int>("count");
    QTest::addColumn<bool>("ack");
    QTest::newRow("no entries") << QByteArray(R"({"logs":[]})") << 0 << false;
    QTest::newRow("ack first") << QByteArray(R"({"ack":true,"logs":[{"level":"a","message":"b"}]})") << 1 << true;
    QTest::newRow("ack last") << QByteArray(R"({"logs":[{"level":"a","message":"b"}],"ack":true})") << 1 << true;
    QTest::newRow("ack false") << QByteArray(R"({"ack":false,"logs":[]})") << 0 << false;
    QTest::newRow("ack null") << QByteArray(R"({"ack":null,"logs":[]})") << 0 << false;
    QTest::newRow("ack of an entry is not ours")
        << QByteArray(R"({"logs":[{"level":"a","message":"b","ack":true}]})") << 1 << false;
    QTest::newRow("array") << QByteArray(R"([{"level":"a","message":"b"}])") << 1 << false;
    QTest::newRow("empty array") << QByteArray("[]") << 0 << false;
    QTest::newRow("entry") << QByteArray(R"({"message":"b","level":"a"})") << 1 << false;
    QTest::newRow("entry with ack") << QByteArray(R"({"message":"b","level":"a","ack":true})") << 1 << true;
    QTest::newRow("entry, ack first") << QByteArray(R"({"ack":true,"message":"b","level":"a"})") << 1 << true;
    QTest::newRow("logs is an entry") << QByteArray(R"({"logs":{"message":"b","level":"a"}})") << 1 << false;
    QTest::newRow("unknown fields")
        << QByteArray(R"({"x":[{}],"logs":[{"y":{"level":1},"level":"a","z":[1],"message":"b"}],"v":1})") << 1
        << false;
    QTest::newRow("white space")
        << QByteArray("{ \"logs\" :\r\n [ { \"level\" : \"a\" ,\t\"message\" : \"b\" } ] , \"ack\" : true }") << 1
        << true;
}

void TestLogsReader::anyShapeOfData()
{
    QFETCH(QByteArray, data);
    QFETCH(int, count);
    QFETCH(bool, ack);
    for (const QByteArray& json : {R"({"type":"logs","data":)" + data + "}", R"({"data":)" + data + R"(,"type":"logs"})"}) {
        const Decoded decoded = decode(json);
        const auto* logs = understood<LogsRequest>(decoded);
        QVERIFY2(logs, refusal(decoded).message.c_str());
        QCOMPARE(logs->batch.size(), std::size_t(count));
        QCOMPARE(logs->ack, ack);
        if (count > 0) {
            QCOMPARE(logs->batch.level(0), std::string_view("a"));
            QCOMPARE(logs->batch.message(0), std::string_view("b"));
        }
    }
}

void TestLogsReader::keysInAnyOrder_data()
{
    QTest::addColumn<QStringList>("fields");
    QStringList fields{u"\"id\":\"i-1\""_s, u"\"level\":\"warn\""_s, u"\"message\":\"m\""_s,
                       u"\"metadata\":{\"a\":[1]}"_s, u"\"timestamp\":7"_s};
    int number = 0;
    do {
        QTest::addRow("%d", ++number) << fields;
    } while (std::next_permutation(fields.begin(), fields.end()));
    QCOMPARE(number, 120);
}

void TestLogsReader::keysInAnyOrder()
{
    QFETCH(QStringList, fields);
    const QByteArray json = R"({"type":"logs","data":[{)" + fields.join(u',').toUtf8() + "}]}";
    const Decoded decoded = decode(json);
    const auto* logs = understood<LogsRequest>(decoded);
    QVERIFY2(logs, refusal(decoded).message.c_str());
    QCOMPARE(logs->batch.json(), std::string_view(R"({"id":"i-1","timestamp":7,"level":"warn","message":"m",)"
                                                  R"("metadata":{"a":[1]},"appId":"shop","userId":"ann"})"));
}

void TestLogsReader::metadataIsKeptToTheLetter_data()
{
    QTest::addColumn<QByteArray>("given");
    QTest::addColumn<QByteArray>("kept");
    const auto same = [](const char* name, const QByteArray& json) { QTest::newRow(name) << json << json; };
    same("object", R"({"b":1,"a":{"c":[true,false,null]}})");
    same("array", R"([1,"two",{}])");
    same("empty object", "{}");
    same("empty array", "[]");
    same("text", R"("a \"b\" \u00e9 \\ \n  c  ")");
    same("empty text", R"("")");
    same("whole number", "42");
    same("a number to its last digit", "3.14159265358979323846264338327950288");
    same("number beyond 64 bits", "100000000000000000000");
    same("exponent", "-1.50E+3");
    same("0 in many ways, and next to it", "[0,-0,0.0,0e-999,-0.00E+7,0e999,5e-324]");
    same("true", "true");
    same("false", "false");
    same("null", "null");
    same("key twice", R"({"a":1,"a":2})");
    QTest::newRow("white space goes") << QByteArray(" { \"a\" : [ 1 , \"x y\" ] ,\n\t\"b\":\r{ } } ")
                                      << QByteArray(R"({"a":[1,"x y"],"b":{}})");
    QTest::newRow("white space about a scalar") << QByteArray("\n\t 1.5 \r\n") << QByteArray("1.5");
    QTest::newRow("white space about a text") << QByteArray(" \" x \" ") << QByteArray("\" x \"");
    const QByteArray large = "[" + QByteArray("1234567,").repeated(10'000) + "0]";
    same("large", large);
}

void TestLogsReader::metadataIsKeptToTheLetter()
{
    QFETCH(QByteArray, given);
    QFETCH(QByteArray, kept);
    // At the entry's end and before another field; and before a second entry that has none.
    for (const QByteArray& behind : {QByteArray(), QByteArray(R"(,"x":1},{"level":"info","message":"n")")}) {
        const Decoded decoded = decode(oneEntry(",\"metadata\":" + given + behind));
        const auto* logs = understood<LogsRequest>(decoded);
        QVERIFY2(logs, refusal(decoded).message.c_str());
        QCOMPARE(QByteArray::fromStdString(std::string(logs->batch.metadataJson(0))), kept);
        if (!behind.isEmpty())
            QCOMPARE(logs->batch.metadataJson(1), std::string_view());
        const QByteArray json = "[" + QByteArray::fromStdString(std::string(logs->batch.json())) + "]";
        QVERIFY(QJsonDocument::fromJson(json).isArray());
    }
}

void TestLogsReader::textComesOutAsItWentIn_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray() << QByteArray();
    QTest::newRow("zero character") << QByteArray("a\\u0000b") << QByteArray("a\0b", 3);
    QTest::newRow("escapes") << QByteArray(R"(\"\\\/\b\f\n\r\t\u001f)") << QByteArray("\"\\/\b\f\n\r\t\x1f");
    QTest::newRow("surrogate pair") << QByteArray("\\ud83d\\ude00") << QByteArray("\xf0\x9f\x98\x80");
    QTest::newRow("plain UTF-8") << QByteArray("é ☕ \xf0\x9f\x98\x80") << QByteArray("é ☕ \xf0\x9f\x98\x80");
    QTest::newRow("markup") << QByteArray("<script>alert('x')</script>") << QByteArray("<script>alert('x')</script>");
    QTest::newRow("not a character") << QByteArray("\\uffff\\u2028") << QByteArray("\xef\xbf\xbf\xe2\x80\xa8");
}

void TestLogsReader::textComesOutAsItWentIn()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, text);
    const Decoded decoded = decode(R"({"type":"logs","data":[{"level":"x)" + json + R"(","message":")" + json + "\"}]}");
    const auto* logs = understood<LogsRequest>(decoded);
    QVERIFY2(logs, refusal(decoded).message.c_str());
    QCOMPARE(QByteArray::fromStdString(std::string(logs->batch.message(0))), text);
    QCOMPARE(QByteArray::fromStdString(std::string(logs->batch.level(0))), "x" + text);
    const QByteArray written = QByteArray::fromStdString(std::string(logs->batch.json()));
    QCOMPARE(QJsonDocument::fromJson(written)["message"_L1].toString(), QString::fromUtf8(text));
}

void TestLogsReader::timestamps_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<qint64>("ms");
    QTest::newRow("number") << QByteArray("1769860800000") << qint64(1769860800000);
    QTest::newRow("fraction") << QByteArray("1769860800000.6") << qint64(1769860800001);
    QTest::newRow("exponent") << QByteArray("1.7698608e12") << qint64(1769860800000);
    QTest::newRow("zero") << QByteArray("0") << qint64(0);
    QTest::newRow("latest") << QByteArray("8640000000000000") << qint64(8640000000000000);
    QTest::newRow("text") << QByteArray("\"2026-01-31T12:00:00Z\"") << qint64(1769860800000);
    QTest::newRow("escaped text") << QByteArray("\"2026-01-31T12:00:00\\u005a\"") << qint64(1769860800000);
    QTest::newRow("null") << QByteArray("null") << qint64(decodingTimeMs);
}

void TestLogsReader::timestamps()
{
    QFETCH(QByteArray, json);
    QFETCH(qint64, ms);
    const Decoded decoded = decode(oneEntry(",\"timestamp\":" + json));
    const auto* logs = understood<LogsRequest>(decoded);
    QVERIFY2(logs, refusal(decoded).message.c_str());
    QCOMPARE(logs->batch.timestampMs(0), ms);
}

void TestLogsReader::whatIsNotAnEntryIsRefused_data()
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
    row("nothing in it", data("{}"), "logs[0].level is missing");
    for (const char* json : {"null", "1", "\"x\"", "[]"})
        row(QByteArray("entry ").append(json), data(QByteArray("[") + json + "]"), "logs[0] must be an object");
    row("no level", data(R"([{"message":"m"}])"), "logs[0].level is missing");
    row("empty level", data(R"([{"level":"","message":"m"}])"), "logs[0].level is missing or empty");
    row("no message", data(R"([{"level":"info"}])"), "logs[0].message is missing");
    for (const char* json : {"null", "1", "[]", "{}", "true"}) {
        row(QByteArray("level ").append(json), data(R"([{"message":"m","level":)" + QByteArray(json) + "}]"),
            "logs[0].level must be text");
        row(QByteArray("message ").append(json), data(R"([{"level":"a","message":)" + QByteArray(json) + "}]"),
            "logs[0].message must be text");
    }
    row("level of 65 bytes", data(R"([{"message":"m","level":")" + QByteArray(65, 'x') + "\"}]"),
        "must not be longer than 64 bytes");
    for (const char* json : {"1", "[]", "{}", "false"})
        row(QByteArray("id ").append(json), oneEntry(",\"id\":" + QByteArray(json)), "logs[0].id must be text");
    row("empty id", oneEntry(R"(,"id":"")"), "logs[0].id must not be empty");
    row("id of 129 bytes", oneEntry(R"(,"id":")" + QByteArray(129, 'x') + "\""), "longer than 128 bytes");
    row("id of 65 letters of two bytes", oneEntry(R"(,"id":")" + QByteArray("é").repeated(65) + "\""),
        "longer than 128 bytes");
    row("control character in an id", oneEntry(R"(,"id":"a\nb")"), "control characters");
    row("zero character in an id", oneEntry(R"(,"id":"a\u0000b")"), "control characters");
    for (const char* json : {"true", "[]", "{}"})
        row(QByteArray("timestamp ").append(json), oneEntry(",\"timestamp\":" + QByteArray(json)), "logs[0].timestamp must be");
    for (const char* json : {"-1", "8640000000000001", "1e300"})
        row(QByteArray("timestamp ").append(json), oneEntry(",\"timestamp\":" + QByteArray(json)), "out of range");
    for (const char* json : {"\"\"", "\"yesterday\"", "\"2026-02-30T00:00:00Z\"", "\"1769860800000\""})
        row(QByteArray("timestamp ").append(json), oneEntry(",\"timestamp\":" + QByteArray(json)), "not an ISO 8601 time");
}

void TestLogsReader::whatIsNotAnEntryIsRefused()
{
    checkRefusal();
    QFETCH(QByteArray, json);
    QCOMPARE(refusal(decode(json)).requestType, "logs");
}

void TestLogsReader::theBadEntryIsNamed()
{
    QByteArray json = entries(5'000);
    json.replace("\"message\":\"4999\"", "\"message\":4999");
    const Decoded decoded = decode(json);
    QCOMPARE(refusal(decoded).message, "logs[4999].message must be text");
    QVERIFY(!understood<LogsRequest>(decoded));
}

void TestLogsReader::asManyAsMayBe()
{
    const Decoded decoded = decode(entries(5'000));
    const auto* logs = understood<LogsRequest>(decoded);
    QVERIFY(logs);
    QCOMPARE(logs->batch.size(), std::size_t(5'000));
    QCOMPARE(logs->batch.message(4'999), std::string_view("4999"));
    const QByteArray json = "[" + QByteArray::fromStdString(std::string(logs->batch.json())) + "]";
    QCOMPARE(QJsonDocument::fromJson(json).array().size(), 5'000);
}

void TestLogsReader::tooManyAreRefused()
{
    for (const int count : {5'001, 100'000}) {
        const ErrorMessage error = refusal(decode(entries(count)));
        QCOMPARE(error.code, "batch_too_large");
        QCOMPARE(error.message, "more than 5000 entries in one message");
        QCOMPARE(error.requestType, "logs");
    }
}

void TestLogsReader::idsAreMadeInOrder()
{
    Decoder decoder;
    std::string last;
    for (int round = 0; round < 3; ++round) {
        const Decoded decoded = decode(decoder, entries(100));
        const auto* logs = understood<LogsRequest>(decoded);
        QVERIFY(logs);
        for (std::size_t i = 0; i < logs->batch.size(); ++i) {
            QVERIFY(logs->batch.id(i) > last);
            last = logs->batch.id(i);
        }
    }
}

void TestLogsReader::aMessageOfOneMebibyte()
{
    const QByteArray head = R"({"type":"logs","data":[{"level":"info","message":")";
    for (const char* text : {"x", "\\n", "\\u0001", "é"}) {
        const QByteArray part(text);
        const qsizetype times = (1024 * 1024 - head.size() - 4) / part.size();
        const Decoded decoded = decode(head + part.repeated(times) + "\"}]}");
        const auto* logs = understood<LogsRequest>(decoded);
        QVERIFY2(logs, text);
        const auto bytes = static_cast<std::size_t>(times) * (part == "é" ? 2 : 1);
        QCOMPARE(logs->batch.message(0).size(), bytes);
    }
}

void TestLogsReader::entriesCarryWhoSentThem()
{
    Decoder decoder;
    const LogOrigin origin("the \"app\"", "\\é\x01");
    QByteArray json = oneEntry("");
    const auto size = static_cast<std::size_t>(json.size());
    json.append(QByteArray(qsizetype(Decoder::padding), ' '));
    const Decoded decoded = decoder.decode({json.constData(), size}, &origin, decodingTimeMs);
    const auto* logs = understood<LogsRequest>(decoded);
    QVERIFY(logs);
    QCOMPARE(logs->batch.appId(), "the \"app\"");
    QCOMPARE(logs->batch.userId(0), std::string_view("\\é\x01"));
    const QJsonDocument written = QJsonDocument::fromJson(QByteArray::fromStdString(std::string(logs->batch.json())));
    QCOMPARE(written["appId"_L1].toString(), u"the \"app\""_s);
    QCOMPARE(written["userId"_L1].toString(), u"\\é\x01"_s);
}

QTEST_GUILESS_MAIN(TestLogsReader)
#include "tst_logsreader.moc"
