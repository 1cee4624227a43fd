// SPDX-License-Identifier: GPL-3.0-or-later
#include "golden.h"
#include "machinelook.h"
#include "protocol/encoder.h"
#include "protocol/metricsencoder.h"
#include "protocol/seriesjson.h"
#include "testmain.h"

#include <QTest>
#include <map>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

constexpr std::int64_t noonMs = 1769860800000;

/// The two entries of the golden messages.
const std::vector<LogEntryRef>& entries()
{
    static const std::vector<LogEntryRef> all = [] {
        const LogOrigin origin("shop", "ann");
        LogBatch batch("shop");
        batch.append({"order-1041", noonMs, "info", "Order placed", R"({"order":1041,"items":["tea","cup"]})"}, origin);
        batch.append({"01KGA5RXG0C0RJ5YVN1M6Z2E8T", noonMs + 250, "WARNING", "Payment is slow", ""}, origin);
        const auto shared = std::make_shared<const LogBatch>(std::move(batch));
        return std::vector<LogEntryRef>{{shared, 0}, {shared, 1}};
    }();
    return all;
}

/// As the encoder is kept: one for all messages.
template <typename Message> QByteArray encodeMetrics(const Message& message)
{
    static MetricsEncoder encoder;
    return encoder.encode(message);
}

test::Sample sample()
{
    test::Sample sample;
    sample.timestampMs = noonMs;
    sample.uptimeSeconds = 86400;
    sample.cpu = CpuSample{{12.5, 8, 4, 1.5, 0.5},
                           {{0, {20, 14, 6, 1, 0.5}, 2400}, {1, {5, 2, 2, 2, 0.5}, 0}},
                           std::array{0.42, 0.36, 0.3}};
    MemorySample memory;
    memory.totalBytes = 8589934592;
    memory.availableBytes = 5368709120;
    memory.usedBytes = 3221225472;
    memory.freeBytes = 2147483648;
    memory.cachedBytes = 2684354560;
    memory.buffersBytes = 268435456;
    memory.swapTotalBytes = 2147483648;
    memory.swapUsedBytes = 1048576;
    sample.memory = memory;
    sample.disk = DiskSample{{{u"/"_s, u"/dev/nvme0n1p2"_s, u"ext4"_s, 536870912000, 107374182400, 402653184000}},
                             {{u"nvme0n1"_s, 4096, 1048576, 3.5, false}},
                             536870912000, 107374182400, 402653184000, 4096, 1048576};
    sample.network = NetworkSample{{{u"eth0"_s, 734003200, 94371840, 20480, 10240}},
                                   734003200, 94371840, 20480, 10240, 17, true};
    sample.pressure = {PressureShare{2.5, 0}, PressureShare{0, 0}, PressureShare{1.25, 0.75}};
    sample.processes = ProcessesSample{{{4242, u"postgres"_s, 18.5, 134217728}}, {{999, u"java"_s, 1.5, 1073741824}}};
    return sample;
}

/// The same machine, seen from a container that may have 300 MiB and half a core.
FramePtr limitedSample()
{
    test::Sample limited;
    limited.timestampMs = noonMs;
    limited.cpu = CpuSample{{20, 15, 5, 0, 0}, {{0, {20, 14, 6, 1, 0.5}, 0}, {1, {5, 2, 2, 2, 0.5}, 0}}, {}};
    MemorySample memory;
    memory.totalBytes = 314572800;
    memory.usedBytes = 73400320;
    memory.availableBytes = 241172480;
    memory.freeBytes = 136314880;
    memory.cachedBytes = 104857600;
    limited.memory = memory;
    limited.limits = {314572800, 0.5};
    return test::frameOf(limited);
}

/// What we write for each golden message of the server.
std::map<QString, QByteArray> written()
{
    using Reply = HistoryRequest::Reply;
    const auto now = test::frameOf(sample());
    const AppCommand pause{"shop", "bob", noonMs - 100'000, "pause", {}, "01KGA5NV7GT3CQ9XWB2K4H6D0P", false};
    const AppCommand restart{"shop", "ann", noonMs, "restart", R"({"graceful":true})", "01KGA5RXG0C0RJ5YVN1M6Z2E8T", true};
    const std::span<const LogEntryRef> first(entries().data(), 1);
    const std::span<const LogEntryRef> second(entries().data() + 1, 1);
    return {
        {u"connect"_s, encode(ConnectMessage{})},
        {u"connect_from_url"_s, encode(ConnectMessage{"shop", "ann"})},
        {u"auth_success"_s, encode(AuthSuccess{"shop", "ann"})},
        {u"auth_success by a token"_s, encode(AuthSuccess{"shop", "ann", Role::Viewer})},
        {u"access_pending"_s, encode(AccessPending{})},
        {u"access_granted"_s, encode(AccessGranted{"shop", "ann", "s3cret"})},
        {u"access_denied"_s, encode(AccessDenied{"denied", "the owner said no"})},
        {u"auth_error"_s, encode(AuthErrorMessage{"appId is missing"})},
        {u"auth_error for now"_s,
         encode(AuthErrorMessage{"too many failed sign-ins, try again in 4 s", "too_many_failures", 4'000})},
        {u"logs"_s, encodeLogs(first)},
        {u"logs_none"_s, encodeLogs({})},
        {u"logs_ack"_s, encode(LogsAck{2, "01KGA5RXG0C0RJ5YVN1M6Z2E8T"})},
        {u"logs_ack in part"_s, encode(LogsAck{2, "01KGA5RXG0C0RJ5YVN1M6Z2E8T", 1, 1, {{1, "level must be text"}}})},
        {u"history"_s, encodeHistory(second, {Reply::History, {}, 50, {}, {}})},
        {u"history_named"_s, encodeHistory(second, {Reply::Named, "old_logs", 50, {}, {}})},
        {u"metrics"_s, encodeMetrics(MetricsMessage{now, {3, 42.6, 0.05}})},
        {u"metrics_detail"_s, encodeMetrics(MetricsDetail{now})},
        {u"metrics_detail in a container"_s, encodeMetrics(MetricsDetail{limitedSample()})},
        {u"app_metrics"_s, encode(AppMetrics{"shop", "ann", noonMs, R"({"orders":12,"queue":{"length":3}})"})},
        {u"clear"_s, encode(AppCleared{"shop", "ann"})},
        {u"stored"_s, encode(Stored{"order-1041"})},
        {u"stored_nothing"_s, encode(Stored{})},
        {u"gap"_s, encode(Gap{"order-1000", "order-1042", 41})},
        {u"gap_unknown"_s, encode(Gap{"order-1000", "", {}})},
        {u"status_response"_s, encode(StatusResponse{true, "a producer is connected", true, true, true, true})},
        {u"command"_s, encode(restart)},
        {u"command_response"_s, encode(CommandResponse{true, "passed to the application's producers", 1})},
        {u"get_last_actions"_s, encode(LastActions{{pause, restart}})},
        {u"error"_s, encode(ErrorMessage{"invalid_message", "logs must be an array of entries", "logs"})},
        {u"error_entries_refused"_s, encode(entriesRefused({{1, "level must be text"}}, 3))},
        {u"error_unreadable"_s, encode(ErrorMessage{"invalid_json", "not valid JSON", {}})},
    };
}

} // namespace

class TestEncoder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goldenMessagesAreWhatWeWrite_data();
    void goldenMessagesAreWhatWeWrite();
    void allWeWriteIsGolden();
    void hostileTextComesOutEscaped_data();
    void hostileTextComesOutEscaped();
    void bytesThatAreNoTextAreReplaced();
    void metricsBeforeTheFirstSample();
    void whatHasNoSourceIsAbsentFromDetail();
    void coresAreWholeInMetrics();
    void aHalfKnownClientHasHalfAName();
    void aGapFromTheBeginning();
    void manyRefusedEntriesAreNamedInPart();
    void entriesAreOneArray();
    void bigNumbersAreExact();
    void seriesWithoutAPlaceAreToldByName();
    void placesFollowTheCatalogue();
    void seriesSayWhatTheyAre();
};

void TestEncoder::goldenMessagesAreWhatWeWrite_data()
{
    QTest::addColumn<QJsonObject>("message");
    for (const GoldenMessage& golden : goldenMessages(u"server"_s))
        QTest::addRow("%s", qPrintable(golden.name)) << golden.message;
}

void TestEncoder::goldenMessagesAreWhatWeWrite()
{
    QFETCH(QJsonObject, message);
    const std::map<QString, QByteArray> all = written();
    const auto ours = all.find(QString::fromUtf8(QTest::currentDataTag()));
    QVERIFY(ours != all.end());
    QVERIFY(!ours->second.contains('\n'));
    if (jsonObject(ours->second) != message)
        QCOMPARE(jsonText(jsonObject(ours->second)), jsonText(message)); // shows where they part
}

void TestEncoder::allWeWriteIsGolden()
{
    QStringList names;
    for (const GoldenMessage& golden : goldenMessages(u"server"_s))
        names.append(golden.name);
    names.sort();
    QStringList ours;
    for (const auto& [name, json] : written())
        ours.append(name);
    QCOMPARE(names, ours);
}

void TestEncoder::hostileTextComesOutEscaped_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("quotes") << QByteArray(R"("},"type":"auth_success",{")");
    QTest::newRow("backslashes") << QByteArray(R"(\" \\" \)");
    QTest::newRow("control characters") << QByteArray("\0\x01\b\t\n\f\r\x1f\x7f", 9);
    QTest::newRow("markup") << QByteArray("</script><script>alert(1)</script>");
    QTest::newRow("line separators") << QByteArray("\xe2\x80\xa8\xe2\x80\xa9");
    QTest::newRow("beyond the basic plane") << QByteArray("\xf0\x9f\x98\x80 é ☕");
}

void TestEncoder::hostileTextComesOutEscaped()
{
    QFETCH(QByteArray, text);
    const std::string hostile = text.toStdString();
    const QString plain = QString::fromUtf8(text);
    const auto payload = [](const QByteArray& json) { return jsonObject(json).value("payload"_L1); };

    const QJsonObject names{{u"appId"_s, plain}, {u"userId"_s, plain}};
    QCOMPARE(payload(encode(ConnectMessage{hostile, hostile})).toObject(), names);
    QCOMPARE(payload(encode(AuthSuccess{hostile, hostile})).toObject(), names);
    QCOMPARE(payload(encode(AppCleared{hostile, hostile})).toObject(), names);
    QCOMPARE(payload(encode(AuthErrorMessage{hostile}))["message"_L1].toString(), plain);
    const QJsonObject error{{u"code"_s, u"c"_s}, {u"message"_s, plain}, {u"requestType"_s, plain}};
    QCOMPARE(payload(encode(ErrorMessage{"c", hostile, hostile})).toObject(), error);
    QCOMPARE(payload(encode(LogsAck{1, hostile}))["lastId"_L1].toString(), plain);
    QCOMPARE(payload(encode(Gap{hostile, hostile, 1}))["fromId"_L1].toString(), plain);
    QCOMPARE(payload(encode(Gap{hostile, hostile, 1}))["toId"_L1].toString(), plain);
    QCOMPARE(payload(encode(AppMetrics{hostile, hostile, 1, "{}"}))["appId"_L1].toString(), plain);
    QCOMPARE(payload(encode(AppCommand{"a", hostile, 1, hostile, {}}))["type"_L1].toString(), plain);

    LogBatch batch(hostile);
    batch.append({hostile, 1, hostile, hostile, ""}, LogOrigin(hostile, hostile));
    const std::vector<LogEntryRef> refs{{std::make_shared<const LogBatch>(std::move(batch)), 0}};
    const QJsonObject entry{{u"id"_s, plain},      {u"timestamp"_s, 1}, {u"level"_s, plain},
                            {u"message"_s, plain}, {u"appId"_s, plain}, {u"userId"_s, plain}};
    QCOMPARE(payload(encodeLogs(refs)).toArray(), QJsonArray{entry});
    const QByteArray history = encodeHistory(refs, {HistoryRequest::Reply::Named, hostile, 1, {}, {}});
    QCOMPARE(jsonObject(history).value("type"_L1).toString(), plain);
    QCOMPARE(payload(history)["logs"_L1].toArray(), QJsonArray{entry});
}

void TestEncoder::bytesThatAreNoTextAreReplaced()
{
    // A long type name is cut at a byte before it is quoted back.
    const QByteArray json = encode(ErrorMessage{"unknown_type", "caf\xc3", "\xf0\x9f"});
    QCOMPARE(QString::fromUtf8(json).toUtf8(), json);
    QCOMPARE(jsonObject(json).value("payload"_L1)["message"_L1].toString(), u"caf\ufffd"_s);
}

void TestEncoder::metricsBeforeTheFirstSample()
{
    const QJsonObject expected = jsonObject(R"({"type":"metrics","payload":{"timestamp":0,
        "cpu":{"usage":0,"cores":0},"memory":{"used":0,"free":0,"total":0},"disk":{"used":0,"free":0,"total":0},
        "network":{"bytesReceived":0,"bytesSent":0,"connections":0},
        "activeConnections":1,"messageRate":0,"errorRate":0}})");
    QCOMPARE(jsonObject(encodeMetrics(MetricsMessage{nullptr, {1, 0, 0}})), expected);
    QCOMPARE(jsonObject(encodeMetrics(MetricsDetail{})), jsonObject(R"({"type":"metrics_detail","payload":{"timestamp":0}})"));
}

void TestEncoder::whatHasNoSourceIsAbsentFromDetail()
{
    test::Sample bare;
    bare.timestampMs = 5;
    bare.cpu = CpuSample{};
    bare.pressure.io = PressureShare{1, 2};
    const QJsonObject payload =
        jsonObject(encodeMetrics(MetricsDetail{test::frameOf(bare)})).value("payload"_L1).toObject();
    QCOMPARE(payload.keys(), (QStringList{u"cpu"_s, u"pressure"_s, u"timestamp"_s}));
    QVERIFY(!payload["cpu"_L1].toObject().contains("load"_L1));
    QCOMPARE(payload["pressure"_L1].toObject().keys(), QStringList{u"io"_s});
}

void TestEncoder::coresAreWholeInMetrics()
{
    const QJsonObject payload = jsonObject(encodeMetrics(MetricsMessage{limitedSample(), {}})).value("payload"_L1).toObject();
    QCOMPARE(payload["cpu"_L1].toObject(), (QJsonObject{{u"usage"_s, 20}, {u"cores"_s, 1}}));
    QCOMPARE(payload["memory"_L1].toObject(),
             (QJsonObject{{u"used"_s, 73400320}, {u"free"_s, 241172480}, {u"total"_s, 314572800}}));
}

void TestEncoder::aHalfKnownClientHasHalfAName()
{
    QCOMPARE(jsonObject(encode(ConnectMessage{"shop", ""})).value("payload"_L1).toObject(),
             (QJsonObject{{u"appId"_s, u"shop"_s}}));
    QCOMPARE(jsonObject(encode(ConnectMessage{"", "ann"})).value("payload"_L1).toObject(),
             (QJsonObject{{u"userId"_s, u"ann"_s}}));
}

void TestEncoder::aGapFromTheBeginning()
{
    const QJsonObject expected = jsonObject(R"({"type":"gap","payload":{"fromId":null,"toId":"x","count":0}})");
    QCOMPARE(jsonObject(encode(Gap{"", "x", 0})), expected);
}

void TestEncoder::manyRefusedEntriesAreNamedInPart()
{
    std::vector<RefusedEntry> refused;
    for (const std::size_t index : {0, 2, 5, 9})
        refused.push_back({index, "must be an object"});
    const QJsonValue payload = jsonObject(encode(entriesRefused(refused, 10)))["payload"_L1];
    QCOMPARE(
        payload["message"_L1].toString(),
        u"4 of 10 entries were refused: logs[0]: must be an object; logs[2]: must be an object; logs[5]: must be an object; …"_s);
    QCOMPARE(payload["refused"_L1].toArray().size(), 4);
    QCOMPARE(payload["refused"_L1][3]["index"_L1].toInt(), 9);
}

void TestEncoder::entriesAreOneArray()
{
    const QJsonArray both = jsonObject(encodeLogs(entries())).value("payload"_L1).toArray();
    QCOMPARE(both.size(), 2);
    QCOMPARE(both[1]["message"_L1].toString(), u"Payment is slow"_s);
    using Reply = HistoryRequest::Reply;
    QCOMPARE(encodeHistory(entries(), {Reply::Logs, {}, 1, {}, {}}), encodeLogs(entries()));
    QCOMPARE(encodeHistory({}, {Reply::History, {}, 1, {}, {}}), QByteArray(R"({"type":"history","payload":[]})"));
    QCOMPARE(encodeHistory({}, {Reply::Named, "x", 1, {}, {}}), QByteArray(R"({"type":"x","payload":{"logs":[]}})"));
}

void TestEncoder::bigNumbersAreExact()
{
    test::Sample large;
    large.timestampMs = 8'640'000'000'000'000;
    large.network = NetworkSample{};
    large.network->receivedBytes = 9'007'199'254'740'992; // 2^53, 8 PiB
    const QByteArray json = encodeMetrics(MetricsMessage{test::frameOf(large), {}});
    QVERIFY2(json.contains("\"timestamp\":8640000000000000"), json.constData());
    QVERIFY2(json.contains("\"bytesReceived\":9007199254740992"), json.constData());
}

namespace {

constexpr SeriesKind heat{"heat.*", Unit::Celsius, "Heat of %1", Quantum::Tenth, -100, 200};

/// What a source that this encoder knows nothing of tells, beside one that it knows.
FramePtr frameWithHeat(double degrees)
{
    FrameBuilder builder;
    auto frame = std::make_shared<Frame>();
    const SeriesLabel labels[] = {{"place", u"front"_s}};
    builder.begin(*frame);
    builder.add(heat, u"oven"_s, degrees, labels);
    UptimeSource::tell(7, builder);
    builder.end();
    return frame;
}

} // namespace

void TestEncoder::seriesWithoutAPlaceAreToldByName()
{
    MetricsEncoder encoder;
    QCOMPARE(jsonObject(encoder.encode(MetricsDetail{frameWithHeat(180.5)})),
             jsonObject(R"({"type":"metrics_detail","payload":{"timestamp":0,"uptime":7,"series":{"heat.oven":180.5}}})"));
    QVERIFY(!encoder.encode(MetricsMessage{frameWithHeat(180.5), {}}).contains("heat"));
    QVERIFY(!encoder.encode(MetricsDetail{frameWithHeat(unknown)}).contains("series"));
}

void TestEncoder::placesFollowTheCatalogue()
{
    MetricsEncoder encoder;
    test::Sample machine = sample();
    const QByteArray before = encoder.encode(MetricsDetail{test::frameOf(machine)});
    machine.cpu->cores.erase(machine.cpu->cores.begin()); // and all that follows has moved
    const QJsonObject cpu = jsonObject(encoder.encode(MetricsDetail{test::frameOf(machine)}))["payload"_L1]["cpu"_L1].toObject();
    QCOMPARE(cpu["cores"_L1].toArray().size(), 1);
    QCOMPARE(cpu["cores"_L1][0]["core"_L1].toInt(), 1);
    QCOMPARE(encoder.encode(MetricsDetail{test::frameOf(sample())}), before);
}

void TestEncoder::seriesSayWhatTheyAre()
{
    QCOMPARE(jsonObject(encodeSeries(frameWithHeat(1)->catalogue.get())), jsonObject(R"({"series":[
        {"name":"heat.oven","kind":"heat.*","instance":"oven","labels":{"place":"front"},"unit":"°C","min":-100,"max":200,
         "words":"Heat of oven","stored":true},
        {"name":"uptime","kind":"uptime","unit":"s","min":0,"words":"Time since the machine started","stored":false}]})"));
    QCOMPARE(encodeSeries(nullptr), QByteArray(R"({"series":[]})"));
}

VIGIE_TEST(TestEncoder)
#include "tst_encoder.moc"
