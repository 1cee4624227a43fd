// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/logsquery.h"
#include "testmain.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestLogsQuery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads();
    void refuses_data();
    void refuses();
    void repeatsShortNamesOnly();
    void pageIsNewestFirst();
    void longPageIsCut();
    void countsAreAskedForAsFiguresAre();
    void countsNameStepsAndLevelsThatThereAre();
};

void TestLogsQuery::reads()
{
    const auto empty = readLogsQuery(u"shop"_s, QUrlQuery());
    QVERIFY(empty);
    QCOMPARE(empty->appId, "shop");
    QCOMPARE(empty->limit, 100u);
    QVERIFY(empty->filter.isEmpty());
    const auto full = readLogsQuery(
        u"shop"_s, QUrlQuery(u"from=1000&to=1970-01-01T00:00:02Z&level=error,warn&level=fatal"
                             "&user=ann&q=till%20op%C3%A9n&limit=5000&cursor=17&search=Tea%20cup&before=order-7"
                             "&where=span=root&where=a.0=x%3Dy&not=level=debug"_s));
    QVERIFY(full);
    QCOMPARE(full->filter.startTimeMs, std::optional<std::int64_t>(1'000));
    QCOMPARE(full->filter.endTimeMs, std::optional<std::int64_t>(2'000));
    QCOMPARE(full->filter.levels, (std::vector<std::string>{"error", "warn", "fatal"}));
    QCOMPARE(full->userId, "ann");
    QCOMPARE(full->words, "till op\xc3\xa9n");
    QCOMPARE(full->limit, 1'000u);
    QCOMPARE(full->filter.search, "Tea cup");
    QCOMPARE(full->beforeId, "order-7");
    QCOMPARE(full->beforeSequence, std::optional<std::uint64_t>(17));
    QCOMPARE(full->terms.where, (std::vector<FieldTerm>{{"span", "root"}, {"a.0", "x=y"}}));
    QCOMPARE(full->terms.without, (std::vector<FieldTerm>{{"level", "debug"}}));
}

void TestLogsQuery::refuses_data()
{
    QTest::addColumn<QString>("appId");
    QTest::addColumn<QString>("query");
    QTest::newRow("no application") << u""_s << u""_s;
    QTest::newRow("control character") << u"a\nb"_s << u""_s;
    QTest::newRow("a dot") << u"."_s << u""_s;
    QTest::newRow("two dots") << u".."_s << u""_s;
    QTest::newRow("time") << u"shop"_s << u"from=yesterday"_s;
    QTest::newRow("time beyond") << u"shop"_s << u"to=1e300"_s;
    QTest::newRow("no time") << u"shop"_s << u"to="_s;
    QTest::newRow("limit") << u"shop"_s << u"limit=ten"_s;
    QTest::newRow("limit 0") << u"shop"_s << u"limit=0"_s;
    QTest::newRow("limit below") << u"shop"_s << u"limit=-1"_s;
    QTest::newRow("cursor") << u"shop"_s << u"cursor=x"_s;
    QTest::newRow("cursor 0") << u"shop"_s << u"cursor=0"_s;
    QTest::newRow("cursor beyond all") << u"shop"_s << u"cursor=1099511627776"_s; // 2 to the power of 40
    QTest::newRow("where without a value") << u"shop"_s << u"where=till"_s;
    QTest::newRow("not without a key") << u"shop"_s << u"not=%3D3"_s;
    QTest::newRow("many terms") << u"shop"_s << u"where=a%3D1&"_s.repeated(20) + u"not=a%3D2"_s;
    QTest::newRow("search") << u"shop"_s << u"search="_s + u"x"_s.repeated(1'025);
    QTest::newRow("before") << u"shop"_s << u"before="_s;
    QTest::newRow("twice") << u"shop"_s << u"limit=1&limit=2"_s;
    QTest::newRow("unknown") << u"shop"_s << u"sort=up"_s;
    QTest::newRow("long q") << u"shop"_s << u"q="_s + QString(1'025, u'x');
    QTest::newRow("many beginnings in q") << u"shop"_s << u"q="_s + u"a*%20"_s.repeated(9);
    QTest::newRow("regex") << u"shop"_s << u"regex=("_s;
    QTest::newRow("regex that may never end") << u"shop"_s << u"regex=(a)\\1"_s;
    QTest::newRow("regex too large") << u"shop"_s << u"regex=((a{1,1000}){1,1000}){1,1000}"_s;
    QTest::newRow("long regex") << u"shop"_s << u"regex="_s + QString(1'025, u'x');
    QTest::newRow("levels") << u"shop"_s << u"level="_s + u"a,"_s.repeated(33);
}

void TestLogsQuery::refuses()
{
    QFETCH(QString, appId);
    QFETCH(QString, query);
    const auto result = readLogsQuery(appId, QUrlQuery(query));
    QVERIFY(!result);
    QVERIFY(!result.error().message.isEmpty());
}

void TestLogsQuery::repeatsShortNamesOnly()
{
    const auto messageOn = [](const QString& name) {
        return readLogsQuery(u"shop"_s, QUrlQuery(name + u"=x"_s)).error().message;
    };
    const QString slip(20, u'a');
    QVERIFY(messageOn(slip).contains(slip));
    QVERIFY(!messageOn(slip + u'a').contains(slip.left(6))); // as it may be a token
}

static HistoryPage pageOf(int count, std::size_t messageBytes)
{
    HistoryPage page;
    LogBatch batch("shop");
    batch.setFirstSequence(101);
    for (int i = 1; i <= count; ++i)
        batch.append({std::to_string(i), i, "info", std::string(messageBytes, 'x'), ""}, LogOrigin("shop", "ann"));
    const auto shared = std::make_shared<const LogBatch>(std::move(batch));
    for (int i = 0; i < count; ++i)
        page.entries.push_back({shared, std::uint32_t(i)});
    return page;
}

static QStringList idsOf(const QJsonObject& answer)
{
    QStringList ids;
    for (const QJsonValue entry : answer["logs"_L1].toArray())
        ids.append(entry["id"_L1].toString());
    return ids;
}

void TestLogsQuery::pageIsNewestFirst()
{
    QCOMPARE(encodeLogsPage({}, 10, 1'000), R"({"logs":[],"cursor":null})");
    const QJsonObject last = QJsonDocument::fromJson(encodeLogsPage(pageOf(3, 5), 10, 1'000'000)).object();
    QCOMPARE(idsOf(last), (QStringList{u"3"_s, u"2"_s, u"1"_s}));
    QVERIFY(last["cursor"_L1].isNull());
    // A search that stopped on its way goes on from there, found or not.
    HistoryPage stopped = pageOf(3, 5);
    stopped.stoppedAt = 42;
    QCOMPARE(QJsonDocument::fromJson(encodeLogsPage(stopped, 10, 1'000'000))["cursor"_L1].toString(), u"42"_s);
    QCOMPARE(QJsonDocument::fromJson(encodeLogsPage({{}, 7}, 10, 1'000'000))["cursor"_L1].toString(), u"7"_s);
    const QJsonObject full = QJsonDocument::fromJson(encodeLogsPage(pageOf(3, 5), 3, 1'000'000)).object();
    QCOMPARE(full["cursor"_L1].toString(), u"101"_s);
}

void TestLogsQuery::longPageIsCut()
{
    const QJsonObject cut = QJsonDocument::fromJson(encodeLogsPage(pageOf(10, 1'000), 10, 2'500)).object();
    QCOMPARE(idsOf(cut), (QStringList{u"10"_s, u"9"_s, u"8"_s}));
    QCOMPARE(cut["cursor"_L1].toString(), u"108"_s);
}

void TestLogsQuery::countsAreAskedForAsFiguresAre()
{
    const auto day = readCountsQuery(u"shop"_s, QUrlQuery(u"timeRange=day&points=24"_s), 100'000'000);
    QVERIFY(day);
    QCOMPARE(day->appId, "shop");
    QCOMPARE(day->fromMs, 100'000'000 - 86'400'000);
    QCOMPARE(day->toMs, 100'000'000);
    QCOMPARE(day->points, 24);
    for (const char* wrong : {"series=x", "points=0", "from=5&to=4", "level=error", "from=1&from=2"})
        QVERIFY2(!readCountsQuery(u"shop"_s, QUrlQuery(QString::fromLatin1(wrong)), 1'000), wrong);
    QVERIFY(!readCountsQuery(QString(), QUrlQuery(), 1'000));
}

void TestLogsQuery::countsNameStepsAndLevelsThatThereAre()
{
    const LogCountsQuery query{"shop", 1'050, 1'999, 10};
    LogCounts counts(query);
    QCOMPARE(encodeLogCounts(query, counts),
             QByteArray(R"({"from":1050,"to":1999,"stepMs":95,"complete":true,"times":[],"levels":{}})"));
    counts.add(1'060, Severity::Error);
    counts.add(1'900, Severity::Other);
    counts.add(1'901, Severity::Other);
    counts.add(2'000, Severity::Other); // not of the stretch
    counts.setIncomplete();
    QCOMPARE(encodeLogCounts(query, counts),
             QByteArray(R"({"from":1050,"to":1999,"stepMs":95,"complete":false,"times":[1045,1900],)"
                        R"("levels":{"error":[1,0],"other":[0,2]}})"));
}

VIGIE_TEST(TestLogsQuery)
#include "tst_logsquery.moc"
