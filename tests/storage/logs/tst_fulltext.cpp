// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/logs/fulltext.h"
#include "testmain.h"

#include <QTest>

using namespace vigie;

class TestFullText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void words_data();
    void words();
    void phrase_data();
    void phrase();
    void regex_data();
    void regex();
};

void TestFullText::words_data()
{
    QTest::addColumn<QByteArray>("wish");
    QTest::addColumn<QByteArray>("query");
    QTest::newRow("nothing") << QByteArray() << QByteArray();
    QTest::newRow("blanks") << QByteArray(" \t\n") << QByteArray();
    QTest::newRow("one") << QByteArray("till") << QByteArray(R"("till")");
    QTest::newRow("two") << QByteArray(" till  opened ") << QByteArray(R"("till" "opened")");
    QTest::newRow("phrase") << QByteArray(R"("till opened" late)") << QByteArray(R"("till opened" "late")");
    QTest::newRow("prefix") << QByteArray("til*") << QByteArray(R"("til"*)");
    QTest::newRow("phrase prefix") << QByteArray(R"("till op"*)") << QByteArray(R"("till op"*)");
    QTest::newRow("open quote") << QByteArray(R"("till op)") << QByteArray(R"("till op")");
    QTest::newRow("operators are words") << QByteArray("a AND NOT b") << QByteArray(R"("a" "AND" "NOT" "b")");
    QTest::newRow("columns are text") << QByteArray("message:a") << QByteArray(R"("message:a")");
    QTest::newRow("signs only") << QByteArray("-- * ( ) ^") << QByteArray();
    QTest::newRow("inner quote") << QByteArray(R"(a"b)") << QByteArray(R"("a""b")");
    QTest::newRow("zero") << QByteArray("a\0b", 3) << QByteArray(R"("a b")");
    QTest::newRow("accents") << QByteArray("\xc3\xa9t\xc3\xa9") << QByteArray("\"\xc3\xa9t\xc3\xa9\"");
}

void TestFullText::words()
{
    QFETCH(QByteArray, wish);
    QFETCH(QByteArray, query);
    QCOMPARE(QByteArray::fromStdString(fullTextOfWords(wish.toStdString())), query);
}

void TestFullText::phrase_data()
{
    QTest::addColumn<QByteArray>("wish");
    QTest::addColumn<QByteArray>("query");
    QTest::newRow("nothing") << QByteArray() << QByteArray();
    QTest::newRow("goes on") << QByteArray("till op") << QByteArray(R"("till op"*)");
    QTest::newRow("ends") << QByteArray("till ") << QByteArray(R"("till ")");
    QTest::newRow("quotes") << QByteArray(R"(say "hi")") << QByteArray(R"("say ""hi"""*)");
}

void TestFullText::phrase()
{
    QFETCH(QByteArray, wish);
    QFETCH(QByteArray, query);
    QCOMPARE(QByteArray::fromStdString(fullTextOfPhrase(wish.toStdString())), query);
}

void TestFullText::regex_data()
{
    QTest::addColumn<QByteArray>("wish");
    QTest::addColumn<QByteArray>("query");
    QTest::newRow("nothing") << QByteArray() << QByteArray();
    QTest::newRow("may go on at both ends") << QByteArray("till opened") << QByteArray();
    QTest::newRow("bounded") << QByteArray(R"(\d+ till opened late, \w)") << QByteArray(R"("till" "opened" "late")");
    QTest::newRow("first and last are cut") << QByteArray("a b c") << QByteArray(R"("b")");
    QTest::newRow("quantified") << QByteArray("x till? opened* late+ y") << QByteArray();
    QTest::newRow("sign may lack") << QByteArray("x till ?opened y") << QByteArray();
    QTest::newRow("group") << QByteArray("x (till opened )?late y") << QByteArray();
    QTest::newRow("after a group") << QByteArray("(x) till y") << QByteArray(R"("till")");
    QTest::newRow("choice") << QByteArray("x till y|z") << QByteArray();
    QTest::newRow("mode") << QByteArray("(?x) a till b") << QByteArray();
    QTest::newRow("class") << QByteArray("x [a till b] y opened z") << QByteArray(R"("y" "opened")");
    QTest::newRow("class with bracket") << QByteArray("x []a till ] opened z") << QByteArray(R"("opened")");
    QTest::newRow("class with a named class") << QByteArray("x [[:space:] till -] opened z") << QByteArray(R"("opened")");
    QTest::newRow("class that only looks so") << QByteArray("x [[: till -] opened z") << QByteArray(R"("opened")");
    QTest::newRow("back reference by name") << QByteArray(R"((x)\k'till' opened z)") << QByteArray();
    QTest::newRow("back reference by number") << QByteArray(R"((x)\g<1> opened z)") << QByteArray();
    QTest::newRow("verb") << QByteArray("(*UCP) till z") << QByteArray();
    QTest::newRow("escape") << QByteArray(R"(x \till \\ opened z)") << QByteArray(R"("opened")");
    QTest::newRow("quoting") << QByteArray(R"(x \Q till [ opened \E z)") << QByteArray();
    QTest::newRow("any") << QByteArray("x .till. y") << QByteArray();
    QTest::newRow("open class") << QByteArray("x [ till ") << QByteArray();
    QTest::newRow("ends in an escape") << QByteArray("x till \\") << QByteArray(R"("till")");
}

void TestFullText::regex()
{
    QFETCH(QByteArray, wish);
    QFETCH(QByteArray, query);
    QCOMPARE(QByteArray::fromStdString(fullTextOfRegex(wish.toStdString())), query);
}

VIGIE_TEST(TestFullText)
#include "tst_fulltext.moc"
