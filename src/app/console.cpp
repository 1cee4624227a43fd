// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console.h"

#include "core/visibletext.h"

#include <cstdio>

namespace vigie {

namespace {

void print(std::FILE* stream, const QString& line)
{
    std::fprintf(stream, "%s\n", qPrintable(line));
    std::fflush(stream);
}

} // namespace

void Console::complain(const QString& problem)
{
    print(stderr, tr("vigie: %1").arg(visibleText(problem)));
}

void Console::showListenState(const ListenState& state)
{
    if (!state.shareError.isEmpty())
        return complain(state.shareError);
    if (!state.listening)
        return complain(state.error);
    if (std::exchange(m_printed, state) == state)
        return;
    QString address = tr("Vigie is at %1").arg(state.publicUrl.isEmpty() ? state.url : state.publicUrl);
    if (!state.publicUrl.isEmpty())
        address += u'\n' + tr("Programs of this machine connect to %1").arg(state.url);
    print(stdout, m_note.isEmpty() ? address : m_note + u' ' + address);
    if (state.isSharedByChoice)
        print(stdout, state.sharedUrls.isEmpty() ? tr("Shared, but this machine has no address on a network now.")
                                                 : tr("Shared at %1").arg(state.urlToTell()));
    if (!state.fingerprint.isEmpty())
        print(stdout, tr("Its certificate's SHA-256: %1").arg(state.fingerprint));
    if (state.isUnprotected)
        print(stderr, state.asksForToken ? tr("vigie: What is sent can be read and changed on the way, tokens too.")
                                         : tr("vigie: Whoever reaches this address reads and changes everything, and what is "
                                              "sent can be read on the way."));
}

void Console::showStoreState(const StoreState& state)
{
    for (const QString& path : state.movedAside)
        print(stderr, tr("vigie: A history file could not be read; it is kept as %1.").arg(path));
    if (!state.works)
        complain(state.problem);
}

void Console::showBusState(const BusState& state)
{
    const BusState before = std::exchange(m_printedBus, state);
    if (state.isJoined && !before.isJoined)
        print(stdout, tr("Joined the bus: %n copies of each entry.", nullptr, state.copies));
    if (!state.problem.isEmpty() && state.problem != before.problem)
        complain(tr("Not on the bus: %1. What comes is shared as soon as it is.").arg(state.problem));
    if (!state.difference.isEmpty() && state.difference != before.difference)
        complain(tr("The bus is not as it should be: %1.").arg(state.difference));
    if (state.missed > before.missed)
        complain(tr("%n messages were no longer on the bus when this machine came back.", nullptr, int(state.missed - before.missed)));
    if (state.unreadable > 0 && before.unreadable == 0)
        complain(tr("Something on the bus is not understood; it is of a later Vigie, or damaged."));
}

void Console::showAccessState(const AccessState& state)
{
    if (!state.problem.isEmpty())
        print(stderr, tr("vigie: %1. Nobody is let in by a token.").arg(state.problem));
}

} // namespace vigie
