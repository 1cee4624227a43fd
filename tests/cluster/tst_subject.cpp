// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/subject.h"
#include "cluster/logstream.h"
#include "testmain.h"

#include <QSet>
#include <QTest>

using namespace vigie;

class TestSubject : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesBecomeOneToken_data();
    void namesBecomeOneToken();
    void longNamesAreCutAndStayApart();
    void theSubjectOfAnApplication();
};

void TestSubject::namesBecomeOneToken_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("token");
    QTest::newRow("plain") << QByteArray("shop-1_B") << QByteArray("shop-1_B");
    QTest::newRow("blank and dot") << QByteArray("my shop.v2") << QByteArray("my=20shop=2Ev2");
    QTest::newRow("wildcards") << QByteArray("*>") << QByteArray("=2A=3E");
    QTest::newRow("tab") << QByteArray("a\tb") << QByteArray("a=09b");
    QTest::newRow("beyond ASCII") << QByteArray("caf\xc3\xa9") << QByteArray("caf=C3=A9");
    QTest::newRow("the sign itself") << QByteArray("=20") << QByteArray("=3D20");
    QTest::newRow("empty") << QByteArray() << QByteArray("=");
}

void TestSubject::namesBecomeOneToken()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, token);
    QCOMPARE(QByteArray::fromStdString(subjectToken({name.data(), std::size_t(name.size())})), token);
}

void TestSubject::longNamesAreCutAndStayApart()
{
    QCOMPARE(subjectToken(std::string(200, 'a')), std::string(200, 'a'));
    QSet<QByteArray> tokens;
    for (const std::string& name : {std::string(201, 'a'), std::string(202, 'a'), std::string(5'000, 'a'), std::string(200, 'a') + '.',
                                    std::string(5'000, '.')}) {
        const std::string token = subjectToken(name);
        QVERIFY(token.size() <= 240);
        QVERIFY(token.find_first_of(".*> \t") == std::string::npos);
        tokens.insert(QByteArray::fromStdString(token));
    }
    QCOMPARE(tokens.size(), 5);
}

void TestSubject::theSubjectOfAnApplication()
{
    QCOMPARE(LogStream::subjectOf("my shop"), std::string("vigie.logs.my=20shop"));
}

VIGIE_TEST(TestSubject)
#include "tst_subject.moc"
