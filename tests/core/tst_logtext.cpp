// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logtext.h"
#include "testmain.h"

#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

using Kind = TerminalStyle::Colour::Kind;

class TestLogText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsHidden_data();
    void nothingIsHidden();
    void manyLinesStayLines();
    void everyControlIsSeen();
    void colours_data();
    void colours();
    void stylesAddUpAndEnd();
    void spansStandWhereTheyBelong();
    void aSignIsToldFromText();
    void whatIsNoStyleIsASign();
    void theOriginalIsFoundAgain();
    void codesAreLeftOutOfSearches_data();
    void codesAreLeftOutOfSearches();
    void beginningsEndBetweenCharacters();
};

namespace {

QString shown(const QString& text)
{
    return logText(text.toStdString(), TextLines::One).text;
}

TerminalStyle styleOf(std::string_view parameters)
{
    TerminalStyle style;
    style.apply(parameters);
    return style;
}

} // namespace

void TestLogText::nothingIsHidden_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("seen");
    QTest::newRow("plain") << u"GET /api 200"_s << u"GET /api 200"_s;
    QTest::newRow("of many scripts") << u"Zoë 株式会社 עדי हिन्दी 🙂"_s << u"Zoë 株式会社 עדי हिन्दी 🙂"_s;
    QTest::newRow("turned round") << u"open \u202egnp.exe"_s << u"open ‹U+202E›gnp.exe"_s;
    QTest::newRow("isolates") << u"a\u2066b\u2069"_s << u"a‹U+2066›b‹U+2069›"_s;
    QTest::newRow("no width") << u"pass\u200bword\ufeff"_s << u"pass‹U+200B›word‹U+FEFF›"_s;
    QTest::newRow("beyond 16 bits") << u"a\U000e0041"_s << u"a‹U+E0041›"_s;
    QTest::newRow("progress") << u"10%\r50%\r100%"_s << u"10%‹CR›50%‹CR›100%"_s;
    QTest::newRow("lines") << u"a\nb\r\nc\td"_s << u"a⏎b⏎c d"_s;
    QTest::newRow("colours") << u"\u001b[32mINFO\u001b[0m server"_s << u"INFO server"_s;
    QTest::newRow("colours with colons") << u"\u001b[38:2::1:2:3mx\u001b[m"_s << u"x"_s;
    QTest::newRow("an emoji of several") << u"👩\u200d💻 ❤\ufe0f 1\ufe0f\u20e3"_s << u"👩\u200d💻 ❤\ufe0f 1\ufe0f\u20e3"_s;
    QTest::newRow("letters that join") << u"می\u200cخواهم क\u094d\u200dष"_s << u"می\u200cخواهم क\u094d\u200dष"_s;
    QTest::newRow("a joiner between letters that do not") << u"a\u200db"_s << u"a‹U+200D›b"_s;
    QTest::newRow("a number sign of the Arabic") << u"\u0600١"_s << u"\u0600١"_s;
    QTest::newRow("empty") << QString() << QString();
}

void TestLogText::nothingIsHidden()
{
    QFETCH(QString, text);
    QFETCH(QString, seen);
    QCOMPARE(shown(text), seen);
}

void TestLogText::manyLinesStayLines()
{
    QCOMPARE(logText("a\nb\r\nc\td\re", TextLines::Many).text, u"a\nb\nc\td‹CR›e"_s);
}

void TestLogText::everyControlIsSeen()
{
    for (char16_t c = 0; c < 0xa0; ++c) {
        if ((c >= 0x20 && c < 0x7f) || c == u'\t' || c == u'\n')
            continue;
        const QString seen = shown(u"a"_s + QChar(c) + u'b');
        QVERIFY2(!seen.contains(QChar(c)) && seen.size() >= 3, qPrintable(QString::number(c, 16)));
    }
}

void TestLogText::colours_data()
{
    QTest::addColumn<QByteArray>("parameters");
    QTest::addColumn<int>("kind");
    QTest::addColumn<quint32>("value");
    const auto row = [](const char* parameters, Kind kind, quint32 value) {
        QTest::newRow(parameters) << QByteArray(parameters) << int(kind) << value;
    };
    row("31", Kind::Palette, 1);
    row("97", Kind::Palette, 15);
    row("1;32", Kind::Palette, 2);
    row("38;5;9", Kind::Palette, 9);
    row("38;5;16", Kind::Exact, 0x000000);
    row("38;5;208", Kind::Exact, 0xff8700);
    row("38;5;244", Kind::Exact, 0x808080);
    row("38:5:196", Kind::Exact, 0xff0000);
    row("38;2;1;2;3", Kind::Exact, 0x010203);
    row("38:2:1:2:3", Kind::Exact, 0x010203);
    row("38:2::1:2:3", Kind::Exact, 0x010203);
    row("38;2;999;0;0", Kind::Exact, 0xff0000);
    row("31;39", Kind::Usual, 0);
    row("31;0", Kind::Usual, 0);
    row("31;", Kind::Usual, 0); // nothing is 0
    row("38;5", Kind::Usual, 0);
    row("38", Kind::Usual, 0);
    row("38;5;256", Kind::Usual, 0);
    row("38;5;1;4", Kind::Palette, 1);
    row("58;5;1;32", Kind::Palette, 2);
    row("99999999999999999999;33", Kind::Palette, 3);
    row("999;33", Kind::Palette, 3);
}

void TestLogText::colours()
{
    QFETCH(QByteArray, parameters);
    QFETCH(int, kind);
    QFETCH(quint32, value);
    const TerminalStyle style = styleOf(parameters.toStdString());
    QCOMPARE(int(style.ink.kind), kind);
    QCOMPARE(style.ink.value, value);
    QVERIFY(style.ground.kind == Kind::Usual);
}

void TestLogText::stylesAddUpAndEnd()
{
    TerminalStyle style = styleOf("1;3;4;7;9;41");
    QVERIFY(style.isBold && style.isItalic && style.isUnderlined && style.isInverse && style.isStruck);
    QCOMPARE(style.ground.value, 1u);
    style.apply("22;23;24;27;29;49");
    QCOMPARE(style, TerminalStyle());
    QVERIFY(styleOf("2").isFaint);
    QVERIFY(!styleOf("4:0").isUnderlined && styleOf("4:3").isUnderlined);
}

void TestLogText::spansStandWhereTheyBelong()
{
    const LogText text = logText("a \x1b[31mred\x1b[1m bold\x1b[0m b", TextLines::One);
    QCOMPARE(text.text, u"a red bold b"_s);
    QCOMPARE(text.spans.size(), std::size_t(2));
    QCOMPARE(text.text.mid(text.spans[0].from, text.spans[0].length), u"red"_s);
    QCOMPARE(text.text.mid(text.spans[1].from, text.spans[1].length), u" bold"_s);
    QVERIFY(!text.spans[0].style.isBold && text.spans[1].style.isBold);
    QCOMPARE(text.spans[1].style.ink.value, 1u);
    // One that is never ended goes on to the end.
    const LogText open = logText("\x1b[32mok", TextLines::One);
    QCOMPARE(open.spans.size(), std::size_t(1));
    QCOMPARE(open.spans[0].length, qsizetype(2));
}

void TestLogText::aSignIsToldFromText()
{
    const LogText text = logText("a\x07" "b", TextLines::One);
    QCOMPARE(text.spans.size(), std::size_t(1));
    QVERIFY(text.spans[0].isSign);
    QCOMPARE(text.spans[0].from, qsizetype(1));
    QCOMPARE(text.text, u"a‹BEL›b"_s);
    QVERIFY(logText("a‹BEL›b", TextLines::One).spans.empty());
}

void TestLogText::whatIsNoStyleIsASign()
{
    QCOMPARE(shown(u"\u001b[2Kdone"_s), u"‹ESC›[2Kdone"_s);
    QCOMPARE(shown(u"\u001b]8;;http://a\u0007b"_s), u"‹ESC›]8;;http://a‹BEL›b"_s);
    QCOMPARE(shown(u"cut \u001b[3"_s), u"cut ‹ESC›[3"_s);
    QCOMPARE(shown(u"\u001b"_s), u"‹ESC›"_s);
    QCOMPARE(shown(u"\u001b["_s + QString(300, u'1') + u'm'), u"‹ESC›["_s + QString(300, u'1') + u'm');
}

void TestLogText::theOriginalIsFoundAgain()
{
    const QString sent = u"\u001b[31mred\u001b[0m\r\nx\u202ey"_s;
    const LogText text = logText(sent.toStdString(), TextLines::Many);
    QCOMPARE(text.text, u"red\nx‹U+202E›y"_s);
    const auto original = [&](const QString& part) {
        const qsizetype from = text.text.indexOf(part);
        const qsizetype first = text.originalPlace(from, false);
        return sent.mid(first, text.originalPlace(from + part.size(), true) - first);
    };
    QCOMPARE(original(text.text), sent);
    QCOMPARE(original(u"x‹U+202E›y"_s), u"x\u202ey"_s);
    QCOMPARE(original(u"‹U+202E›"_s), u"\u202e"_s);
    QCOMPARE(original(u"+20"_s), u"\u202e"_s); // a part of a sign stands for all of it
    QCOMPARE(original(u"ed"_s), u"ed"_s);
    QCOMPARE(original(u"d\nx"_s), u"d\u001b[0m\r\nx"_s);
    QCOMPARE(original(u"y"_s), u"y"_s);
}

void TestLogText::codesAreLeftOutOfSearches_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("searched");
    QTest::addColumn<bool>("isJson");
    QTest::newRow("plain") << QByteArray("a b") << QByteArray("a b") << false;
    QTest::newRow("codes") << QByteArray("\x1b[32mIN\x1b[1mFO\x1b[0m x") << QByteArray("INFO x") << false;
    QTest::newRow("others stay") << QByteArray("\x1b[2Ka\x1b[0mb") << QByteArray("\x1b[2Kab") << false;
    QTest::newRow("JSON") << QByteArray(R"({"a":"\u001b[32mIN\u001B[0mFO"})") << QByteArray(R"({"a":"INFO"})") << true;
    QTest::newRow("JSON of others") << QByteArray(R"({"a":"\u0019[32m","b":"\u001b[2K"})")
                                    << QByteArray(R"({"a":"\u0019[32m","b":"\u001b[2K"})") << true;
    QTest::newRow("JSON of a backslash") << QByteArray(R"({"a":"\\u001b[32m"})") << QByteArray(R"({"a":"\\u001b[32m"})") << true;
    QTest::newRow("JSON of a backslash and a code")
        << QByteArray(R"({"a":"\\\u001b[32mx"})") << QByteArray(R"({"a":"\\x"})") << true;
}

void TestLogText::codesAreLeftOutOfSearches()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, searched);
    QFETCH(bool, isJson);
    const std::string given = text.toStdString();
    std::string room;
    const std::string_view left = isJson ? withoutStyleCodesOfJson(given, room) : withoutStyleCodes(given, room);
    QCOMPARE(QByteArray(left.data(), qsizetype(left.size())), searched);
}

void TestLogText::beginningsEndBetweenCharacters()
{
    QCOMPARE(beginningOf("aé", 2), std::string_view("a"));
    QCOMPARE(beginningOf("aé", 3), std::string_view("aé"));
    QCOMPARE(beginningOf("🙂", 3), std::string_view());
    QCOMPARE(beginningOf("abc", 2), std::string_view("ab"));
}

VIGIE_TEST(TestLogText)
#include "tst_logtext.moc"
