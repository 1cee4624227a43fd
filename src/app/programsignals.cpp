// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/programsignals.h"

#include <QSocketNotifier>
#include <csignal>
#include <fcntl.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace vigie {

namespace {

sigset_t handled; // by block()

bool hasTerminal()
{
    const int terminal = ::open("/dev/tty", O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (terminal >= 0)
        ::close(terminal);
    return terminal >= 0;
}

bool isIgnored(int signal)
{
    struct sigaction action;
    return ::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

} // namespace

void ProgramSignals::block(bool reloads)
{
    sigemptyset(&handled);
    sigaddset(&handled, SIGINT);
    sigaddset(&handled, SIGTERM);
    if (reloads && !hasTerminal() && !isIgnored(SIGHUP))
        sigaddset(&handled, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &handled, nullptr);
}

ProgramSignals::ProgramSignals(QObject* parent) : QObject(parent), m_descriptor(signalfd(-1, &handled, SFD_CLOEXEC | SFD_NONBLOCK))
{
    m_notifier = std::make_unique<QSocketNotifier>(m_descriptor, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &ProgramSignals::read);
}

ProgramSignals::~ProgramSignals()
{
    m_notifier.reset();
    close(m_descriptor);
}

void ProgramSignals::read()
{
    bool isEndAsked = false;
    bool isReloadAsked = false;
    signalfd_siginfo info;
    while (::read(m_descriptor, &info, sizeof info) == sizeof info)
        (info.ssi_signo == SIGHUP ? isReloadAsked : isEndAsked) = true;
    if (isEndAsked)
        Q_EMIT endAsked();
    else if (isReloadAsked)
        Q_EMIT reloadAsked();
}

} // namespace vigie
