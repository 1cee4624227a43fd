// SPDX-License-Identifier: GPL-3.0-or-later
// Fills the window with a made-up quarter of an hour and saves pictures of it, in both languages, both
// themes and several states: gui_shots FOLDER
#include "fakehistory.h"
#include "guidata.h"

#include "core/language.h"
#include "core/logfilestate.h"
#include "gui/logs/logfeed.h"
#include "gui/logs/logpanel.h"
#include "gui/window/filebar.h"
#include "gui/window/mainwindow.h"
#include "gui/sharing/sharing.h"

#include <QAction>
#include <QApplication>
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

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    const QDir folder(argc > 1 ? QString::fromLocal8Bit(argv[1]) : u"shots"_s);
    QDir().mkpath(folder.path());
    for (const QString& language : {u"en"_s, u"fr"_s}) {
        for (const QString& theme : {u"light"_s, u"dark"_s}) {
            Settings settings;
            settings.language = language;
            settings.theme = theme;
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
