// SPDX-License-Identifier: GPL-3.0-or-later
// OTLP in protobuf, written field by field.
#include "otlpbytes.h"
#include "protocol/otlpanswer.h"
#include "protocol/otlpentries.h"
#include "protocol/otlpfigures.h"
#include "protocol/otlpproto.h"
#include "testmain.h"

#include <QTest>
#include <limits>

using namespace vigie;
namespace pb = vigie::test::pb;

namespace {

std::string_view view(const QByteArray& bytes)
{
    return {bytes.constData(), std::size_t(bytes.size())};
}

QByteArray record(const QByteArray& fields)
{
    return pb::bytes(2, fields);
}

} // namespace

class TestOtlpProto : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void valuesAreRead_data();
    void valuesAreRead();
    void aRecordIsRead();
    void whatIsUnknownIsPassedOver();
    void whatFollowsTheRecordsIsReadBefore();
    void oneBrokenRecordCostsNoOther();
    void recordsAreCounted();
    void whatIsNoRequest_data();
    void whatIsNoRequest();
    void deepValuesAreBounded();
    void spansAreEntries();
    void metricsAreFigures();
    void answersAreWritten();
};

void TestOtlpProto::valuesAreRead_data()
{
    QTest::addColumn<QByteArray>("any");
    QTest::addColumn<QByteArray>("json");
    const auto row = [](const char* name, const QByteArray& any, const QByteArray& json) { QTest::newRow(name) << any << json; };
    row("text", pb::text("a\"b"), R"("a\"b")");
    row("cut by a sender", pb::text("done \xef\xbf\xbd"), "\"done \xef\xbf\xbd\"");
    row("no UTF-8", pb::text("a\xff\xc3"), "\"a\xef\xbf\xbd\xef\xbf\xbd\"");
    row("NUL", pb::text(QByteArray("a\0b", 3)), R"("a\u0000b")");
    row("true", pb::number(2, 1), "true");
    row("-1", pb::number(3, ~quint64(0)), "-1");
    row("2^63 - 1", pb::number(3, quint64(std::numeric_limits<qint64>::max())), "9223372036854775807");
    row("5.5", pb::real(4, 5.5), "5.5");
    row("2^63", pb::real(4, 9223372036854775808.0), "9223372036854775808");
    row("NaN", pb::real(4, std::numeric_limits<double>::quiet_NaN()), "\"NaN\"");
    row("Infinity", pb::real(4, std::numeric_limits<double>::infinity()), "\"Infinity\"");
    row("list", pb::bytes(5, pb::bytes(1, pb::number(3, 1)) + pb::bytes(1, {}) + pb::bytes(1, pb::text("x"))), R"([1,null,"x"])");
    row("map", pb::bytes(6, pb::attribute(1, "a", pb::bytes(6, pb::attribute(1, "b", pb::number(2, 0))))), R"({"a":{"b":false}})");
    row("bytes", pb::bytes(7, QByteArray("\1\2\3", 3)), "\"AQID\"");
    row("nothing", {}, "null");
}

void TestOtlpProto::valuesAreRead()
{
    QFETCH(QByteArray, any);
    QFETCH(QByteArray, json);
    OtlpEntries entries(1, 7, "ann", "10.0.0.7");
    QVERIFY(readOtlpProtoLogs(view(pb::request("shop", record(pb::attribute(6, "k", any)))), entries));
    QCOMPARE(QByteArray::fromStdString(std::string(entries.apps()[0].batch.metadataJson(0))), "{\"k\":" + json + R"(,"scope":"lib"})");
}

void TestOtlpProto::aRecordIsRead()
{
    const QByteArray ids = pb::bytes(9, QByteArray::fromHex("0af7651916cd43dd8448eb211c80319c"))
        + pb::bytes(10, QByteArray::fromHex("b7ad6b7169203331"));
    const QByteArray body = pb::request("unknown_service:/usr/bin/node",
                                        record(pb::fixed64(1, 1'796'031'410'141'000'000) + pb::number(2, 13) + pb::bytes(3, "warn")
                                               + pb::bytes(5, pb::text("low on rolls")) + pb::attribute(6, "till", pb::number(3, 3)) + ids)
                                            + record(pb::fixed64(11, 1'796'031'410'142'000'000)));
    OtlpEntries entries(1, 7, {}, "10.0.0.7");
    QVERIFY(readOtlpProtoLogs(view(body), entries));
    QCOMPARE(entries.apps().size(), std::size_t(1));
    const LogBatch& batch = entries.apps()[0].batch;
    QCOMPARE(batch.appId(), "node (unnamed)");
    QCOMPARE(batch.size(), std::size_t(2));
    QCOMPARE(batch.level(0), "warn");
    QCOMPARE(batch.message(0), "low on rolls");
    QCOMPARE(batch.timestampMs(0), 1'796'031'410'141);
    QCOMPARE(batch.metadataJson(0),
             R"({"till":3,"trace_id":"0af7651916cd43dd8448eb211c80319c","span_id":"b7ad6b7169203331","scope":"lib"})");
    QCOMPARE(batch.userId(0), "10.0.0.7"); // neither a token nor a host's name
    QCOMPARE(batch.timestampMs(1), 1'796'031'410'142);
    QCOMPARE(batch.level(1), "none");
    QCOMPARE(batch.message(1), "");
}

void TestOtlpProto::whatIsUnknownIsPassedOver()
{
    const QByteArray unknown = pb::number(99, 1) + pb::bytes(98, "x") + pb::fixed64(97, 1) + QByteArray("\xfd\x05\1\2\3\4", 6);
    OtlpEntries entries(1, 7, {}, "10.0.0.7");
    QVERIFY(readOtlpProtoLogs(view(unknown + pb::request("shop", record(unknown + pb::bytes(5, pb::text("m") + unknown) + unknown)) + unknown),
                              entries));
    QCOMPARE(entries.apps()[0].batch.message(0), "m");
}

void TestOtlpProto::whatFollowsTheRecordsIsReadBefore()
{
    const QByteArray scope = pb::bytes(2, record(pb::bytes(5, pb::text("m"))) + pb::bytes(1, pb::bytes(1, "late")));
    const QByteArray body = pb::bytes(1, scope + pb::bytes(1, pb::attribute(1, "service.name", pb::text("shop"))));
    OtlpEntries entries(1, 7, {}, "10.0.0.7");
    QVERIFY(readOtlpProtoLogs(view(body), entries));
    QCOMPARE(entries.apps()[0].batch.appId(), "shop");
    QCOMPARE(entries.apps()[0].batch.metadataJson(0), R"({"scope":"late"})");
}

void TestOtlpProto::oneBrokenRecordCostsNoOther()
{
    OtlpEntries entries(1, 7, {}, "10.0.0.7");
    QVERIFY(readOtlpProtoLogs(view(pb::request("shop", record("\xff") + record(pb::bytes(5, pb::text("m"))))), entries));
    QCOMPARE(entries.apps()[0].batch.size(), std::size_t(1));
    QCOMPARE(entries.refusedCount(), std::size_t(1));
}

void TestOtlpProto::recordsAreCounted()
{
    OtlpEntries entries(1, 7, {}, "10.0.0.7");
    QVERIFY(readOtlpProtoLogs(view(pb::request("shop", record({}).repeated(int(OtlpEntries::maxRecords) + 3))), entries));
    QCOMPARE(entries.apps()[0].batch.size(), OtlpEntries::maxRecords);
    QCOMPARE(entries.refusedCount(), std::size_t(3));
    QCOMPARE(entries.refused()[0].reason, "too_large");
}

void TestOtlpProto::whatIsNoRequest_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("JSON") << QByteArray("{\"resourceLogs\":[]}");
    QTest::newRow("cut") << pb::request("shop", record(pb::bytes(5, pb::text("m")))).chopped(1);
    QTest::newRow("a length beyond the end") << QByteArray("\x0a\x05" "abc");
    QTest::newRow("a length beyond 32 bits") << QByteArray("\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01");
    QTest::newRow("a group") << QByteArray("\x0b\x0c");
    QTest::newRow("field 0") << QByteArray("\x02\x00", 2);
    QTest::newRow("a zero") << QByteArray("\0", 1);
}

void TestOtlpProto::whatIsNoRequest()
{
    QFETCH(QByteArray, body);
    OtlpEntries entries(1, 7, {}, "10.0.0.7");
    QVERIFY(!readOtlpProtoLogs(view(body), entries));
    OtlpFigures figures;
    QVERIFY(!readOtlpProtoMetrics(view(body), figures));
}

void TestOtlpProto::deepValuesAreBounded()
{
    QByteArray any = pb::text("deep");
    for (int i = 0; i < 2'000; ++i)
        any = pb::bytes(5, pb::bytes(1, any));
    OtlpEntries entries(1, 7, {}, "10.0.0.7");
    QVERIFY(readOtlpProtoLogs(view(pb::request("shop", record(pb::attribute(6, "k", any)))), entries));
    QCOMPARE(entries.apps()[0].batch.metadataJson(0),
             "{\"k\":" + std::string(otlpDepth, '[') + "null" + std::string(otlpDepth, ']') + R"(,"scope":"lib"})");
}

void TestOtlpProto::spansAreEntries()
{
    const QByteArray traceId = QByteArray::fromHex("0af7651916cd43dd8448eb211c80319c");
    const QByteArray span = pb::bytes(1, traceId) + pb::bytes(2, QByteArray::fromHex("b7ad6b7169203331"))
        + pb::bytes(4, QByteArray::fromHex("c7ad6b7169203331")) + pb::bytes(5, "SELECT") + pb::number(6, 3)
        + pb::fixed64(7, 1'796'031'410'141'000'000) + pb::fixed64(8, 1'796'031'410'141'250'999)
        + pb::attribute(9, "db", pb::text("till"))
        + pb::bytes(11, pb::fixed64(1, 1'796'031'410'142'000'000) + pb::bytes(2, "miss") + pb::attribute(3, "k", pb::number(3, 1)))
        + pb::bytes(13, pb::bytes(1, traceId)) + pb::bytes(15, pb::bytes(2, "gone") + pb::number(3, 2));
    OtlpEntries entries(1, 7, {}, "10.0.0.7");
    QVERIFY(readOtlpProtoTraces(view(pb::request("shop", record(span))), entries));
    const LogBatch& batch = entries.apps()[0].batch;
    QCOMPARE(batch.message(0), "SELECT");
    QCOMPARE(batch.level(0), "error");
    QCOMPARE(batch.metadataJson(0),
             R"({"db":"till","trace_id":"0af7651916cd43dd8448eb211c80319c","span_id":"b7ad6b7169203331",)"
             R"("parent_span_id":"c7ad6b7169203331","span":"child","duration_ms":0.25,"span_kind":"client","status":"error",)"
             R"("status_message":"gone","events":[{"timestamp":1796031410142,"name":"miss","k":1}],)"
             R"("links":[{"trace_id":"0af7651916cd43dd8448eb211c80319c"}],"scope":"lib"})");
}

void TestOtlpProto::metricsAreFigures()
{
    const auto metric = [](const QByteArray& name, int kind, const QByteArray& point) {
        return pb::bytes(2, pb::bytes(1, name) + pb::bytes(kind, pb::bytes(1, point)));
    };
    const QByteArray two = pb::fixed64(1, 1).mid(1) + pb::fixed64(1, 2).mid(1); // packed
    const QByteArray bound = pb::real(1, 0.5).mid(1);
    const QByteArray body = pb::request(
        "shop", metric("depth", 5, pb::real(4, 2.5) + pb::attribute(7, "till", pb::number(3, 3)))
            + metric("orders", 7, pb::fixed64(6, 12))
            + metric("took", 9, pb::fixed64(4, 3) + pb::real(5, 6.5) + pb::bytes(6, two) + pb::bytes(7, bound)));
    OtlpFigures figures;
    QVERIFY(readOtlpProtoMetrics(view(body), figures));
    QCOMPARE(figures.apps()[0].json, R"("depth{till=3}":2.5,"orders":12,"took.count":3,"took.sum":6.5,"took.le.0.5":1)");
}

void TestOtlpProto::answersAreWritten()
{
    QCOMPARE(otlpAnswer(OtlpEncoding::Json, "logs", 0, {}), "{}");
    QCOMPARE(otlpAnswer(OtlpEncoding::Protobuf, "logs", 0, {}), "");
    QCOMPARE(otlpAnswer(OtlpEncoding::Json, "logs", 2, "too large"),
             R"({"partialSuccess":{"rejectedLogRecords":"2","errorMessage":"too large"}})");
    QCOMPARE(otlpAnswer(OtlpEncoding::Json, "traces", 2, ""), R"({"partialSuccess":{"rejectedSpans":"2","errorMessage":""}})");
    QCOMPARE(otlpAnswer(OtlpEncoding::Protobuf, "logs", 2, "why"), pb::bytes(1, pb::number(1, 2) + pb::bytes(2, "why")));
    QCOMPARE(otlpRefusal(OtlpEncoding::Json, 401, "no token"), R"({"code":16,"message":"no token"})");
    QCOMPARE(otlpRefusal(OtlpEncoding::Protobuf, 503, "busy"), pb::number(1, 14) + pb::bytes(2, "busy"));
}

VIGIE_TEST(TestOtlpProto)
#include "tst_otlpproto.moc"
