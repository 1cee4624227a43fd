// SPDX-License-Identifier: GPL-3.0-or-later
// The whole program with its window, and a clock on the window's event loop: how late does it answer while the
// server is under load? Prints its address, runs for --seconds, and prints one JSON object. Usage:
//   window_lateness --seconds S --data-dir DIR

#include "app/application.h"
#include "app/datafolder.h"

#include <QApplication>
#include <QTimer>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

using namespace vigie;
using namespace std::chrono_literals;

int main(int argc, char** argv)
{
    QApplication qt(argc, argv);
    const QStringList arguments = qt.arguments();
    const auto option = [&arguments](const char* name) {
        return arguments.value(arguments.indexOf(QLatin1StringView(name)) + 1);
    };
    Application::Config config;
    config.line.port = 0;
    const DataFolder folder(option("--data-dir"));
    config.dataDir = folder.path();
    config.settingsPath = folder.settingsPath();
    config.accessPath = folder.accessPath();
    config.withWindow = true;
    Application application(config);
    application.start();

    // Every millisecond the loop is asked; what it is late beyond that is what a person would wait for a key.
    using Clock = std::chrono::steady_clock;
    std::vector<double> lateMs;
    Clock::time_point expected = Clock::now() + 1ms;
    QTimer timer;
    timer.setTimerType(Qt::PreciseTimer);
    QObject::connect(&timer, &QTimer::timeout, [&] {
        const Clock::time_point now = Clock::now();
        lateMs.push_back(std::max(0.0, std::chrono::duration<double, std::milli>(now - expected).count()));
        expected = now + 1ms;
    });
    timer.start(1ms);
    QTimer::singleShot(option("--seconds").toInt() * 1000, &qt, [&] {
        timer.stop();
        std::sort(lateMs.begin(), lateMs.end());
        const auto at = [&](double share) { return lateMs[std::size_t(share * double(lateMs.size() - 1))]; };
        std::printf("{\"samples\":%zu,\"p50\":%.3f,\"p99\":%.3f,\"p999\":%.3f,\"most\":%.3f}\n", lateMs.size(), at(0.5),
                    at(0.99), at(0.999), lateMs.back());
        std::fflush(stdout);
        application.shutDown();
    });
    return qt.exec();
}
