// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sample.h"
#include "sampling/look.h"
#include "sampling/nametable.h"
#include "sampling/procfile.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace vigie {

/// Bytes received and sent by each interface but loopback, from `/proc/net/dev` (proc(5)), and the
/// number of established TCP connections from the counter given. Both are of the network namespace
/// that Vigie runs in.
class NetworkReader
{
public:
    /// Absent when the kernel does not answer.
    using ConnectionCount = std::function<std::optional<int>()>;

    NetworkReader(const std::string& root, ConnectionCount connections);

    /// Resets `out` when `/proc/net/dev` is absent.
    void read(const Look& look, std::optional<NetworkSample>& out);

    /// Fills interfaces and sums from the text of `/proc/net/dev`. Rates are against the text before;
    /// an interface that was not in it has rate 0.
    void parse(std::string_view text, const Look& look, NetworkSample& out);

private:
    struct Counters
    {
        quint64 receivedBytes = 0;
        quint64 sentBytes = 0;
    };

    ProcFile m_file;
    ConnectionCount m_connections;
    NameTable<Counters> m_interfaces;
};

} // namespace vigie
