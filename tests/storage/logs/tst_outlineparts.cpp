// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/logs/outlineparts.h"

#include "testmain.h"

#include <QTest>
#include <algorithm>
#include <random>

using namespace vigie;

namespace {

using Texts = std::vector<std::string>;
using Found = std::vector<int>;

ByteSet bytesOf(std::string_view text)
{
    ByteSet bytes;
    addBytes(text, bytes);
    return bytes;
}

/// `written`: each # stands for digits, each ~ for hexadecimal ones, each ? for any bytes.
TextOutline outlineOf(std::string_view written)
{
    TextOutline outline;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < written.size(); ++i) {
        if (written[i] != '#' && written[i] != '~' && written[i] != '?')
            continue;
        outline.pieces.push_back(written.substr(begin, i - begin));
        const char* const digits = written[i] == '#' ? "0123456789" : "0123456789abcdef";
        outline.between.push_back(written[i] == '?' ? ByteSet().set() : bytesOf(digits));
        begin = i + 1;
    }
    outline.pieces.push_back(written.substr(begin));
    return outline;
}

} // namespace

class TestOutlineParts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatMayBeThere_data();
    void tellsWhatMayBeThere();
    void tellsWhereItMayBe_data();
    void tellsWhereItMayBe();
    void neverLeavesOutWhatIsThere();
};

void TestOutlineParts::tellsWhatMayBeThere_data()
{
    QTest::addColumn<Texts>("parts");
    QTest::addColumn<std::string>("outline");
    QTest::addColumn<Found>("found");
    const auto row = [](const char* name, const Texts& parts, const std::string& outline, const Found& found) {
        QTest::newRow(name) << parts << outline << found;
    };
    row("in a piece", {"order", "z", "ord"}, "Order # done", {0, 2});
    row("in a variable", {"0a1b", "42", "0a1z"}, "id ~ of #", {0, 1});
    row("over a border", {"r 4", "2 d", "er 17 do", "r a"}, "order # done", {0, 1, 2});
    row("over several", {"1.2.3", "1.2 3"}, "#.#.#", {0});
    row("over an empty one", {"\"\""}, "{\"a\":\"#\"}", {0});
    row("not from one part into the next", {"ab", "cd", "bc"}, "abcd", {0, 1, 2});
    row("not the end of one and the begin of the next", {"xb", "cy"}, "bc", {});
    row("anything", {"whatever", "İ"}, "a?b", {0, 1});
    row("beyond ASCII, as its case may be of ASCII", {"k", "kelvin", "q"}, "\xe2\x84\xaa#", {0, 1, 2});
    row("more than there is room for", {std::string(60, 'a'), "bbbbb", "c"}, "bbbb #", {1, 2});
    row("one longer than there is room for", {std::string(100, 'a'), std::string(64, 'b') + "c"}, std::string(64, 'a'), {0, 1});
    row("no parts", {}, "text", {});
}

void TestOutlineParts::tellsWhatMayBeThere()
{
    QFETCH(Texts, parts);
    QFETCH(std::string, outline);
    QFETCH(Found, found);
    QCOMPARE(OutlineParts(parts).in(outlineOf(outline)), found);
}

void TestOutlineParts::tellsWhereItMayBe_data()
{
    using Variables = std::vector<std::size_t>;
    QTest::addColumn<std::string>("part");
    QTest::addColumn<std::string>("outline");
    QTest::addColumn<bool>("isAll");
    QTest::addColumn<Variables>("variables");
    const auto row = [](const char* name, const std::string& part, const std::string& outline, bool isAll,
                        const Variables& variables) {
        QTest::newRow(name) << part << outline << isAll << variables;
    };
    row("nowhere", "zanzibar", "order # of ~", false, {});
    row("in one variable", "0a1b", "order # of ~", false, {1});
    row("in several", "42", "# of ~, ?", false, {0, 1, 2});
    row("in one, or over its end", "d1", "~1", true, {});
    row("in one, or over two", "42", "##", true, {});
    row("in a piece", "order", "order # of ~", true, {});
    row("in a piece and a variable", "de", "order ~", true, {});
    row("in a piece beyond ASCII", "k1", "\xe2\x84\xaa#", true, {});
    row("longer than there is room for", std::string(65, 'a'), "~", true, {});
    row("as long as there is room for", std::string(64, 'a'), "~", false, {0});
}

void TestOutlineParts::tellsWhereItMayBe()
{
    QFETCH(std::string, part);
    QFETCH(std::string, outline);
    QFETCH(bool, isAll);
    QFETCH(std::vector<std::size_t>, variables);
    const OutlineNeed need = OutlineParts({part}).needed(outlineOf(outline));
    QCOMPARE(need.isAll, isAll);
    QCOMPARE(need.variables, variables);
}

void TestOutlineParts::neverLeavesOutWhatIsThere()
{
    std::mt19937 random(11);
    const auto below = [&random](std::size_t bound) { return std::size_t(random() % bound); };
    const auto some = [&](std::string_view of, std::size_t most) {
        std::string text;
        for (std::size_t left = below(most + 1); left > 0; --left)
            text += of[below(of.size())];
        return text;
    };
    int held = 0;
    for (int round = 0; round < 20'000; ++round) {
        std::string outline;
        std::string text;
        Texts values;
        for (std::size_t left = below(6); left > 0; --left) {
            const std::string piece = some("ab1 ", 4);
            const char kind = "#~?"[below(3)];
            outline += piece + kind;
            values.push_back(some(kind == '#' ? "0123456789" : kind == '~' ? "0123456789abcdef" : "ab1 \xff", 5));
            text += piece + values.back();
        }
        Texts parts;
        for (int i = 0; i < 5; ++i)
            parts.push_back("a" + some("ab1 ", 4));
        const Found found = OutlineParts(parts).in(outlineOf(outline));
        for (int i = 0; i < 5; ++i) {
            if (text.find(parts[std::size_t(i)]) == std::string::npos)
                continue;
            ++held;
            const std::string& part = parts[std::size_t(i)];
            QVERIFY2(std::ranges::find(found, i) != found.end(), (part + " in " + text).c_str());
            const OutlineNeed need = OutlineParts({part}).needed(outlineOf(outline));
            const auto isIn = [&](std::size_t variable) { return values[variable].find(part) != std::string::npos; };
            QVERIFY2(need.isAll || std::ranges::any_of(need.variables, isIn), (part + " in " + text).c_str());
        }
    }
    QVERIFY(held > 1'000);
}

VIGIE_TEST(TestOutlineParts)
#include "tst_outlineparts.moc"
