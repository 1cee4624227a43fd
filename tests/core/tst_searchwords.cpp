// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/searchwords.h"

#include "core/shownjson.h"
#include "core/utf8.h"
#include "core/wordquery.h"
#include "testmain.h"

#include <QTest>
#include <re2/re2.h>
#include <vector>

using namespace vigie;

class TestSearchWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void foldsToOneForm();
    void foldsAsRe2Does();
    void wordsOfATextAreParted();
    void wordsAreFound_data();
    void wordsAreFound();
    void jsonIsShown_data();
    void jsonIsShown();
};

namespace {

std::string folded(std::string_view text)
{
    std::string room;
    return std::string(foldedForSearch(text, room));
}

std::string utf8(char32_t c)
{
    std::string text;
    appendUtf8(text, c);
    return text;
}

bool isCharacter(char32_t c)
{
    return c < 0x110000 && (c < 0xD800 || c > 0xDFFF);
}

} // namespace

void TestSearchWords::foldsToOneForm()
{
    for (char32_t c = 0; c < 0x110000; ++c) {
        if (!isCharacter(c))
            continue;
        const std::string once = folded(utf8(c));
        if (folded(once) != once || folded(utf8(QChar::toCaseFolded(c))) != once || folded("a" + utf8(c) + "b") != "a" + once + "b")
            QFAIL(qPrintable(QStringLiteral("U+%1").arg(uint(c), 4, 16)));
    }
}

/// What RE2 takes for the same letter must be the same in an index.
void TestSearchWords::foldsAsRe2Does()
{
    std::string all; // each character once, in a line of its own
    std::vector<char32_t> cased;
    for (char32_t c = 0x20; c < 0x20000; ++c) {
        if (isCharacter(c) && (QChar::toCaseFolded(c) != c || QChar::toUpper(c) != c || QChar::toLower(c) != c))
            cased.push_back(c);
    }
    for (const char32_t c : cased)
        all += utf8(c) + "\n";
    for (const char32_t c : cased) {
        re2::StringPiece left(all);
        const re2::RE2 expression("(?i)(" + re2::RE2::QuoteMeta(utf8(c)) + ")");
        for (std::string found; re2::RE2::FindAndConsume(&left, expression, &found);) {
            if (folded(found) != folded(utf8(c)))
                QFAIL(qPrintable(QStringLiteral("U+%1 and %2").arg(uint(c), 4, 16).arg(QString::fromStdString(found))));
        }
    }
}

void TestSearchWords::wordsOfATextAreParted()
{
    std::vector<std::string> words;
    forEachWord("get /api/orders/42 λ1 naïve-été 接続,x_y", [&words](std::string_view word, std::size_t, std::size_t) { words.emplace_back(word); });
    QVERIFY((words == std::vector<std::string>{"get", "api", "orders", "42", "λ1", "naïve", "été", "接続", "x", "y"}));
}

void TestSearchWords::wordsAreFound_data()
{
    QTest::addColumn<std::string>("query");
    QTest::addColumn<bool>("isFound"); // in "The café opened, NAÏVE people came: order_42" and "{"city":"Ångström"}"
    const auto row = [](const char* query, bool isFound) { QTest::newRow(query) << std::string(query) << isFound; };
    row("cafe", true);
    row("CAFÉ opened", true);
    row("opened cafe", true);
    row("\"cafe opened\"", true);
    row("\"opened cafe\"", false);
    row("caf", false);
    row("caf*", true);
    row("\"naive peo\"*", true);
    row("order 42", true);
    row("angstrom", true);
    row("\xe2\x84\xabngstr\xc3\xb6m", true); // with the sign for the unit
    row("city people", true);
    row("*", false);
    row("", false);
    row("\"", false);
}

void TestSearchWords::wordsAreFound()
{
    QFETCH(std::string, query);
    QFETCH(bool, isFound);
    QCOMPARE(WordQuery(query).isIn("The café opened, NAÏVE people came: order_42", "{\"city\":\"Ångström\"}"), isFound);
}

void TestSearchWords::jsonIsShown_data()
{
    QTest::addColumn<std::string>("json");
    QTest::addColumn<std::string>("shown");
    const auto row = [](const char* json, const char* shown) { QTest::newRow(json) << std::string(json) << std::string(shown); };
    row(R"({"a":1.50})", R"({"a":1.50})");
    row(R"("\u00fc\/\"\\\n\t")", "\"ü/\"\\\n\t\"");
    row(R"("\ud83d\ude00")", "\"😀\"");
    row(R"("\ud83d x \ude00\ud83d")", "\"\xEF\xBF\xBD x \xEF\xBF\xBD\xEF\xBF\xBD\"");
    row(R"("\uD83D\u0041")", "\"\xEF\xBF\xBD" "A\"");
}

void TestSearchWords::jsonIsShown()
{
    QFETCH(std::string, json);
    QFETCH(std::string, shown);
    std::string room;
    QCOMPARE(std::string(shownJson(json, room)), shown);
}

VIGIE_TEST(TestSearchWords)
#include "tst_searchwords.moc"
