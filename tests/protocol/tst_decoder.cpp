// SPDX-License-Identifier: GPL-3.0-or-later
#include "decoding.h"
#include "golden.h"
#include "protocol/encoder.h"
#include "testmain.h"

#include <functional>
#include <map>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

using Check = std::function<void(const Decoded&)>;

/// A check that the message is a `Message` for which `holds` does what it likes.
template <typename Message, typename Holds>
Check as(Holds holds)
{
    return [holds](const Decoded& decoded) {
        const Message* message = understood<Message>(decoded);
        QVERIFY2(message, refusal(decoded).message.c_str());
        holds(*message);
    };
}

template <typename Message>
Check as()
{
    return as<Message>([](const Message&) {});
}

Check asOneEntry(std::string_view level, std::string_view text, std::string_view metadata)
{
    return as<LogsRequest>([=](const LogsRequest& logs) {
        QCOMPARE(logs.batch.size(), std::size_t(1));
        QCOMPARE(logs.batch.level(0), level);
        QCOMPARE(logs.batch.message(0), text);
        QCOMPARE(logs.batch.metadataJson(0), metadata);
        QCOMPARE(logs.batch.timestampMs(0), decodingTimeMs);
        QVERIFY(!logs.batch.idIsProducers(0));
        QCOMPARE(logs.batch.id(0).size(), EntryIdSource::length);
        QVERIFY(!logs.ack);
    });
}

/// What each golden message of a client means.
const std::map<QString, Check>& meanings()
{
    using Reply = HistoryRequest::Reply;
    static const std::map<QString, Check> all{
        {u"auth"_s, as<AuthRequest>([](const AuthRequest& auth) {
             QCOMPARE(auth.userId, "ann");
             QCOMPARE(auth.appId, "shop");
             QVERIFY(auth.token.empty() && !auth.since);
         })},
        {u"auth_since"_s, as<AuthRequest>([](const AuthRequest& auth) {
             QCOMPARE(auth.token, "s3cret");
             QCOMPARE(auth.since, "01KGA5RXG0C0RJ5YVN1M6Z2E8T");
         })},
        {u"auth_from_url"_s,
         as<AuthRequest>([](const AuthRequest& auth) { QVERIFY(auth.userId.empty() && auth.appId.empty()); })},
        {u"request_access"_s, as<AccessRequest>([](const AccessRequest& request) {
             QCOMPARE(request.userId, "ann");
             QCOMPARE(request.appId, "shop");
         })},
        {u"logs"_s, as<LogsRequest>([](const LogsRequest& logs) {
             const LogBatch& batch = logs.batch;
             QVERIFY(logs.ack);
             QCOMPARE(batch.appId(), "shop");
             QCOMPARE(batch.size(), std::size_t(2));
             QCOMPARE(batch.id(0), std::string_view("order-1041"));
             QVERIFY(batch.idIsProducers(0));
             QCOMPARE(batch.timestampMs(0), 1769860800000);
             QCOMPARE(batch.level(0), std::string_view("info"));
             QCOMPARE(batch.message(0), std::string_view("Order placed"));
             QCOMPARE(batch.metadataJson(0), std::string_view(R"({"items":["tea","cup"],"order":1041})"));
             QCOMPARE(batch.userId(0), std::string_view("ann"));
             QVERIFY(!batch.idIsProducers(1));
             QCOMPARE(batch.timestampMs(1), 1769860800250);
             QCOMPARE(batch.level(1), std::string_view("WARNING"));
             QCOMPARE(batch.severity(1), Severity::Warn);
             QCOMPARE(batch.metadataJson(1), std::string_view());
         })},
        {u"logs_smallest"_s, asOneEntry("error", "Out of tea", "")},
        {u"logs_single"_s, asOneEntry("debug", "Cache is warm", "")},
        {u"logs_bare_entry"_s, asOneEntry("info", "Started", "null")},
        {u"logs_bare_array"_s, as<LogsRequest>([](const LogsRequest& logs) {
             QCOMPARE(logs.batch.size(), std::size_t(2));
             QCOMPARE(logs.batch.message(1), std::string_view("Two"));
             QVERIFY(logs.batch.id(0) < logs.batch.id(1));
         })},
        {u"filter"_s, as<FilterRequest>([](const FilterRequest& request) {
             const LogFilter expected{{"error", "warn"}, 1769860800000, 1769864400000, "payment"};
             QVERIFY(request.filter == expected);
         })},
        {u"filter_top_level"_s, as<FilterRequest>([](const FilterRequest& request) {
             QVERIFY((request.filter == LogFilter{{"error"}, {}, {}, {}}));
         })},
        {u"filter_none"_s,
         as<FilterRequest>([](const FilterRequest& request) { QVERIFY(request.filter.isEmpty()); })},
        {u"request_history"_s, as<HistoryRequest>([](const HistoryRequest& history) {
             QCOMPARE(history.reply, Reply::Logs);
             QCOMPARE(history.limit, std::size_t(50));
             QVERIFY(!history.beforeId && !history.beforeTimeMs);
         })},
        {u"history"_s, as<HistoryRequest>([](const HistoryRequest& history) {
             QCOMPARE(history.reply, Reply::History);
             QCOMPARE(history.beforeId, "01KGA5RXG0C0RJ5YVN1M6Z2E8T");
         })},
        {u"history_before_time"_s, as<HistoryRequest>([](const HistoryRequest& history) {
             QCOMPARE(history.limit, std::size_t(100));
             QCOMPARE(history.beforeTimeMs, 1769860800000);
             QVERIFY(!history.beforeId);
         })},
        {u"history_named"_s, as<HistoryRequest>([](const HistoryRequest& history) {
             QCOMPARE(history.reply, Reply::Named);
             QCOMPARE(history.responseType, "old_logs");
         })},
        {u"request_metrics"_s, as<MetricsRequest>()},
        {u"subscribe"_s, as<SubscribeRequest>([](const SubscribeRequest& subscribe) {
             QCOMPARE(subscribe.metricsIntervalMs, 500);
             QCOMPARE(subscribe.detail, true);
             QVERIFY(!subscribe.logs);
         })},
        {u"subscribe_without_logs"_s, as<SubscribeRequest>([](const SubscribeRequest& subscribe) {
             QCOMPARE(subscribe.logs, false);
             QVERIFY(!subscribe.metricsIntervalMs && !subscribe.detail);
         })},
        {u"send_metrics"_s, as<AppMetricsRequest>([](const AppMetricsRequest& report) {
             QCOMPARE(report.metricsJson, QByteArray(R"({"orders":12,"queue":{"length":3}})"));
             QCOMPARE(report.timestampMs, 1769860800000);
         })},
        {u"metrics"_s, as<AppMetricsRequest>([](const AppMetricsRequest& report) {
             QCOMPARE(report.metricsJson, QByteArray(R"({"orders":12})"));
             QCOMPARE(report.timestampMs, decodingTimeMs);
         })},
        {u"clear"_s, as<ClearRequest>()},
        {u"check_status"_s, as<StatusRequest>()},
        {u"command"_s, as<CommandRequest>([](const CommandRequest& command) {
             QCOMPARE(command.type, "restart");
             QCOMPARE(command.dataJson, QByteArray(R"({"graceful":true})"));
         })},
        {u"get_last_actions"_s, as<LastActionsRequest>()},
    };
    return all;
}

} // namespace

class TestDecoder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goldenMessagesMeanWhatTheySay_data();
    void goldenMessagesMeanWhatTheySay();
    void everyMeaningHasAGoldenMessage();
    void whatIsPassedOnIsKeptToTheLetter_data();
    void whatIsPassedOnIsKeptToTheLetter();
    void whatIsNotAMessageIsRefused_data();
    void whatIsNotAMessageIsRefused();
    void whatIsOddButValidIsUnderstood_data();
    void whatIsOddButValidIsUnderstood();
    void nothingButAuthBeforeSigningIn();
    void authBeforeSigningIn();
    void everyCutOfAMessageIsRefused();
    void aRefusalLeavesNoTrace();
};

void TestDecoder::goldenMessagesMeanWhatTheySay_data()
{
    QTest::addColumn<QJsonObject>("message");
    for (const GoldenMessage& golden : goldenMessages(u"client"_s))
        QTest::addRow("%s", qPrintable(golden.name)) << golden.message;
}

void TestDecoder::goldenMessagesMeanWhatTheySay()
{
    QFETCH(QJsonObject, message);
    const auto meaning = meanings().find(QString::fromUtf8(QTest::currentDataTag()));
    QVERIFY(meaning != meanings().end());
    meaning->second(decode(jsonText(message)));
    if (!QTest::currentTestFailed())
        meaning->second(decode(QJsonDocument(message).toJson(QJsonDocument::Indented)));
}

void TestDecoder::everyMeaningHasAGoldenMessage()
{
    QStringList names;
    for (const GoldenMessage& golden : goldenMessages(u"client"_s))
        names.append(golden.name);
    names.sort();
    QStringList meant;
    for (const auto& [name, check] : meanings())
        meant.append(name);
    QCOMPARE(names, meant);
}

void TestDecoder::whatIsPassedOnIsKeptToTheLetter_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QByteArray>("kept");
    const QByteArray exact = R"({"z":1.10,"a":9007199254740993,"b":12345678901234567890,"e":1E5,"t":"\u00e9\/"})";
    QTest::newRow("numbers and order") << exact << exact;
    QTest::newRow("white space") << QByteArray("{ \"a\" : [ 1.0 ,\n2 ] }") << QByteArray(R"({"a":[1.0,2]})");
}

void TestDecoder::whatIsPassedOnIsKeptToTheLetter()
{
    QFETCH(QByteArray, sent);
    QFETCH(QByteArray, kept);
    const Decoded report = decode(R"({"type":"send_metrics","data":{"timestamp":1769860800000,"metrics":)" + sent + "}}");
    QVERIFY(understood<AppMetricsRequest>(report));
    QCOMPARE(understood<AppMetricsRequest>(report)->metricsJson, kept);
    const Decoded command = decode(R"({"data":{"data":)" + sent + R"(,"type":"go"},"type":"command"})");
    QVERIFY(understood<CommandRequest>(command));
    QCOMPARE(understood<CommandRequest>(command)->dataJson, kept);
    // And so it goes out.
    QVERIFY(encode(AppMetrics{"shop", "ann", 1, kept}).contains("\"metrics\":" + kept));
    const AppCommand accepted{"shop", "ann", 1, "go", kept};
    QCOMPARE(encode(accepted).count("\"data\":" + kept), 2);
    QVERIFY(encode(LastActions{{accepted}}).contains("\"data\":" + kept));
}

void TestDecoder::whatIsNotAMessageIsRefused_data()
{
    refusalColumns();
    const auto row = [](const QByteArray& name, const QByteArray& json, const char* code, const char* message) {
        QTest::newRow(name.constData()) << json << QByteArray(code) << QByteArray(message);
    };
    const auto text = [](const QByteArray& inString) { return R"({"type":"clear","x":")" + inString + "\"}"; };
    const auto value = [](const QByteArray& json) { return R"({"type":"clear","x":)" + json + "}"; };

    row("nothing", "", "invalid_json", "empty");
    row("blank", " \t\r\n ", "invalid_json", "empty");
    row("words", "hello", "invalid_json", "not valid JSON");
    row("one zero byte", QByteArray(1, '\0'), "invalid_json", "not valid JSON");
    row("one quote", "\"", "invalid_json", "not closed");
    row("one brace", "{", "invalid_json", "not valid JSON");
    row("closing brace", "}", "invalid_json", "not valid JSON");
    row("array left open", "[1,2", "invalid_json", "not valid JSON");
    row("trailing comma", R"({"type":"clear",})", "invalid_json", "not valid JSON");
    row("no colon", R"({"type" "clear"})", "invalid_json", "not valid JSON");
    row("key without quotes", R"({type:"clear"})", "invalid_json", "not valid JSON");
    row("single quotes", "{'type':'clear'}", "invalid_json", "not valid JSON");
    row("comment", R"({"type":"clear"/*x*/})", "invalid_json", "not valid JSON");
    row("text behind", R"({"type":"clear"} x)", "invalid_json", "not valid JSON");
    row("two messages", R"({"type":"clear"}{"type":"clear"})", "invalid_json", "not valid JSON");
    row("brace behind", R"({"type":"clear"}})", "invalid_json", "not valid JSON");
    row("byte order mark in bytes", "\xef\xbb\xbf{\"type\":\"clear\"}", "invalid_json", "not valid JSON");
    row("UTF-16", QByteArray("{\0\"\0t\0", 6), "invalid_json", "not closed");

    row("a number", "42", "invalid_message", "must be an object");
    row("text", R"("clear")", "invalid_message", "must be an object");
    row("null", "null", "invalid_message", "must be an object");
    row("an array", R"([{"type":"clear"}])", "invalid_message", "must be an object");
    row("no type", "{}", "invalid_message", "type");
    row("type is a number", R"({"type":1})", "invalid_message", "type");
    row("type is null", R"({"type":null})", "invalid_message", "type");
    row("type is an object", R"({"type":{"type":"clear"}})", "invalid_message", "type");
    row("type only within data", R"({"data":{"type":"clear"}})", "invalid_message", "type");
    row("unknown type", R"({"type":"dance"})", "unknown_type", "\"dance\"");
    row("empty type", R"({"type":""})", "unknown_type", "\"\"");
    row("type in capitals", R"({"type":"CLEAR"})", "unknown_type", "\"CLEAR\"");
    row("endless type", R"({"type":")" + QByteArray(60'000, 'x') + "\"}", "unknown_type", "xxx");
    row("a large message that is not logs", R"({"type":"command","data":{"type":"x","data":")" + QByteArray(65'536, 'x') + "\"}}",
        "invalid_message", "other than logs");

    const auto inLevels = [](int levels) {
        return R"({"type":"clear","x":)" + QByteArray(levels - 1, '[') + QByteArray(levels - 1, ']') + "}";
    };
    row("33 levels", inLevels(33), "invalid_json", "deeper than 32");
    row("100,000 levels", inLevels(100'000), "invalid_json", "deeper than 32");
    row("100,000 objects", QByteArray("{\"a\":").repeated(100'000) + QByteArray(100'000, '}'),
        "invalid_json", "deeper than 32");

    row("unescaped newline", text("a\nb"), "invalid_json", "control character");
    row("unescaped zero", text(QByteArray("a\0b", 3)), "invalid_json", "control character");
    row("unknown escape", text("\\x41"), "invalid_json", "escape");
    row("cut escape", text("\\u12"), "invalid_json", "escape");
    row("surrogate in UTF-8", text("\xed\xa0\x80"), "invalid_json", "UTF-8");
    row("cut UTF-8", text("\xe2\x82"), "invalid_json", "UTF-8");
    row("overlong UTF-8", text("\xc0\xaf"), "invalid_json", "UTF-8");
    row("beyond Unicode", text("\xf4\x90\x80\x80"), "invalid_json", "UTF-8");
    row("Latin-1", text("caf\xe9"), "invalid_json", "UTF-8");

    row("1e999", value("1e999"), "invalid_json", "number");
    row("400 digits", value(QByteArray(400, '9')), "invalid_json", "number");
    const auto metadata = [](const QByteArray& json) {
        return R"({"type":"logs","data":{"level":"info","message":"m","metadata":)" + json + "}}";
    };
    for (const QByteArray& tooSmall : {QByteArray("1e-400"), QByteArray("-1E-999"), "0." + QByteArray(400, '0') + '1'})
        row("nearer to 0 than a double: " + tooSmall.left(8), metadata(tooSmall), "invalid_json", "out of range");
    row("the same in a filter", R"({"type":"filter","filters":{"search":"s","x":1e-999}})", "invalid_json", "out of range");
    row("NaN", value("NaN"), "invalid_json", "not valid JSON");
    row("Infinity", value("-Infinity"), "invalid_json", "not valid JSON");
    row("leading zero", value("007"), "invalid_json", "number");
    row("leading plus", value("+1"), "invalid_json", "not valid JSON");
    row("no digit behind the point", value("1."), "invalid_json", "number");
    row("hexadecimal", value("0x10"), "invalid_json", "number");
    row("half a word", value("tru"), "invalid_json", "not valid JSON");
    row("a word and more", value("nullx"), "invalid_json", "not valid JSON");
}

void TestDecoder::whatIsNotAMessageIsRefused()
{
    checkRefusal();
}

void TestDecoder::whatIsOddButValidIsUnderstood_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("white space around") << QByteArray(" \r\n\t{ \"type\" :\n\"clear\" }\n ");
    QTest::newRow("data first") << QByteArray(R"({"data":{"a":[1,{"type":"dance"}]},"type":"clear"})");
    QTest::newRow("unknown fields") << QByteArray(R"({"v":2,"type":"clear","id":[],"data":null,"z":{}})");
    QTest::newRow("a whole number beyond 64 bits") << QByteArray(R"({"type":"clear","x":18446744073709551616})");
    QTest::newRow("1e20 as JavaScript writes it") << QByteArray(R"({"type":"clear","x":100000000000000000000})");
    QTest::newRow("smallest numbers") << QByteArray(R"({"type":"clear","x":[-0,5e-324,-9223372036854775808]})");
    QTest::newRow("escapes") << QByteArray(R"({"type":"clear","x":"\u0000\"\\\/\b\f\n\r\t\ud83d\ude00\uffff"})");
    for (const char* lone : {"\\ud83d", "\\ude00", "\\ud83dA", "\\ud83d\\u0041", "\\ud83d\\ud83d", "\\ude00\\ud83d"})
        QTest::addRow("lone surrogate %s", lone) << R"({"type":"clear","x":")" + QByteArray(lone) + "\"}";
    QTest::newRow("lone surrogate in a key") << QByteArray(R"({"\ud83d":1,"type":"clear"})");
    QTest::newRow("four-byte UTF-8") << QByteArray("{\"type\":\"clear\",\"x\":\"\xf0\x9f\x98\x80\"}");
    QTest::newRow("an empty key") << QByteArray(R"({"":1,"type":"clear"})");
    QTest::newRow("64 KiB") << R"({"type":"clear","x":")" + QByteArray(64 * 1024 - 23, 'x') + "\"}";
}

void TestDecoder::whatIsOddButValidIsUnderstood()
{
    QFETCH(QByteArray, json);
    const Decoded decoded = decode(json);
    QVERIFY2(understood<ClearRequest>(decoded), refusal(decoded).message.c_str());
}

void TestDecoder::nothingButAuthBeforeSigningIn()
{
    Decoder decoder;
    for (const char* json : {R"({"type":"logs","data":{"logs":[]}})", R"({"type":"clear"})",
                             R"({"type":"dance"})", R"({"type":"request_metrics"})"}) {
        QCOMPARE(refusal(decode(decoder, json, false)).code, std::string(notAuthenticatedCode));
    }
    QCOMPARE(refusal(decode(decoder, "no JSON", false)).code, "invalid_json");
}

void TestDecoder::authBeforeSigningIn()
{
    Decoder decoder;
    QVERIFY(understood<AuthRequest>(decode(decoder, R"({"data":{"appId":"a"},"type":"auth"})", false)));
    const ErrorMessage error = refusal(decode(decoder, R"({"type":"auth","data":{"appId":""}})", false));
    QCOMPARE(error.code, "invalid_message");
    QCOMPARE(error.message, "appId must not be empty");
    QCOMPARE(error.requestType, "auth");
}

void TestDecoder::everyCutOfAMessageIsRefused()
{
    Decoder decoder;
    for (const GoldenMessage& golden : goldenMessages(u"client"_s)) {
        const QByteArray whole = jsonText(golden.message);
        for (qsizetype length = 0; length < whole.size(); ++length)
            QCOMPARE(refusal(decode(decoder, whole.left(length))).code, "invalid_json");
    }
}

void TestDecoder::aRefusalLeavesNoTrace()
{
    Decoder decoder;
    const QByteArray good = R"({"type":"logs","data":{"logs":[{"level":"info","message":"é \u00e9"}]}})";
    for (const QByteArray& bad :
         {QByteArray("{"), QByteArray(R"({"x":)") + QByteArray(32, '[') + QByteArray(32, ']') + "}", QByteArray("\"\xff"),
          QByteArray(1'000'000, '['), QByteArray(R"({"type":"logs","data":[{"level":"a","message":"b"},NaN})")}) {
        QVERIFY(!refusal(decode(decoder, bad)).code.empty());
        const Decoded decoded = decode(decoder, good);
        const auto* logs = understood<LogsRequest>(decoded);
        QVERIFY(logs);
        QCOMPARE(logs->batch.size(), std::size_t(1));
        QCOMPARE(logs->batch.message(0), std::string_view("é é"));
    }
}

VIGIE_TEST(TestDecoder)
#include "tst_decoder.moc"
