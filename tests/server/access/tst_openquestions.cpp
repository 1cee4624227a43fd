// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/access/openquestions.h"
#include "testmain.h"

#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestOpenQuestions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aConnectionHasSoMany();
    void aPeerHasSoManyOnAllItsConnections();
    void loopbackIsOnePeerOnlyWhenLimited();
    void nothingIsKeptOfWhoHasNone();
    void aPlaceMayOutliveIt();
};

void TestOpenQuestions::aConnectionHasSoMany()
{
    OpenQuestions questions(2, false);
    auto first = questions.take(QHostAddress(u"192.0.2.1"_s), 1000);
    const auto second = questions.take(QHostAddress(u"192.0.2.1"_s), 1000);
    QVERIFY(first && second);
    QVERIFY(!questions.take(QHostAddress(u"192.0.2.1"_s), 1000));
    const auto copy = first; // a callback that was copied
    first.reset();
    QVERIFY(!questions.take(QHostAddress(u"192.0.2.1"_s), 1000));
    QVERIFY(questions.take(QHostAddress(u"192.0.2.2"_s), 1000));
}

void TestOpenQuestions::aPeerHasSoManyOnAllItsConnections()
{
    OpenQuestions questions(2, false);
    auto first = questions.take(QHostAddress(u"2001:db8::1"_s), 1000);
    const auto second = questions.take(QHostAddress(u"2001:db8::2"_s), 1000);
    QVERIFY(!questions.take(QHostAddress(u"2001:db8::3"_s), 1000));
    QVERIFY(questions.take(QHostAddress(u"2001:db8:0:1::3"_s), 1000));
    first.reset();
    QVERIFY(questions.take(QHostAddress(u"2001:db8::3"_s), 1000));
}

void TestOpenQuestions::loopbackIsOnePeerOnlyWhenLimited()
{
    for (const bool isLimited : {false, true}) {
        OpenQuestions questions(1, isLimited);
        const auto first = questions.take(QHostAddress::LocalHost, 1000);
        QVERIFY(!questions.take(QHostAddress::LocalHost, 1000));
        QCOMPARE(!questions.take(QHostAddress::LocalHost, 1001), isLimited);
    }
}

void TestOpenQuestions::nothingIsKeptOfWhoHasNone()
{
    OpenQuestions questions(1, false);
    for (quint16 port = 1; port < 1000; ++port)
        QVERIFY(questions.take(QHostAddress(u"192.0.2.1"_s), port));
    QCOMPARE(questions.askers(), std::size_t(0));
}

void TestOpenQuestions::aPlaceMayOutliveIt()
{
    OpenQuestions::Place place;
    {
        OpenQuestions questions(1, false);
        place = questions.take(QHostAddress::LocalHost, 1);
    }
    place.reset();
    QVERIFY(!place);
}

VIGIE_TEST(TestOpenQuestions)
#include "tst_openquestions.moc"
