// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/procfile.h"
#include "sampling/textscan.h"
#include "testmain.h"
#include "testtree.h"

#include <QTest>
#include <array>

using namespace vigie;

/// Reading kernel files again and again, and taking their text apart.
class TestProcFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAgainWhatChanged();
    void appearsAndGoes();
    void isReplaced();
    void readsMoreThanItsFirstBuffer();
    void readsEmptyAndUnreadable();
    void readsSmallFilesBelowADirectory();
    void takesWholeLinesOnly();
    void takesNumbers_data();
    void takesNumbers();
};

void TestProcFile::readsAgainWhatChanged()
{
    TestTree tree;
    tree.write(QStringLiteral("a"), "first and long\n");
    ProcFile file(tree.root() + "/a");
    QVERIFY(file.read() == "first and long\n");
    tree.write(QStringLiteral("a"), "second\n");
    QVERIFY(file.read() == "second\n");
}

void TestProcFile::appearsAndGoes()
{
    TestTree tree;
    ProcFile file(tree.root() + "/a");
    QVERIFY(!file.read());
    tree.write(QStringLiteral("a"), "here\n");
    QVERIFY(file.read() == "here\n");
    tree.remove(QStringLiteral("a"));
    QVERIFY(!file.read());
    QCOMPARE(file.descriptor(), -1);
    tree.write(QStringLiteral("a"), "back\n");
    QVERIFY(file.read() == "back\n");
}

void TestProcFile::isReplaced()
{
    TestTree tree;
    tree.write(QStringLiteral("a"), "old\n");
    ProcFile file(tree.root() + "/a");
    QVERIFY(file.read() == "old\n");
    tree.remove(QStringLiteral("a"));
    tree.write(QStringLiteral("a"), "new\n");
    QVERIFY(file.read() == "new\n");
}

void TestProcFile::readsMoreThanItsFirstBuffer()
{
    TestTree tree;
    for (const std::size_t size : {4095U, 4096U, 4097U, 300000U}) {
        std::string text(size, 'x');
        text.back() = '\n';
        tree.write(QStringLiteral("a"), text);
        ProcFile file(tree.root() + "/a");
        QVERIFY(file.read() == text);
        QVERIFY(file.read() == text);
    }
}

void TestProcFile::readsEmptyAndUnreadable()
{
    TestTree tree;
    tree.write(QStringLiteral("a"), "");
    ProcFile empty(tree.root() + "/a");
    QVERIFY(empty.read() == "");
    ProcFile directory(tree.root());
    QVERIFY(!directory.read());
}

void TestProcFile::readsSmallFilesBelowADirectory()
{
    TestTree tree;
    tree.write(QStringLiteral("d/x/y"), "12345\n");
    ProcDirectory directory(tree.root() + "/d");
    std::array<char, 4> buffer{};
    QVERIFY(directory.read("x/y", buffer) == "1234");
    QVERIFY(directory.read("x/z", buffer).empty());
    ProcDirectory missing(tree.root() + "/e");
    QVERIFY(missing.read("x", buffer).empty());
    tree.write(QStringLiteral("e/x"), "1\n");
    QVERIFY(missing.read("x", buffer) == "1\n");
}

void TestProcFile::takesWholeLinesOnly()
{
    std::string_view rest = "one two\n\n  three\t4\ncut sho";
    std::string_view line;
    QVERIFY(takeLine(rest, line));
    QVERIFY(takeWord(line) == "one");
    QVERIFY(takeWord(line) == "two");
    QVERIFY(takeWord(line).empty());
    QVERIFY(takeWord(line).empty());
    QVERIFY(takeLine(rest, line));
    QVERIFY(line.empty());
    QVERIFY(takeLine(rest, line));
    QVERIFY(takeWord(line) == "three");
    int four = 0;
    QVERIFY(takeNumber(line, four));
    QCOMPARE(four, 4);
    QVERIFY(!takeLine(rest, line));
}

void TestProcFile::takesNumbers_data()
{
    QTest::addColumn<QByteArray>("word");
    QTest::addColumn<bool>("isNumber");
    QTest::addColumn<quint64>("value");
    QTest::newRow("plain") << QByteArray("42") << true << quint64(42);
    QTest::newRow("largest") << QByteArray("18446744073709551615") << true << ~quint64(0);
    QTest::newRow("too large") << QByteArray("18446744073709551616") << false << quint64(7);
    QTest::newRow("negative") << QByteArray("-1") << false << quint64(7);
    QTest::newRow("plus") << QByteArray("+1") << false << quint64(7);
    QTest::newRow("trailing") << QByteArray("12kB") << false << quint64(7);
    QTest::newRow("empty") << QByteArray("") << false << quint64(7);
    QTest::newRow("text") << QByteArray("x") << false << quint64(7);
}

void TestProcFile::takesNumbers()
{
    QFETCH(QByteArray, word);
    QFETCH(bool, isNumber);
    QFETCH(quint64, value);
    quint64 number = 7;
    QCOMPARE(toNumber(std::string_view(word.constData(), static_cast<std::size_t>(word.size())), number),
             isNumber);
    QCOMPARE(number, value);
}

VIGIE_TEST(TestProcFile)
#include "tst_procfile.moc"
