// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/signalreader.h"

#include <QSocketNotifier>
#include <sys/signalfd.h>
#include <unistd.h>

namespace vigie {

SignalReader::SignalReader(std::initializer_list<int> signals_)
{
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : signals_)
        sigaddset(&set, signal);
    pthread_sigmask(SIG_BLOCK, &set, &m_before);
    m_descriptor = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    m_notifier = std::make_unique<QSocketNotifier>(m_descriptor, QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &SignalReader::read);
}

SignalReader::~SignalReader()
{
    m_notifier.reset();
    ::close(m_descriptor);
}

void SignalReader::read()
{
    signalfd_siginfo info;
    while (::read(m_descriptor, &info, sizeof info) == sizeof info)
        Q_EMIT received(int(info.ssi_signo), info.ssi_code == SI_KERNEL);
}

} // namespace vigie
