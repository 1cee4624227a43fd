// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/timeline/timeline.h"
#include "testmain.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestTimeline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void liveMovesWithThePresent();
    void thePastStands();
    void panningBackAndForth();
    void zoomKeepsWhatIsPointedAt();
    void zoomAtTheEdgeStaysLive();
    void rangesAreBounded();
    void nothingIsShownBeyondTheReach();
    void backReturnsToWhatWasBeforeTheZoom();
    void notchesInARowAreOneStepBack();
    void pauseHolds();
    void aMomentHoldsUntilItIsUnpinned();
    void aMomentElsewhereIsBroughtIntoView();
    void theOneWayBack();
    void aClockSetBackMovesTheLiveStretch();
    void stepsLeadWhereThePagesLead_data();
    void stepsLeadWhereThePagesLead();
};

namespace {

constexpr qint64 minute = 60'000;
constexpr qint64 now = 1'780'000'000'000;

} // namespace

void TestTimeline::liveMovesWithThePresent()
{
    Timeline timeline(5 * minute, now);
    QSignalSpy changed(&timeline, &Timeline::changed);
    QCOMPARE(timeline.stretch(), (Stretch{now - 5 * minute, now, true}));
    timeline.setPresent(now + 1'000);
    QCOMPARE(timeline.stretch(), (Stretch{now + 1'000 - 5 * minute, now + 1'000, true}));
    QCOMPARE(changed.count(), 1);
    timeline.setPresent(now + 1'000);
    QCOMPARE(changed.count(), 1);
}

void TestTimeline::thePastStands()
{
    Timeline timeline(5 * minute, now);
    timeline.show(now - 60 * minute, now - 50 * minute);
    QSignalSpy changed(&timeline, &Timeline::changed);
    timeline.setPresent(now + minute);
    QCOMPARE(timeline.stretch(), (Stretch{now - 60 * minute, now - 50 * minute, false}));
    QCOMPARE(changed.count(), 0);
}

void TestTimeline::panningBackAndForth()
{
    Timeline timeline(5 * minute, now);
    timeline.pan(1'000); // there is nothing beyond the present
    QVERIFY(timeline.isLive());
    timeline.pan(-minute);
    QCOMPARE(timeline.stretch(), (Stretch{now - 6 * minute, now - minute, false}));
    timeline.pan(minute / 2);
    QVERIFY(!timeline.isLive());
    timeline.pan(minute);
    QVERIFY(timeline.isLive());
}

void TestTimeline::zoomKeepsWhatIsPointedAt()
{
    Timeline timeline(10 * minute, now);
    const qint64 at = now - 4 * minute;
    timeline.zoom(0.5, at);
    QCOMPARE(timeline.stretch(), (Stretch{at - 3 * minute, at + 2 * minute, false}));
    timeline.zoom(2, at);
    QCOMPARE(timeline.stretch().fromMs, now - 10 * minute);
    QVERIFY(timeline.isLive()); // its end is now again
}

void TestTimeline::zoomAtTheEdgeStaysLive()
{
    Timeline timeline(10 * minute, now);
    timeline.zoom(0.5, now - 1'000);
    QCOMPARE(timeline.stretch(), (Stretch{now - 5 * minute, now, true}));
    timeline.zoom(0.8); // by the key
    QCOMPARE(timeline.stretch(), (Stretch{now - 4 * minute, now, true}));
    timeline.pan(-60 * minute);
    timeline.zoom(0.5);
    QCOMPARE(timeline.stretch(), (Stretch{now - 63 * minute, now - 61 * minute, false}));
}

void TestTimeline::rangesAreBounded()
{
    Timeline timeline(5 * minute, now);
    timeline.zoom(0.000'001, now);
    QCOMPARE(timeline.rangeMs(), Timeline::minRangeMs);
    timeline.zoom(1e12, now);
    QCOMPARE(timeline.rangeMs(), Timeline::maxReachMs);
    timeline.show(now - 2'000, now - 1'000); // grows around its middle
    QCOMPARE(timeline.rangeMs(), Timeline::minRangeMs);
    timeline.show(now - 101'000, now - 99'000);
    QCOMPARE(timeline.stretch(), (Stretch{now - 105'000, now - 95'000, false}));
    timeline.setRange(1);
    QCOMPARE(timeline.rangeMs(), Timeline::minRangeMs);
}

void TestTimeline::nothingIsShownBeyondTheReach()
{
    Timeline timeline(1'440 * minute, now);
    timeline.setReach(60 * minute);
    QCOMPARE(timeline.rangeMs(), 60 * minute);
    timeline.pan(-minute);
    QVERIFY(timeline.isLive());
    timeline.setRange(10 * minute);
    timeline.pan(-600 * minute);
    QCOMPARE(timeline.stretch(), (Stretch{now - 60 * minute, now - 50 * minute, false}));
}

void TestTimeline::backReturnsToWhatWasBeforeTheZoom()
{
    Timeline timeline(60 * minute, now);
    timeline.show(now - 50 * minute, now - 40 * minute);
    timeline.show(now - 46 * minute, now - 45 * minute);
    timeline.pan(-minute);
    timeline.back();
    QCOMPARE(timeline.stretch(), (Stretch{now - 50 * minute, now - 40 * minute, false}));
    timeline.back();
    QCOMPARE(timeline.stretch(), (Stretch{now - 60 * minute, now, true}));
    timeline.pan(-minute);
    QVERIFY(!timeline.hasBack());
    timeline.back();
    QVERIFY(timeline.isLive());
    for (std::size_t i = 0; i < 3 * Timeline::maxHistory; ++i)
        timeline.show(now - 50 * minute, now - 40 * minute);
    for (std::size_t i = 0; i < Timeline::maxHistory; ++i)
        timeline.back();
    QVERIFY(!timeline.hasBack());
}

void TestTimeline::notchesInARowAreOneStepBack()
{
    Timeline timeline(60 * minute, now);
    for (int notch = 0; notch < 5; ++notch)
        timeline.zoom(0.8, now - 30 * minute);
    timeline.back();
    QCOMPARE(timeline.stretch(), (Stretch{now - 60 * minute, now, true}));
}

void TestTimeline::pauseHolds()
{
    Timeline timeline(5 * minute, now);
    timeline.pause();
    timeline.setPresent(now + minute);
    QCOMPARE(timeline.stretch(), (Stretch{now - 5 * minute, now, false}));
    timeline.setRange(10 * minute);
    QCOMPARE(timeline.stretch(), (Stretch{now - 10 * minute, now, false}));
    timeline.toPresent();
    QCOMPARE(timeline.stretch().toMs, now + minute);
    // Held at the very present, too.
    timeline.pause();
    timeline.setRange(5 * minute);
    QVERIFY(!timeline.isLive());
}

void TestTimeline::aMomentHoldsUntilItIsUnpinned()
{
    Timeline timeline(5 * minute, now);
    QSignalSpy moments(&timeline, &Timeline::momentChanged);
    timeline.pin(now - minute);
    QCOMPARE(moments.count(), 1);
    QCOMPARE(*timeline.moment(), now - minute);
    QVERIFY(!timeline.isLive());
    timeline.zoom(1.25); // to the present, and yet not live: the log stands at the moment
    QVERIFY(!timeline.isLive());
    QVERIFY(timeline.unpin());
    QVERIFY(!timeline.unpin());
    QCOMPARE(moments.count(), 2);
    timeline.toPresent();
    timeline.pin(now - minute);
    QVERIFY(timeline.unpin());
    QVERIFY(timeline.isLive());
    // What was held before is held after.
    timeline.pause();
    timeline.pin(now - minute);
    timeline.unpin();
    QVERIFY(!timeline.isLive());
}

void TestTimeline::aMomentElsewhereIsBroughtIntoView()
{
    Timeline timeline(10 * minute, now);
    timeline.pin(now - 100 * minute);
    QCOMPARE(timeline.stretch(), (Stretch{now - 105 * minute, now - 95 * minute, false}));
    timeline.back();
    QVERIFY(timeline.isLive());
    QVERIFY(!timeline.moment());
}

void TestTimeline::theOneWayBack()
{
    Timeline timeline(10 * minute, now);
    timeline.show(now - 50 * minute, now - 40 * minute);
    timeline.pin(now - 45 * minute);
    QSignalSpy moments(&timeline, &Timeline::momentChanged);
    timeline.toPresent();
    QVERIFY(timeline.isLive());
    QVERIFY(!timeline.moment());
    QCOMPARE(moments.count(), 1);
}

void TestTimeline::aClockSetBackMovesTheLiveStretch()
{
    Timeline timeline(10 * minute, now);
    timeline.setPresent(now - 60 * minute);
    QCOMPARE(timeline.stretch(), (Stretch{now - 70 * minute, now - 60 * minute, true}));
}

namespace {

qint64 timeOf(const QJsonValue& seconds)
{
    return now + seconds.toInteger() * 1'000;
}

void take(Timeline& timeline, const QJsonArray& step)
{
    const QString name = step[0].toString();
    if (name == u"show")
        timeline.show(timeOf(step[1]), timeOf(step[2]));
    else if (name == u"zoom")
        timeline.zoom(step[1].toDouble(), timeOf(step[2]));
    else if (name == u"pan")
        timeline.pan(step[1].toInteger() * 1'000);
    else if (name == u"range")
        timeline.setRange(step[1].toInteger() * 1'000);
    else if (name == u"pin")
        timeline.pin(timeOf(step[1]));
    else if (name == u"unpin")
        timeline.unpin();
    else if (name == u"pause")
        timeline.pause();
    else if (name == u"back")
        timeline.back();
    else if (name == u"now")
        timeline.toPresent();
    else
        QFAIL(qPrintable(name));
}

} // namespace

void TestTimeline::stepsLeadWhereThePagesLead_data()
{
    QTest::addColumn<QJsonObject>("one");
    QFile file(QStringLiteral(VIGIE_TEST_DATA "/timeline.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject all = QJsonDocument::fromJson(file.readAll()).object();
    QCOMPARE(all[u"rangeS"].toInt(), 600);
    for (const QJsonValue& one : all[u"cases"].toArray())
        QTest::newRow(qPrintable(one[u"name"].toString())) << one.toObject();
}

void TestTimeline::stepsLeadWhereThePagesLead()
{
    QFETCH(QJsonObject, one);
    Timeline timeline(10 * minute, now);
    for (const QJsonValue& step : one.value(u"steps").toArray())
        take(timeline, step.toArray());
    const QJsonValue stretch = one.value(u"stretch");
    QCOMPARE(timeline.stretch(), (Stretch{timeOf(stretch[0]), timeOf(stretch[1]), one.value(u"isLive").toBool()}));
    const QJsonValue moment = one.value(u"moment");
    QCOMPARE(timeline.moment(), moment.isUndefined() ? std::nullopt : std::optional(timeOf(moment)));
}

VIGIE_TEST(TestTimeline)
#include "tst_timeline.moc"
