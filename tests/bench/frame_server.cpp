// SPDX-License-Identifier: GPL-3.0-or-later
// Vigie's real server (listener, sessions, fan-out) with a source of entries inside, so that the write road can
// be measured at a given frame size: each entry is flushed as a frame of its own. Waits for --viewers clients,
// then gives as many entries as they take. Prints its port. Usage:
//   frame_server --viewers N --frame BYTES

#include "core/logbatch.h"
#include "hub/hub.h"
#include "intake/intake.h"
#include "protocol/encoder.h"
#include "server/fanout/channel.h"
#include "server/fanout/fanout.h"
#include "server/server.h"

#include <QCoreApplication>
#include <QTimer>
#include <cstdio>
#include <sys/resource.h>

using namespace vigie;

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = app.arguments();
    const auto option = [&arguments](const char* name) {
        const qsizetype place = arguments.indexOf(QLatin1StringView(name));
        return place < 0 ? 0 : arguments.value(place + 1).toUInt();
    };
    const std::size_t viewers = option("--viewers");
    const std::size_t frameBytes = option("--frame");
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);

    Hub hub;
    ServerConfig config;
    config.port = 0;
    config.limits.pingInterval = std::chrono::hours(1);
    Intake intake(hub);
    Server server(config, hub, intake);
    QObject::connect(&server, &Server::listenStateChanged, [](const ListenState& state) {
        std::printf("at %d\n", state.port);
        std::fflush(stdout);
    });
    server.start();

    const LogOrigin origin("bench", "load");
    LogBatch sized("bench");
    sized.append({"01M834KCMRF49KGDN37VX4Q95M", 1700000000000, "info", "", ""}, origin);
    const std::size_t overhead = sized.json().size() + logsPrefix.size() + logsSuffix.size();
    const std::string message(frameBytes - overhead, 'x');

    // One entry, then a turn of the event loop; none while the slowest viewer is far behind.
    QTimer source;
    QObject::connect(&source, &QTimer::timeout, [&] {
        const Fanout::Load load = server.fanout().load("bench");
        if (load.viewers < viewers || load.maxUnsent > 1024 * 1024)
            return;
        for (int i = 0; i < 16; ++i) {
            LogBatch batch("bench");
            batch.append({"01M834KCMRF49KGDN37VX4Q95M", 1700000000000, "info", message, ""}, origin);
            hub.acceptLogs(std::move(batch));
            server.fanout().flush("bench");
        }
    });
    source.start(0);
    return app.exec();
}
