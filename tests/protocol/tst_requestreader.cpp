// SPDX-License-Identifier: GPL-3.0-or-later
#include "decoding.h"
#include "testmain.h"

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

QByteArray request(const char* type, const QByteArray& data)
{
    return R"({"type":")" + QByteArray(type) + R"(","data":)" + data + "}";
}

/// An array of so many different levels.
QByteArray levels(int count)
{
    QByteArrayList names;
    for (int i = 0; i < count; ++i)
        names.append('"' + QByteArray::number(i) + '"');
    return R"({"level":[)" + names.join(',') + "]}";
}

} // namespace

class TestRequestReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsMalformedIsRefused_data();
    void whatIsMalformedIsRefused();
    void nullIsAsGoodAsAbsent_data();
    void nullIsAsGoodAsAbsent();
    void theSameWishLooksTheSame();
    void timesInAnyUnit();
    void namesMayBeAsLongAsTheyMay();
    void aLargerLimitIsLowered();
    void intervalsAtTheirBounds();
    void theNameOfTheAnswerMayStandInTheData();
    void whatStandsBesideHidesNothing_data();
    void whatStandsBesideHidesNothing();
    void commandsCarryAnyJson_data();
    void commandsCarryAnyJson();
};

void TestRequestReader::whatIsMalformedIsRefused_data()
{
    refusalColumns();
    const auto row = [](const char* type, const QByteArray& data, const char* message) {
        const QByteArray shown = data.size() > 60 ? data.left(40) + "..." + QByteArray::number(data.size()) : data;
        QTest::newRow(QByteArray(type) + ' ' + shown)
            << request(type, data) << QByteArray("invalid_message") << QByteArray(message);
    };
    for (const char* type : {"auth", "filter", "history", "request_history", "request_metrics", "subscribe",
                             "send_metrics", "metrics", "clear", "check_status", "command", "get_last_actions"}) {
        for (const char* data : {"[]", "1", "\"x\"", "true"})
            row(type, data, "\"data\" must be an object");
    }
    QTest::newRow("filters is an array") << QByteArray(R"({"type":"filter","filters":[]})")
                                         << QByteArray("invalid_message")
                                         << QByteArray("\"filters\" must be an object");

    for (const char* key : {"userId", "appId", "since"}) {
        const auto field = [key](const QByteArray& value) { return "{\"" + QByteArray(key) + "\":" + value + "}"; };
        for (const char* value : {"1", "[]", "{}", "true"})
            row("auth", field(value), " must be text");
        row("auth", field("\"\""), "must not be empty");
        row("auth", field('"' + QByteArray(129, 'x') + '"'), "longer than 128 bytes");
        row("auth", field('"' + QByteArray(60'000, 'x') + '"'), "longer than 128 bytes");
        row("auth", field(R"("a\u0007b")"), "control characters");
        row("auth", field(R"("a\u0000")"), "control characters");
    }
    for (const char* type : {"auth", "request_access"}) {
        row(type, R"({"userId":"u","appId":"."})", "appId must not be \".\" or \"..\"");
        row(type, R"({"userId":"..","appId":"a"})", "userId must not be \".\" or \"..\"");
    }
    row("auth", R"({"userId":"u","appId":"a","token":1})", "token must be text");

    row("filter", R"({"level":true})", "level must be an array of texts");
    row("filter", R"({"level":{}})", "level must be an array of texts");
    row("filter", R"({"level":["info",null]})", "level must be an array of texts");
    row("filter", R"({"level":[["info"]]})", "level must be an array of texts");
    row("filter", levels(33), "more than 32 levels");
    row("filter", R"({"startTime":true})", "startTime must be");
    row("filter", R"({"startTime":"soon"})", "startTime not an ISO 8601 time");
    row("filter", R"({"endTime":-1})", "endTime out of range");
    row("filter", R"({"endTime":[]})", "endTime must be");
    row("filter", R"({"search":1})", "search must be text");
    row("filter", R"({"search":")" + QByteArray(1025, 'x') + "\"}", "longer than 1024 bytes");

    for (const char* type : {"history", "request_history"}) {
        for (const char* limit : {"0", "-1", "1.5", "\"10\"", "[]", "true"})
            row(type, R"({"limit":)" + QByteArray(limit) + "}", "limit must be a whole number");
        row(type, R"({"before":{}})", "before must be");
        row(type, R"({"before":-5})", "before must be");
        row(type, R"({"before":""})", "before must not be empty");
        row(type, R"({"stored":1})", "stored must be true or false");
        row(type, R"({"ws_sent_config":1})", "ws_sent_config must be an object");
        for (const char* name : {"1", "\"\"", "\"a b\"", "\"a\\\"b\"", "\"é\"", "{}"})
            row(type, R"({"ws_sent_config":{"response_type":)" + QByteArray(name) + "}}", "response_type must be");
        row(type, R"({"ws_sent_config":{"response_type":")" + QByteArray(65, 'x') + "\"}}", "response_type must be");
    }

    for (const char* metrics : {"1", "{}", "[]", "true", R"({"intervalMs":"500"})", R"({"intervalMs":null})"})
        row("subscribe", R"({"metrics":)" + QByteArray(metrics) + "}", "metrics must be {\"intervalMs\": number}");
    for (const char* interval : {"249", "0", "-1000", "3600001", "1e300"})
        row("subscribe", R"({"metrics":{"intervalMs":)" + QByteArray(interval) + "}}", "intervalMs must be from 250");
    row("subscribe", R"({"detail":1})", "detail must be true or false");
    row("subscribe", R"({"logs":"no"})", "logs must be true or false");

    for (const char* type : {"metrics", "send_metrics"}) {
        row(type, "{}", "metrics must be an object");
        row(type, "null", "metrics must be an object");
        row(type, R"({"metrics":[1]})", "metrics must be an object");
        row(type, R"({"metrics":{},"timestamp":{}})", "timestamp must be");
        row(type, R"({"metrics":{},"timestamp":"x"})", "timestamp not an ISO 8601 time");
        row(type, R"({"metrics":{},"timestamp":1234})", "timestamp 1234 is none of seconds, ms");
        row(type, R"({"metrics":{},"timestamp":-1})", "timestamp -1 is none of seconds, ms");
    }

    row("command", "{}", "type of the command is missing");
    row("command", R"({"type":null})", "type of the command is missing");
    row("command", R"({"type":1})", "type must be text");
    row("command", R"({"type":""})", "type must not be empty");
    row("command", R"({"type":")" + QByteArray(129, 'x') + "\"}", "longer than 128 bytes");
}

void TestRequestReader::whatIsMalformedIsRefused()
{
    checkRefusal();
    QFETCH(QByteArray, json);
    QVERIFY(json.startsWith("{\"type\":\"" + QByteArray::fromStdString(refusal(decode(json)).requestType) + '"'));
}

void TestRequestReader::nullIsAsGoodAsAbsent_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("auth") << request("auth", R"({"userId":null,"appId":null,"token":null,"since":null})");
    QTest::newRow("filter") << request("filter", R"({"level":null,"startTime":null,"endTime":null,"search":null})");
    QTest::newRow("history") << request("history", R"({"limit":null,"before":null,"stored":null,"ws_sent_config":null})");
    QTest::newRow("no response type") << request("history", R"({"ws_sent_config":{"response_type":null}})");
    QTest::newRow("subscribe") << request("subscribe", R"({"metrics":null,"detail":null,"logs":null})");
    QTest::newRow("metrics") << request("metrics", R"({"metrics":{},"timestamp":null})");
    QTest::newRow("data") << request("filter", "null");
    QTest::newRow("filters") << QByteArray(R"({"type":"filter","filters":null,"data":{}})");
}

void TestRequestReader::nullIsAsGoodAsAbsent()
{
    QFETCH(QByteArray, json);
    const Decoded decoded = decode(json);
    QVERIFY2(std::holds_alternative<ClientMessage>(decoded), refusal(decoded).message.c_str());
    if (const auto* auth = understood<AuthRequest>(decoded))
        QVERIFY(auth->userId.empty() && auth->appId.empty() && auth->token.empty() && !auth->since);
    if (const auto* filter = understood<FilterRequest>(decoded))
        QVERIFY(filter->filter.isEmpty());
    if (const auto* history = understood<HistoryRequest>(decoded)) {
        QCOMPARE(history->reply, HistoryRequest::Reply::History);
        QCOMPARE(history->limit, std::size_t(100));
        QVERIFY(!history->beforeId && !history->beforeTimeMs);
    }
    if (const auto* subscribe = understood<SubscribeRequest>(decoded))
        QVERIFY(!subscribe->metricsIntervalMs && !subscribe->detail && !subscribe->logs);
    if (const auto* report = understood<AppMetricsRequest>(decoded))
        QCOMPARE(report->timestampMs, decodingTimeMs);
}

void TestRequestReader::theSameWishLooksTheSame()
{
    // Viewers of one filter share a frame: order and repeats must not part them.
    const Decoded one = decode(request("filter", R"({"level":["warn","error","warn"]})"));
    const Decoded other = decode(request("filter", R"({"level":["error","warn"]})"));
    QVERIFY(understood<FilterRequest>(one) && understood<FilterRequest>(other));
    QVERIFY(understood<FilterRequest>(one)->filter == understood<FilterRequest>(other)->filter);

    const Decoded text = decode(request("filter", R"({"level":"error"})"));
    QVERIFY(understood<FilterRequest>(text));
    QCOMPARE(understood<FilterRequest>(text)->filter.levels, std::vector<std::string>{"error"});
    QVERIFY(understood<FilterRequest>(decode(request("filter", levels(32)))));
    const Decoded number = decode(request("filter", R"({"level":[40," warn "]})"));
    QVERIFY(understood<FilterRequest>(number));
    QCOMPARE(understood<FilterRequest>(number)->filter.levels, (std::vector<std::string>{"40", "warn"}));
}

void TestRequestReader::timesInAnyUnit()
{
    for (const char* json : {"1769860800", "1769860800000", "1769860800000000", "1769860800000000000", "\"1769860800\"",
                             "\"2026-01-31 12:00:00 UTC\"", "1.7698608e9"}) {
        const Decoded filter = decode(request("filter", R"({"startTime":)" + QByteArray(json) + R"(,"endTime":86400000})"));
        QVERIFY2(understood<FilterRequest>(filter), refusal(filter).message.c_str());
        QCOMPARE(understood<FilterRequest>(filter)->filter.startTimeMs, 1769860800000);
        QCOMPARE(understood<FilterRequest>(filter)->filter.endTimeMs, 86'400'000); // of a bound it is ms
        const Decoded metrics = decode(request("send_metrics", R"({"metrics":{},"timestamp":)" + QByteArray(json) + '}'));
        QVERIFY2(understood<AppMetricsRequest>(metrics), refusal(metrics).message.c_str());
        QCOMPARE(understood<AppMetricsRequest>(metrics)->timestampMs, 1769860800000);
    }
    const Decoded history = decode(request("history", R"({"before":1769860800})"));
    QVERIFY(understood<HistoryRequest>(history));
    QCOMPARE(understood<HistoryRequest>(history)->beforeTimeMs, 1769860800000);
}

void TestRequestReader::namesMayBeAsLongAsTheyMay()
{
    const QByteArray name(128, 'x');
    const Decoded decoded = decode(request("auth", R"({"userId":")" + name + R"(","appId":"a b/é"})"));
    const auto* auth = understood<AuthRequest>(decoded);
    QVERIFY(auth);
    QCOMPARE(QByteArray::fromStdString(auth->userId), name);
    QCOMPARE(auth->appId, "a b/é");
    const Decoded search = decode(request("filter", R"({"search":")" + QByteArray(1024, 'x') + "\"}"));
    QVERIFY(understood<FilterRequest>(search));
}

void TestRequestReader::aLargerLimitIsLowered()
{
    for (const auto& [limit, expected] : {std::pair("1", 1), {"1000", 1000}, {"1001", 1000}, {"1e300", 1000}}) {
        const Decoded decoded = decode(request("history", R"({"limit":)" + QByteArray(limit) + "}"));
        QVERIFY(understood<HistoryRequest>(decoded));
        QCOMPARE(understood<HistoryRequest>(decoded)->limit, std::size_t(expected));
    }
}

void TestRequestReader::intervalsAtTheirBounds()
{
    for (const int interval : {250, 3'600'000}) {
        const Decoded decoded =
            decode(request("subscribe", R"({"metrics":{"intervalMs":)" + QByteArray::number(interval) + "}}"));
        QVERIFY(understood<SubscribeRequest>(decoded));
        QCOMPARE(understood<SubscribeRequest>(decoded)->metricsIntervalMs, interval);
    }
}

void TestRequestReader::theNameOfTheAnswerMayStandInTheData()
{
    for (const char* type : {"history", "request_history"}) {
        const Decoded decoded =
            decode(request(type, R"({"ws_sent_config":{"response_type":"My.old_logs:v-2"}})"));
        const auto* history = understood<HistoryRequest>(decoded);
        QVERIFY(history);
        QCOMPARE(history->reply, HistoryRequest::Reply::Named);
        QCOMPARE(history->responseType, "My.old_logs:v-2");
    }
}

void TestRequestReader::whatStandsBesideHidesNothing_data()
{
    QTest::addColumn<QByteArray>("json");
    for (const char* json : {"-0", "-0.0e-0", "5e-324", "1E+300", "123456789012345678901234567890",
                             "-9223372036854775808", "0.1234567890123456789012345678901234567890",
                             R"("\u0000\b\f\/\uffff\ufdd0\ud83f\udfff")", "\"\xef\xbf\xbf\x7f\xf4\x8f\xbf\xbf\"",
                             R"({"":{"":1},"\u0000":2,"a":3,"a":4})"}) {
        QTest::newRow(json) << QByteArray(json);
    }
    QTest::newRow("30 levels") << QByteArray(30, '[') + QByteArray(30, ']');
    QTest::newRow("a large array") << "[" + QByteArray("0,").repeated(20'000) + "0]";
}

void TestRequestReader::whatStandsBesideHidesNothing()
{
    // The message is checked by one parser and read by another: whatever the first lets pass the second must take.
    QFETCH(QByteArray, json);
    const Decoded decoded = decode(request("filter", R"({"x":)" + json + R"(,"search":"s"})"));
    const auto* filter = understood<FilterRequest>(decoded);
    QVERIFY2(filter, refusal(decoded).message.c_str());
    QCOMPARE(filter->filter.search, "s");
}

void TestRequestReader::commandsCarryAnyJson_data()
{
    QTest::addColumn<QByteArray>("json");
    for (const char* json : {"null", "true", "42", "-1.5", "9007199254740993", "\"te\\\"xt\"", "\"\"", "[]", "{}",
                             "[1,[2]]", R"({"a":{"b":null}})", "\"\xef\xbf\xbf\xf0\x9f\x98\x80\""}) {
        QTest::newRow(json) << QByteArray(json);
    }
}

void TestRequestReader::commandsCarryAnyJson()
{
    QFETCH(QByteArray, json);
    const Decoded decoded = decode(request("command", R"({"type":"x","data":)" + json + "}"));
    const auto* command = understood<CommandRequest>(decoded);
    QVERIFY2(command, refusal(decoded).message.c_str());
    QCOMPARE(command->dataJson, json);
}

VIGIE_TEST(TestRequestReader)
#include "tst_requestreader.moc"
