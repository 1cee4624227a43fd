// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/viewaddress.h"
#include "testmain.h"

#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestViewAddress : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isWrittenAsThePageDoes();
    void isReadAsItWasWritten_data();
    void isReadAsItWasWritten();
    void badPartsAreSaidAndTheRestHolds_data();
    void badPartsAreSaidAndTheRestHolds();
    void unknownPartsAreIgnored();
    void theFirstOfTheSameHolds();
    void strangersTextsDoNoHarm_data();
    void strangersTextsDoNoHarm();
    void tooMuchIsNotWritten();
};

namespace {

std::bitset<severityCount> levels(std::initializer_list<Severity> all)
{
    std::bitset<severityCount> set;
    for (const Severity severity : all)
        set.set(std::size_t(severity));
    return set;
}

} // namespace

void TestViewAddress::isWrittenAsThePageDoes()
{
    ViewAddress address;
    QCOMPARE(address.fragment(), u"#"_s);
    address.app = u"my shop"_s;
    address.rangeMs = 300'000;
    address.levels = levels({Severity::Error, Severity::Fatal});
    address.q = u"a&b=c#+é"_s;
    address.regex = true;
    address.where = {{u"user"_s, u"ann"_s}, {u"a=b%"_s, u"x=y"_s}};
    address.without = {{u"level"_s, u"debug"_s}};
    QCOMPARE(address.fragment(), u"#app=my%20shop&range=300&levels=error,fatal&q=a%26b%3Dc%23%2B%C3%A9&regex=1"
                                 "&where=user%3Dann&where=a%253Db%2525%3Dx%3Dy&not=level%3Ddebug"_s);
    address = {};
    address.ends = ViewAddress::Ends{1'780'000'000'000, 1'780'000'060'001};
    address.rangeMs = 60'000; // the past goes before it
    address.atMs = 1'780'000'030'500;
    QCOMPARE(address.fragment(),
             u"#from=2026-05-28T20:26:40.000Z&to=2026-05-28T20:27:40.001Z&at=2026-05-28T20:27:10.500Z"_s);
}

void TestViewAddress::isReadAsItWasWritten_data()
{
    QTest::addColumn<QString>("app");
    QTest::addColumn<QString>("q");
    QTest::addColumn<QString>("key");
    QTest::newRow("plain") << u"shop"_s << u"timeout"_s << u"status"_s;
    QTest::newRow("signs") << u"#&=%+ ;?"_s << u"^a+b(c|d)\\.é 100%$"_s << u"a.b=c%3D%25"_s;
    QTest::newRow("far away") << u"店"_s << u"\U0001f469\u200d\U0001f4bb \u202e"_s << u"ключ"_s;
    QTest::newRow("controls") << u"a\tb"_s << u"line\nline\u0001"_s << u"\u0000x"_s;
}

void TestViewAddress::isReadAsItWasWritten()
{
    QFETCH(QString, app);
    QFETCH(QString, q);
    QFETCH(QString, key);
    ViewAddress address;
    address.app = app;
    address.rangeMs = 12'000;
    address.atMs = 1'780'000'030'500;
    address.levels = levels({Severity::Trace, Severity::Other});
    address.q = q;
    address.regex = true;
    address.where = {{key, q}, {u"user"_s, QString()}};
    address.without = {{key, app}};
    QStringList bad;
    QCOMPARE(ViewAddress::read(address.fragment(), &bad), address);
    QCOMPARE(bad, QStringList());
    QVERIFY(!address.fragment().mid(1).contains(u'#') && !address.fragment().contains(u' '));
}

void TestViewAddress::badPartsAreSaidAndTheRestHolds_data()
{
    QTest::addColumn<QString>("part");
    QTest::addColumn<QStringList>("names");
    QTest::newRow("no name of an app") << u"app="_s << QStringList{u"app"_s};
    QTest::newRow("long app") << u"app="_s + QString(129, u'a') << QStringList{u"app"_s};
    for (const QString& range : {u"9"_s, u"-60"_s, u"1e3"_s, u"69120001"_s, u"99999999999999999999"_s, u"5min"_s, u"١٢٣"_s, u""_s})
        QTest::newRow(qPrintable(u"range "_s + range)) << u"range="_s + range << QStringList{u"range"_s};
    for (const QString& at : {u"now"_s, u"1780000000000"_s, u"2026-13-01T00:00Z"_s, u"2026-02-30T00:00:00Z"_s,
                              u"2026-01-01T00:00:00"_s, u"2026-01-01T00:00:00%2B01:00"_s, u"2026-01-01T25:00:00Z"_s,
                              u"1969-01-01T00:00:00Z"_s, u"2026-01-01T00:00:00Z%0A"_s})
        QTest::newRow(qPrintable(u"at "_s + at)) << u"at="_s + at << QStringList{u"at"_s};
    QTest::newRow("half a stretch") << u"from=2026-01-01T00:00Z"_s << QStringList{u"from"_s};
    QTest::newRow("the other half") << u"to=2026-01-01T00:00Z"_s << QStringList{u"to"_s};
    QTest::newRow("backwards") << u"from=2026-01-02T00:00Z&to=2026-01-01T00:00Z"_s << QStringList{u"from"_s};
    QTest::newRow("no time") << u"from=x&to=2026-01-01T00:00Z"_s << QStringList{u"from"_s, u"to"_s};
    QTest::newRow("level") << u"levels=error,loud"_s << QStringList{u"levels"_s};
    QTest::newRow("no level") << u"levels="_s << QStringList{u"levels"_s};
    QTest::newRow("regex") << u"regex=yes"_s << QStringList{u"regex"_s};
    QTest::newRow("where") << u"where=level"_s << QStringList{u"where"_s};
    QTest::newRow("not") << u"not=level&not=x"_s << QStringList{u"not"_s};
}

void TestViewAddress::badPartsAreSaidAndTheRestHolds()
{
    QFETCH(QString, part);
    QFETCH(QStringList, names);
    QStringList bad;
    const ViewAddress address = ViewAddress::read(u"#q=kept&"_s + part + u"&where=user%3Dann"_s, &bad);
    QCOMPARE(bad, names);
    ViewAddress expected;
    expected.q = u"kept"_s;
    expected.where = {{u"user"_s, u"ann"_s}};
    QCOMPARE(address, expected);
}

void TestViewAddress::unknownPartsAreIgnored()
{
    QStringList bad;
    QCOMPARE(ViewAddress::read(u"#token=vigie_secret&x&=&&app=shop&colour=red", &bad).app, u"shop"_s);
    QCOMPARE(bad, QStringList());
    // It need not be escaped where it is not ambiguous.
    QCOMPARE(ViewAddress::read(u"where=a.b=c=d+e").where, (QList<ViewAddress::Field>{{u"a.b"_s, u"c=d e"_s}}));
}

void TestViewAddress::theFirstOfTheSameHolds()
{
    QCOMPARE(ViewAddress::read(u"#app=a&app=b").app, u"a"_s);
    QCOMPARE(ViewAddress::read(u"#not=a%3Db&not=a%3Db").without.size(), 1);
}

void TestViewAddress::strangersTextsDoNoHarm_data()
{
    QTest::addColumn<QString>("fragment");
    QTest::newRow("broken escapes") << u"#q=%&app=%zz%4&at=%%%"_s;
    QTest::newRow("broken UTF-8") << u"#q=%ff%c0%80%ed%a0%80&app=%fe"_s;
    QTest::newRow("lone surrogate") << u"#q="_s + QChar(0xd800) + u"&app="_s + QChar(0xdfff);
    QTest::newRow("many parts") << u"#"_s + QString(u"where=a%3Db&"_s).repeated(5'000);
    QTest::newRow("many fields") << [] {
        QString all;
        for (int i = 0; i < 3'000; ++i)
            all += u"&not=k%3D"_s + QString::number(i);
        return all;
    }();
    QTest::newRow("long text") << u"#q="_s + QString(60'000, u'x');
    QTest::newRow("endless") << u"#app=a&q="_s + QString(10'000'000, u'&');
}

void TestViewAddress::strangersTextsDoNoHarm()
{
    QFETCH(QString, fragment);
    const ViewAddress address = ViewAddress::read(fragment);
    QVERIFY(address.q.size() <= ViewAddress::maxText);
    QVERIFY(address.app.size() <= ViewAddress::maxName);
    QVERIFY(address.where.size() + address.without.size() <= ViewAddress::maxFields);
    // What was made of it can be told and read again.
    QCOMPARE(ViewAddress::read(address.fragment()), address);
}

void TestViewAddress::tooMuchIsNotWritten()
{
    ViewAddress address;
    address.app = QString(ViewAddress::maxName + 1, u'a');
    address.q = QString(ViewAddress::maxText + 1, u'q');
    address.regex = true;
    address.levels.reset();
    for (int i = 0; i < 2 * ViewAddress::maxFields; ++i)
        address.where.append({u"k"_s, QString::number(i)});
    address.without = {{u"k"_s, QString(3 * ViewAddress::maxText, u'v')}};
    QStringList bad;
    const ViewAddress read = ViewAddress::read(address.fragment(), &bad);
    QCOMPARE(bad, QStringList());
    QVERIFY(read.app.isEmpty() && read.q.isEmpty() && read.levels.all() && read.without.isEmpty());
    QCOMPARE(read.where.size(), ViewAddress::maxFields);
}

VIGIE_TEST(TestViewAddress)
#include "tst_viewaddress.moc"
