// SPDX-License-Identifier: GPL-3.0-or-later
// What closing the window means, with a tray and without, and files that are dropped on it.
#include "core/logfilestate.h"
#include "gui/logs/logfeed.h"
#include "gui/window/filebar.h"
#include "gui/window/mainwindow.h"
#include "gui/window/trayicon.h"
#include "testmain.h"

#include <QAction>
#include <QDropEvent>
#include <QLabel>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QUrl>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestClosing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutATrayItQuits();
    void withATrayItAsksOnce();
    void orQuitsIfTheOwnerSaysSo();
    void orStaysOpen();
    void inTheTrayItIsHidden();
    void theTrayMayComeLater();
    void quitQuits();
    void filesAreDropped();
    void theFileBarSaysHowMuchIsShown();

private:
    void make(const QString& onClose, bool hasTray);
    QMessageBox* box() { return m_window->findChild<QMessageBox*>(u"closeBox"_s); }
    void press(const QString& text);

    std::unique_ptr<LogFeed> m_feed;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<QSignalSpy> m_closed;
    bool m_hasTray = false;
};

void TestClosing::make(const QString& onClose, bool hasTray)
{
    Settings settings;
    settings.language = u"en"_s;
    settings.onClose = onClose;
    m_window.reset();
    m_feed = std::make_unique<LogFeed>();
    m_window = std::make_unique<MainWindow>(settings, *m_feed);
    m_hasTray = hasTray;
    m_window->setTray([this] { return m_hasTray; });
    m_closed = std::make_unique<QSignalSpy>(m_window.get(), &MainWindow::closed);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void TestClosing::press(const QString& text)
{
    QTRY_VERIFY(box() && box()->isVisible());
    for (QAbstractButton* button : box()->buttons()) {
        if (button->text().remove(u'&') == text)
            return QTest::mouseClick(button, Qt::LeftButton);
    }
    QFAIL(qPrintable(text));
}

void TestClosing::withoutATrayItQuits()
{
    for (const QString& onClose : {u"ask"_s, u"tray"_s, u"quit"_s}) {
        make(onClose, false);
        m_window->close();
        QCOMPARE(m_closed->size(), 1);
    }
}

void TestClosing::withATrayItAsksOnce()
{
    make(u"ask"_s, true);
    m_window->close();
    QVERIFY(m_window->isVisible());
    press(u"Keep Running"_s);
    QTRY_VERIFY(!m_window->isVisible());
    QCOMPARE(m_window->settings().onClose, u"tray"_s);
    QVERIFY(m_closed->isEmpty());
    m_window->comeToFront();
    QVERIFY(m_window->isVisible());
    m_window->close(); // and is asked no more
    QVERIFY(!m_window->isVisible());
    QVERIFY(m_closed->isEmpty());
}

void TestClosing::orQuitsIfTheOwnerSaysSo()
{
    make(u"ask"_s, true);
    m_window->close();
    press(u"Quit Vigie"_s);
    QTRY_COMPARE(m_closed->size(), 1);
    QCOMPARE(m_window->settings().onClose, u"quit"_s);
}

void TestClosing::orStaysOpen()
{
    make(u"ask"_s, true);
    m_window->close();
    m_window->close(); // is asked once all the same
    QCOMPARE(m_window->findChildren<QMessageBox*>(u"closeBox"_s).size(), 1);
    press(u"Cancel"_s);
    QTRY_VERIFY(!box());
    QVERIFY(m_window->isVisible() && m_closed->isEmpty());
    QCOMPARE(m_window->settings().onClose, u"ask"_s);
}

void TestClosing::inTheTrayItIsHidden()
{
    make(u"tray"_s, true);
    m_window->close();
    QVERIFY(!m_window->isVisible() && m_closed->isEmpty());
    const auto menu = [this](const QString& name) {
        return m_window->findChild<TrayIcon*>()->menu().findChild<QAction*>(name);
    };
    menu(u"trayOpen"_s)->trigger();
    QVERIFY(m_window->isVisible());
    m_window->close();
    QVERIFY(!m_window->isVisible() && m_closed->isEmpty());
    menu(u"trayQuit"_s)->trigger();
    QCOMPARE(m_closed->size(), 1);
}

void TestClosing::theTrayMayComeLater()
{
    make(u"tray"_s, false);
    m_hasTray = true; // the desktop's panel has started
    m_window->close();
    QVERIFY(!m_window->isVisible() && m_closed->isEmpty());
    m_window->comeToFront();
    m_hasTray = false;
    m_window->close();
    QCOMPARE(m_closed->size(), 1);
}

void TestClosing::quitQuits()
{
    make(u"tray"_s, true);
    m_window->findChild<QAction*>(u"actionQuit"_s)->trigger();
    QCOMPARE(m_closed->size(), 1);
    make(u"ask"_s, true);
    m_window->findChild<QAction*>(u"actionQuit"_s)->trigger();
    QCOMPARE(m_closed->size(), 1);
}

void TestClosing::filesAreDropped()
{
    make(u"quit"_s, false);
    QSignalSpy chosen(m_window.get(), &MainWindow::filesChosen);
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(u"/var/log/a.log"_s), QUrl(u"https://example.org/b.log"_s)});
    QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(50, 50), Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(m_window.get(), &drop);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.first().first().toStringList(), QStringList{u"/var/log/a.log"_s});
    // Text is none of ours.
    QMimeData text;
    text.setText(u"hello"_s);
    QDragEnterEvent other(QPoint(50, 50), Qt::CopyAction, &text, Qt::LeftButton, Qt::NoModifier);
    other.ignore();
    QCoreApplication::sendEvent(m_window.get(), &other);
    QVERIFY(!other.isAccepted());
}

void TestClosing::theFileBarSaysHowMuchIsShown()
{
    make(u"quit"_s, false);
    FileBar& bar = m_window->fileBar();
    QVERIFY(bar.isHidden());
    const LogFileState reading{u"file:big.log"_s, u"/var/log/big.log"_s, 3'200'000, 100'000, false, false, true, {}};
    bar.showState(reading);
    const auto* text = bar.findChild<QLabel*>(u"fileBarText"_s);
    QCOMPARE(text->text(), u"Reading big.log: 3,200,000 lines so far…"_s);
    LogFileState read = reading;
    read.isRead = true;
    bar.showState(read);
    QCOMPARE(text->text(), u"big.log: the newest 100,000 entries of 3,200,000 lines. Followed as it grows."_s);
    bar.showState({u"file:a.log.gz"_s, u"/a.log.gz"_s, 3, 2, true, true, false, {}}); // one of them goes on the one before
    QCOMPARE(text->text(), u"a.log.gz: all 3 lines. Compressed, so not followed."_s);
    // A file that grows meanwhile is not the one that is shown.
    bar.showState(read);
    QCOMPARE(text->text(), u"a.log.gz: all 3 lines. Compressed, so not followed."_s);
    LogFileState failed;
    failed.path = u"/a.out"_s;
    failed.problem = u"a.out is not a text file."_s;
    bar.showState(failed);
    bar.showState(read);
    QCOMPARE(text->text(), failed.problem); // until it is hidden
    QVERIFY(bar.isVisible());
    auto* hide = bar.findChild<QWidget*>(u"fileBarHide"_s);
    QTest::mouseClick(hide, Qt::LeftButton);
    QVERIFY(bar.isHidden());
    bar.choose(read.appId);
    QVERIFY(bar.isVisible());
    QTest::mouseClick(hide, Qt::LeftButton);
    read.lines += 1;
    bar.showState(read); // however much it grows
    QVERIFY(bar.isHidden());
    bar.reveal(read.appId);
    QVERIFY(bar.isVisible());
    QSignalSpy closed(m_window.get(), &MainWindow::fileCloseWanted);
    QTest::mouseClick(bar.findChild<QWidget*>(u"fileBarClose"_s), Qt::LeftButton);
    QCOMPARE(closed.size(), 1);
    QCOMPARE(closed.first().first().toString(), read.appId);
    bar.remove(read.appId);
    QVERIFY(bar.isHidden());
}

VIGIE_WINDOW_TEST(TestClosing)
#include "tst_closing.moc"
