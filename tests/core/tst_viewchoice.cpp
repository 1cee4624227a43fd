// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/viewchoice.h"
#include "testmain.h"

#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestViewChoice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thePagesAddressesAreReadAndWritten_data();
    void thePagesAddressesAreReadAndWritten();
    void noApplicationMeansAllOfThem();
    void aFilesNameIsKept();
};

void TestViewChoice::thePagesAddressesAreReadAndWritten_data()
{
    QTest::addColumn<QString>("fragment"); // as the page writes them
    QTest::addColumn<QString>("app");
    QTest::addColumn<QString>("search");
    QTest::addColumn<int>("levels");
    QTest::newRow("all applications") << u"#app=*"_s << QString() << QString() << int(severityCount);
    QTest::newRow("one") << u"#app=sh%26op&levels=error,fatal&q=a%2Bb&regex=1"_s << u"sh&op"_s << u"a+b"_s << 2;
    QTest::newRow("fields of all") << u"#app=*&q=*&where=user%3Dann&not=a.b%3D*"_s << QString() << u"*"_s << int(severityCount);
}

void TestViewChoice::thePagesAddressesAreReadAndWritten()
{
    QFETCH(QString, fragment);
    QFETCH(QString, app);
    QFETCH(QString, search);
    QFETCH(int, levels);
    const LogChoice choice = choiceOf(ViewAddress::read(fragment));
    QCOMPARE(QString::fromStdString(choice.appId), app);
    QCOMPARE(QString::fromStdString(choice.search), search);
    QCOMPARE(int(choice.severities.count()), levels);
    ViewAddress address;
    describe(choice, address);
    QCOMPARE(address.fragment(), fragment);
}

void TestViewChoice::noApplicationMeansAllOfThem()
{
    QVERIFY(choiceOf(ViewAddress::read(u"#range=300")).appId.empty());
    ViewAddress address;
    describe({}, address);
    QCOMPARE(address.app, u"*"_s);
}

void TestViewChoice::aFilesNameIsKept()
{
    LogChoice choice;
    choice.appId = "file:secret-name.log";
    choice.search = "timeout";
    ViewAddress address;
    address.app = u"*"_s;
    describe(choice, address);
    QCOMPARE(address.fragment(), u"#q=timeout"_s);
}

VIGIE_TEST(TestViewChoice)
#include "tst_viewchoice.moc"
