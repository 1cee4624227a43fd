// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/containers.h"

namespace vigie {

using namespace Qt::StringLiterals;

QStringList Containers::usualSockets()
{
    QStringList sockets;
    if (const QString host = qEnvironmentVariable("DOCKER_HOST"); host.startsWith("unix://"_L1))
        sockets.append(host.mid(7));
    sockets << u"/var/run/docker.sock"_s << u"/run/podman/podman.sock"_s;
    if (const QString folder = qEnvironmentVariable("XDG_RUNTIME_DIR"); !folder.isEmpty())
        sockets.append(folder + "/podman/podman.sock"_L1);
    sockets.removeDuplicates();
    return sockets;
}

void Containers::apply(const SourceSettings& settings)
{
    if (settings.containers == m_settings)
        return;
    m_settings = settings.containers;
    m_engines.clear();
    if (!m_settings.isOn)
        return;
    const bool isWanted = !m_settings.sockets.isEmpty();
    for (const QString& socket : isWanted ? m_settings.sockets : usualSockets())
        m_engines.push_back(std::make_unique<ContainerEngine>(m_intake, socket, m_settings.names, isWanted, m_read));
}

} // namespace vigie
