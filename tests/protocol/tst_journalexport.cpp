// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/journalexport.h"
#include "testmain.h"

#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestJournalExport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bothFormsAreReadHoweverTheyAreCut();
    void aLongValueIsCut();
    void whatIsBrokenIsRefused_data();
    void whatIsBrokenIsRefused();
    void theEndIsAnEntrysEnd();
};

namespace {

/// "NAME=value", "NAME~value" for one that is cut, "." for an entry's end; "broken" at last if it is.
QStringList fieldsOf(const QByteArray& bytes, qsizetype step, bool finishes = false)
{
    QStringList all;
    JournalExportReader reader(
        [&all](std::string_view name, std::string_view value, bool isCut) {
            all += QString::fromUtf8(name) + (isCut ? u'~' : u'=') + QString::fromLatin1(value.data(), qsizetype(value.size()));
        },
        [&all] { all += u"."_s; });
    for (qsizetype at = 0; at < bytes.size(); at += step) {
        const QByteArray part = bytes.mid(at, step);
        if (!reader.add({part.constData(), std::size_t(part.size())}))
            return all + QStringList(u"broken"_s);
    }
    if (finishes && !reader.finish())
        all += u"broken"_s;
    return all;
}

QByteArray binary(const QByteArray& name, const QByteArray& value)
{
    QByteArray length(8, '\0');
    for (int i = 0; i < 4; ++i)
        length[i] = char(value.size() >> (8 * i));
    return name + '\n' + length + value + '\n';
}

} // namespace

void TestJournalExport::bothFormsAreReadHoweverTheyAreCut()
{
    const QByteArray bytes = "__CURSOR=s=1;i=2\nMESSAGE=a\tb=c\n\n\n" + binary("MESSAGE", "a\nb\tc") + binary("EMPTY", "") + "E=\n\n";
    const QStringList expected{u"__CURSOR=s=1;i=2"_s, u"MESSAGE=a\tb=c"_s, u"."_s, u"MESSAGE=a\nb\tc"_s, u"EMPTY="_s, u"E="_s, u"."_s};
    for (qsizetype step = 1; step <= bytes.size(); ++step)
        QCOMPARE(fieldsOf(bytes, step), expected);
}

void TestJournalExport::aLongValueIsCut()
{
    const QByteArray value(JournalExportReader::maxValueBytes + 10, 'x');
    for (const QByteArray& field : {QByteArray("A=" + value + '\n'), binary("A", value)}) {
        const QStringList fields = fieldsOf(field + "B=1\n\n", 100'000);
        QCOMPARE(fields.size(), 3);
        QCOMPARE(fields[0].size(), qsizetype(JournalExportReader::maxValueBytes) + 2);
        QVERIFY(fields[0].startsWith("A~"_L1));
        QCOMPARE(fields[1], u"B=1"_s);
    }
}

void TestJournalExport::whatIsBrokenIsRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("JSON") << QByteArray("{\"MESSAGE\":\"x\"}\n");
    QTest::newRow("a small name") << QByteArray("message=x\n");
    QTest::newRow("no name") << QByteArray("=x\n");
    QTest::newRow("a long name") << QByteArray(300, 'A');
    QTest::newRow("no LF behind the bytes") << binary("A", "x").chopped(1) + "B";
}

void TestJournalExport::whatIsBrokenIsRefused()
{
    QFETCH(QByteArray, bytes);
    for (const qsizetype step : {qsizetype(1), bytes.size()})
        QCOMPARE(fieldsOf(bytes, step).last(), u"broken"_s);
}

void TestJournalExport::theEndIsAnEntrysEnd()
{
    QCOMPARE(fieldsOf("A=1\n", 4, true), QStringList({u"A=1"_s, u"."_s}));
    QCOMPARE(fieldsOf("A=1\n\n", 4, true), QStringList({u"A=1"_s, u"."_s}));
    QCOMPARE(fieldsOf("A=1", 4, true), QStringList(u"broken"_s));
    QCOMPARE(fieldsOf("A\n\x09", 4, true), QStringList(u"broken"_s));
}

VIGIE_TEST(TestJournalExport)

#include "tst_journalexport.moc"
