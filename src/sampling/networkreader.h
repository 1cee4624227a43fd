// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sampling/readings.h"
#include "sampling/links.h"
#include "sampling/look.h"
#include "sampling/nametable.h"
#include "sampling/procfile.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

/// Bytes received and sent by each interface but loopback, from `/proc/net/dev` (proc(5)), and the
/// number of established TCP connections from the counter given. Both are of the network namespace
/// that Vigie runs in. Sums count each path once, as far as the query given tells what is built on what.
class NetworkReader
{
public:
    /// Absent when the kernel does not answer.
    using ConnectionCount = std::function<std::optional<int>()>;

    /// Fills the interfaces there are; false when they are as before, or nobody says.
    using LinkQuery = std::function<bool(std::vector<Link>& links)>;

    NetworkReader(const std::string& root, ConnectionCount connections, LinkQuery links = {});

    /// Resets `out` when `/proc/net/dev` is absent.
    void read(const Look& look, std::optional<NetworkSample>& out);

    /// Fills interfaces and sums from the text of `/proc/net/dev`, by what is known of the links. Rates are against the text
    /// before; an interface that was not in it has rate 0.
    void parse(std::string_view text, const Look& look, NetworkSample& out);

private:
    struct Counters
    {
        quint64 receivedBytes = 0;
        quint64 sentBytes = 0;
        bool repeats = false; ///< its bytes are also another's
        quint64 asOf = 0; ///< `m_linksCount` when `repeats` was found out
    };

    bool repeats(std::string_view name) const;

    ProcFile m_file;
    ConnectionCount m_connections;
    LinkQuery m_query;
    std::vector<Link> m_links;
    std::vector<std::string> m_repeating; ///< sorted
    quint64 m_linksCount = 0; ///< how often `m_links` was filled
    NameTable<Counters> m_interfaces;
};

} // namespace vigie
