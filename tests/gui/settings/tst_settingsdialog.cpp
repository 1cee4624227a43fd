// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/logfeed.h"
#include "gui/settings/limitwords.h"
#include "gui/settings/settingsdialog.h"
#include "gui/window/mainwindow.h"
#include "testmain.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QSignalSpy>
#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestSettingsDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void itOpensByItsKey();
    void aChangeHoldsAtOnce();
    void whatIsWrongIsSaidAtItsField();
    void thePortIsTriedAtOnce();
    void theLogsFontIsTheChosenOne();
    void whatTheCommandLineSaysIsNotToBeChanged();
    void withoutAHistoryNothingIsKept();
    void whatChangesElsewhereIsShown();
    void everyLimitHasAField();
    void theLanguageIsSwitchedWhileItIsOpen();
    void itFitsTheSmallestWindow();

private:
    void open();
    void page(int row) { find<QListWidget>(u"settingsList"_s)->setCurrentRow(row); }
    template <typename T> T* find(const QString& name) { return dialog()->findChild<T*>(name); }
    SettingsDialog* dialog()
    {
        SettingsDialog* shown = nullptr;
        for (auto* one : m_window->findChildren<SettingsDialog*>()) {
            if (one->isVisible())
                shown = one;
        }
        return shown;
    }
    void choose(const QString& box, const QVariant& data);
    void enter(const QString& name, const QString& text);

    std::unique_ptr<LogFeed> m_feed;
    std::unique_ptr<MainWindow> m_window;
};

void TestSettingsDialog::init()
{
    Settings settings;
    settings.language = u"en"_s;
    settings.theme = u"light"_s;
    m_feed = std::make_unique<LogFeed>();
    m_window = std::make_unique<MainWindow>(settings, *m_feed);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    m_window->activateWindow();
}

void TestSettingsDialog::cleanup()
{
    m_window.reset();
}

void TestSettingsDialog::open()
{
    QTRY_VERIFY(m_window->isActiveWindow());
    QTest::keyClick(m_window.get(), Qt::Key_Comma, Qt::ControlModifier);
    QTRY_VERIFY(dialog());
    QVERIFY(QTest::qWaitForWindowExposed(dialog()));
}

void TestSettingsDialog::choose(const QString& name, const QVariant& data)
{
    auto* box = find<QComboBox>(name);
    QVERIFY2(box && box->isEnabled(), qPrintable(name));
    const int row = box->findData(data);
    QVERIFY(row >= 0);
    // As by the keys: Home, and down to it.
    box->setFocus();
    QTest::keyClick(box, Qt::Key_Home);
    for (int i = 0; i < row; ++i)
        QTest::keyClick(box, Qt::Key_Down);
    QCOMPARE(box->currentIndex(), row);
}

void TestSettingsDialog::enter(const QString& name, const QString& text)
{
    auto* edit = find<QLineEdit>(name);
    QVERIFY2(edit, qPrintable(name));
    edit->setFocus();
    edit->selectAll();
    QTest::keyClicks(edit, text);
    QTest::keyClick(edit, Qt::Key_Return);
}

void TestSettingsDialog::itOpensByItsKey()
{
    open();
    QCOMPARE(find<QListWidget>(u"settingsList"_s)->count(), 5);
    QTest::keyClick(dialog(), Qt::Key_Escape);
    QTRY_VERIFY(!dialog());
}

void TestSettingsDialog::aChangeHoldsAtOnce()
{
    QSignalSpy changed(m_window.get(), &MainWindow::settingsChanged);
    open();
    choose(u"theme"_s, u"dark"_s);
    QVERIFY(!changed.isEmpty());
    QCOMPARE(changed.last().first().value<Settings>().theme, u"dark"_s);
    QVERIFY(qApp->palette().color(QPalette::Window).lightness() < 128);
    QVERIFY(m_window->findChild<QAction*>(u"actionThemeDark"_s)->isChecked());
    QTest::mouseClick(find<QCheckBox>(u"startsWithSession"_s), Qt::LeftButton, {}, QPoint(8, 8));
    QVERIFY(changed.last().first().value<Settings>().startsWithSession);
    page(1);
    choose(u"sampleIntervalMs"_s, 500);
    QCOMPARE(changed.last().first().value<Settings>().sampleIntervalMs, 500);
    enter(u"logRetentionDays"_s, u"7"_s);
    enter(u"metricRetentionMiB"_s, u"1024"_s);
    QCOMPARE(changed.last().first().value<Settings>().logRetentionDays, 7);
    QCOMPARE(changed.last().first().value<Settings>().metricRetentionMiB, 1'024);
    QCOMPARE(m_window->settings().theme, u"dark"_s);
}

void TestSettingsDialog::whatIsWrongIsSaidAtItsField()
{
    open();
    page(1);
    for (const QString& wrong : {u"0"_s, u"many"_s, u"3651"_s, u"-3"_s, u"7.5"_s, u"99999999999"_s}) {
        enter(u"logRetentionDays"_s, wrong);
        const auto* problem = find<QLabel>(u"logRetentionDaysProblem"_s);
        QVERIFY(problem->isVisible());
        QVERIFY2(problem->text().contains(u"1 to 3,650"_s) && problem->text().contains(u"30 holds"_s), qPrintable(problem->text()));
        QCOMPARE(m_window->settings().logRetentionDays, 30);
    }
    // The rest holds.
    enter(u"logRetentionMiB"_s, u"4,096"_s);
    QCOMPARE(m_window->settings().logRetentionMiB, 4'096);
    enter(u"logRetentionDays"_s, u"31"_s);
    QVERIFY(find<QLabel>(u"logRetentionDaysProblem"_s)->isHidden());
    QCOMPARE(m_window->settings().logRetentionDays, 31);
}

void TestSettingsDialog::thePortIsTriedAtOnce()
{
    QSignalSpy chosen(m_window.get(), &MainWindow::portChosen);
    open();
    page(2);
    enter(u"port"_s, u"3005"_s);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.first().first().value<quint16>(), quint16(3005));
    m_window->showListenState({false, 3005, {}, u"Port 3005 is in use by another program."_s});
    QTRY_VERIFY(find<QLabel>(u"portProblem"_s)->isVisible());
    QCOMPARE(find<QLabel>(u"portProblem"_s)->text(), u"Port 3005 is in use by another program."_s);
    m_window->showListenState({true, 3005, u"http://127.0.0.1:3005/"_s, {}});
    QVERIFY(find<QLabel>(u"portProblem"_s)->isHidden());
}

void TestSettingsDialog::theLogsFontIsTheChosenOne()
{
    open();
    choose(u"logFontPoints"_s, 18);
    QCOMPARE(m_window->findChild<QListView*>(u"logList"_s)->font().pointSize(), 18);
    auto* fonts = find<QComboBox>(u"logFont"_s);
    QVERIFY(fonts->count() > 1); // DejaVu is there at least
    choose(u"logFont"_s, fonts->itemData(1));
    QCOMPARE(m_window->findChild<QListView*>(u"logList"_s)->font().family(), fonts->itemData(1).toString());
    choose(u"logFontPoints"_s, 0);
    QVERIFY(m_window->findChild<QListView*>(u"logList"_s)->font().pointSize() < 18);
}

void TestSettingsDialog::whatTheCommandLineSaysIsNotToBeChanged()
{
    m_window->setOverrides({{u"port"_s, u"--port"_s}, {u"theme"_s, u"--theme"_s}});
    open();
    QVERIFY(!find<QComboBox>(u"theme"_s)->isEnabled());
    QVERIFY(find<QComboBox>(u"language"_s)->isEnabled());
    QVERIFY(find<QLabel>(u"themeOverride"_s)->text().contains(u"--theme"_s));
    page(2);
    QVERIFY(!find<QLineEdit>(u"port"_s)->isEnabled());
    QVERIFY(find<QLabel>(u"portOverride"_s)->isVisible());
}

void TestSettingsDialog::withoutAHistoryNothingIsKept()
{
    m_window->setOverrides({{u"logRetentionDays"_s, u"--no-history"_s}, {u"logRetentionMiB"_s, u"--no-history"_s}});
    open();
    page(1);
    QVERIFY(!find<QLineEdit>(u"logRetentionDays"_s)->isEnabled() && !find<QLineEdit>(u"logRetentionMiB"_s)->isEnabled());
    QCOMPARE(find<QLabel>(u"logRetentionDaysOverride"_s)->text(),
             u"Nothing is kept on disk: Vigie was started with --no-history."_s);
    QVERIFY(!find<QLabel>(u"logRetentionMiBOverride"_s)); // is said once
}

void TestSettingsDialog::whatChangesElsewhereIsShown()
{
    open();
    QSignalSpy changed(m_window.get(), &MainWindow::settingsChanged);
    m_window->findChild<QAction*>(u"actionThemeDark"_s)->trigger();
    QCOMPARE(find<QComboBox>(u"theme"_s)->currentData().toString(), u"dark"_s);
    QCOMPARE(changed.size(), 1); // what is shown is no change
    // What is wrong stays where it was entered.
    page(1);
    enter(u"logRetentionDays"_s, u"many"_s);
    m_window->findChild<QAction*>(u"actionThemeLight"_s)->trigger();
    QCOMPARE(find<QLineEdit>(u"logRetentionDays"_s)->text(), u"many"_s);
    m_window->findChild<QAction*>(u"actionLanguageFrench"_s)->trigger();
    QTRY_VERIFY(dialog() && dialog()->windowTitle() == u"Paramètres"_s);
    QCOMPARE(find<QListWidget>(u"settingsList"_s)->currentRow(), 1);
}

void TestSettingsDialog::everyLimitHasAField()
{
    open();
    page(3);
    QSet<QString> labels;
    for (const LimitRow& row : limitRows) {
        const QString name = QString::fromLatin1(row.name.data(), qsizetype(row.name.size()));
        QVERIFY2(find<QLineEdit>(name), qPrintable(name));
        labels.insert(limitWords(row.value).label);
        enter(name, QString::number(row.max));
        QCOMPARE(m_window->settings().limits.*row.value, row.max);
    }
    QCOMPARE(labels.size(), qsizetype(limitRows.size()));
}

void TestSettingsDialog::theLanguageIsSwitchedWhileItIsOpen()
{
    open();
    choose(u"language"_s, u"fr"_s);
    QTRY_VERIFY(dialog() && dialog()->windowTitle() == u"Paramètres"_s);
    QCOMPARE(find<QComboBox>(u"language"_s)->currentData().toString(), u"fr"_s);
}

void TestSettingsDialog::itFitsTheSmallestWindow()
{
    m_window->resize(600, 480);
    open();
    QVERIFY(dialog()->minimumSizeHint().width() <= 600);
    dialog()->resize(580, 440);
    QCOMPARE(dialog()->width(), 580);
    QCOMPARE(dialog()->height(), 440);
}

VIGIE_WINDOW_TEST(TestSettingsDialog)
#include "tst_settingsdialog.moc"
