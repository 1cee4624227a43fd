// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secondstart.h"

#include "app/failure.h"
#include "app/instancedoor.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <cstdio>
#include <unistd.h>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(main)
};

constexpr int patienceMs = 10'000; // with one that does not answer: it may be at its last steps, or its first
constexpr int endingPatienceMs = 60'000; // with one that says that it is ending: a full store takes a while
constexpr unsigned pauseUs = 50'000;

InstanceRequest requestOf(const CommandLine& line)
{
    InstanceRequest request;
    request.raises = !line.headless;
    request.shares = line.share;
    request.files = line.filesToOpen;
    request.view = line.view;
    request.activation = qEnvironmentVariable("XDG_ACTIVATION_TOKEN");
    return request;
}

/// What to say of the Vigie that answered.
int report(const InstanceAnswer& answer, const QString& problem, const CommandLine& line)
{
    if (answer.hasWindow && !line.headless) {
        const QString files = line.filesToOpen.join(u", "_s);
        const QString text = files.isEmpty()
            ? Text::tr("Vigie is running already (process %1): its window was asked to come to the front.").arg(answer.processId)
            : Text::tr("Vigie is running already (process %1): its window was asked to open %2.").arg(answer.processId).arg(files);
        std::printf("%s\n", qPrintable(text));
        return Success;
    }
    const QString where = answer.url.isEmpty() ? QString() : u' ' + Text::tr("It is at %1.").arg(answer.url);
    const QString why = answer.hasWindow ? QString() : u' ' + Text::tr("It has no window.");
    return fail(problem + where + why, Failure);
}

} // namespace

std::optional<int> takeOrHandOver(DataFolderLock& lock, const DataFolder& folder, const CommandLine& line)
{
    QDeadlineTimer deadline(patienceMs);
    const QDeadlineTimer last(endingPatienceMs);
    for (;;) {
        const Outcome taken = lock.take();
        if (taken)
            return std::nullopt;
        if (!lock.isHeldByAnother())
            return fail(taken.error().message, Failure);
        const auto answer = askInstance(folder.socketPath(), requestOf(line));
        if (answer && !answer->isEnding)
            return report(*answer, taken.error().message, line);
        if (answer && !last.hasExpired())
            deadline.setRemainingTime(patienceMs); // its last steps are silent
        if (deadline.hasExpired())
            return fail(taken.error().message, Failure);
        usleep(pauseUs);
    }
}

} // namespace vigie
