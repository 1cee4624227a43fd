// SPDX-License-Identifier: GPL-3.0-or-later
// What a person chooses of the log: values of metadata, senders, regular expressions, stretches of time; and what is kept of it.
#include "core/jsonscalars.h"
#include "core/logviewsettings.h"
#include "core/viewchoice.h"
#include "testmain.h"

#include <QJsonArray>
#include <QTest>
#include <algorithm>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestLogChoice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void scalarsAreFoundInTheirOrder_data();
    void scalarsAreFoundInTheirOrder();
    void scalarsHaveTheirValues_data();
    void scalarsHaveTheirValues();
    void hostileJsonEnds_data();
    void hostileJsonEnds();
    void entriesPass_data();
    void entriesPass();
    void matchesAreFoundInALine();
    void whatIsKeptComesBack();
    void badSettingsArePassedOver();
    void highlightsShareTheColours();
    void aFullListOfSearchesStillReplaces();
    void addressesHoldTheFilter();
};

void TestLogChoice::scalarsAreFoundInTheirOrder_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QStringList>("found");
    QTest::newRow("nothing") << QByteArray() << QStringList();
    QTest::newRow("flat") << R"({"b":1,"a":"x"})"_ba << QStringList{u"b=1"_s, u"a=\"x\""_s};
    QTest::newRow("deep") << R"({"a":{"b":[true,{"c":null}]},"d":1.10})"_ba
                          << QStringList{u"a.b.0=true"_s, u"a.b.1.c=null"_s, u"d=1.10"_s};
    QTest::newRow("white space") << "{\n  \"a\" : [ 1 , 2 ] ,\n  \"b\" : { }\n, \"c\":\"\"}"_ba
                                 << QStringList{u"a.0=1"_s, u"a.1=2"_s, u"c=\"\""_s};
    QTest::newRow("signs in strings") << R"({"a,b":"}{][,:\"\\","c":"\u00e9"})"_ba
                                      << QStringList{u"a,b=\"}{][,:\\\"\\\\\""_s, u"c=\"\\u00e9\""_s};
    QTest::newRow("a list of lists") << "[[1],[2,3],4]"_ba << QStringList{u"0.0=1"_s, u"1.0=2"_s, u"1.1=3"_s, u"2=4"_s};
    QTest::newRow("a scalar alone") << "\"x\""_ba << QStringList{u"=\"x\""_s};
}

void TestLogChoice::scalarsAreFoundInTheirOrder()
{
    QFETCH(QByteArray, json);
    QFETCH(QStringList, found);
    QStringList all;
    forEachScalar(json.toStdString(), [&](const JsonScalar& scalar) {
        all.append(QString::fromUtf8(scalar.path) + u'=' + QString::fromUtf8(scalar.text));
        return true;
    });
    QCOMPARE(all, found);
    int first = 0;
    forEachScalar(json.toStdString(), [&](const JsonScalar&) { return ++first < 1; });
    QCOMPARE(first, int(std::min<qsizetype>(1, found.size())));
}

void TestLogChoice::scalarsHaveTheirValues_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("value");
    QTest::newRow("a number") << "12345678901234567890"_ba << u"12345678901234567890"_s;
    QTest::newRow("true") << "true"_ba << u"true"_s;
    QTest::newRow("a string") << "\"pay.example.org\""_ba << u"pay.example.org"_s;
    QTest::newRow("empty") << "\"\""_ba << QString();
    QTest::newRow("escapes") << R"("a\n\"\u00e9\ud83d\ude00")"_ba << u"a\n\"é😀"_s;
}

void TestLogChoice::scalarsHaveTheirValues()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, value);
    QCOMPARE(QString::fromStdString(scalarValue(text.toStdString())), value);
}

void TestLogChoice::hostileJsonEnds_data()
{
    QTest::addColumn<QByteArray>("json");
    for (const char* const json : {"}", "]]]]", "{\"a", "\"\\", "{\"a\":", ",,,,", "{{{{", "[\"", "\\", "{\"a\" \"b\" \"c\"}"})
        QTest::newRow(json) << QByteArray(json);
    QTest::newRow("very deep") << QByteArray(200'000, '[');
}

void TestLogChoice::hostileJsonEnds()
{
    QFETCH(QByteArray, json);
    int count = 0;
    forEachScalar(json.toStdString(), [&](const JsonScalar&) { return ++count < 1'000; });
    QVERIFY(count < 10);
}

namespace {

LogChoice searching(const char* text, bool isRegex)
{
    LogChoice choice;
    choice.search = text;
    choice.isRegex = isRegex;
    return choice;
}

LogChoice having(std::vector<FieldTerm> where, std::vector<FieldTerm> without = {})
{
    LogChoice choice;
    choice.terms = {std::move(where), std::move(without)};
    return choice;
}

LogChoice within(std::int64_t fromMs, std::int64_t toMs)
{
    LogChoice choice;
    choice.fromMs = fromMs;
    choice.toMs = toMs;
    return choice;
}

} // namespace

Q_DECLARE_METATYPE(vigie::LogChoice)

void TestLogChoice::entriesPass_data()
{
    QTest::addColumn<LogChoice>("choice");
    QTest::addColumn<bool>("passes");
    QTest::newRow("all") << LogChoice() << true;
    LogChoice other;
    other.appId = "mail";
    QTest::newRow("another application") << other << false;
    QTest::newRow("a text") << searching("PAYMENT", false) << true;
    QTest::newRow("a text in the metadata") << searching("pay.example", false) << true;
    QTest::newRow("a dot is a dot") << searching("payment.refused", false) << false;
    QTest::newRow("an expression") << searching("payment.refused", true) << true;
    QTest::newRow("an expression ignores case") << searching("^PAY.*d$", true) << true;
    QTest::newRow("an expression in the metadata") << searching("\"attempt\":\\d", true) << true;
    QTest::newRow("an expression that is not found") << searching("^refused", true) << false;
    QTest::newRow("a bad expression") << searching("(", true) << false;
    QTest::newRow("the sender") << having({{"user", "ann"}}) << true;
    QTest::newRow("another sender") << having({{"user", "bob"}}) << false;
    QTest::newRow("the level as it was sent") << having({{"level", "ERROR"}}) << true;
    QTest::newRow("another spelling of the level") << having({{"level", "error"}}) << false;
    QTest::newRow("a value") << having({{"host", "pay.example.org"}}) << true;
    QTest::newRow("part of a value") << having({{"host", "pay"}}) << false;
    QTest::newRow("another key with it") << having({{"attempt", "pay.example.org"}}) << false;
    QTest::newRow("a number") << having({{"attempt", "3"}}) << true;
    QTest::newRow("a value within a list") << having({{"tags.1", "eu"}}) << true;
    QTest::newRow("a value with an escape") << having({{"city", "Orléans"}}) << true;
    QTest::newRow("several, all there") << having({{"attempt", "3"}, {"user", "ann"}}) << true;
    QTest::newRow("several, one not there") << having({{"attempt", "3"}, {"user", "bob"}}) << false;
    QTest::newRow("not a sender") << having({}, {{"user", "ann"}}) << false;
    QTest::newRow("not another sender") << having({}, {{"user", "bob"}}) << true;
    QTest::newRow("not the application") << having({}, {{"app", "shop"}}) << false;
    QTest::newRow("not a value") << having({}, {{"attempt", "4"}, {"attempt", "3"}}) << false;
    QTest::newRow("a level in the metadata") << having({{"level", "gold"}}) << true;
    QTest::newRow("a user in the metadata") << having({{"user", "eve"}}) << true;
    QTest::newRow("an app in the metadata") << having({{"app", "till"}}) << true;
    QTest::newRow("such a key deeper in the metadata") << having({{"user", "deep"}}) << false;
    QTest::newRow("not a user in the metadata") << having({}, {{"user", "eve"}}) << false;
    QTest::newRow("within the stretch") << within(5'000, 5'000) << true;
    QTest::newRow("before the stretch") << within(5'001, 9'000) << false;
    QTest::newRow("after the stretch") << within(0, 4'999) << false;
}

void TestLogChoice::entriesPass()
{
    QFETCH(LogChoice, choice);
    QFETCH(bool, passes);
    auto batch = std::make_shared<LogBatch>("shop");
    batch->append({"id-1", 5'000, "ERROR", "payment refused",
                   R"({"attempt":3,"host":"pay.example.org","tags":["payment","eu"],"city":"Orl\u00e9ans",)"
                   R"("level":"gold","user":"eve","app":"till","a":{"user":"deep"}})"},
                  LogOrigin("shop", "ann"));
    QCOMPARE(LogMatcher(choice).passes({batch, 0}), passes);
}

void TestLogChoice::matchesAreFoundInALine()
{
    const Result<Pattern> pattern = Pattern::of("b+|c|x*");
    QVERIFY(bool(pattern));
    const auto matches = pattern->matchesIn("abbacb", 10);
    QCOMPARE(matches, (std::vector<Pattern::Match>{{1, 2}, {4, 1}, {5, 1}}));
    QCOMPARE(pattern->matchesIn("bcbcbc", 2).size(), std::size_t(2));
}

void TestLogChoice::whatIsKeptComesBack()
{
    LogViewSettings settings;
    settings.wrapsLines = true;
    settings.highlights = {{u"gateway"_s, 2}, {u"é"_s, 0}};
    LogChoice choice = searching("a.b", true);
    choice.appId = "shop";
    choice.severities.reset(0);
    choice.terms = {{{"host", "x=y"}}, {{"user", "bob"}}};
    settings.searches = {{u"Mine"_s, choice}, {u"All"_s, LogChoice()}};
    QCOMPARE(LogViewSettings::fromJson(settings.toJson()), settings);
}

void TestLogChoice::badSettingsArePassedOver()
{
    QCOMPARE(LogViewSettings::fromJson({}), LogViewSettings());
    const QJsonObject bad{{u"wrapsLines"_s, u"yes"_s},
                          {u"highlights"_s, QJsonArray{1, QJsonObject{{u"text"_s, u"a"_s}, {u"colour"_s, 99}}, QJsonObject()}},
                          {u"searches"_s, QJsonArray{QJsonObject{{u"name"_s, u"n"_s}, {u"where"_s, 3}, {u"levels"_s, 7}}, u"x"_s}}};
    const LogViewSettings settings = LogViewSettings::fromJson(bad);
    QCOMPARE(settings.highlights.size(), 1);
    QCOMPARE(settings.highlights.first().colour, HighlightRule::colours - 1);
    QCOMPARE(settings.searches.size(), 1);
    QCOMPARE(settings.searches.first().choice, LogChoice());
}

void TestLogChoice::highlightsShareTheColours()
{
    LogViewSettings settings;
    for (int i = 0; i < 30; ++i)
        settings.highlight(u" text %1 "_s.arg(i));
    QCOMPARE(settings.highlights.size(), HighlightRule::maxRules);
    QVERIFY(!settings.hasRoomForRule());
    QCOMPARE(settings.highlights.first(), (HighlightRule{u"text 0"_s, 0})); // the oldest stays
    for (int colour = 0; colour < HighlightRule::colours; ++colour)
        QVERIFY(std::ranges::count(settings.highlights, colour, &HighlightRule::colour) >= 3);
    settings.highlights.removeAt(1);
    settings.highlight(u"  "_s);
    settings.highlight(u"TEXT 0"_s);
    QVERIFY(settings.hasRoomForRule());
    settings.highlight(QString(300, u'x'));
    QCOMPARE(settings.highlights.last(), (HighlightRule{QString(200, u'x'), 1}));
}

void TestLogChoice::aFullListOfSearchesStillReplaces()
{
    LogViewSettings settings;
    for (int i = 0; i < LogViewSettings::maxSearches; ++i)
        QVERIFY(settings.save({QString::number(i), searching("a", false)}));
    QVERIFY(settings.save({u"7"_s, searching("b", false)}));
    QCOMPARE(settings.searches.size(), LogViewSettings::maxSearches);
    QCOMPARE(settings.searches.last(), (SavedSearch{u"7"_s, searching("b", false)}));
    QVERIFY(!settings.save({u"new"_s, LogChoice()}));
    QCOMPARE(settings.searches.size(), LogViewSettings::maxSearches);
}

void TestLogChoice::addressesHoldTheFilter()
{
    LogChoice choice = searching("a|b=c&d", true);
    choice.appId = "my shop";
    choice.severities.reset(0);
    choice.terms = {{{"user", "é"}, {"a.b", "1=2"}}, {{"level", "info"}}};
    ViewAddress address;
    describe(choice, address);
    QStringList bad;
    QCOMPARE(choiceOf(ViewAddress::read(address.fragment(), &bad)), choice);
    QCOMPARE(bad, QStringList());
    QCOMPARE(choiceOf(ViewAddress()), LogChoice());
}

VIGIE_TEST(TestLogChoice)
#include "tst_logchoice.moc"
