// SPDX-License-Identifier: GPL-3.0-or-later
#include "decoding.h"
#include "testmain.h"

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
    void theUsualFormIsReadLikeAnyOther_data();
    void theUsualFormIsReadLikeAnyOther();
    void keysInAnyOrder_data();
    void keysInAnyOrder();
    void metadataIsKeptToTheLetter_data();
    void metadataIsKeptToTheLetter();
    void textComesOutAsItWentIn_data();
    void textComesOutAsItWentIn();
    void timestamps_data();
    void timestamps();
    void levelsAreKeptAsTheyWereSent_data();
    void levelsAreKeptAsTheyWereSent();
    void numbersAreSyslogsWhereTheMessageSaysSo();
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

void TestLogsReader::theUsualFormIsReadLikeAnyOther_data()
{
    QTest::addColumn<QByteArray>("entry");

    QTest::newRow("plain") << QByteArray(R"({"level":"info","message":"m","timestamp":1700000000001,"id":"a"})");
    QTest::newRow("escapes") << QByteArray(R"({"level":" in\u0066o ","message":"\"a\\\n\u0001ü","id":"a\"b"})");
    QTest::newRow("escaped key") << QByteArray(R"({"l\u0065vel":"info","messag\u0065":"m"})");
    QTest::newRow("empty text") << QByteArray(R"({"level":"info","message":""})");
    QTest::newRow("blanks") << QByteArray("\n{ \"level\" : \"info\" ,\t\"message\" : \"m\" , \"metadata\" : { \"a\" : [ 1 ] } }\n");
    QTest::newRow("number as level") << QByteArray(R"({"level":30,"message":"m"})");
    QTest::newRow("metadata") << QByteArray(R"({"level":"info","message":"m","metadata":{"b":{},"a":[],"c":"\u00e4","d":1.50}})");
    QTest::newRow("empty metadata") << QByteArray(R"({"metadata":{},"level":"info","message":"m"})");
    QTest::newRow("empty list as metadata") << QByteArray(R"({"metadata":[],"level":"info","message":"m"})");
    QTest::newRow("text as metadata") << QByteArray(R"({"metadata":"t","level":"info","message":"m"})");
    QTest::newRow("unknown fields") << QByteArray(R"({"level":"info","x":{"y":[null,true,1e3]},"message":"m","z":"\n"})");
    QTest::newRow("time as text") << QByteArray(R"({"level":"info","message":"m","timestamp":"2023-11-14T22:13:20\u005a"})");
    QTest::newRow("null") << QByteArray(R"({"level":"info","message":"m","timestamp":null,"id":null})");
    QTest::newRow("repeated keys") << QByteArray(R"({"level":"info","message":"m","message":"\"n","id":"a","id":"b"})");
    QTest::newRow("lone surrogate") << QByteArray(R"({"level":"info","message":"\ud800"})");
    QTest::newRow("lone surrogate in metadata") << QByteArray(R"({"level":"info","message":"m","metadata":["\ud800"]})");
    // Refused.
    QTest::newRow("no message") << QByteArray(R"({"level":"info"})");
    QTest::newRow("no object") << QByteArray("1");
    QTest::newRow("number as message") << QByteArray(R"({"level":"info","message":1})");
    QTest::newRow("truth as level") << QByteArray(R"({"level":true,"message":"m"})");
    QTest::newRow("bad number as level") << QByteArray(R"({"level":01,"message":"m"})");
    QTest::newRow("bad escape") << QByteArray(R"({"level":"info","message":"\x"})");
    QTest::newRow("bad escape in a key") << QByteArray(R"({"level":"info","message":"m","\x":1})");
    QTest::newRow("bad escape in metadata") << QByteArray(R"({"level":"info","message":"m","metadata":{"\x":1}})");
    QTest::newRow("bad number in metadata") << QByteArray(R"({"level":"info","message":"m","metadata":{"a":01}})");
    QTest::newRow("bad number of an unknown field") << QByteArray(R"({"level":"info","message":"m","x":1e999})");
    QTest::newRow("bad word") << QByteArray(R"({"level":"info","message":"m","x":nul})");
    QTest::newRow("bad word as id") << QByteArray(R"({"level":"info","message":"m","id":nulx})");
    QTest::newRow("bad number as timestamp") << QByteArray(R"({"level":"info","message":"m","timestamp":1.})");
    QTest::newRow("no comma") << QByteArray(R"({"level":"info" "message":"m"})");
    QTest::newRow("text behind a text") << QByteArray(R"({"level":"info","message":"m"x})");
    QTest::newRow("missing value") << QByteArray(R"({"level":"info","message":"m","metadata":})");
    QTest::newRow("unclosed metadata") << QByteArray(R"({"level":"info","message":"m","metadata":{"a":[1})");
    QTest::newRow("as deep as may be")
        << R"({"level":"info","message":"m","metadata":)" + QByteArray(28, '[') + QByteArray(28, ']') + "}";
    QTest::newRow("too deep") << R"({"level":"info","message":"m","metadata":)" + QByteArray(29, '[') + QByteArray(29, ']') + "}";
    QTest::newRow("too deep, unknown") << R"({"level":"info","message":"m","x":)" + QByteArray(29, '[') + QByteArray(29, ']') + "}";
}

void TestLogsReader::theUsualFormIsReadLikeAnyOther()
{
    QFETCH(QByteArray, entry);
    const QByteArray data = R"({"logs":[{"level":"info","message":"before"},)" + entry
        + R"(,{"level":"info","message":"behind"}]})";
    const Decoded usual = decode(R"({"type":"logs","data":)" + data + "}");
    const Decoded other = decode(R"({"x":0,"type":"logs","data":)" + data + "}");
    const auto* const expected = understood<LogsRequest>(other);
    const auto* const logs = understood<LogsRequest>(usual);
    QCOMPARE(logs != nullptr, expected != nullptr);
    if (!expected) {
        QCOMPARE(refusal(usual).message, refusal(other).message);
        return;
    }
    QCOMPARE(logs->refused.size(), expected->refused.size());
    for (std::size_t i = 0; i < expected->refused.size(); ++i)
        QCOMPARE(logs->refused[i].message, expected->refused[i].message);
    QCOMPARE(logs->batch.size(), expected->batch.size());
    const auto withoutId = [](std::string_view json) { return json.substr(json.find(",\"timestamp\"")); };
    for (std::size_t i = 0; i < expected->batch.size(); ++i) {
        QCOMPARE(withoutId(logs->batch.json(i)), withoutId(expected->batch.json(i)));
        QCOMPARE(logs->batch.message(i), expected->batch.message(i));
        QCOMPARE(logs->batch.metadataJson(i), expected->batch.metadataJson(i));
        QCOMPARE(logs->batch.timestampMs(i), expected->batch.timestampMs(i));
        QCOMPARE(logs->batch.idIsProducers(i), expected->batch.idIsProducers(i));
        QVERIFY(!logs->batch.idIsProducers(i) || logs->batch.id(i) == expected->batch.id(i));
    }
}

void TestLogsReader::keysInAnyOrder_data()
{
    QTest::addColumn<QStringList>("fields");
    QStringList fields{u"\"id\":\"i-1\""_s, u"\"level\":\"warn\""_s, u"\"message\":\"m\""_s, u"\"metadata\":{\"a\":[1]}"_s,
                       u"\"timestamp\":1769860800007"_s};
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
    QCOMPARE(logs->batch.json(), std::string_view(R"({"id":"i-1","timestamp":1769860800007,"level":"warn","message":"m",)"
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
    constexpr qint64 noon = 1769860800000;
    QTest::newRow("ms") << QByteArray("1769860800000") << noon;
    QTest::newRow("ms, with a fraction") << QByteArray("1769860800000.6") << noon;
    QTest::newRow("ms, blanks behind") << QByteArray("1769860800000 \n") << noon;
    QTest::newRow("exponent") << QByteArray("1.7698608e12") << noon;
    QTest::newRow("seconds") << QByteArray("1769860800") << noon;
    QTest::newRow("seconds, with a fraction") << QByteArray("1769860800.25") << noon + 250;
    QTest::newRow("microseconds") << QByteArray("1769860800000999") << noon;
    QTest::newRow("nanoseconds") << QByteArray("1769860800999999999") << noon + 999;
    QTest::newRow("digits as text") << QByteArray("\"1769860800\"") << noon;
    QTest::newRow("text") << QByteArray("\"2026-01-31T12:00:00Z\"") << noon;
    QTest::newRow("text of 1970") << QByteArray("\"1970-01-01T00:00:00Z\"") << qint64(0);
    QTest::newRow("escaped text") << QByteArray("\"2026-01-31T12:00:00\\u005a\"") << noon;
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

void TestLogsReader::levelsAreKeptAsTheyWereSent_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("level");
    QTest::addColumn<Severity>("severity");
    const auto row = [](const char* json, const char* level, Severity severity) {
        QTest::newRow(json) << QByteArray(json) << QByteArray(level) << severity;
    };
    row(R"(" warn\n")", "warn", Severity::Warn);
    row(R"("WRN")", "WRN", Severity::Warn);
    row(R"("[ERROR]")", "[ERROR]", Severity::Error);
    row(R"("40")", "40", Severity::Warn);
    row("40", "40", Severity::Warn);
    row("40 ", "40", Severity::Warn);
    row("30.0", "30.0", Severity::Other);
    row("-1", "-1", Severity::Other);
    row("3", "3", Severity::Other);
    row(R"("my own")", "my own", Severity::Other);
}

void TestLogsReader::levelsAreKeptAsTheyWereSent()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, level);
    QFETCH(Severity, severity);
    for (const QByteArray& entry : {R"({"level":)" + json + R"(,"message":"m"})", R"({"message":"m","level":)" + json + '}'}) {
        const Decoded decoded = decode(R"({"type":"logs","data":[)" + entry + "]}");
        const auto* logs = understood<LogsRequest>(decoded);
        QVERIFY(logs && logs->refused.empty());
        QCOMPARE(QByteArray::fromStdString(std::string(logs->batch.level(0))), level);
        QCOMPARE(logs->batch.severity(0), severity);
        const QByteArray written = QByteArray::fromStdString(std::string(logs->batch.json()));
        QCOMPARE(QJsonDocument::fromJson(written)["level"_L1].toString(), QString::fromUtf8(level));
    }
}

void TestLogsReader::numbersAreSyslogsWhereTheMessageSaysSo()
{
    const char* const names[] = {"emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"};
    for (int number = 0; number < 8; ++number) {
        const QByteArray digit = QByteArray::number(number);
        const QByteArray list =
            R"([{"level":)" + digit + R"(,"message":"a \" b"},{"level":")" + digit
            + R"(","id":"i","timestamp":1769860800000,"message":"","metadata":{"a":1}},{"level":"7x","message":"c"}])";
        const QByteArray entry = R"("level":)" + digit + R"(,"message":"m")";
        for (const QByteArray& data :
             {R"({"levels":"syslog","logs":)" + list + '}', R"({"logs":)" + list + R"(,"levels":"syslog"})",
              R"({"logs":{)" + entry + R"(},"levels":"syslog"})", R"({"levels":"syslog",)" + entry + '}',
              "{" + entry + R"(,"levels":"syslog"})", R"({"levels":"syslog","logs":[{"level":NaN},)" + list.mid(1) + '}'}) {
            const Decoded decoded = decode(R"({"type":"logs","data":)" + data + '}');
            const auto* logs = understood<LogsRequest>(decoded);
            QVERIFY2(logs, refusal(decoded).message.c_str());
            QCOMPARE(logs->batch.level(0), std::string_view(names[number]));
            if (logs->batch.size() == 1)
                continue;
            QCOMPARE(logs->batch.size(), std::size_t(3));
            QCOMPARE(logs->batch.message(0), std::string_view("a \" b"));
            QCOMPARE(logs->batch.json(1), R"({"id":"i","timestamp":1769860800000,"level":")" + std::string(names[number])
                                              + R"(","message":"","metadata":{"a":1},"appId":"shop","userId":"ann"})");
            QVERIFY(logs->batch.idIsProducers(1) && !logs->batch.idIsProducers(0));
            QCOMPARE(logs->batch.level(2), std::string_view("7x"));
        }
    }
    // An entry may have a field of this name for itself.
    const Decoded decoded = decode(R"({"type":"logs","data":{"level":3,"message":"m","levels":["a"]}})");
    QVERIFY(understood<LogsRequest>(decoded));
    QCOMPARE(understood<LogsRequest>(decoded)->batch.level(0), std::string_view("3"));
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
    QByteArray bad = entries(5'001);
    bad.replace("\"message\":\"3\"", "\"message\":3");
    QByteArray unreadable = bad;
    unreadable.replace("\"message\":3}", "\"message\":NaN}");
    for (const QByteArray& json : {entries(5'001), entries(100'000), bad, unreadable}) {
        const ErrorMessage error = refusal(decode(json));
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

VIGIE_TEST(TestLogsReader)
#include "tst_logsreader.moc"
