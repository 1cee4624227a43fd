// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/fileassembly.h"

#include <utility>

namespace vigie {

FileAssembly::FileAssembly() : m_follower(new FileFollower), m_history(*m_follower) {}

FileAssembly::~FileAssembly()
{
    if (m_isStarted)
        m_thread.end();
    else
        delete m_follower;
}

void FileAssembly::start()
{
    if (std::exchange(m_isStarted, true))
        return;
    m_thread.own(m_follower);
    m_thread.start();
}

} // namespace vigie
