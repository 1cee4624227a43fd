// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/containerengine.h"
#include "sources/logsource.h"

#include <memory>
#include <vector>

namespace vigie {

/// Reads what containers of Docker and Podman write.
class Containers final : public LogSource
{
    Q_OBJECT

public:
    /// `intake` and `read` must outlive it.
    Containers(Intake& intake, ReadContainers& read) : m_intake(intake), m_read(read) {}

    void apply(const SourceSettings& settings) override;

    /// Where engines listen, unless their owner says otherwise.
    static QStringList usualSockets();

private:
    Intake& m_intake;
    ReadContainers& m_read;
    WatchedContainers m_settings;
    SourceAccount m_missing; // while none of the usual sockets is there
    std::vector<std::unique_ptr<ContainerEngine>> m_engines;
};

} // namespace vigie
