// SPDX-License-Identifier: GPL-3.0-or-later
// The sources in the window, as a person uses them.
#include "gui/logs/logfeed.h"
#include "gui/logs/logpanel.h"
#include "gui/settings/settingsdialog.h"
#include "gui/sources/sources.h"
#include "gui/sources/sourcesdialog.h"
#include "gui/sources/watchedfilesdialog.h"
#include "gui/widgets/recordtable.h"
#include "gui/window/mainwindow.h"
#include "testmain.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestSources : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void theKeyShowsEachSourceAsItIs();
    void onlyWhileShownItLooks();
    void aRateComesOfTwoLooks();
    void whatIsChosenIsExplained();
    void itsLogIsShown();
    void aRefusalIsSeenAtAGlance();
    void aLineIsCopiedAsItStands();
    void linesFollowTheApplicationAndTheAddress();
    void aFormatIsCorrected();
    void filesAreWatchedAndUnwatched();
    void aPatternThatIsNoneIsNotTaken();
    void theJournalAndContainersAreSwitched();
    void whatCannotBeSavedIsSaid();
    void openItWasAndOpenItIs();
    void itFitsTheSmallestWindow();
    void theHintLeadsToMoreWays();

private:
    void makeWindow(const Settings& settings);
    void open();
    template <typename T> T* find(const QString& name)
    {
        for (T* one : m_window->findChildren<T*>(name)) {
            if (one->isVisible())
                return one;
        }
        return nullptr;
    }
    QTreeWidgetItem* line(const QString& name)
    {
        auto* const table = find<RecordTable>(u"sourcesPageTable"_s);
        const QList<QTreeWidgetItem*> found = table ? table->findItems(name, Qt::MatchExactly) : QList<QTreeWidgetItem*>();
        return found.value(0);
    }
    void choose(const QString& name)
    {
        auto* const table = find<RecordTable>(u"sourcesPageTable"_s);
        QVERIFY(line(name));
        table->scrollToItem(line(name));
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualItemRect(line(name)).center());
    }
    void click(const QString& button)
    {
        auto* const found = find<QAbstractButton>(button);
        QVERIFY2(found, qPrintable(button));
        QTest::mouseClick(found, Qt::LeftButton);
    }
    void openSettings();

    std::unique_ptr<LogFeed> m_feed;
    std::unique_ptr<MainWindow> m_window;
    std::vector<SourceState> m_sources;
    int m_looks = 0;
    SourceSettings m_settings; // as the program would hold them
};

void TestSources::init()
{
    m_sources.clear();
    m_settings = {};
    m_looks = 0;
    SourceState file;
    file.id = "file:/var/log/nginx/access.log";
    file.kind = SourceKind::File;
    file.name = "/var/log/nginx/access.log";
    file.appId = "nginx";
    file.status = SourceStatus::Following;
    file.format = "access";
    file.entries = 1'200;
    file.lastEntryMs = QDateTime::currentMSecsSinceEpoch() - 90'000;
    file.notes = {{SourceNote::Kind::Guessed, "no_time_zone", 12, 1'795'000'000'000, "[error] <b>x</b>"}};
    m_sources.push_back(file);
    SourceState sender;
    sender.id = "otlp:10.0.0.7";
    sender.kind = SourceKind::Otlp;
    sender.name = "10.0.0.7";
    sender.status = SourceStatus::Failing;
    sender.problem = "unreadable: Permission denied";
    sender.notes = {{SourceNote::Kind::Refused, "no_token", 3, 1'795'000'000'000, {}},
                    {SourceNote::Kind::Dropped, "sun_spots", 1, 1'795'000'000'000, {}}};
    m_sources.push_back(sender);
    SourceState idle;
    idle.id = "http:shop@10.0.0.8";
    idle.kind = SourceKind::Http;
    idle.name = "10.0.0.8";
    idle.entries = 5;
    m_sources.push_back(idle);
    SourceState engine;
    engine.id = "containers:/run/docker.sock";
    engine.kind = SourceKind::Container;
    engine.name = "/run/docker.sock";
    engine.problem = "no_engine";
    m_sources.push_back(engine);
    Settings settings;
    settings.language = u"en"_s;
    settings.theme = u"light"_s;
    makeWindow(settings);
}

void TestSources::makeWindow(const Settings& settings)
{
    m_feed = std::make_unique<LogFeed>();
    m_window = std::make_unique<MainWindow>(settings, *m_feed);
    m_window->sources().setLook([this] {
        ++m_looks;
        return m_sources;
    });
    // As Application does it, but for the disk.
    connect(m_window.get(), &MainWindow::sourceChangeWanted, this, [this](const std::function<Outcome(SourceSettings&)>& change) {
        const Outcome changed = change(m_settings);
        m_window->showSourceSettings(m_settings, changed ? QString() : changed.error().message);
    });
    m_window->showListenState({true, 3001, u"http://127.0.0.1:3001/"_s, {}});
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    m_window->activateWindow();
    QTRY_VERIFY(m_window->isActiveWindow());
}

void TestSources::cleanup()
{
    m_window.reset();
    m_feed.reset();
}

void TestSources::open()
{
    QTest::keyClick(m_window.get(), Qt::Key_F9);
    QTRY_VERIFY(find<SourcesDialog>(u"sourcesDialog"_s));
}

void TestSources::theKeyShowsEachSourceAsItIs()
{
    open();
    QTreeWidgetItem* const file = line(u"/var/log/nginx/access.log"_s);
    QVERIFY(file);
    QCOMPARE(file->text(1), u"File"_s);
    QCOMPARE(file->text(2), u"nginx"_s);
    QCOMPARE(file->text(3), u"Following"_s);
    QVERIFY2(file->text(6).startsWith("1 min"_L1), qPrintable(file->text(6)));
    QCOMPARE(file->text(7), u"None"_s);
    QCOMPARE(file->text(4), u"12 guessed: no time zone"_s);
    QTreeWidgetItem* const sender = line(u"10.0.0.7"_s);
    QVERIFY(sender);
    QCOMPARE(sender->text(3), u"⚠ Failing"_s);
    QCOMPARE(sender->text(6), u"None since the start"_s);
    // A reason that nobody has words for is told as it is.
    QCOMPARE(sender->text(4), u"3 refused: no token · 1 lost: sun_spots"_s);
    // One that was heard is idle; one that was not is waited for.
    QCOMPARE(line(u"10.0.0.8"_s)->text(3), u"Idle"_s);
    QCOMPARE(line(u"/run/docker.sock"_s)->text(1), u"Container engine"_s);
    QCOMPARE(line(u"/run/docker.sock"_s)->text(3), u"Waiting"_s);
}

void TestSources::onlyWhileShownItLooks()
{
    QCOMPARE(m_looks, 0);
    open();
    const int once = m_looks;
    QVERIFY(once >= 1);
    QTRY_VERIFY(m_looks > once);
    QTest::keyClick(find<SourcesDialog>(u"sourcesDialog"_s), Qt::Key_Escape);
    QTRY_VERIFY(!find<SourcesDialog>(u"sourcesDialog"_s));
    for (const auto* timer : m_window->sources().findChildren<QTimer*>())
        QVERIFY(!timer->isActive());
}

void TestSources::aRateComesOfTwoLooks()
{
    open();
    QCOMPARE(line(u"/var/log/nginx/access.log"_s)->text(5), u"1,200"_s);
    m_sources[0].entries += 1'000'000;
    QTRY_VERIFY(line(u"/var/log/nginx/access.log"_s)->text(5).startsWith(u"1,001,200 · "_s));
    QVERIFY(line(u"/var/log/nginx/access.log"_s)->text(5).endsWith("/s"_L1));
    QTRY_COMPARE(line(u"/var/log/nginx/access.log"_s)->text(5), u"1,001,200"_s);
}

void TestSources::whatIsChosenIsExplained()
{
    open();
    QVERIFY(!find<QLabel>(u"sourceDetails"_s));
    choose(u"/var/log/nginx/access.log"_s);
    auto* const details = find<QLabel>(u"sourceDetails"_s);
    QVERIFY(details);
    QCOMPARE(details->textFormat(), Qt::PlainText); // it was written by strangers
    QVERIFY2(details->text().contains("format: access"_L1), qPrintable(details->text()));
    QVERIFY2(details->text().contains("for example: [error] <b>x</b>"_L1), qPrintable(details->text()));
    choose(u"10.0.0.7"_s);
    QVERIFY(details->text().contains("It cannot be read: Permission denied"_L1));
    QVERIFY(!find<QPushButton>(u"showSourceLogButton"_s)->isEnabled());
    QVERIFY(!find<QPushButton>(u"correctFormatButton"_s)->isEnabled());
}

void TestSources::itsLogIsShown()
{
    open();
    choose(u"/var/log/nginx/access.log"_s);
    click(u"showSourceLogButton"_s);
    QCOMPARE(m_window->logs().chosenApplication(), u"nginx"_s);
}

void TestSources::aRefusalIsSeenAtAGlance()
{
    auto* const button = find<QToolButton>(u"sourcesButton"_s);
    QVERIFY(button);
    const QString before = button->toolTip();
    const qint64 usual = button->icon().cacheKey();
    m_window->sources().noteRefusal();
    QVERIFY(button->toolTip() != before);
    QVERIFY(button->icon().cacheKey() != usual);
    QCOMPARE(button->accessibleDescription(), button->toolTip());
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_VERIFY(find<SourcesDialog>(u"sourcesDialog"_s));
    QCOMPARE(button->toolTip(), before);
    // Of what comes while one looks, the button need not tell.
    m_window->sources().noteRefusal();
    QCOMPARE(button->toolTip(), before);
}

void TestSources::aLineIsCopiedAsItStands()
{
    open();
    click(u"addSourceButton"_s);
    auto* const ways = find<QListWidget>(u"setupWays"_s);
    QVERIFY(ways);
    const QList<QListWidgetItem*> curl = ways->findItems(u"curl"_s, Qt::MatchExactly);
    QCOMPARE(curl.size(), 1);
    QTest::mouseClick(ways->viewport(), Qt::LeftButton, {}, ways->visualItemRect(curl.first()).center());
    click(u"copySetupButton"_s);
    QCOMPARE(QGuiApplication::clipboard()->text(),
             u"curl -H 'Content-Type: text/plain' --data-binary 'Hello from curl' http://127.0.0.1:3001/api/apps/demo/logs"_s);
    QCOMPARE(find<QPushButton>(u"copySetupButton"_s)->text(), u"Copied"_s);
}

void TestSources::linesFollowTheApplicationAndTheAddress()
{
    QTest::keyClick(m_window.get(), Qt::Key_F9, Qt::ShiftModifier);
    QTRY_VERIFY(find<QPlainTextEdit>(u"setupCode"_s));
    const auto code = [this] { return find<QPlainTextEdit>(u"setupCode"_s)->toPlainText(); };
    QCOMPARE(code(), u"echo 'Hello from a pipe' 2>&1 | vigie log --app demo"_s);
    auto* const app = find<QLineEdit>(u"setupApplication"_s);
    app->selectAll();
    QTest::keyClicks(app, u"my shop"_s);
    QCOMPARE(code(), u"echo 'Hello from a pipe' 2>&1 | vigie log --app 'my shop'"_s);
    // Shared, others reach it elsewhere, and need a token.
    ListenState shared{true, 3001, u"http://127.0.0.1:3001/"_s, {}};
    shared.isShared = true;
    shared.fingerprint = u"AB:CD"_s;
    shared.sharedUrls = QStringList{u"https://desk.local:3001/"_s};
    m_window->showListenState(shared);
    auto* const place = find<QComboBox>(u"setupPlace"_s);
    QCOMPARE(place->count(), 2);
    place->setFocus();
    QTest::keyClick(place, Qt::Key_Down);
    auto* const ways = find<QListWidget>(u"setupWays"_s);
    ways->setCurrentItem(ways->findItems(u"curl"_s, Qt::MatchExactly).value(0));
    QCOMPARE(code(), u"curl --cacert tls-certificate.pem -H 'Authorization: Bearer TOKEN' -H 'Content-Type: text/plain' --data-binary "
                      "'Hello from curl' https://desk.local:3001/api/apps/my%20shop/logs"_s);
    QVERIFY(find<QLabel>(u"setupHint"_s)->text().contains("TOKEN"_L1));
    // Open to all (--insecure), it is reached by its one address, without a token that anybody would overhear.
    ListenState open{true, 3001, u"http://10.0.0.7:3001/"_s, {}};
    open.isUnprotected = true;
    m_window->showListenState(open);
    QCOMPARE(code(), u"curl -H 'Content-Type: text/plain' --data-binary 'Hello from curl' http://10.0.0.7:3001/api/apps/my%20shop/logs"_s);
    // Of another folder, its own commands have to be told.
    ListenState folder{true, 3001, u"http://127.0.0.1:3001/"_s, {}};
    folder.dataDir = u"/srv/my logs"_s;
    m_window->showListenState(folder);
    ways->setCurrentRow(0);
    QCOMPARE(code(), u"echo 'Hello from a pipe' 2>&1 | vigie log --app 'my shop' --data-dir '/srv/my logs'"_s);
    app->clear();
    QVERIFY(!find<QPushButton>(u"copySetupButton"_s)->isEnabled());
}

void TestSources::aFormatIsCorrected()
{
    m_settings.files = {{u"/srv/*.log"_s, u"srv"_s, {}, {}, false}, {u"/var/log/*/access*.log"_s, u"nginx"_s, {}, {}, true}};
    m_window->showSourceSettings(m_settings, {});
    open();
    choose(u"/var/log/nginx/access.log"_s);
    click(u"correctFormatButton"_s);
    QTRY_VERIFY(find<WatchedFilesDialog>(u"watchedFilesDialog"_s));
    QCOMPARE(find<QLineEdit>(u"patternEdit"_s)->text(), u"/var/log/*/access*.log"_s);
    auto* const format = find<QComboBox>(u"watchedFormatBox"_s);
    QCOMPARE(format->currentText(), u"access"_s);
    format->setFocus();
    QTest::keyClicks(format, u"json"_s);
    auto* const zone = find<QComboBox>(u"watchedTimeZoneBox"_s);
    zone->setFocus();
    QTest::keyClicks(zone->lineEdit(), u"Europe/Paris"_s);
    QTest::mouseClick(find<WatchedFilesDialog>(u"watchedFilesDialog"_s)->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok), Qt::LeftButton);
    QCOMPARE(m_settings.files[0].format, QString());
    const WatchedFiles wanted{u"/var/log/*/access*.log"_s, u"nginx"_s, u"json"_s, u"Europe/Paris"_s, true};
    QCOMPARE(m_settings.files[1], wanted);
}

void TestSources::openSettings()
{
    QTest::keyClick(m_window.get(), Qt::Key_Comma, Qt::ControlModifier);
    QTRY_VERIFY(find<SettingsDialog>(u"settingsDialog"_s) && find<SettingsDialog>(u"settingsDialog"_s)->isActiveWindow());
    auto* const list = find<QListWidget>(u"settingsList"_s);
    const QList<QListWidgetItem*> page = list->findItems(u"Sources"_s, Qt::MatchExactly);
    QCOMPARE(page.size(), 1);
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(page.first()).center());
}

void TestSources::filesAreWatchedAndUnwatched()
{
    openSettings();
    click(u"addWatchedFilesButton"_s);
    QTRY_VERIFY(find<QLineEdit>(u"patternEdit"_s));
    QTest::keyClicks(find<QLineEdit>(u"patternEdit"_s), u"/srv/shop/*.log"_s);
    QTest::keyClicks(find<QLineEdit>(u"watchedApplicationEdit"_s), u"shop"_s);
    QTest::mouseClick(find<QCheckBox>(u"takesPastBox"_s), Qt::LeftButton, {}, QPoint(8, find<QCheckBox>(u"takesPastBox"_s)->height() / 2));
    QTest::keyClick(find<QLineEdit>(u"patternEdit"_s), Qt::Key_Return);
    QCOMPARE(m_settings.files.size(), std::size_t(1));
    const WatchedFiles wanted{u"/srv/shop/*.log"_s, u"shop"_s, {}, {}, true};
    QCOMPARE(m_settings.files[0], wanted);
    auto* const table = find<RecordTable>(u"watchedFilesTable"_s);
    QCOMPARE(table->topLevelItem(0)->text(2), u"Found by looking"_s);
    QVERIFY(!find<QPushButton>(u"removeWatchedFilesButton"_s)->isEnabled());
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualItemRect(table->topLevelItem(0)).center());
    click(u"removeWatchedFilesButton"_s);
    QVERIFY(m_settings.files.empty());
    QCOMPARE(table->topLevelItemCount(), 0);
}

void TestSources::aPatternThatIsNoneIsNotTaken()
{
    openSettings();
    click(u"addWatchedFilesButton"_s);
    QTRY_VERIFY(find<QLineEdit>(u"patternEdit"_s));
    QTest::keyClicks(find<QLineEdit>(u"patternEdit"_s), u"app.log"_s);
    QTest::keyClicks(find<QLineEdit>(u"watchedApplicationEdit"_s), u"shop"_s);
    QTest::keyClick(find<QLineEdit>(u"patternEdit"_s), Qt::Key_Return);
    QVERIFY(find<QLabel>(u"watchedFilesProblem"_s));
    QVERIFY(find<QLabel>(u"watchedFilesProblem"_s)->text().contains("app.log"_L1));
    QVERIFY(m_settings.files.empty());
}

void TestSources::theJournalAndContainersAreSwitched()
{
    openSettings();
    for (const QString& name : {u"journalOn"_s, u"containersOn"_s, u"listensForOtlp"_s}) {
        auto* const box = find<QCheckBox>(name);
        QVERIFY2(box, qPrintable(name));
        box->setFocus(); // which scrolls it into view
        QTest::keyClick(box, Qt::Key_Space);
    }
    QVERIFY(m_settings.journal.isOn);
    QVERIFY(m_settings.containers.isOn);
    QVERIFY(m_settings.listensForOtlp);
    auto* const units = find<QLineEdit>(u"journalUnits"_s);
    units->setFocus();
    QTest::keyClicks(units, u"nginx.service, cron"_s);
    QTest::keyClick(units, Qt::Key_Return);
    QCOMPARE(m_settings.journal.units, (QStringList{u"nginx.service"_s, u"cron"_s}));
    // What the command line changes meanwhile is shown.
    m_settings.journal.isOn = false;
    m_settings.journal.maxPriority = 4;
    m_window->showSourceSettings(m_settings, {});
    QVERIFY(!find<QCheckBox>(u"journalOn"_s)->isChecked());
    QCOMPARE(find<QComboBox>(u"journalPriority"_s)->currentText(), u"warning and above"_s);
}

void TestSources::whatCannotBeSavedIsSaid()
{
    disconnect(m_window.get(), &MainWindow::sourceChangeWanted, this, nullptr);
    connect(m_window.get(), &MainWindow::sourceChangeWanted, this, [this] { m_window->showSourceSettings(m_settings, u"The disk is full"_s); });
    openSettings();
    auto* const box = find<QCheckBox>(u"containersOn"_s);
    box->setFocus();
    QTest::keyClick(box, Qt::Key_Space);
    QCOMPARE(find<QLabel>(u"sourceSettingsProblem"_s)->text(), u"The disk is full"_s);
    QVERIFY(!box->isChecked());
}

void TestSources::openItWasAndOpenItIs()
{
    open();
    Settings kept;
    connect(m_window.get(), &MainWindow::settingsChanged, this, [&kept](const Settings& settings) { kept = settings; });
    m_window->close();
    QVERIFY(kept.showsSources);
    makeWindow(kept);
    QTRY_VERIFY(find<SourcesDialog>(u"sourcesDialog"_s));
    QTest::keyClick(find<SourcesDialog>(u"sourcesDialog"_s), Qt::Key_Escape);
    m_window->close();
    connect(m_window.get(), &MainWindow::settingsChanged, this, [&kept](const Settings& settings) { kept = settings; });
}

void TestSources::itFitsTheSmallestWindow()
{
    m_window->resize(600, 480);
    open();
    auto* const dialog = find<SourcesDialog>(u"sourcesDialog"_s);
    dialog->resize(0, 0);
    QVERIFY(dialog->width() <= 600);
    QVERIFY(dialog->height() <= 480);
    QVERIFY(find<QToolButton>(u"sourcesButton"_s));
    // Whether all is well is seen without scrolling.
    auto* const table = find<RecordTable>(u"sourcesPageTable"_s);
    QTRY_VERIFY(table->columnViewportPosition(4) > table->columnViewportPosition(3)
                && table->columnViewportPosition(4) + table->columnWidth(4) <= table->viewport()->width());
    QTest::keyClick(dialog, Qt::Key_Escape);
    openSettings();
    auto* const settings = find<SettingsDialog>(u"settingsDialog"_s);
    settings->resize(0, 0);
    auto* const area = find<QWidget>(u"sourceSettingsPage"_s)->findChild<QScrollArea*>();
    QTRY_VERIFY(area->widget()->width() <= area->viewport()->width());
    QTRY_VERIFY(find<RecordTable>(u"watchedFilesTable"_s)->header()->length() <= find<RecordTable>(u"watchedFilesTable"_s)->viewport()->width());
}

void TestSources::theHintLeadsToMoreWays()
{
    click(u"hintAddSourceButton"_s);
    QTRY_VERIFY(find<QPlainTextEdit>(u"setupCode"_s));
}

VIGIE_WINDOW_TEST(TestSources)
#include "tst_sources.moc"
