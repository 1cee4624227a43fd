// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/containers.h"

#include <algorithm>

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
    m_missing.close();
    if (!m_settings.isOn)
        return;
    const bool isWanted = !m_settings.sockets.isEmpty();
    for (const QString& socket : isWanted ? m_settings.sockets : usualSockets())
        m_engines.push_back(std::make_unique<ContainerEngine>(m_intake, socket, m_settings.names, isWanted, m_read));
    if (std::ranges::any_of(m_engines, [](const auto& engine) { return engine->isShown(); }))
        return;
    SourceState state;
    state.id = state.name = "containers";
    state.kind = SourceKind::Container;
    state.status = SourceStatus::Failing;
    state.problem = ("no_engine: "_L1 + usualSockets().join(", "_L1)).toStdString();
    m_missing = m_intake.board().open(std::move(state));
    for (const auto& engine : m_engines)
        QObject::connect(engine.get(), &ContainerEngine::found, engine.get(), [this] { m_missing.close(); });
}

} // namespace vigie
