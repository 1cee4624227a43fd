// SPDX-License-Identifier: GPL-3.0-or-later
// The window on screens that are smaller than it would like: run once for each of tests/data/screens.
#include "gui/logs/logfeed.h"
#include "gui/window/mainwindow.h"
#include "gui/window/windowgeometry.h"
#include "testmain.h"

#include <QApplication>
#include <QScreen>
#include <QTest>

using namespace vigie;

class TestFirstWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPlaceIsWithinItsScreen_data();
    void aPlaceIsWithinItsScreen();
    void theFirstWindowFits();
    void aRestoredWindowFits();
    void closingEndsNothingByItself();
};

void TestFirstWindow::aPlaceIsWithinItsScreen_data()
{
    QTest::addColumn<QRect>("wanted");
    QTest::addColumn<QRect>("place");
    // Of a screen of 1366 by 768, right of another, with a panel of 30 above; a frame of 25 above and 2 around.
    QTest::newRow("as it is") << QRect(1500, 100, 800, 500) << QRect(1500, 100, 800, 500);
    QTest::newRow("too large") << QRect(1400, 60, 1900, 1000) << QRect(1368, 55, 1362, 711);
    QTest::newRow("beyond the right and below") << QRect(2500, 700, 800, 500) << QRect(1930, 266, 800, 500);
    QTest::newRow("beyond the left and above") << QRect(0, 0, 800, 500) << QRect(1368, 55, 800, 500);
}

void TestFirstWindow::aPlaceIsWithinItsScreen()
{
    QFETCH(QRect, wanted);
    QFETCH(QRect, place);
    QCOMPARE(placeWithin(wanted, {2, 25, 2, 2}, {1366, 30, 1366, 738}), place);
}

void TestFirstWindow::theFirstWindowFits()
{
    const QRect free = QGuiApplication::primaryScreen()->availableGeometry();
    LogFeed feed;
    MainWindow window(Settings(), feed);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QVERIFY(window.height() < free.height()); // there is a title bar to come
    QVERIFY2(free.contains(window.geometry()), qPrintable(QStringLiteral("%1 × %2").arg(window.width()).arg(window.height())));
    // And no smaller than it must be.
    QVERIFY(window.width() >= std::min(1280, free.width() - 20));
    QVERIFY(window.height() >= std::min(800, free.height() - 60));
}

void TestFirstWindow::aRestoredWindowFits()
{
    const QRect free = QGuiApplication::primaryScreen()->availableGeometry();
    Settings settings;
    {
        LogFeed feed;
        MainWindow window(Settings(), feed);
        window.setGeometry(5'000, 3'000, 2'000, 1'500); // on a screen that is gone
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        settings.windowGeometry = window.saveGeometry();
    }
    LogFeed feed;
    MainWindow window(settings, feed);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QVERIFY(free.contains(window.geometry()));
}

void TestFirstWindow::closingEndsNothingByItself()
{
    // Who runs the program takes leave of its clients first, and ends it then.
    LogFeed feed;
    MainWindow window(Settings(), feed);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    qApp->setQuitOnLastWindowClosed(false);
    QMetaObject::invokeMethod(
        &window,
        [&window] {
            window.close();
            QMetaObject::invokeMethod(&window, [] { QCoreApplication::exit(7); }, Qt::QueuedConnection);
        },
        Qt::QueuedConnection);
    QCOMPARE(QApplication::exec(), 7);
}

VIGIE_WINDOW_TEST(TestFirstWindow)
#include "tst_firstwindow.moc"
