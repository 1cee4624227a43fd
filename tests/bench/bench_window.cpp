// SPDX-License-Identifier: GPL-3.0-or-later
// What the window costs, on a real display: bench_window [charts|flood] [SECONDS] [RANGE MINUTES] [percore]
//   charts  CPU share of one core with one sample a second, and CPU time of one sample's repaint
//   flood   how late a 1 ms timer of the GUI thread fires while another thread pushes 500,000 entries/s
#include "../guidata.h"

#include "gui/logs/logfeed.h"
#include "gui/window/mainwindow.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTimer>
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <ctime>
#include <thread>
#include <vector>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

double clockMs(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

double cpuMs()
{
    return clockMs(CLOCK_PROCESS_CPUTIME_ID);
}

void run(int milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

void benchCharts(MainWindow& window, int seconds)
{
    int second = 3600;
    std::vector<double> repaints;
    for (int i = 0; i < 60; ++i) {
        const double before = cpuMs();
        window.showSample(test::madeUpFrame(second++));
        for (int turn = 0; turn < 4; ++turn)
            QApplication::processEvents();
        repaints.push_back(cpuMs() - before);
    }
    std::ranges::sort(repaints);
    std::printf("repaint of one sample: median %.2f ms, worst %.2f ms of CPU\n",
                repaints[repaints.size() / 2], repaints.back());

    QTimer clock;
    QObject::connect(&clock, &QTimer::timeout, &clock, [&] {
        window.showSample(test::madeUpFrame(second++));
        window.showActivity({3, 12.0 + second % 5, 0});
    });
    clock.start(1000);
    run(1500);
    const double before = cpuMs();
    const double wall = clockMs(CLOCK_MONOTONIC);
    run(seconds * 1000);
    std::printf("visible window, 1 sample/s: %.2f %% of one core\n",
                100 * (cpuMs() - before) / (clockMs(CLOCK_MONOTONIC) - wall));
    window.hide();
    run(200);
    const double hidden = cpuMs();
    run(5000);
    std::printf("hidden window: %.3f %% of one core\n", 100 * (cpuMs() - hidden) / 5000);
}

void benchFlood(LogFeed& feed, int seconds)
{
    std::atomic<bool> stop = false;
    std::atomic<quint64> pushed = 0;
    std::thread producer([&] {
        // 100 entries every 200 µs, each batch made anew as the codec would.
        const LogBatchPtr pattern = test::madeUpBatch("flood", 0, 100);
        auto next = std::chrono::steady_clock::now();
        while (!stop) {
            feed.push(std::make_shared<LogBatch>(*pattern));
            pushed += 100;
            next += std::chrono::microseconds(200);
            std::this_thread::sleep_until(next);
        }
    });
    std::vector<double> lateness;
    QElapsedTimer since;
    QTimer ticker;
    ticker.setTimerType(Qt::PreciseTimer);
    QObject::connect(&ticker, &QTimer::timeout, &ticker, [&] {
        lateness.push_back(std::max(0.0, static_cast<double>(since.nsecsElapsed()) / 1e6 - 1));
        since.start();
    });
    since.start();
    ticker.start(1);
    const double before = clockMs(CLOCK_THREAD_CPUTIME_ID);
    run(seconds * 1000);
    const double used = clockMs(CLOCK_THREAD_CPUTIME_ID) - before;
    stop = true;
    producer.join();
    std::ranges::sort(lateness);
    const auto at = [&](double share) {
        return lateness[static_cast<std::size_t>(share * (lateness.size() - 1.0))];
    };
    std::printf(
        "flood of %.0f entries/s: event loop late by p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms, worst %.2f "
        "ms; GUI thread %.1f %% of one core\n",
        static_cast<double>(pushed) / seconds, at(0.5), at(0.99), at(0.999), lateness.back(),
        used / seconds / 10);
}

} // namespace

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    const QString what = arguments.value(1, u"charts"_s);
    const int seconds = arguments.value(2, u"20"_s).toInt();
    Settings settings;
    settings.language = u"en"_s;
    settings.theme = u"light"_s;
    settings.rangeMinutes = arguments.value(3, u"5"_s).toInt();
    settings.perCore = arguments.contains(u"percore"_s);
    LogFeed feed;
    MainWindow window(settings, feed);
    window.show();
    window.showListenState({true, 3001, u"http://127.0.0.1:3001/"_s, {}});
    feed.push(test::madeUpBatch("shop", 0, 400));
    for (int second = 0; second < 3600; ++second)
        window.showSample(test::madeUpFrame(second));
    run(500);
    if (what == "flood"_L1)
        benchFlood(feed, seconds);
    else
        benchCharts(window, seconds);
    return 0;
}
