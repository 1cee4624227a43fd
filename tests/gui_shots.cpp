// SPDX-License-Identifier: GPL-3.0-or-later
// Fills the window with a made-up quarter of an hour and saves pictures of it, in both languages, both
// themes and several states: gui_shots FOLDER; with "sources" behind it, those of the sources and traces alone.
#include "fakehistory.h"
#include "guidata.h"

#include "core/language.h"
#include "core/logfilestate.h"
#include "gui/logs/logfeed.h"
#include "gui/logs/logpanel.h"
#include "gui/window/filebar.h"
#include "gui/sources/sources.h"
#include "gui/window/mainwindow.h"
#include "gui/sharing/sharing.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QTabWidget>
#include <QTreeWidget>
#include <string_view>
#include <utility>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

void settle()
{
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < 250)
        QApplication::processEvents(QEventLoop::AllEvents, 20);
}

void fill(MainWindow& window, LogFeed& feed, bool logs)
{
    for (int second = 0; second < 900; ++second)
        window.showSample(test::madeUpFrame(second));
    if (logs) {
        for (int i = 0; i < 400; i += 10) {
            feed.push(test::madeUpBatch("shop", i, i + 6));
            feed.push(test::madeUpBatch("billing-worker", i + 6, i + 10));
        }
    }
    window.showActivity({logs ? 12 : 0, logs ? 48.6 : 0, logs ? 0.125 : 0});
    window.showListenState({true, 3001, u"http://127.0.0.1:3001/"_s, {}});
}

/// Counts made-up entries, most of them harmless.
class ShotHistory : public FakeHistory
{
public:
    void counts(LogCountsQuery query, std::function<void(LogCounts)> done) override
    {
        // The log asks for the number of all entries there ever were.
        if (query.points == 1)
            return FakeHistory::counts(query, std::move(done));
        LogCounts counts(query);
        for (std::int64_t time = query.fromMs / 900 * 900; time < query.toMs; time += 900) {
            const auto kind = std::size_t(std::uint64_t(time / 900) * 2654435761U >> 7) % 97;
            const Severity severity = kind == 0 ? Severity::Error : kind < 9 ? Severity::Warn : kind < 40 ? Severity::Debug : Severity::Info;
            for (int i = 0; i < 1 + int(time / 30'000 % 5); ++i)
                counts.add(time, severity);
        }
        answer = [counts, done = std::move(done)] { done(counts); };
    }
    std::function<void()> answer;
};

std::vector<SourceState> madeUpSources()
{
    const qint64 nowMs = QDateTime::currentMSecsSinceEpoch();
    std::vector<SourceState> all;
    const auto add = [&](SourceKind kind, const char* name, const char* app, SourceStatus status, std::uint64_t entries, qint64 ageMs) -> SourceState& {
        SourceState state;
        state.id = state.name = name;
        state.kind = kind;
        state.appId = app;
        state.status = status;
        state.entries = entries;
        state.lastEntryMs = ageMs < 0 ? 0 : nowMs - ageMs;
        all.push_back(state);
        return all.back();
    };
    SourceState& access = add(SourceKind::File, "/var/log/nginx/access.log", "nginx", SourceStatus::Following, 48'210, 400);
    access.format = "access";
    access.notes = {{SourceNote::Kind::Guessed, "no_time_zone", 12, nowMs - 60'000, "2026-11-30 14:03:12 upstream timed out"}};
    add(SourceKind::File, "/var/log/shop/old.log", "shop", SourceStatus::Reading, 1'204'500, 20).lagBytes = 730'000'000;
    SourceState& secret = add(SourceKind::File, "/var/log/private/app.log", "", SourceStatus::Failing, 0, -1);
    secret.problem = "unreadable: Permission denied";
    add(SourceKind::Journal, "systemd", "nginx", SourceStatus::Following, 9'120, 8'000);
    SourceState& container = add(SourceKind::Container, "shop-web-1", "shop", SourceStatus::Following, 310'008, 100);
    container.detail = "docker.io/library/shop-web:3.2";
    container.lagMs = 72'000;
    add(SourceKind::Container, "shop-migrate-1", "shop", SourceStatus::Ended, 96, 7'200'000);
    SourceState& stranger = add(SourceKind::Otlp, "10.0.0.7", "", SourceStatus::Waiting, 0, -1);
    stranger.notes = {{SourceNote::Kind::Refused, "no_token", 3, nowMs - 9'000, "POST /v1/logs"}};
    add(SourceKind::WebSocket, "127.0.0.1", "billing-worker", SourceStatus::Following, 5'310, 250);
    return all;
}

/// The sources, how they are set up, and what Vigie reads by itself.
void shootSources(const Settings& settings, const QDir& folder)
{
    const auto save = [&](QWidget* widget, const QString& state) {
        settle();
        widget->grab().save(folder.filePath(u"%1-%2-%3.png"_s.arg(state, settings.language, settings.theme)));
    };
    LogFeed feed;
    MainWindow window(settings, feed);
    window.sources().setLook(madeUpSources);
    window.resize(1280, 800);
    window.show();
    fill(window, feed, true);
    window.sources().noteRefusal();
    save(&window, u"refused"_s);
    window.findChild<QAction*>(u"actionSources"_s)->trigger();
    auto* const dialog = window.findChild<QDialog*>(u"sourcesDialog"_s);
    save(dialog, u"sources"_s);
    auto* const table = dialog->findChild<QTreeWidget*>(u"sourcesPageTable"_s);
    table->setCurrentItem(table->findItems(u"10.0.0.7"_s, Qt::MatchExactly).value(0));
    dialog->resize(dialog->minimumSize());
    save(dialog, u"sources-small"_s);
    window.findChild<QAction*>(u"actionAddSource"_s)->trigger();
    auto* const ways = dialog->findChild<QListWidget*>(u"setupWays"_s);
    ways->setCurrentRow(4);
    save(dialog, u"setup-small"_s);
    window.showListenState(test::sharedState());
    dialog->resize(1040, 480);
    dialog->findChild<QComboBox*>(u"setupPlace"_s)->setCurrentIndex(1);
    save(dialog, u"setup"_s);
    dialog->reject();
    SourceSettings sources;
    sources.files = {{u"/var/log/nginx/*.log"_s, u"nginx"_s, u"access"_s, {}, true}, {u"/var/log/shop/*.log"_s, u"shop"_s, {}, {}, false}};
    sources.journal.isOn = true;
    sources.journal.units = QStringList{u"nginx.service"_s};
    window.showSourceSettings(sources, {});
    window.findChild<QAction*>(u"actionSettings"_s)->trigger();
    auto* const settingsDialog = window.findChild<QDialog*>(u"settingsDialog"_s);
    settingsDialog->findChild<QListWidget*>(u"settingsList"_s)->setCurrentRow(3);
    save(settingsDialog, u"sourcesettings"_s);
    settingsDialog->resize(settingsDialog->minimumSize());
    save(settingsDialog, u"sourcesettings-small"_s);
    settingsDialog->findChild<QPushButton*>(u"addWatchedFilesButton"_s)->click();
    save(settingsDialog->findChild<QDialog*>(u"watchedFilesDialog"_s), u"watchedfiles"_s);
}

/// A trace of three applications, with what may be odd of one.
void shootTrace(const Settings& settings, const QDir& folder)
{
    FakeHistory history;
    history.atOnce = true;
    const qint64 timeMs = QDateTime::currentMSecsSinceEpoch() - 60'000;
    const auto span = [&](const char* app, int at, const char* level, const char* name, int id, int parent, double durationMs) {
        const std::string called = parent > 0 ? R"(,"parent_span_id":")" + std::to_string(parent) + '"' : std::string();
        history.add(app, timeMs + at, level, name,
                    R"({"trace_id":"0af7651916cd43dd8448eb211c80319c","span":"x","span_id":")" + std::to_string(id) + '"' + called
                        + R"(,"duration_ms":)" + std::to_string(durationMs) + '}');
    };
    const auto log = [&](const char* app, int at, const char* level, const char* message, int id) {
        history.add(app, timeMs + at, level, message,
                    R"({"trace_id":"0af7651916cd43dd8448eb211c80319c","span_id":")" + std::to_string(id) + "\"}");
    };
    span("shop", 0, "trace", "GET /cart", 1, 0, 412.5);
    log("shop", 4, "info", "the cart of session 7f3a91 has 3 items", 1);
    span("shop", 6, "trace", "SELECT items", 2, 1, 21.75);
    span("billing-worker", 40, "error", "POST /charge", 3, 1, 340);
    log("billing-worker", 52, "warn", "the gateway is slow: attempt 2 of 3", 3);
    span("billing-worker", 60, "error", "HTTP POST pay.example.org", 4, 3, 301.2);
    log("billing-worker", 362, "error", "payment gateway refused the connection: timeout after 300 ms", 4);
    span("mailer", 395, "trace", "send receipt", 5, 1, 60);
    span("mailer", 430, "trace", "render template", 6, 99, 3.125);
    LogFeed feed;
    MainWindow window(settings, feed);
    window.setArchive(nullptr, &history);
    window.resize(1280, 800);
    window.show();
    StoredCatalog stored;
    stored.apps.resize(3);
    stored.apps[0].appId = "shop";
    stored.apps[1].appId = "billing-worker";
    stored.apps[2].appId = "mailer";
    window.showStored(stored);
    settle();
    Q_EMIT window.logs().traceWanted("0af7651916cd43dd8448eb211c80319c");
    auto* const dialog = window.findChild<QDialog*>(u"traceDialog"_s);
    settle();
    dialog->grab().save(folder.filePath(u"trace-%1-%2.png"_s.arg(settings.language, settings.theme)));
    dialog->resize(600, 480);
    settle();
    dialog->grab().save(folder.filePath(u"trace-small-%1-%2.png"_s.arg(settings.language, settings.theme)));
    auto* const list = window.findChild<QListView*>(u"logList"_s);
    list->setCurrentIndex(list->model()->index(3, 0));
    window.findChild<QAction*>(u"actionDetails"_s)->trigger();
    settle();
    window.grab().save(folder.filePath(u"trace-entry-%1-%2.png"_s.arg(settings.language, settings.theme)));
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    const QDir folder(argc > 1 ? QString::fromLocal8Bit(argv[1]) : u"shots"_s);
    QDir().mkpath(folder.path());
    const bool onlySources = argc > 2 && std::string_view(argv[2]) == "sources";
    for (const QString& language : {u"en"_s, u"fr"_s}) {
        for (const QString& theme : {u"light"_s, u"dark"_s}) {
            Settings settings;
            settings.language = language;
            settings.theme = theme;
            shootSources(settings, folder);
            shootTrace(settings, folder);
            if (onlySources)
                continue;
            const auto grab = [&](const QString& state, QSize size, bool logs, auto change) {
                LogFeed feed;
                MainWindow window(settings, feed);
                window.resize(size);
                window.show();
                settle();
                fill(window, feed, logs);
                settle();
                change(window, feed);
                settle();
                window.grab().save(folder.filePath(u"%1-%2-%3.png"_s.arg(state, language, theme)));
            };
            const auto trigger = [](MainWindow& window, const QString& name) {
                window.findChild<QAction*>(name)->trigger();
            };
            const QSize usual(1280, 800);
            {
                ShotHistory history;
                history.atOnce = true;
                LogFeed feed;
                MainWindow window(settings, feed);
                window.setArchive(nullptr, &history);
                window.resize(usual);
                window.show();
                fill(window, feed, true);
                trigger(window, u"actionRange15"_s);
                StoredCatalog stored;
                stored.apps.resize(1);
                stored.apps[0].appId = "shop";
                window.showStored(stored);
                settle();
                if (const auto answer = std::exchange(history.answer, nullptr))
                    answer();
                Timeline& timeline = window.timeline();
                timeline.point(timeline.presentMs() - 300'000);
                settle();
                window.grab().save(folder.filePath(u"crosshair-%1-%2.png"_s.arg(language, theme)));
                timeline.show(timeline.presentMs() - 600'000, timeline.presentMs() - 120'000);
                timeline.pin(timeline.presentMs() - 480'000);
                timeline.point(timeline.presentMs() - 300'000);
                settle();
                if (const auto answer = std::exchange(history.answer, nullptr))
                    answer();
                settle();
                window.grab().save(folder.filePath(u"past-%1-%2.png"_s.arg(language, theme)));
                trigger(window, u"actionShortcuts"_s);
                settle();
                window.findChild<QWidget*>(u"shortcutsDialog"_s)->grab().save(folder.filePath(u"shortcuts-%1-%2.png"_s.arg(language, theme)));
            }
            grab(u"usual"_s, usual, true, [](MainWindow&, LogFeed&) {});
            grab(u"filters"_s, usual, true, [&](MainWindow& window, LogFeed&) {
                auto* const logs = window.findChild<LogPanel*>();
                LogViewSettings view;
                view.wrapsLines = true;
                view.highlights = {{u"gateway"_s, 0}, {u"cache"_s, 1}, {u"order"_s, 2}, {u"upstream"_s, 3}, {u"worker"_s, 4}, {u"poll"_s, 5}};
                logs->setViewSettings(view);
                LogChoice choice;
                choice.search = "re[a-z]+d";
                choice.isRegex = true;
                choice.terms = {{{"user", "deploy"}}, {{"host", "pay.example.org"}, {"level", "trace"}}};
                logs->setViewFilter(choice);
                window.findChild<QLineEdit*>(u"searchEdit"_s)->setText(u"re[a-z+d"_s);
            });
            grab(u"highlights"_s, usual, true, [&](MainWindow& window, LogFeed&) {
                LogViewSettings view;
                view.highlights = {{u"gateway"_s, 0}, {u"cache"_s, 1}, {u"order"_s, 2}, {u"upstream"_s, 3}, {u"worker"_s, 4}, {u"poll"_s, 5}};
                window.findChild<LogPanel*>()->setViewSettings(view);
            });
            grab(u"small"_s, {760, 520}, true, [](MainWindow&, LogFeed&) {});
            grab(u"details"_s, usual, true, [&](MainWindow& window, LogFeed& feed) {
                trigger(window, u"actionPerCore"_s);
                trigger(window, u"actionRange15"_s);
                auto* list = window.findChild<QListView*>(u"logList"_s);
                list->setCurrentIndex(list->model()->index(382, 0));
                window.findChild<QLineEdit*>(u"searchEdit"_s)->setText(u"re"_s);
                trigger(window, u"actionDetails"_s);
                settle();
                feed.push(test::madeUpBatch("shop", 500, 530));
            });
            const auto showTexts = [&](MainWindow& window, LogFeed& feed) {
                feed.push(test::batchOfAllKinds());
                settle();
                auto* list = window.findChild<QListView*>(u"logList"_s);
                list->setCurrentIndex(list->model()->index(list->model()->rowCount() - 5, 0));
                window.findChild<QLineEdit*>(u"searchEdit"_s)->setText(u"e"_s);
                trigger(window, u"actionDetails"_s);
            };
            grab(u"texts"_s, usual, false, showTexts);
            grab(u"texts-small"_s, {600, 480}, false, [&](MainWindow& window, LogFeed& feed) {
                trigger(window, u"actionShowCharts"_s);
                feed.push(test::batchOfAllKinds());
            });
            grab(u"empty"_s, usual, false, [](MainWindow& window, LogFeed&) {
                auto sample = std::make_shared<test::Sample>(*test::madeUpSample(901));
                sample->disk.reset();
                window.showSample(test::frameOf(*sample));
                window.showListenState({false, 3001, {}, u"Port 3001 is in use by another program."_s});
            });
            {
                LogFeed feed;
                MainWindow window(settings, feed);
                window.show();
                settle();
                for (const QString& name : {u"menuCharts"_s, u"menuLogs"_s, u"levelsMenu"_s}) {
                    auto* menu = window.findChild<QMenu*>(name);
                    menu->popup({100, 100});
                    settle();
                    menu->grab().save(folder.filePath(u"%1-%2-%3.png"_s.arg(name, language, theme)));
                    menu->hide();
                }
            }
            {
                LogFeed feed;
                MainWindow window(settings, feed);
                window.resize(usual);
                window.show();
                fill(window, feed, true);
                const auto picture = [&](const QString& dialog, const QString& state) {
                    settle();
                    window.findChild<QWidget*>(dialog)->grab().save(
                        folder.filePath(u"%1-%2-%3.png"_s.arg(state, language, theme)));
                };
                window.showListenState(test::sharedState());
                test::fillAccess(window.sharing());
                window.sharing().addJoinRequest({1, "bob", "shop", "192.168.1.23", "192.168.1.23", 0});
                settle();
                window.grab().save(folder.filePath(u"shared-%1-%2.png"_s.arg(language, theme)));
                trigger(window, u"actionShare"_s);
                picture(u"shareDialog"_s, u"share"_s);
                window.findChild<QPushButton*>(u"makeLinkButton"_s)->click();
                window.showListenState(test::sharedState());
                window.sharing().showToken(1, {"vigie_9Zk3b0mJt2f4Qh7n5LxW1sRyVd8cKpAoEiUgTqNzXwM", 7});
                picture(u"shareDialog"_s, u"link"_s);
                window.findChild<QDialog*>(u"shareDialog"_s)->reject();
                trigger(window, u"actionCertificate"_s);
                picture(u"certificateDialog"_s, u"certificate"_s);
                window.findChild<QDialog*>(u"certificateDialog"_s)->reject();
                trigger(window, u"actionClients"_s);
                test::fillAccess(window.sharing());
                auto* tabs = window.findChild<QTabWidget*>(u"accessTabs"_s);
                for (int i = 0; i < tabs->count(); ++i) {
                    tabs->setCurrentIndex(i);
                    picture(u"accessDialog"_s, u"access%1"_s.arg(i));
                }
                tabs->setCurrentIndex(1);
                window.findChild<QPushButton*>(u"addTokenButton"_s)->click();
                picture(u"tokenDialog"_s, u"token"_s);
                window.findChild<QDialog*>(u"accessDialog"_s)->resize(580, 340);
                picture(u"accessDialog"_s, u"access-small"_s);
            }
            {
                LogFeed feed;
                MainWindow window(settings, feed);
                window.setTray([hasTray = theme == u"light"_s] { return hasTray; });
                window.setOverrides({{u"port"_s, u"--port"_s}});
                window.show();
                window.showListenState({false, 3001, {}, u"Port 3001 is in use by another program."_s});
                trigger(window, u"actionSettings"_s);
                auto* dialog = window.findChild<QDialog*>(u"settingsDialog"_s);
                auto* pages = dialog->findChild<QListWidget*>(u"settingsList"_s);
                for (int i = 0; i < 2 * pages->count(); ++i) {
                    if (i == pages->count())
                        dialog->resize(580, 440);
                    pages->setCurrentRow(i % pages->count());
                    settle();
                    dialog->grab().save(folder.filePath(u"settings%1-%2-%3.png"_s.arg(i).arg(language, theme)));
                }
                dialog->reject();
                window.fileBar().showState({u"file:till.log"_s, u"/var/log/till.log"_s, 3'200'000, 100'000, false, true, true, {}});
                settle();
                window.grab().save(folder.filePath(u"file-%1-%2.png"_s.arg(language, theme)));
                window.close(); // which asks, where there is a tray
                settle();
                if (auto* box = window.findChild<QDialog*>(u"closeBox"_s))
                    box->grab().save(folder.filePath(u"close-%1-%2.png"_s.arg(language, theme)));
            }
            grab(u"smallest"_s, {600, 480}, false, [](MainWindow&, LogFeed&) {});
            grab(u"smallest-details"_s, {600, 480}, true, [&](MainWindow& window, LogFeed&) {
                auto* list = window.findChild<QListView*>(u"logList"_s);
                list->setCurrentIndex(list->model()->index(list->model()->rowCount() - 8, 0));
                trigger(window, u"actionDetails"_s);
            });
        }
    }
    return 0;
}
