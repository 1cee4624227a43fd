// SPDX-License-Identifier: GPL-3.0-or-later
// What OpenTelemetry's SDKs write in JSON, by the bytes that they were seen to send.
#include "protocol/jsonmend.h"
#include "protocol/otlpentries.h"
#include "protocol/otlpfigures.h"
#include "protocol/otlpjson.h"
#include "testmain.h"

#include <QTest>

using namespace vigie;

namespace {

constexpr std::int64_t now = 1'796'031'410'999;

QByteArray request(const QByteArray& record, const QByteArray& resource = R"({"key":"service.name","value":{"stringValue":"shop"}})")
{
    return R"({"resourceLogs":[{"resource":{"attributes":[)" + resource
        + R"(],"droppedAttributesCount":0},"scopeLogs":[{"scope":{"name":"lib","version":"1.0"},"logRecords":[)" + record + "]}]}]}";
}

} // namespace

class TestOtlpJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recordsBecomeEntries_data();
    void recordsBecomeEntries();
    void levels_data();
    void levels();
    void aRecordHasItsPlace();
    void timesFallBack();
    void servicesBecomeApplications_data();
    void servicesBecomeApplications();
    void whatIsPrivateIsInNoEntry();
    void theSameBodyHasTheSameIds();
    void oneOddRecordCostsNoOther();
    void whatIsNoRequest_data();
    void whatIsNoRequest();
    void spansAreEntries();
    void metricsAreFigures();
    void figuresAreBounded();
    void nearlyJsonIsMended_data();
    void nearlyJsonIsMended();

private:
    /// All entries, by applications in their order.
    std::vector<OtlpEntries::App>& read(const QByteArray& body, std::uint64_t seed = 1)
    {
        m_entries = std::make_unique<OtlpEntries>(seed, now, "ann", "10.0.0.7");
        std::string text = body.toStdString();
        m_isRead = m_reader.readLogs(text, *m_entries);
        return m_entries->apps();
    }

    OtlpJsonReader m_reader;
    std::unique_ptr<OtlpEntries> m_entries;
    bool m_isRead = false;
};

void TestOtlpJson::recordsBecomeEntries_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("metadata"); // without the scope
    const auto row = [](const char* name, const QByteArray& fields, const QByteArray& message, const QByteArray& metadata) {
        QTest::newRow(name) << fields << message << metadata;
    };
    const auto value = [&](const char* name, const QByteArray& any, const QByteArray& json) {
        row(name, R"("body":{"stringValue":"m"},"attributes":[{"key":"k","value":)" + any + "}]", "m", "\"k\":" + json);
    };
    value("5", R"({"intValue":5})", "5");
    value("5.5", R"({"doubleValue":5.5})", "5.5");
    value("2^53+2", R"({"intValue":9007199254740994})", "9007199254740994");
    value("an integer as a text", R"({"intValue":"7"})", "7");
    value("the lowest", R"({"intValue":"-9223372036854775808"})", "-9223372036854775808");
    value("2^63 of JavaScript", R"({"intValue":9223372036854776000})", "9223372036854775808");
    value("1e300 of JavaScript", R"({"intValue":1e+300})", "1e+300");
    value("1e20 of JavaScript", R"({"intValue":100000000000000000000})", "1e+20");
    value("3e2", R"({"intValue":3e2})", "300");
    value("NaN of JavaScript", R"({"doubleValue":null})", "\"NaN\"");
    value("NaN of protobuf's JSON", R"({"doubleValue":"NaN"})", "\"NaN\"");
    value("Infinity of protobuf's JSON", R"({"doubleValue":"-Infinity"})", "\"-Infinity\"");
    value("NaN as no JSON knows it", R"({"doubleValue":NaN})", "\"NaN\"");
    value("nothing in it", "{}", "null");
    value("true", R"({"boolValue":true})", "true");
    value("a list", R"({"arrayValue":{"values":[{"intValue":1},{},{"stringValue":"x"}]}})", R"([1,null,"x"])");
    value("an empty list", R"({"arrayValue":{}})", "[]");
    value("a map", R"({"kvlistValue":{"values":[{"key":"a","value":{"kvlistValue":{"values":[{"key":"b","value":{"boolValue":false}}]}}}]}})",
          R"({"a":{"b":false}})");
    value("bytes", R"({"bytesValue":"AQID"})", "\"AQID\"");
    value("half an emoji", R"({"stringValue":"done \ud83d"})", "\"done \xef\xbf\xbd\"");
    value("an emoji", R"({"stringValue":"\ud83d\ude00"})", "\"\xf0\x9f\x98\x80\"");
    value("NUL and ESC", R"({"stringValue":"a\u0000\u001b[31m"})", R"("a\u0000\u001b[31m")");
    value("bytes that are no UTF-8", "{\"stringValue\":\"a\xff\"}", "\"a\xef\xbf\xbd\"");
    row("a cut body", R"("body":{"stringValue":"done \ud83d"})", "done \xef\xbf\xbd", "");
    row("a map as a body", R"("body":{"kvlistValue":{"values":[{"key":"a","value":{"intValue":1}}]}})", R"({"a":1})", "");
    row("a list as a body", R"("body":{"arrayValue":{"values":[{"intValue":1}]}})", "[1]", "");
    row("a number as a body", R"("body":{"intValue":"12"})", "12", "");
    row("no body", "", "", "");
    row("an empty body", R"("body":{})", "", "");
    row("an exception without a body", R"("attributes":[{"key":"exception.message","value":{"stringValue":"no till"}}])", "no till",
        R"("exception.message":"no till")");
    row("an exception's stack folds under the line",
        R"("body":{"stringValue":"m"},"attributes":[{"key":"exception.stacktrace","value":{"stringValue":"Error: no till\n    at a.js:1"}}])",
        "m\nError: no till\n    at a.js:1", "");
    row("an event", R"("body":{"stringValue":"m"},"eventName":"opened")", "m", R"("event_name":"opened")");
    row("a span's", R"("body":{"stringValue":"m"},"traceId":"0AF7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331","flags":1)",
        "m", R"("trace_id":"0af7651916cd43dd8448eb211c80319c","span_id":"b7ad6b7169203331")");
    row("no span's", R"("body":{"stringValue":"m"},"traceId":"","spanId":"0000000000000000")", "m", "");
    row("a span named by attributes", R"("attributes":[{"key":"trace_id","value":{"stringValue":"ab"}}])", "", R"("trace_id":"ab")");
    row("an id that is none", "\"traceId\":\"" + QByteArray("a") + QByteArray("\xc3\xa9").repeated(40) + "\"", "",
        "\"trace_id\":\"a" + QByteArray("\xc3\xa9").repeated(31) + "\""); // found by the fuzzer: it was cut within a character
    row("a key of ours", R"("attributes":[{"key":"scope","value":{"stringValue":"ab"}}])", "", R"("attributes.scope":"ab")");
}

void TestOtlpJson::recordsBecomeEntries()
{
    QFETCH(QByteArray, fields);
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, metadata);
    const auto& apps = read(request("{" + fields + "}"));
    QVERIFY(m_isRead);
    QCOMPARE(apps.size(), std::size_t(1));
    const LogBatch& batch = apps[0].batch;
    QCOMPARE(batch.size(), std::size_t(1));
    QCOMPARE(QByteArray::fromStdString(std::string(batch.message(0))), message);
    QCOMPARE(QByteArray::fromStdString(std::string(batch.metadataJson(0))),
             "{" + metadata + (metadata.isEmpty() ? "" : ",") + R"("scope":"lib","scope_version":"1.0"})");
    QCOMPARE(m_entries->refusedCount(), std::size_t(0));
}

void TestOtlpJson::levels_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QByteArray>("level");
    QTest::addColumn<int>("severity");
    const char* const names[] = {"trace", "debug", "info", "warn", "error", "fatal"};
    for (int number = 1; number <= 24; ++number) {
        const int range = (number - 1) / 4;
        QTest::addRow("%d", number) << QByteArray("\"severityNumber\":" + QByteArray::number(number)) << QByteArray(names[range])
                                    << range;
    }
    QTest::newRow("winston's http") << QByteArray(R"("severityNumber":7,"severityText":"http")") << QByteArray("debug")
                                    << int(Severity::Debug);
    QTest::newRow("0") << QByteArray(R"("severityNumber":0,"severityText":"WARNING")") << QByteArray("warn") << int(Severity::Warn);
    QTest::newRow("text only") << QByteArray(R"("severityText":"Error")") << QByteArray("error") << int(Severity::Error);
    QTest::newRow("unknown text") << QByteArray(R"("severityText":"audit")") << QByteArray("audit") << int(Severity::Other);
    QTest::newRow("25") << QByteArray(R"("severityNumber":25)") << QByteArray("none") << int(Severity::Other);
    QTest::newRow("neither") << QByteArray(R"("body":{})") << QByteArray("none") << int(Severity::Other);
}

void TestOtlpJson::levels()
{
    QFETCH(QByteArray, fields);
    QFETCH(QByteArray, level);
    QFETCH(int, severity);
    const LogBatch& batch = read(request("{" + fields + "}"))[0].batch;
    QCOMPARE(QByteArray::fromStdString(std::string(batch.level(0))), level);
    QCOMPARE(int(batch.severity(0)), severity);
    // A word of its own is kept.
    QCOMPARE(batch.metadataJson(0).find("\"severity_text\":\"http\"") != std::string_view::npos, fields.contains("http"));
}

void TestOtlpJson::aRecordHasItsPlace()
{
    const auto& apps = read(request(R"({"timeUnixNano":"1796031410141000000","body":{"stringValue":"m"}})",
                                    R"({"key":"service.name","value":{"stringValue":"shop"}},
                                       {"key":"host.name","value":{"stringValue":"ws1"}},
                                       {"key":"telemetry.sdk.language","value":{"stringValue":"nodejs"}})"));
    QCOMPARE(apps[0].batch.appId(), "shop");
    QCOMPARE(apps[0].batch.timestampMs(0), 1'796'031'410'141);
    QVERIFY(!apps[0].batch.timeIsOurs(0));
    QVERIFY(apps[0].batch.idIsProducers(0));
    QCOMPARE(apps[0].batch.userId(0), "ann");
    QCOMPARE(apps[0].batch.metadataJson(0), R"({"resource":{"host.name":"ws1"},"scope":"lib","scope_version":"1.0"})");
}

void TestOtlpJson::timesFallBack()
{
    const LogBatch& batch = read(request(R"({"timeUnixNano":"0","observedTimeUnixNano":"1796031410141000000"},
                                            {"timeUnixNano":1796031410142000000},{})"))[0].batch;
    QCOMPARE(batch.timestampMs(0), 1'796'031'410'141);
    QCOMPARE(batch.timestampMs(1), 1'796'031'410'142);
    QCOMPARE(batch.timestampMs(2), now);
    QVERIFY(batch.timeIsOurs(2));
}

void TestOtlpJson::servicesBecomeApplications_data()
{
    QTest::addColumn<QByteArray>("service");
    QTest::addColumn<QByteArray>("app");
    QTest::addColumn<bool>("isUnnamed");
    QTest::newRow("named") << QByteArray("shop") << QByteArray("shop") << false;
    QTest::newRow("started by name") << QByteArray("unknown_service:node") << QByteArray("node (unnamed)") << true;
    QTest::newRow("started by path") << QByteArray("unknown_service:/usr/bin/node") << QByteArray("node (unnamed)") << true;
    QTest::newRow("unknown") << QByteArray("unknown_service") << QByteArray("(unnamed)") << true;
    QTest::newRow("empty") << QByteArray("") << QByteArray("(unnamed)") << true;
    QTest::newRow("a file's") << QByteArray("file:a") << QByteArray("_file:a") << false;
    QTest::newRow("with control characters") << QByteArray(R"(a\nb)") << QByteArray("a\xef\xbf\xbd" "b") << false;
}

void TestOtlpJson::servicesBecomeApplications()
{
    QFETCH(QByteArray, service);
    QFETCH(QByteArray, app);
    QFETCH(bool, isUnnamed);
    const auto& apps = read(request("{}", R"({"key":"service.name","value":{"stringValue":")" + service + "\"}}"));
    QCOMPARE(QByteArray::fromStdString(apps[0].batch.appId()), app);
    QCOMPARE(apps[0].resource.isUnnamed, isUnnamed);
}

void TestOtlpJson::whatIsPrivateIsInNoEntry()
{
    const auto& apps = read(request("{}", R"({"key":"process.command_args","value":{"arrayValue":{"values":[{"stringValue":"--password=x"}]}}},
                                             {"key":"process.command_line","value":{"stringValue":"node --password=x"}},
                                             {"key":"process.owner","value":{"stringValue":"ann"}},
                                             {"key":"process.pid","value":{"intValue":7}})"));
    QCOMPARE(apps[0].batch.metadataJson(0), R"({"resource":{"process.pid":7},"scope":"lib","scope_version":"1.0"})");
    QVERIFY(apps[0].resource.detail.find("process.command_line: node --password=x") != std::string::npos);
    QVERIFY(apps[0].resource.detail.find("process.owner: ann") != std::string::npos);
}

void TestOtlpJson::theSameBodyHasTheSameIds()
{
    const QByteArray body = request(R"({"timeUnixNano":"1796031410141000000"},{},{})");
    const auto ids = [&](std::uint64_t seed) {
        const LogBatch& batch = read(body, seed)[0].batch;
        return std::vector<std::string>{std::string(batch.id(0)), std::string(batch.id(1)), std::string(batch.id(2))};
    };
    const auto first = ids(1);
    QCOMPARE(first, ids(1));
    QVERIFY(first[1] != first[2]);
    QVERIFY(first != ids(2));
    for (const std::string& id : first) {
        QCOMPARE(id.size(), std::size_t(26));
        QVERIFY(id.find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ") == std::string::npos);
    }
}

void TestOtlpJson::oneOddRecordCostsNoOther()
{
    const std::string large(OtlpEntries::maxEntryBytes + 1, 'x');
    const auto& apps = read(request(R"({"body":{"stringValue":"a"}},7,{"body":{"stringValue":")" + QByteArray::fromStdString(large)
                                    + R"("}},{"body":{"stringValue":"b"},"attributes":"none","severityNumber":{}})"));
    QCOMPARE(apps[0].batch.size(), std::size_t(2));
    QCOMPARE(apps[0].batch.message(1), "b");
    QCOMPARE(m_entries->refusedCount(), std::size_t(2));
    QCOMPARE(m_entries->refused()[0].reason, "malformed");
    QCOMPARE(m_entries->refused()[1].reason, "too_large");
}

void TestOtlpJson::whatIsNoRequest_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isRead");
    for (const QByteArray body : {"", "x", "[]", "7", "{\"resourceLogs\":[", "{\"a\":\"}"})
        QTest::newRow(body.constData()) << body << false;
    QTest::newRow("too deep") << QByteArray(QByteArray("{\"a\":").repeated(2'000) + "1" + QByteArray("}").repeated(2'000)) << false;
    for (const QByteArray body : {"{}", R"({"resourceLogs":{}})", R"({"resourceLogs":[7,{"scopeLogs":[{"logRecords":{}}]}]})"})
        QTest::newRow(body.constData()) << body << true;
}

void TestOtlpJson::whatIsNoRequest()
{
    QFETCH(QByteArray, body);
    read(body);
    QTEST(m_isRead, "isRead");
    QVERIFY(m_entries->apps().empty());
}

void TestOtlpJson::spansAreEntries()
{
    std::string body = R"({"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},
        "scopeSpans":[{"scope":{"name":"lib"},"spans":[
        {"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331","name":"GET /cart","kind":2,
         "startTimeUnixNano":"1796031410141000000","endTimeUnixNano":"1796031410153250000",
         "attributes":[{"key":"http.route","value":{"stringValue":"/cart"}}],"status":{"code":0},
         "events":[{"timeUnixNano":"1796031410142000000","name":"cache miss","attributes":[{"key":"k","value":{"intValue":1}}]}],
         "links":[{"traceId":"1af7651916cd43dd8448eb211c80319c","spanId":"c7ad6b7169203331"}]},
        {"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"c7ad6b7169203331","parentSpanId":"b7ad6b7169203331","name":"SELECT",
         "kind":3,"startTimeUnixNano":"1796031410142000000","endTimeUnixNano":"1796031410143000000",
         "status":{"code":2,"message":"no such table"}}]}]}]})";
    OtlpEntries entries(1, now, "ann", "10.0.0.7");
    QVERIFY(m_reader.readTraces(body, entries));
    const LogBatch& batch = entries.apps()[0].batch;
    QCOMPARE(batch.size(), std::size_t(2));
    QCOMPARE(batch.message(0), "GET /cart");
    QCOMPARE(batch.level(0), "trace");
    QCOMPARE(batch.timestampMs(0), 1'796'031'410'141);
    QCOMPARE(batch.metadataJson(0),
             R"({"http.route":"/cart","trace_id":"0af7651916cd43dd8448eb211c80319c","span_id":"b7ad6b7169203331","span":"root",)"
             R"("duration_ms":12.25,"span_kind":"server","events":[{"timestamp":1796031410142,"name":"cache miss","k":1}],)"
             R"("links":[{"trace_id":"1af7651916cd43dd8448eb211c80319c","span_id":"c7ad6b7169203331"}],"scope":"lib"})");
    QCOMPARE(batch.level(1), "error");
    QCOMPARE(batch.metadataJson(1),
             R"({"trace_id":"0af7651916cd43dd8448eb211c80319c","span_id":"c7ad6b7169203331","parent_span_id":"b7ad6b7169203331",)"
             R"("span":"child","duration_ms":1,"span_kind":"client","status":"error","status_message":"no such table","scope":"lib"})");
}

void TestOtlpJson::metricsAreFigures()
{
    std::string body = R"({"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},
        "scopeMetrics":[{"metrics":[
        {"name":"orders","sum":{"aggregationTemporality":2,"isMonotonic":true,"dataPoints":[
            {"attributes":[{"key":"till","value":{"intValue":3}}],"timeUnixNano":"1","asDouble":12},{"asInt":"13"}]}},
        {"name":"depth","gauge":{"dataPoints":[{"asDouble":null}]}},
        {"name":"took","histogram":{"dataPoints":[{"count":3,"sum":6.5,"bucketCounts":[1,"2",0],"explicitBounds":[0.5,10]}]}},
        {"name":"odd","gauge":{"dataPoints":[7]}}]}]}]})";
    OtlpFigures figures;
    QVERIFY(m_reader.readMetrics(body, figures));
    QCOMPARE(figures.apps().size(), std::size_t(1));
    QCOMPARE(figures.apps()[0].resource.appId, "shop");
    QCOMPARE(figures.apps()[0].json, R"("orders{till=3}":12,"orders":13,"depth":null,"took.count":3,"took.sum":6.5,"took.le.0.5":1,"took.le.10":3)");
    QCOMPARE(figures.refused(), std::size_t(1));
}

void TestOtlpJson::figuresAreBounded()
{
    const auto read = [this](const QByteArray& metrics) {
        std::string body = (R"({"resourceMetrics":[{"scopeMetrics":[{"metrics":[)" + metrics + "]}]}]}").toStdString();
        OtlpFigures figures;
        m_reader.readMetrics(body, figures);
        return std::pair(figures.apps().at(0).json.size(), figures.refused());
    };
    const QByteArray bounds = QByteArray("1,").repeated(100'000) + "1";
    const QByteArray histogram = R"(","histogram":{"dataPoints":[{"count":1,"bucketCounts":[1,)" + bounds + R"(],"explicitBounds":[)" + bounds + "]}]}}";
    QCOMPARE(read("{\"name\":\"" + QByteArray(1'000'000, 'x') + histogram), std::pair(std::size_t(0), std::size_t(1)));
    const auto [bytes, refused] = read("{\"name\":\"x" + histogram);
    QVERIFY(bytes > OtlpFigures::maxBytes && bytes < OtlpFigures::maxBytes + 1'000);
    QCOMPARE(refused, std::size_t(0));
    QCOMPARE(read("{\"name\":\"x" + histogram + R"(,{"name":"y","gauge":{"dataPoints":[{"asInt":1}]}})").second, std::size_t(1));
}

void TestOtlpJson::nearlyJsonIsMended_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("mended");
    const auto row = [](const QByteArray& json, const QByteArray& mended) { QTest::newRow(json.constData()) << json << mended; };
    row(R"({"a":[1,-2.5e3,true,null,"x\"\\\n"]})", R"({"a":[1,-2.5e3,true,null,"x\"\\\n"]})");
    row(R"("\ud83d\ude00")", R"("\ud83d\ude00")");
    row(R"("\ud83d")", "\"\xef\xbf\xbd\"");
    row(R"("\ude00\ud83d\ud83d\ude00")", "\"\xef\xbf\xbd\xef\xbf\xbd\\ud83d\\ude00\"");
    row(R"("\\ud83d")", R"("\\ud83d")");
    row("\"\xff\xc3\xa9\"", "\"\xef\xbf\xbd\xc3\xa9\"");
    row("\"a\tb\"", "\"a\\u0009b\"");
    row("[NaN,Infinity,-Infinity]", R"(["NaN","Infinity","-Infinity"])");
    row("[1e999,-1e999,1e-999]", R"(["Infinity","-Infinity",0])");
    row("[100000000000000000000,9223372036854775807]", "[100000000000000000000e0,9223372036854775807]");
    row("\"\\", "\"\\");
}

void TestOtlpJson::nearlyJsonIsMended()
{
    QFETCH(QByteArray, json);
    QTEST(QByteArray::fromStdString(mendedJson(json.toStdString())), "mended");
}

VIGIE_TEST(TestOtlpJson)
#include "tst_otlpjson.moc"
