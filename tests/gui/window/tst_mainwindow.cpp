// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/charts/chartcard.h"
#include "gui/widgets/valuelabel.h"
#include "gui/logs/logfeed.h"
#include "gui/window/mainwindow.h"
#include "gui/charts/metricspanel.h"
#include "gui/widgets/theme.h"
#include "guidata.h"
#include "testmain.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineSeries>
#include <QMenu>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void figuresAreThoseOfTheSample();
    void noSeriesHasMorePointsThanItsPlotIsWide();
    void theRangeIsChosenWithAClick();
    void pauseHoldsTheChartsAndGoesOnRecording();
    void perCoreDrawsOneLineACore();
    void aHiddenWindowDrawsNothing();
    void aMissingPartSaysSo();
    void aSuspendIsDrawnAsAGap();
    void aNarrowWindowHasOneColumn();
    void theSmallestWindowHasOneRowOfSparklines();
    void hidingAllLeavesTheWayBack();
    void theStatusBarDropsWholeParts();
    void theAddressIsCopied();
    void theStatusBarTellsHowBusyTheServerIs();
    void troubleWithHistoryIsSaidWhileItLasts();
    void theBannerOffersAnotherPort();
    void theBannerWarnsOfSharingWithoutProtection();
    void theThemeIsSwitched();
    void aWindowIsMadeInEitherTheme();
    void theLanguageIsSwitchedLive();
    void everyActionHasItsOwnShortcut();
    void everyControlHasAName();
    void aboutNamesTheLicences();
    void closingReportsTheGeometry();

private:
    MetricsPanel& metrics() { return *m_window->findChild<MetricsPanel*>(); }
    TimeChart& chart(int card) { return metrics().cards()[static_cast<std::size_t>(card)]->chart(); }
    QAction* action(const QString& name) { return m_window->findChild<QAction*>(name); }
    QToolButton* buttonOf(const QString& actionName);
    QString figure(int card, int figure);
    void show(Settings settings = {});
    void showSamples(int from, int to);

    std::unique_ptr<LogFeed> m_feed;
    std::unique_ptr<MainWindow> m_window;
};

void TestMainWindow::init()
{
    Settings settings;
    settings.language = u"en"_s;
    settings.theme = u"light"_s;
    show(settings);
}

void TestMainWindow::show(Settings settings)
{
    m_window.reset();
    m_feed = std::make_unique<LogFeed>();
    m_window = std::make_unique<MainWindow>(settings, *m_feed);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void TestMainWindow::cleanup()
{
    m_window.reset();
    m_feed.reset();
}

void TestMainWindow::showSamples(int from, int to)
{
    for (int second = from; second < to; ++second)
        m_window->showSample(test::madeUpFrame(second));
}

QToolButton* TestMainWindow::buttonOf(const QString& actionName)
{
    for (QToolButton* button : m_window->findChildren<QToolButton*>()) {
        if (button->defaultAction() && button->defaultAction()->objectName() == actionName)
            return button;
    }
    return nullptr;
}

QString TestMainWindow::figure(int card, int figure)
{
    return metrics()
        .cards()[static_cast<std::size_t>(card)]
        ->findChildren<ValueLabel*>()
        .at(figure)
        ->value();
}

void TestMainWindow::figuresAreThoseOfTheSample()
{
    auto sample = std::make_shared<test::Sample>(*test::madeUpSample(0));
    sample->cpu->total.usagePercent = 42;
    sample->memory->totalBytes = 16ULL << 30;
    sample->memory->usedBytes = 4ULL << 30;
    sample->network->receiveBytesPerSecond = 3.5 * 1048576;
    m_window->showSample(test::frameOf(*sample));
    QCOMPARE(figure(0, 0), u"42 %"_s);
    QCOMPARE(figure(1, 0), u"25 %"_s);
    QCOMPARE(figure(3, 0), u"3.50\u00a0MiB/s"_s);
    QVERIFY(chart(3).accessibleDescription().contains(u"3.50"_s));
    QVERIFY(!chart(3).accessibleName().isEmpty());
}

void TestMainWindow::noSeriesHasMorePointsThanItsPlotIsWide()
{
    showSamples(0, 3700);
    for (const QString& range :
         {u"actionRange1"_s, u"actionRange5"_s, u"actionRange15"_s, u"actionRange60"_s}) {
        action(range)->trigger();
        for (int card = 0; card < 4; ++card) {
            QVERIFY(chart(card).pointCount() > 0);
            QVERIFY(chart(card).pointCount() <= chart(card).plot().width());
        }
    }
}

void TestMainWindow::theRangeIsChosenWithAClick()
{
    showSamples(0, 400);
    QSignalSpy changed(m_window.get(), &MainWindow::settingsChanged);
    QTest::mouseClick(buttonOf(u"actionRange15"_s), Qt::LeftButton);
    for (int card = 0; card < 4; ++card)
        QCOMPARE(chart(card).rangeMs(), qint64(15 * 60'000));
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.at(0).at(0).value<Settings>().rangeMinutes, 15);
    QVERIFY(action(u"actionRange15"_s)->isChecked());
    QVERIFY(!action(u"actionRange5"_s)->isChecked());
    QTest::keyClick(m_window.get(), Qt::Key_1, Qt::ControlModifier);
    QCOMPARE(chart(0).rangeMs(), qint64(60'000));
}

void TestMainWindow::pauseHoldsTheChartsAndGoesOnRecording()
{
    showSamples(0, 100);
    QTest::mouseClick(buttonOf(u"actionPause"_s), Qt::LeftButton);
    const QString before = figure(3, 0);
    const quint64 drawn = chart(0).traceCount();
    showSamples(100, 160);
    QCOMPARE(chart(0).traceCount(), drawn);
    QCOMPARE(figure(3, 0), before);
    QCOMPARE(metrics().history().newestMs(), 1'780'000'159'000);
    QVERIFY(!buttonOf(u"actionPause"_s)->isVisible());
    QTest::mouseClick(buttonOf(u"actionBackToNow"_s), Qt::LeftButton);
    QVERIFY(buttonOf(u"actionPause"_s)->isVisible() && !buttonOf(u"actionBackToNow"_s)->isVisible());
    QVERIFY(chart(0).traceCount() > drawn);
    QVERIFY(figure(3, 0) != before);
}

void TestMainWindow::perCoreDrawsOneLineACore()
{
    showSamples(0, 60);
    const auto lines = [this] {
        int count = 0;
        for (const QAbstractSeries* series : chart(0).chart()->series())
            count += static_cast<const QLineSeries*>(series)->count() > 0;
        return count;
    };
    QCOMPARE(lines(), 1);
    QTest::mouseClick(m_window->findChild<QToolButton*>(u"perCoreButton"_s), Qt::LeftButton);
    QCOMPARE(lines(), 8);
    QVERIFY(m_window->settings().perCore);
    QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
    QCOMPARE(lines(), 1);
}

void TestMainWindow::aHiddenWindowDrawsNothing()
{
    showSamples(0, 10);
    m_window->hide();
    const quint64 drawn = chart(0).traceCount();
    showSamples(10, 500);
    m_feed->push(test::madeUpBatch("shop", 0, 10));
    QCoreApplication::processEvents();
    QCOMPARE(chart(0).traceCount(), drawn);
    QCOMPARE(m_feed->take().entries.size(), std::size_t(10));
    QCOMPARE(metrics().history().newestMs(), 1'780'000'499'000);
    m_window->show();
    QVERIFY(chart(0).traceCount() > drawn);
}

void TestMainWindow::aMissingPartSaysSo()
{
    showSamples(0, 5);
    QVERIFY(chart(2).isVisible());
    auto sample = std::make_shared<test::Sample>(*test::madeUpSample(5));
    sample->disk.reset();
    m_window->showSample(test::frameOf(*sample));
    QVERIFY(!chart(2).isVisible());
    const auto labels = metrics().cards()[2]->findChildren<QLabel*>();
    QVERIFY(std::ranges::any_of(labels, [](const QLabel* label) {
        return label->isVisible() && label->text() == u"This machine gives no disk figures."_s;
    }));
    QVERIFY(chart(0).isVisible());
    showSamples(6, 7);
    QVERIFY(chart(2).isVisible());
}

void TestMainWindow::aSuspendIsDrawnAsAGap()
{
    showSamples(0, 30);
    auto sample = std::make_shared<test::Sample>(*test::madeUpSample(150));
    m_window->showSample(test::frameOf(*sample));
    showSamples(151, 170);
    int drawn = 0;
    for (const QAbstractSeries* series : chart(0).chart()->series())
        drawn += static_cast<const QLineSeries*>(series)->count() > 0;
    QCOMPARE(drawn, 2);
}

void TestMainWindow::aNarrowWindowHasOneColumn()
{
    const auto& cards = metrics().cards();
    QCOMPARE(cards[0]->y(), cards[1]->y());
    m_window->resize(640, 900);
    QTRY_VERIFY(cards[1]->y() > cards[0]->y());
}

void TestMainWindow::theSmallestWindowHasOneRowOfSparklines()
{
    showSamples(0, 60);
    m_window->resize(m_window->minimumSize());
    const auto& cards = metrics().cards();
    for (int card = 1; card < 4; ++card)
        QTRY_COMPARE(cards[std::size_t(card)]->y(), cards[0]->y());
    QVERIFY(cards[3]->x() > cards[2]->x());
    QTRY_VERIFY(cards[0]->height() <= 100);
    // Both are legible: there is a line, and a third of the window at least is log.
    QTRY_VERIFY(chart(0).plot().height() >= 20);
    auto* const list = m_window->findChild<QWidget*>(u"LogPanel"_s);
    QTRY_VERIFY(list->height() >= m_window->height() / 3);
    m_window->resize(1280, 800);
    QTRY_VERIFY(cards[2]->y() > cards[0]->y());
    // It may have been as small from the start.
    Settings settings;
    MainWindow small(settings, *m_feed);
    small.resize(small.minimumSize());
    small.show();
    QVERIFY(QTest::qWaitForWindowExposed(&small));
    for (int second = 0; second < 60; ++second)
        small.showSample(test::madeUpFrame(second));
    QCoreApplication::processEvents();
    QTRY_VERIFY(small.findChild<MetricsPanel*>()->cards()[0]->width() < 150);
    QVERIFY(small.findChild<MetricsPanel*>()->cards()[0]->height() <= 100);
}

void TestMainWindow::hidingAllLeavesTheWayBack()
{
    auto* const hint = m_window->findChild<QWidget*>(u"nothingShown"_s);
    QVERIFY(!hint->isVisible());
    QTest::keyClick(m_window.get(), Qt::Key_F7);
    QVERIFY(!hint->isVisible());
    QTest::keyClick(m_window.get(), Qt::Key_F8);
    QVERIFY(hint->isVisible());
    QTest::mouseClick(m_window->findChild<QPushButton*>(u"showLogsButton"_s), Qt::LeftButton);
    QVERIFY(!hint->isVisible());
    QVERIFY(m_window->findChild<QWidget*>(u"LogPanel"_s)->isVisible());
    action(u"actionShowLogs"_s)->trigger();
    QTest::mouseClick(m_window->findChild<QPushButton*>(u"showChartsButton"_s), Qt::LeftButton);
    QVERIFY(!hint->isVisible());
    QVERIFY(metrics().isVisible());
}

void TestMainWindow::theStatusBarDropsWholeParts()
{
    showSamples(0, 1);
    m_window->showActivity({12, 1234, 0.25});
    m_window->showListenState({true, 3001, u"http://127.0.0.1:3001/"_s, {}});
    const auto label = [this](const QString& name) { return m_window->findChild<QLabel*>(name); };
    QTRY_COMPARE(label(u"uptimeLabel"_s)->text(), u"This machine has been up for 3 d 4 h"_s);
    QVERIFY(label(u"uptimeLabel"_s)->isVisible());
    m_window->resize(m_window->minimumSize());
    QTRY_VERIFY(!label(u"uptimeLabel"_s)->isVisible());
    for (const QString& name : {u"addressLabel"_s, u"clientsLabel"_s}) {
        QVERIFY(label(name)->isVisible());
        QTRY_VERIFY2(label(name)->width() >= label(name)->sizeHint().width(), qPrintable(name));
    }
    for (const QString& name : {u"rateLabel"_s, u"clientsLabel"_s})
        QTRY_VERIFY2(label(name)->mapTo(m_window.get(), QPoint(label(name)->width(), 0)).x() <= m_window->width() - 8,
                     qPrintable(u"%1 %2 %3"_s.arg(name).arg(label(name)->x()).arg(label(name)->parentWidget()->width())));
    m_window->resize(1280, 800);
    QTRY_VERIFY(label(u"uptimeLabel"_s)->isVisible());
}

void TestMainWindow::theAddressIsCopied()
{
    m_window->showListenState({true, 3001, u"http://127.0.0.1:3001/"_s, {}});
    QCOMPARE(m_window->findChild<QLabel*>(u"addressLabel"_s)->text(), u"http://127.0.0.1:3001/"_s);
    QGuiApplication::clipboard()->clear();
    QTest::mouseClick(m_window->findChild<QToolButton*>(u"copyAddressButton"_s), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"http://127.0.0.1:3001/"_s);
    QVERIFY(m_window->findChild<QPlainTextEdit*>(u"codeText"_s)->toPlainText().contains(u"127.0.0.1:3001"_s));
}

void TestMainWindow::theStatusBarTellsHowBusyTheServerIs()
{
    const auto text = [this](const QString& name) { return m_window->findChild<QLabel*>(name)->text(); };
    m_window->showActivity({1, 0, 0});
    QCOMPARE(text(u"clientsLabel"_s), u"1 client"_s);
    QVERIFY(!m_window->findChild<QLabel*>(u"errorsLabel"_s)->isVisible());
    m_window->showActivity({12, 1234, 0.25});
    QCOMPARE(text(u"clientsLabel"_s), u"12 clients"_s);
    QVERIFY(text(u"rateLabel"_s).startsWith(QLocale().toString(1234)));
    QVERIFY(m_window->findChild<QLabel*>(u"errorsLabel"_s)->isVisible());
    showSamples(0, 1);
    QVERIFY(text(u"uptimeLabel"_s).contains(u"3 d 4 h"_s));
}

void TestMainWindow::troubleWithHistoryIsSaidWhileItLasts()
{
    auto* problem = m_window->findChild<QLabel*>(u"storeProblemLabel"_s);
    QVERIFY(problem);
    QVERIFY(!problem->isVisible());
    m_window->showStoreState({false, u"The disk is full."_s, {}});
    QVERIFY(problem->isVisible());
    QCOMPARE(problem->text(), u"The disk is full."_s);
    // Of two troubles the logs' is told; when it is over, the other.
    m_window->showMetricStoreState({false, u"Figures are not kept."_s, {}});
    QCOMPARE(problem->text(), u"The disk is full."_s);
    m_window->showStoreState({true, {}, {}});
    QCOMPARE(problem->text(), u"Figures are not kept."_s);
    m_window->showMetricStoreState({true, {}, {}});
    QVERIFY(!problem->isVisible());
}

void TestMainWindow::theBannerWarnsOfSharingWithoutProtection()
{
    ListenState state{true, 3001, u"http://192.0.2.1:3001/"_s, {}};
    m_window->showListenState(state);
    auto* banner = m_window->findChild<QWidget*>(u"ListenBanner"_s);
    QVERIFY(!banner->isVisible());
    state.isUnprotected = true;
    m_window->showListenState(state);
    QVERIFY(banner->isVisible());
    const auto* text = banner->findChild<QLabel*>(u"textLabel"_s);
    QVERIFY(text->text().contains(state.url));
    QVERIFY(text->text().contains(u"everything"_s));
    action(u"actionLanguageFrench"_s)->trigger();
    QTRY_VERIFY(text->text().contains(u"quiconque atteint "_s + state.url));
    action(u"actionLanguageEnglish"_s)->trigger();
    // With tokens it is not everybody who may do everything.
    state.asksForToken = true;
    m_window->showListenState(state);
    QVERIFY(text->text().contains(u"tokens too"_s) && !text->text().contains(u"everything"_s));
    QVERIFY(!banner->findChild<QSpinBox*>()->isVisible()); // there is no port to choose
}

void TestMainWindow::theBannerOffersAnotherPort()
{
    auto* use = m_window->findChild<QPushButton*>(u"useButton"_s);
    QVERIFY(!use->isVisible());
    m_window->showListenState({false, 3001, {}, u"Port 3001 is in use."_s});
    QVERIFY(use->isVisible());
    QVERIFY(m_window->findChild<QLabel*>(u"textLabel"_s)->text().contains(u"3001"_s));
    auto* port = m_window->findChild<QSpinBox*>(u"portBox"_s);
    QCOMPARE(port->value(), 3002);
    QSignalSpy chosen(m_window.get(), &MainWindow::portChosen);
    QSignalSpy changed(m_window.get(), &MainWindow::settingsChanged);
    port->setValue(4000);
    QTest::mouseClick(use, Qt::LeftButton);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen.at(0).at(0).value<quint16>(), quint16(4000));
    QCOMPARE(changed.at(0).at(0).value<Settings>().port, quint16(4000));
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    port->setFocus();
    QTest::keyClick(port, Qt::Key_Return);
    QCOMPARE(chosen.count(), 2);
    m_window->showListenState({true, 4000, u"http://127.0.0.1:4000/"_s, {}});
    QVERIFY(!use->isVisible());
}

void TestMainWindow::aWindowIsMadeInEitherTheme()
{
    for (const QString& theme : {u"dark"_s, u"light"_s, u"dark"_s}) {
        Settings settings;
        settings.theme = theme;
        show(settings);
        QCOMPARE(m_window->palette().window().color().lightness() < 128, theme == u"dark"_s);
    }
}

void TestMainWindow::theThemeIsSwitched()
{
    QVERIFY(!Theme::of(m_window->palette()).dark);
    action(u"actionThemeDark"_s)->trigger();
    QVERIFY(Theme::of(m_window->palette()).dark);
    QVERIFY(Theme::of(chart(0).palette()).dark);
    QCOMPARE(m_window->settings().theme, u"dark"_s);
    action(u"actionThemeLight"_s)->trigger();
    QVERIFY(!Theme::of(m_window->palette()).dark);
}

void TestMainWindow::theLanguageIsSwitchedLive()
{
    showSamples(0, 3);
    m_window->showActivity({2, 0, 0});
    m_window->showListenState({false, 3001, {}, u"?"_s});
    const auto texts = [this] {
        QStringList all;
        for (const QLabel* label : m_window->findChildren<QLabel*>()) {
            if (label->isVisible())
                all.append(label->text());
        }
        for (const QAction* each : m_window->findChildren<QAction*>())
            all.append(each->text());
        for (const ValueLabel* each : m_window->findChildren<ValueLabel*>())
            all.append(each->caption());
        return all;
    };
    const QStringList english = texts();
    action(u"actionLanguageFrench"_s)->trigger();
    QCOMPARE(m_window->settings().language, u"fr"_s);
    QTRY_COMPARE(m_window->findChild<QLabel*>(u"clientsLabel"_s)->text(), u"2\u00a0clients"_s);
    QCOMPARE(m_window->findChild<QMenu*>(u"menuFile"_s)->title(), u"&Fichier"_s);
    QCOMPARE(m_window->findChild<QPushButton*>(u"useButton"_s)->text(), u"&Utiliser ce port"_s);
    QTRY_VERIFY(figure(3, 0).endsWith(u"o/s"_s));
    const QStringList french = texts();
    QVERIFY(french.contains(u"Journaux"_s));
    QVERIFY(french.contains(u"reçu"_s));
    for (const QString& word :
         {u"Logs"_s, u"used"_s, u"received"_s, u"&Find…"_s, u"No logs yet"_s, u"Uptime"_s})
        QVERIFY2(!french.contains(word), qPrintable(word));
    action(u"actionLanguageEnglish"_s)->trigger();
    QTRY_COMPARE(texts(), english);
}

void TestMainWindow::everyActionHasItsOwnShortcut()
{
    QHash<QString, QString> owners;
    int found = 0;
    for (const QMenu* menu : m_window->findChildren<QMenu*>()) {
        for (const QAction* each : menu->actions()) {
            if (each->isSeparator() || each->menu() || each->objectName().isEmpty())
                continue;
            ++found;
            const QString keys = each->shortcut().toString();
            if (each->objectName() == "actionDeleteStored"_L1) {
                QVERIFY(keys.isEmpty()); // what deletes for good is not pressed by accident
                continue;
            }
            QVERIFY2(!keys.isEmpty(), qPrintable(each->objectName()));
            QVERIFY2(owners.value(keys, each->objectName()) == each->objectName(),
                     qPrintable(keys + u' ' + each->objectName() + u' ' + owners.value(keys)));
            owners.insert(keys, each->objectName());
        }
    }
    QVERIFY(found > 25);
    const auto menus = m_window->findChildren<QMenu*>();
    QVERIFY(
        std::ranges::any_of(menus, [](const QMenu* menu) { return menu->objectName() == u"menuHelp"_s; }));
}

void TestMainWindow::everyControlHasAName()
{
    m_window->showListenState({false, 3001, {}, u"?"_s});
    for (const QWidget* widget : m_window->findChildren<QWidget*>()) {
        const bool control = widget->isVisible() && (widget->focusPolicy() & Qt::TabFocus) &&
                             !widget->objectName().startsWith(u"qt_"_s);
        if (!control)
            continue;
        const QAccessibleInterface* face =
            QAccessible::queryAccessibleInterface(const_cast<QWidget*>(widget));
        QVERIFY(face);
        const QByteArray who =
            widget->metaObject()->className() + QByteArray(" ") + widget->objectName().toUtf8();
        QVERIFY2(!face->text(QAccessible::Name).isEmpty(), who.constData());
    }
}

void TestMainWindow::aboutNamesTheLicences()
{
    action(u"actionAbout"_s)->trigger();
    const auto* box = m_window->findChild<QMessageBox*>(u"aboutBox"_s);
    QVERIFY(box);
    QVERIFY(box->text().contains(QStringLiteral(VIGIE_VERSION)));
    for (const QString& carried : {u"uPlot"_s, u"Leon Sorokin"_s, u"Icons"_s, u"fonts"_s})
        QVERIFY2(box->detailedText().contains(carried), qPrintable(carried));
}

void TestMainWindow::closingReportsTheGeometry()
{
    QSignalSpy changed(m_window.get(), &MainWindow::settingsChanged);
    m_window->resize(1000, 700);
    m_window->close();
    QCOMPARE(changed.count(), 1);
    const auto settings = changed.at(0).at(0).value<Settings>();
    QVERIFY(!settings.windowGeometry.isEmpty());
    show(settings);
    QCOMPARE(m_window->size(), QSize(1000, 700));
}

VIGIE_WINDOW_TEST(TestMainWindow)
#include "tst_mainwindow.moc"
