// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/timeargument.h"
#include "testmain.h"

#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestTimeArgument : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void momentsAreRead_data();
    void momentsAreRead();
    void othersAreNot();
};

void TestTimeArgument::momentsAreRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("ms");
    constexpr qint64 hour = 3'600'000;
    QTest::newRow("hours") << u"2h"_s << 1'800'000'000'000 - 2 * hour;
    QTest::newRow("days") << u"3d"_s << 1'800'000'000'000 - 72 * hour;
    // In Tokyo, nine hours before UTC.
    QTest::newRow("date") << u"2026-01-31"_s << 1'769'817'600'000 - 9 * hour;
    QTest::newRow("minutes") << u"2026-01-31T14:03"_s << 1'769'817'600'000 + 5 * hour + 180'000;
    QTest::newRow("blank") << u"2026-01-31 14:03:00"_s << 1'769'817'600'000 + 5 * hour + 180'000;
    QTest::newRow("UTC") << u"2026-01-31T00:00:00Z"_s << qint64(1'769'817'600'000);
    QTest::newRow("zone") << u"2026-01-31T01:00:00+01:00"_s << qint64(1'769'817'600'000);
    QTest::newRow("ms") << u"1769817600000"_s << qint64(1'769'817'600'000);
}

void TestTimeArgument::momentsAreRead()
{
    qputenv("TZ", "Asia/Tokyo");
    QFETCH(QString, text);
    QFETCH(qint64, ms);
    QCOMPARE(qint64(momentMs(text, 1'800'000'000'000).value_or(-1)), ms);
}

void TestTimeArgument::othersAreNot()
{
    for (const char* text : {"", "noon", "-2h", "2w", "2026-13-01", "31/01/2026", "h"})
        QVERIFY2(!momentMs(QString::fromLatin1(text), 1'800'000'000'000), text);
}

VIGIE_TEST(TestTimeArgument)
#include "tst_timeargument.moc"
