// SPDX-License-Identifier: GPL-3.0-or-later
// One time for the whole window: its keys, its way back, and charts by keyboard.
#include "core/viewaddress.h"
#include "gui/charts/chartcard.h"
#include "gui/charts/entrybars.h"
#include "gui/charts/metricspanel.h"
#include "gui/logs/logfeed.h"
#include "gui/logs/logpanel.h"
#include "gui/processes/momentpanel.h"
#include "gui/window/mainwindow.h"
#include "fakehistory.h"
#include "guidata.h"
#include "manualarchive.h"
#include "testmain.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMouseEvent>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>
#include <memory>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestWindowTime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void gesturesOfOneChartMoveAllOfThem();
    void aDoubleClickUndoesTheZoom();
    void nothingMovesBetweenTwoClicks_data();
    void nothingMovesBetweenTwoClicks();
    void theMomentShowsAfterAClick();
    void keysZoomAndMove();
    void spacePausesAndGoesOn();
    void spaceOnAButtonIsTheButtons();
    void textFieldsKeepTheirKeys();
    void listsAndChoicesKeepTheirKeys();
    void aSlashSearches();
    void theOneWayBack();
    void theLogFollows();
    void pinningHoldsUntilEscape();
    void anyStretchShowsInTheBar();
    void theBarsStandUnderTheCharts();
    void shortcutsAreListed();
    void arrowsMoveTheCrosshairOfAChart();
    void theCrosshairIsSpoken();
    void oldFiguresTurnGrey();
    void theLinkHoldsTheView();
    void theLinkLeavesOutAFile();

private:
    TimeChart& chart(int card = 0)
    {
        return m_window->findChild<MetricsPanel*>()->cards()[static_cast<std::size_t>(card)]->chart();
    }
    Timeline& timeline() { return m_window->timeline(); }
    LogPanel& log() { return *m_window->findChild<LogPanel*>(); }
    QAction* action(const QString& name) { return m_window->findChild<QAction*>(name); }
    QToolButton* button(const QString& name) { return m_window->findChild<QToolButton*>(name); }
    QPoint inPlot(double share)
    {
        return {int(chart().plot().left() + chart().plot().width() * share), int(chart().plot().center().y())};
    }
    /// Presses and releases at a place of the window, as its platform tells it.
    void click(QPoint at, int timestampMs);
    void press(int key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(m_window.get(), Qt::Key(key), modifiers); }

    FakeHistory m_history;
    ManualArchive m_archive;
    std::unique_ptr<LogFeed> m_feed;
    std::unique_ptr<MainWindow> m_window;
    qint64 m_nowMs = 0;
};

namespace {

constexpr qint64 minuteMs = 60'000;

/// Within a pixel or two of a chart.
bool isNear(qint64 a, qint64 b)
{
    return std::abs(a - b) < 5'000;
}

} // namespace

void TestWindowTime::init()
{
    Settings settings;
    settings.language = u"en"_s;
    m_history = FakeHistory();
    m_history.atOnce = true;
    m_feed = std::make_unique<LogFeed>();
    m_window = std::make_unique<MainWindow>(settings, *m_feed);
    m_window->setArchive(nullptr, &m_history);
    m_window->resize(1280, 800);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    for (int second = 0; second < 600; ++second) {
        const FramePtr frame = test::madeUpFrame(second);
        m_nowMs = frame->timestampMs;
        m_window->showSample(frame);
    }
}

void TestWindowTime::cleanup()
{
    m_window.reset();
    m_feed.reset();
}

void TestWindowTime::gesturesOfOneChartMoveAllOfThem()
{
    QWidget* const plot = chart().viewport();
    QTest::mousePress(plot, Qt::LeftButton, {}, inPlot(0.2));
    QTest::mouseMove(plot, inPlot(0.4));
    QTest::mouseMove(plot, inPlot(0.6));
    QTest::mouseRelease(plot, Qt::LeftButton, {}, inPlot(0.6));
    const Stretch stretch = timeline().stretch();
    QVERIFY(!stretch.isLive);
    QVERIFY(isNear(stretch.fromMs, m_nowMs - 4 * minuteMs));
    QVERIFY(isNear(stretch.toMs, m_nowMs - 2 * minuteMs));
    for (int card = 0; card < 4; ++card) {
        QCOMPARE(chart(card).stretch(), stretch);
        QVERIFY(chart(card).pointCount() > 0);
    }
    const QPointF at = inPlot(0.5);
    QWheelEvent wheel(at, plot->mapToGlobal(at), {}, {0, -120}, Qt::NoButton, {}, Qt::NoScrollPhase, false);
    QApplication::sendEvent(plot, &wheel);
    QVERIFY(wheel.isAccepted());
    QVERIFY(isNear(chart(3).rangeMs(), 150'000));
}

void TestWindowTime::aDoubleClickUndoesTheZoom()
{
    const Stretch before = timeline().stretch();
    timeline().show(m_nowMs - 3 * minuteMs, m_nowMs - 2 * minuteMs);
    QTest::mouseDClick(chart(2).viewport(), Qt::LeftButton, {}, chart(2).plot().center().toPoint());
    QCOMPARE(timeline().stretch(), before);
    QCOMPARE(chart(0).stretch(), before);
    QTest::mouseDClick(chart(2).viewport(), Qt::LeftButton, {}, chart(2).plot().center().toPoint());
    QVERIFY(timeline().isLive());
}

void TestWindowTime::click(QPoint at, int timestampMs)
{
    QWindow* const window = m_window->windowHandle();
    const QPointF global = window->mapToGlobal(QPointF(at));
    qt_handleMouseEvent(window, at, global, Qt::LeftButton, Qt::LeftButton, QEvent::MouseButtonPress, {}, timestampMs);
    qt_handleMouseEvent(window, at, global, Qt::NoButton, Qt::LeftButton, QEvent::MouseButtonRelease, {}, timestampMs + 1);
    QCoreApplication::processEvents(); // what has changed is laid out
}

void TestWindowTime::nothingMovesBetweenTwoClicks_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("usual") << QSize(1280, 800);
    QTest::newRow("smallest") << QSize(600, 480);
}

void TestWindowTime::nothingMovesBetweenTwoClicks()
{
    QFETCH(QSize, size);
    m_window->setArchive(&m_archive, &m_history);
    m_window->resize(size);
    QTRY_COMPARE(m_window->windowHandle()->size(), size);
    const Stretch before = timeline().stretch();
    timeline().show(m_nowMs - 3 * minuteMs, m_nowMs - 2 * minuteMs);
    const QPoint at = chart().viewport()->mapTo(m_window.get(), inPlot(0.9));
    const QRectF plot = chart().plot();
    click(at, 1'000'000);
    QVERIFY(timeline().moment());
    QVERIFY(chart().isVisible());
    QCOMPARE(chart().plot(), plot);
    click(at, 1'000'100);
    QVERIFY(!timeline().moment());
    QCOMPARE(timeline().stretch(), before);
}

void TestWindowTime::theMomentShowsAfterAClick()
{
    m_window->setArchive(&m_archive, &m_history);
    m_window->resize(600, 480);
    QTRY_COMPARE(m_window->windowHandle()->size(), QSize(600, 480));
    auto* const panel = m_window->findChild<MomentPanel*>();
    click(chart().viewport()->mapTo(m_window.get(), inPlot(0.5)), 2'000'000);
    QTRY_VERIFY(panel->isVisible());
    QVERIFY(!chart().isVisible());
    press(Qt::Key_Escape);
    QVERIFY(!panel->isVisible());
    QVERIFY(chart().isVisible());
    // Unpinned before it shows, it never does.
    click(chart().viewport()->mapTo(m_window.get(), inPlot(0.5)), 3'000'000);
    press(Qt::Key_Escape);
    QTest::qWait(QApplication::doubleClickInterval() + 50);
    QVERIFY(!panel->isVisible());
}

void TestWindowTime::keysZoomAndMove()
{
    press(Qt::Key_Plus);
    QCOMPARE(timeline().rangeMs(), 4 * minuteMs);
    QVERIFY(timeline().isLive());
    press(Qt::Key_Minus);
    QCOMPARE(timeline().rangeMs(), 5 * minuteMs);
    press(Qt::Key_Left);
    QCOMPARE(timeline().stretch().toMs, m_nowMs - 75'000);
    press(Qt::Key_Left, Qt::ControlModifier);
    QCOMPARE(timeline().stretch().toMs, m_nowMs - 150'000);
    press(Qt::Key_Right);
    press(Qt::Key_Right);
    QVERIFY(timeline().isLive());
    press(Qt::Key_Left);
    press(Qt::Key_N);
    QVERIFY(timeline().isLive());
}

void TestWindowTime::spacePausesAndGoesOn()
{
    press(Qt::Key_Space);
    QVERIFY(!timeline().isLive());
    QVERIFY(action(u"actionPause"_s)->isChecked());
    const Stretch held = timeline().stretch();
    m_window->showSample(test::madeUpFrame(600));
    QCOMPARE(chart().stretch(), held);
    press(Qt::Key_Space);
    QVERIFY(timeline().isLive());
    QCOMPARE(chart().stretch().toMs, m_nowMs + 1'000);
}

void TestWindowTime::spaceOnAButtonIsTheButtons()
{
    auto* const perCore = button(u"perCoreButton"_s);
    perCore->setFocus();
    QTest::keyClick(perCore, Qt::Key_Space);
    QVERIFY(action(u"actionPerCore"_s)->isChecked());
    QVERIFY(timeline().isLive());
}

void TestWindowTime::textFieldsKeepTheirKeys()
{
    auto* const search = m_window->findChild<QLineEdit*>(u"searchEdit"_s);
    search->setFocus();
    QTest::keyClicks(search, u"n/a +-gG?"_s);
    QCOMPARE(search->text(), u"n/a +-gG?"_s);
    QTest::keyClick(search, Qt::Key_Left);
    QTest::keyClick(search, Qt::Key_Space);
    QCOMPARE(search->text(), u"n/a +-gG ?"_s);
    QVERIFY(timeline().isLive());
    QCOMPARE(timeline().rangeMs(), 5 * minuteMs);
    QVERIFY(!m_window->findChild<QDialog*>(u"shortcutsDialog"_s));
}

void TestWindowTime::listsAndChoicesKeepTheirKeys()
{
    m_history.add("nginx", m_nowMs, "info", QByteArray(2'000, 'x').toStdString());
    StoredCatalog catalog;
    catalog.apps.emplace_back().appId = "nginx";
    m_window->showStored(catalog);
    auto* const box = m_window->findChild<QComboBox*>(u"appBox"_s);
    QTRY_VERIFY(box->findText(u"nginx"_s) > 0);
    timeline().pan(-minuteMs);
    box->setFocus();
    QTest::keyClick(box, Qt::Key_N);
    QCOMPARE(box->currentText(), u"nginx"_s);
    QVERIFY(!timeline().isLive());
    const Stretch before = timeline().stretch();
    QTest::keyClick(box, Qt::Key_Left);
    QCOMPARE(timeline().stretch(), before);
    // A list that goes on to the right is moved by its arrows; any other has no use for them.
    auto* const list = m_window->findChild<QListView*>(u"logList"_s);
    list->setFocus();
    list->horizontalScrollBar()->setRange(0, 0);
    QTest::keyClick(list, Qt::Key_Left);
    QVERIFY(timeline().stretch() != before);
    timeline().pan(minuteMs);
    const Stretch moved = timeline().stretch();
    list->horizontalScrollBar()->setRange(0, 500);
    QTest::keyClick(list, Qt::Key_Right);
    QCOMPARE(timeline().stretch(), moved);
    QTest::keyClick(list, Qt::Key_N); // the others are the window's all the same
    QVERIFY(timeline().isLive());
}

void TestWindowTime::aSlashSearches()
{
    auto* const search = m_window->findChild<QLineEdit*>(u"searchEdit"_s);
    QVERIFY(!search->hasFocus());
    press(Qt::Key_Slash);
    QVERIFY(search->hasFocus());
    QCOMPARE(search->text(), QString());
    // Where that is how "?" is typed, X11 offers both to the shortcuts: it must be of one of them only.
    QVERIFY(!m_window->findChild<QAction*>(u"actionFind"_s)->shortcuts().contains(Qt::SHIFT | Qt::Key_Slash));
}

void TestWindowTime::theOneWayBack()
{
    auto* const back = button(u"backToNowButton"_s);
    QVERIFY(!back->isVisible());
    press(Qt::Key_Left);
    QVERIFY(back->isVisible());
    timeline().pin(m_nowMs - 4 * minuteMs);
    QTest::mouseClick(back, Qt::LeftButton);
    QVERIFY(timeline().isLive());
    QVERIFY(!timeline().moment());
    QVERIFY(!back->isVisible());
    QVERIFY(log().isFollowing());
    QCOMPARE(chart().stretch().toMs, m_nowMs);
}

void TestWindowTime::theLogFollows()
{
    m_window->showStored({});
    QVERIFY(log().isFollowing());
    press(Qt::Key_Left);
    QTRY_VERIFY(!log().isFollowing());
    press(Qt::Key_N);
    QVERIFY(log().isFollowing());
    QTest::mouseClick(chart().viewport(), Qt::LeftButton, {}, inPlot(0.5));
    QVERIFY(!log().isFollowing());
    press(Qt::Key_Escape);
    QVERIFY(log().isFollowing());
}

void TestWindowTime::pinningHoldsUntilEscape()
{
    QTest::mouseClick(chart().viewport(), Qt::LeftButton, {}, inPlot(0.5));
    QVERIFY(timeline().moment());
    for (int card = 0; card < 4; ++card)
        QCOMPARE(chart(card).mark(), timeline().moment());
    QVERIFY(isNear(*timeline().moment(), m_nowMs - 150'000));
    // The details are closed first.
    action(u"actionDetails"_s)->setChecked(true);
    press(Qt::Key_Escape);
    QVERIFY(!action(u"actionDetails"_s)->isChecked());
    QVERIFY(timeline().moment());
    press(Qt::Key_Escape);
    QVERIFY(!timeline().moment());
    QVERIFY(timeline().isLive());
}

void TestWindowTime::anyStretchShowsInTheBar()
{
    m_window->resize(700, 800);
    auto* const range = button(u"rangeButton"_s);
    QTRY_VERIFY(range->isVisible());
    QCOMPARE(range->text(), u"5 min"_s);
    press(Qt::Key_Plus);
    QCOMPARE(range->text(), u"4 min"_s);
    QVERIFY(!action(u"actionRange5"_s)->isChecked());
    action(u"actionRange5"_s)->trigger();
    QVERIFY(action(u"actionRange5"_s)->isChecked());
    action(u"actionRange5"_s)->trigger(); // once more keeps it
    QVERIFY(action(u"actionRange5"_s)->isChecked());
    QCOMPARE(range->text(), u"5 min"_s);
}

void TestWindowTime::theBarsStandUnderTheCharts()
{
    m_window->setArchive(&m_archive, &m_history);
    m_window->resize(800, 900); // one column
    auto* const bars = m_window->findChild<EntryBars*>();
    const auto inWindow = [this](const QWidget* widget, double x) { return widget->mapTo(m_window.get(), QPointF(x, 0)).x(); };
    const auto isUnder = [&](double chartX, double barsX) {
        return std::abs(inWindow(chart().viewport(), chartX) - inWindow(bars, barsX)) <= 1;
    };
    QTRY_VERIFY(bars->isVisible() && isUnder(chart().plot().left(), bars->axis().plot.left()));
    m_window->resize(1280, 800);
    QTRY_VERIFY(isUnder(chart().plot().left(), bars->axis().plot.left()));
}

void TestWindowTime::shortcutsAreListed()
{
    press(Qt::Key_Question);
    auto* const dialog = m_window->findChild<QDialog*>(u"shortcutsDialog"_s);
    QVERIFY(dialog && dialog->isVisible());
    QStringList texts;
    for (const QLabel* label : dialog->findChildren<QLabel*>())
        texts.append(label->text());
    for (const QString& text : {u"Back to now"_s, u"Zoom to that stretch"_s, u"Pin the moment"_s})
        QVERIFY2(texts.contains(text), qPrintable(text));
    const auto* const area = dialog->findChild<QScrollArea*>();
    QVERIFY(area->widget()->height() <= area->viewport()->height()); // the screen has room for all of it
    QTest::keyClick(dialog, Qt::Key_Escape);
    QVERIFY(!dialog->isVisible());
}

void TestWindowTime::arrowsMoveTheCrosshairOfAChart()
{
    chart(1).setFocus();
    QTest::keyClick(&chart(1), Qt::Key_Left);
    QVERIFY(timeline().isLive()); // the key is the chart's here
    QCOMPARE(timeline().pointed(), std::optional(m_nowMs - 3'000));
    QTest::keyClick(&chart(1), Qt::Key_Left, Qt::ShiftModifier);
    QCOMPARE(timeline().pointed(), std::optional(m_nowMs - 33'000));
    QTest::keyClick(&chart(1), Qt::Key_Right);
    QCOMPARE(timeline().pointed(), std::optional(m_nowMs - 30'000));
    QVERIFY(!chart(0).pointedTexts().isEmpty()); // on all charts
    QTest::keyClick(&chart(1), Qt::Key_Return);
    QCOMPARE(timeline().moment(), std::optional(m_nowMs - 30'000));
    QTest::keyClick(&chart(1), Qt::Key_Escape);
    QVERIFY(!timeline().pointed());
    QVERIFY(timeline().moment());
    QTest::keyClick(&chart(1), Qt::Key_Escape);
    QVERIFY(!timeline().moment());
}

void TestWindowTime::theCrosshairIsSpoken()
{
    // Screen readers tell a new name of what has the focus.
    const auto spoken = [this] { return QAccessible::queryAccessibleInterface(&chart())->text(QAccessible::Name); };
    chart().setFocus();
    QCOMPARE(spoken(), u"CPU, chart"_s);
    QTest::keyClick(&chart(), Qt::Key_Left);
    const QString time = QDateTime::fromMSecsSinceEpoch(m_nowMs - 3'000).time().toString(u"HH:mm:ss"_s);
    QVERIFY2(spoken().contains(time + u", CPU "_s) && spoken().endsWith(u" %"_s), qPrintable(spoken()));
    // Elsewhere it has its name again.
    chart(1).setFocus();
    QCOMPARE(spoken(), u"CPU, chart"_s);
    QVERIFY(!timeline().pointed());
}

void TestWindowTime::oldFiguresTurnGrey()
{
    const auto isStale = [this](std::size_t card) { return m_window->findChild<MetricsPanel*>()->cards()[card]->isStale(); };
    QVERIFY(!isStale(0));
    QTRY_VERIFY(isStale(0)); // when nothing comes for three intervals
    QVERIFY(isStale(3));
    m_window->showSample(test::madeUpFrame(600));
    QVERIFY(!isStale(0) && !isStale(3));
}

void TestWindowTime::theLinkHoldsTheView()
{
    m_window->showListenState({true, 3001, u"http://127.0.0.1:3001/"_s, {}});
    action(u"actionCopyLink"_s)->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"http://127.0.0.1:3001/#app=*&range=300"_s);
    QVERIFY(m_window->findChild<QLabel*>(u"noticeLabel"_s)->isVisible());
    timeline().show(m_nowMs - 3 * minuteMs, m_nowMs - 2 * minuteMs);
    timeline().pin(m_nowMs - 150'000);
    action(u"actionCopyLink"_s)->trigger();
    const ViewAddress address = ViewAddress::read(QGuiApplication::clipboard()->text().section(u'#', 1));
    QVERIFY(address.ends);
    QCOMPARE(address.ends->fromMs, m_nowMs - 3 * minuteMs);
    QCOMPARE(address.ends->toMs, m_nowMs - 2 * minuteMs);
    QCOMPARE(address.atMs, std::optional<std::int64_t>(m_nowMs - 150'000));
}

void TestWindowTime::theLinkLeavesOutAFile()
{
    m_window->showListenState({true, 3001, u"http://127.0.0.1:3001/"_s, {}});
    LogChoice choice;
    choice.appId = "file:secret.log";
    choice.search = "timeout";
    log().setViewFilter(choice);
    action(u"actionCopyLink"_s)->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"http://127.0.0.1:3001/#range=300&q=timeout"_s);
}

VIGIE_WINDOW_TEST(TestWindowTime)
#include "tst_windowtime.moc"
