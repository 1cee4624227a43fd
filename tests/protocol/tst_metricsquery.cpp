// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/metricsquery.h"
#include "testmain.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <limits>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

constexpr std::int64_t now = 1'700'000'000'000;
constexpr std::int64_t hour = 3'600'000;

} // namespace

class TestMetricsQuery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads();
    void readsRanges();
    void refuses_data();
    void refuses();
    void refusesOfAnApplication();
    void readsAMoment();
    void frameBecomesJson();
    void momentBecomesJson();
};

void TestMetricsQuery::reads()
{
    const auto empty = readMetricsQuery(QUrlQuery(), now);
    QVERIFY(empty);
    QCOMPARE(empty->toMs, now);
    QCOMPARE(empty->fromMs, now - hour);
    QCOMPARE(empty->points, 300);
    QVERIFY(empty->series.empty() && empty->appId.empty());
    const auto full = readMetricsQuery(QUrlQuery(u"from=1000&to=1970-01-01T00:00:02Z&points=99999&series=cpu.*,,load.1"_s), now);
    QVERIFY(full);
    QCOMPARE(full->fromMs, std::int64_t(1'000));
    QCOMPARE(full->toMs, std::int64_t(2'000));
    QCOMPARE(full->points, 5'000);
    QCOMPARE(full->series, (std::vector<std::string>{"cpu.*", "load.1"}));
    const auto until = readMetricsQuery(QUrlQuery(u"to=1000"_s), now);
    QCOMPARE(until->fromMs, std::int64_t(0));
    const auto future = readMetricsQuery(QUrlQuery(u"from=%1"_s.arg(now + 5)), now);
    QCOMPARE(future->toMs, now + 5);
}

void TestMetricsQuery::readsRanges()
{
    for (const auto& [name, length] : {std::pair{u"hour"_s, hour}, {u"day"_s, 24 * hour}, {u"week"_s, 168 * hour}}) {
        const auto query = readAppMetricsQuery(u"shop"_s, QUrlQuery(u"timeRange="_s + name), now);
        QVERIFY(query);
        QCOMPARE(query->appId, "shop");
        QCOMPARE(query->toMs - query->fromMs, length);
    }
}

void TestMetricsQuery::refuses_data()
{
    QTest::addColumn<QString>("query");
    for (const char* query : {"from=yesterday", "to=1e300", "to=", "from=2000&to=1000", "points=0", "points=-1", "points=many",
                              "points=", "from=1&from=2", "sort=up", "timeRange=hour"})
        QTest::newRow(query) << QString::fromLatin1(query);
    QTest::newRow("series") << u"series="_s + u"a,"_s.repeated(101);
}

void TestMetricsQuery::refuses()
{
    QFETCH(QString, query);
    const auto result = readMetricsQuery(QUrlQuery(query), now);
    QVERIFY(!result);
    QVERIFY(!result.error().message.isEmpty());
}

void TestMetricsQuery::refusesOfAnApplication()
{
    QVERIFY(!readAppMetricsQuery(u""_s, QUrlQuery(), now));
    QVERIFY(!readAppMetricsQuery(u"a\nb"_s, QUrlQuery(), now));
    QVERIFY(!readAppMetricsQuery(u"shop"_s, QUrlQuery(u"timeRange=month"_s), now));
    QVERIFY(!readAppMetricsQuery(u"shop"_s, QUrlQuery(u"timeRange=day&from=5"_s), now));
}

void TestMetricsQuery::readsAMoment()
{
    QCOMPARE(*readProcessesQuery(QUrlQuery(), now), now);
    QCOMPARE(*readProcessesQuery(QUrlQuery(u"at=5"_s), now), std::int64_t(5));
    for (const char* query : {"at=x", "at=1&at=2", "when=1"})
        QVERIFY(!readProcessesQuery(QUrlQuery(QString::fromLatin1(query)), now));
}

void TestMetricsQuery::frameBecomesJson()
{
    const double unknown = std::numeric_limits<double>::quiet_NaN();
    const double infinite = std::numeric_limits<double>::infinity();
    MetricQuery query;
    query.fromMs = 1;
    query.toMs = 9;
    MetricRange frame{1'000,
                      {1, 5, 9},
                      {{"a\"b", {1e-9, infinite, -0.5}, {49.900000000000006, unknown, 1.0 / 3}, {17592186044416, 2.5, 1e20}}}};
    const QJsonObject json = QJsonDocument::fromJson(encodeMetricRange(query, frame)).object();
    QCOMPARE(json["from"_L1].toInt(), 1);
    QCOMPARE(json["to"_L1].toInt(), 9);
    QCOMPARE(json["stepMs"_L1].toInt(), 1'000);
    QCOMPARE(json["times"_L1].toArray(), (QJsonArray{1, 5, 9}));
    const QJsonObject series = json["series"_L1].toObject()["a\"b"_L1].toObject();
    QCOMPARE(series["average"_L1].toArray(), (QJsonArray{49.9, QJsonValue::Null, 0.333333}));
    QCOMPARE(series["low"_L1].toArray(), (QJsonArray{1e-9, QJsonValue::Null, -0.5}));
    QCOMPARE(series["high"_L1].toArray(), (QJsonArray{17592186044416.0, 2.5, 1e20}));
    QVERIFY(!encodeMetricRange(query, frame).contains("49.90"));
    QCOMPARE(encodeMetricRange(query, {7, {}, {}}), R"({"from":1,"to":9,"stepMs":7,"times":[],"series":{}})");
}

void TestMetricsQuery::momentBecomesJson()
{
    const ProcessSnapshot moment{5, {{{12, u"a \"b\""_s, 12.34, 4'096}}, {}}};
    QCOMPARE(encodeProcessSnapshot(moment),
             R"({"timestamp":5,"byCpu":[{"pid":12,"name":"a \"b\"","cpu":12.34,"memory":4096}],"byMemory":[]})");
    QCOMPARE(encodeProcessSnapshot({}), R"({"timestamp":null,"byCpu":[],"byMemory":[]})");
}

VIGIE_TEST(TestMetricsQuery)
#include "tst_metricsquery.moc"
