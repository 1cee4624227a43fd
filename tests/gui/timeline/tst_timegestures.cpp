// SPDX-License-Identifier: GPL-3.0-or-later
// Hands on a widget with a time axis.
#include "gui/timeline/timegestures.h"
#include "testmain.h"

#include <QMouseEvent>
#include <QSignalSpy>
#include <QTest>
#include <QTouchEvent>
#include <QWheelEvent>
#include <QWidget>
#include <memory>

using namespace vigie;

class TestTimeGestures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void aDragZooms();
    void aDragBackwardsZoomsToo();
    void aDragBeyondTheEdgeEndsThere();
    void shiftAndMiddleDragsPan();
    void theWheelZoomsAtThePointer();
    void sidewaysWheelsPan();
    void besideThePlotNothingIsOurs();
    void aClickPins();
    void aDoubleClickGoesBack();
    void aDoubleClickPinsNothing();
    void aDoubleClickKeepsTheMomentThereWas();
    void anEarlierClickIsNoneOfADoubleClick();
    void thePointerIsTold();
    void twoFingersPan();
    void aPinchZooms();
    void aTapPinsAndOneFingerZooms();

private:
    bool wheel(QPointF at, QPoint turn, Qt::KeyboardModifiers modifiers = {});
    void drag(Qt::MouseButton button, Qt::KeyboardModifiers modifiers, int from, int to);
    /// The second press of a double click, which is none, and its release.
    void pressAgain(int x);

    std::unique_ptr<Timeline> m_timeline;
    std::unique_ptr<QWidget> m_surface;
    TimeGestures* m_gestures = nullptr;
    QPointingDevice* m_touch = nullptr;
};

namespace {

constexpr qint64 now = 1'780'000'000'000;
// A second a pixel.
constexpr qint64 range = 400'000;
constexpr int top = 50;

} // namespace

void TestTimeGestures::init()
{
    m_timeline = std::make_unique<Timeline>(range, now);
    m_surface = std::make_unique<QWidget>();
    m_surface->resize(500, 100);
    m_gestures = new TimeGestures(m_surface.get(), *m_timeline);
    const auto follow = [this] { m_gestures->setAxis({QRectF(50, 10, 400, 80), m_timeline->stretch()}); };
    follow();
    connect(m_timeline.get(), &Timeline::changed, m_gestures, follow);
    m_surface->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_surface.get()));
    if (!m_touch)
        m_touch = QTest::createTouchDevice();
}

void TestTimeGestures::cleanup()
{
    m_surface.reset();
    m_timeline.reset();
}

bool TestTimeGestures::wheel(QPointF at, QPoint turn, Qt::KeyboardModifiers modifiers)
{
    QWheelEvent event(at, m_surface->mapToGlobal(at), {}, turn, Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
    event.ignore();
    QCoreApplication::sendEvent(m_surface.get(), &event);
    return event.isAccepted();
}

void TestTimeGestures::drag(Qt::MouseButton button, Qt::KeyboardModifiers modifiers, int from, int to)
{
    QTest::mousePress(m_surface.get(), button, modifiers, {from, top});
    for (const int x : {(from + to) / 2, to}) {
        QMouseEvent move(QEvent::MouseMove, QPointF(x, top), m_surface->mapToGlobal(QPointF(x, top)), Qt::NoButton, button, modifiers);
        QCoreApplication::sendEvent(m_surface.get(), &move);
    }
    QTest::mouseRelease(m_surface.get(), button, modifiers, {to, top});
}

void TestTimeGestures::aDragZooms()
{
    QSignalSpy moved(m_gestures, &TimeGestures::moved);
    QTest::mousePress(m_surface.get(), Qt::LeftButton, {}, {150, top});
    QTest::mouseMove(m_surface.get(), {200, top});
    QVERIFY(m_gestures->band());
    QCOMPARE(m_gestures->band()->left, 150.0);
    QCOMPARE(m_gestures->band()->right, 200.0);
    QVERIFY(moved.count() > 0);
    QTest::mouseMove(m_surface.get(), {250, top});
    QTest::mouseRelease(m_surface.get(), Qt::LeftButton, {}, {250, top});
    QVERIFY(!m_gestures->band());
    QCOMPARE(m_timeline->stretch(), (Stretch{now - 300'000, now - 200'000, false}));
}

void TestTimeGestures::aDragBackwardsZoomsToo()
{
    drag(Qt::LeftButton, {}, 250, 150);
    QCOMPARE(m_timeline->stretch(), (Stretch{now - 300'000, now - 200'000, false}));
}

void TestTimeGestures::aDragBeyondTheEdgeEndsThere()
{
    drag(Qt::LeftButton, {}, 150, 20);
    QCOMPARE(m_timeline->stretch(), (Stretch{now - 400'000, now - 300'000, false}));
}

void TestTimeGestures::shiftAndMiddleDragsPan()
{
    drag(Qt::LeftButton, Qt::ShiftModifier, 200, 300);
    QCOMPARE(m_timeline->stretch(), (Stretch{now - 500'000, now - 100'000, false}));
    drag(Qt::MiddleButton, {}, 200, 250);
    QCOMPARE(m_timeline->stretch().toMs, now - 150'000);
    drag(Qt::MiddleButton, {}, 300, 100); // and back to the present
    QVERIFY(m_timeline->isLive());
}

void TestTimeGestures::theWheelZoomsAtThePointer()
{
    QVERIFY(wheel({250, top}, {0, 120})); // the middle
    QCOMPARE(m_timeline->rangeMs(), qint64(320'000));
    QCOMPARE(m_timeline->stretch().toMs, now - 40'000);
    QVERIFY(wheel({250, top}, {0, -120}));
    QCOMPARE(m_timeline->rangeMs(), range);
    QVERIFY(m_timeline->isLive());
}

void TestTimeGestures::sidewaysWheelsPan()
{
    QVERIFY(wheel({250, top}, {120, 0}));
    QCOMPARE(m_timeline->stretch(), (Stretch{now - 440'000, now - 40'000, false}));
    QVERIFY(wheel({250, top}, {0, 120}, Qt::ShiftModifier));
    QCOMPARE(m_timeline->stretch().toMs, now - 80'000);
    QVERIFY(wheel({250, top}, {-240, 0}));
    QVERIFY(m_timeline->isLive());
}

void TestTimeGestures::besideThePlotNothingIsOurs()
{
    QVERIFY(!wheel({20, top}, {0, 120}));
    QTest::mouseClick(m_surface.get(), Qt::LeftButton, {}, {20, top});
    QTest::mouseClick(m_surface.get(), Qt::RightButton, {}, {200, top});
    QVERIFY(!m_timeline->moment());
    QVERIFY(m_timeline->isLive());
}

void TestTimeGestures::aClickPins()
{
    QTest::mouseClick(m_surface.get(), Qt::LeftButton, {}, {350, top});
    QCOMPARE(m_timeline->moment(), std::optional<qint64>(now - 100'000));
}

void TestTimeGestures::aDoubleClickGoesBack()
{
    drag(Qt::LeftButton, {}, 150, 250);
    QTest::mouseDClick(m_surface.get(), Qt::LeftButton, {}, {250, top});
    QCOMPARE(m_timeline->stretch(), (Stretch{now - range, now, true}));
}

void TestTimeGestures::pressAgain(int x)
{
    QMouseEvent second(QEvent::MouseButtonDblClick, QPointF(x, top), m_surface->mapToGlobal(QPointF(x, top)), Qt::LeftButton,
                       Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_surface.get(), &second);
    QTest::mouseRelease(m_surface.get(), Qt::LeftButton, {}, {x, top});
}

void TestTimeGestures::aDoubleClickPinsNothing()
{
    // As it comes from a hand: its first click is a click of its own.
    QTest::mouseClick(m_surface.get(), Qt::LeftButton, {}, {350, top});
    pressAgain(350);
    QVERIFY(!m_timeline->moment());
    QVERIFY(m_timeline->isLive());
}

void TestTimeGestures::aDoubleClickKeepsTheMomentThereWas()
{
    m_timeline->show(now - 2'000'000, now - 1'000'000);
    m_timeline->pin(now - 1'500'000);
    m_timeline->show(now - 1'300'000, now - 1'200'000); // the moment is out of view
    QTest::mouseClick(m_surface.get(), Qt::LeftButton, {}, {350, top});
    pressAgain(350);
    QCOMPARE(m_timeline->stretch(), (Stretch{now - 2'000'000, now - 1'000'000, false}));
    QCOMPARE(m_timeline->moment(), std::optional<qint64>(now - 1'500'000));
}

void TestTimeGestures::anEarlierClickIsNoneOfADoubleClick()
{
    m_timeline->pause();
    QTest::mouseClick(m_surface.get(), Qt::LeftButton, {}, {350, top});
    QTest::mouseClick(m_surface.get(), Qt::LeftButton, {}, {250, top});
    QTest::mouseClick(m_surface.get(), Qt::LeftButton, {}, {20, top}); // beside the plot
    m_timeline->show(now - 300'000, now - 100'000);
    pressAgain(250);
    QCOMPARE(m_timeline->stretch(), (Stretch{now - range, now, false}));
    QCOMPARE(m_timeline->moment(), std::optional<qint64>(now - 200'000));
}

void TestTimeGestures::thePointerIsTold()
{
    QTest::mouseMove(m_surface.get(), {350, top});
    QCOMPARE(m_timeline->pointed(), std::optional<qint64>(now - 100'000));
    m_timeline->setPresent(now + 5'000); // under a pointer at rest
    QCOMPARE(m_timeline->pointed(), std::optional<qint64>(now - 95'000));
    QTest::mouseMove(m_surface.get(), {20, top});
    QVERIFY(!m_timeline->pointed());
}

void TestTimeGestures::twoFingersPan()
{
    QTest::touchEvent(m_surface.get(), m_touch).press(0, {100, top}).press(1, {200, top});
    QTest::touchEvent(m_surface.get(), m_touch).move(0, {150, top}).move(1, {250, top});
    QTest::touchEvent(m_surface.get(), m_touch).release(0, {150, top}).release(1, {250, top});
    QCOMPARE(m_timeline->stretch(), (Stretch{now - 450'000, now - 50'000, false}));
    QVERIFY(!m_timeline->moment());
}

void TestTimeGestures::aPinchZooms()
{
    QTest::touchEvent(m_surface.get(), m_touch).press(0, {200, top}).press(1, {300, top});
    QTest::touchEvent(m_surface.get(), m_touch).move(0, {150, top}).move(1, {350, top});
    QTest::touchEvent(m_surface.get(), m_touch).release(0, {150, top}).release(1, {350, top});
    QCOMPARE(m_timeline->stretch(), (Stretch{now - 300'000, now - 100'000, false}));
}

void TestTimeGestures::aTapPinsAndOneFingerZooms()
{
    QTest::touchEvent(m_surface.get(), m_touch).press(0, {350, top});
    QTest::touchEvent(m_surface.get(), m_touch).release(0, {350, top});
    QCOMPARE(m_timeline->moment(), std::optional<qint64>(now - 100'000));
    m_timeline->toPresent();
    QTest::touchEvent(m_surface.get(), m_touch).press(0, {150, top});
    QTest::touchEvent(m_surface.get(), m_touch).move(0, {250, top});
    QTest::touchEvent(m_surface.get(), m_touch).release(0, {250, top});
    QCOMPARE(m_timeline->stretch(), (Stretch{now - 300'000, now - 200'000, false}));
}

VIGIE_WINDOW_TEST(TestTimeGestures)
#include "tst_timegestures.moc"
