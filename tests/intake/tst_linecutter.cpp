// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/linecutter.h"

#include "core/utf8.h"
#include "testmain.h"

#include <QTest>

using namespace vigie;
using namespace std::string_literals;

class TestLineCutter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linesAreTheSameHoweverTheyCome_data();
    void linesAreTheSameHoweverTheyCome();
    void nulsBeforeALineAreSkipped();
    void longLinesAreCutBetweenCharacters();
    void theUnfinishedLineIsALine();
    void badBytesAreMended_data();
    void badBytesAreMended();
    void textIsCutBetweenCharacters();
};

namespace {

struct Cut
{
    std::vector<std::string> lines;
    std::vector<std::uint64_t> ends;
    std::vector<bool> goOn;

    LineCutter::Take take()
    {
        return [this](std::string_view line, std::uint64_t end, bool goesOn) {
            lines.emplace_back(line);
            ends.push_back(end);
            goOn.push_back(goesOn);
        };
    }
};

} // namespace

void TestLineCutter::linesAreTheSameHoweverTheyCome_data()
{
    QTest::addColumn<std::size_t>("piece");
    for (const std::size_t piece : {1, 2, 3, 5, 7, 1'000})
        QTest::addRow("%zu", piece) << piece;
}

void TestLineCutter::linesAreTheSameHoweverTheyCome()
{
    QFETCH(std::size_t, piece);
    // Python without its buffer writes the text and its LF apart; Windows' ends lines by CR LF; a progress bar has CRs.
    const std::string bytes = "one\r\n\nthr\xc3\xa9" "e\n 10%\r 20%\r\ntwo\0nuls\0\nlast"s;
    Cut cut;
    LineCutter cutter;
    for (std::size_t at = 0; at < bytes.size(); at += piece)
        cutter.add(std::string_view(bytes).substr(at, piece), cut.take());
    cutter.finish(cut.take());
    QCOMPARE(cut.lines, (std::vector<std::string>{"one", "", "thr\xc3\xa9" "e", " 10%\r 20%", "two\0nuls\0"s, "last"}));
    QCOMPARE(cut.ends, (std::vector<std::uint64_t>{5, 6, 13, 24, 34, 38}));
}

void TestLineCutter::nulsBeforeALineAreSkipped()
{
    // What logrotate's copytruncate leaves of a writer that does not append: 8,389,150 of them were seen.
    Cut cut;
    LineCutter cutter;
    const std::string nuls(100'000, '\0');
    for (int i = 0; i < 3; ++i)
        cutter.add(nuls, cut.take());
    cutter.add("N220\nN221\n", cut.take());
    QCOMPARE(cut.lines, (std::vector<std::string>{"N220", "N221"}));
    QCOMPARE(cutter.skippedNuls(), std::uint64_t(300'000));
    QCOMPARE(cutter.pendingBytes(), std::size_t(0));
    QCOMPARE(cut.ends[1], std::uint64_t(300'010));
}

void TestLineCutter::longLinesAreCutBetweenCharacters()
{
    std::string line;
    for (int i = 0; i < 1'000; ++i)
        line += "\xe2\x82\xac"; // €
    Cut cut;
    LineCutter cutter(100, 50);
    cutter.add(line + "\nnext\n", cut.take());
    std::string joined;
    for (std::size_t i = 0; i + 1 < cut.lines.size(); ++i) {
        joined += cut.lines[i];
        QVERIFY(cut.lines[i].size() <= 101);
        QCOMPARE(cut.lines[i].size() % 3, std::size_t(0));
        QCOMPARE(cut.goOn[i], i + 2 < cut.lines.size());
    }
    QCOMPARE(joined, line);
    QCOMPARE(cut.lines.back(), "next"s);
    QCOMPARE(cut.ends.back(), std::uint64_t(50 + 3'001 + 5));
}

void TestLineCutter::theUnfinishedLineIsALine()
{
    Cut cut;
    LineCutter cutter;
    cutter.add("a\nb", cut.take());
    QCOMPARE(cutter.lineStart(), std::uint64_t(2));
    cutter.finish(cut.take());
    cutter.finish(cut.take());
    QCOMPARE(cut.lines, (std::vector<std::string>{"a", "b"}));
    QCOMPARE(cutter.lineStart(), std::uint64_t(3));
}

void TestLineCutter::badBytesAreMended_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("plain") << QByteArray("plain") << QByteArray("plain");
    QTest::newRow("as the journal has it") << QByteArray("hi\xff") << QByteArray("hi\xef\xbf\xbd");
    QTest::newRow("within JSON") << QByteArray("{\"msg\":\" bad \xff end\"}") << QByteArray("{\"msg\":\" bad \xef\xbf\xbd end\"}");
    QTest::newRow("cut within a character") << QByteArray("caf\xc3") << QByteArray("caf\xef\xbf\xbd");
    QTest::newRow("a mark for each byte") << QByteArray("\xe2\x82") << QByteArray("\xef\xbf\xbd\xef\xbf\xbd");
    QTest::newRow("too long a form") << QByteArray("\xc0\xaf") << QByteArray("\xef\xbf\xbd\xef\xbf\xbd");
    QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80") << QByteArray("\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    QTest::newRow("beyond the last") << QByteArray("\xf4\x90\x80\x80")
                                     << QByteArray("\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    QTest::newRow("emoji, noncharacter") << QByteArray("\xf0\x9f\x98\x80 \xef\xbf\xbf") << QByteArray("\xf0\x9f\x98\x80 \xef\xbf\xbf");
}

void TestLineCutter::badBytesAreMended()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, text);
    std::string room;
    const std::string_view mended = mendedUtf8(std::string_view(bytes.constData(), std::size_t(bytes.size())), room);
    QCOMPARE(QByteArray(mended.data(), qsizetype(mended.size())), text);
}

void TestLineCutter::textIsCutBetweenCharacters()
{
    QCOMPARE(utf8CutAt("caf\xc3\xa9", 9), std::size_t(5));
    QCOMPARE(utf8CutAt("caf\xc3\xa9", 4), std::size_t(3));
    QCOMPARE(utf8CutAt("\xf0\x9f\x98\x80x", 4), std::size_t(4));
    QCOMPARE(utf8CutAt("\xf0\x9f\x98\x80x", 3), std::size_t(3)); // otherwise nothing would be left
    QCOMPARE(utf8CutAt("\x80\x80\x80\x80\x80\x80", 5), std::size_t(5)); // no character at all
}

VIGIE_TEST(TestLineCutter)
#include "tst_linecutter.moc"
