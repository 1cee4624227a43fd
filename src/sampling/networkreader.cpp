// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/networkreader.h"

#include "sampling/textscan.h"

#include <algorithm>
#include <array>
#include <utility>

namespace vigie {

namespace {

/// One line of `/proc/net/dev`; false for the headings and for what makes no sense.
bool parseLine(std::string_view line, std::string_view& name, quint64& received, quint64& sent)
{
    // Old kernels write the first number right after the colon, and an alias has a colon of its own.
    const auto colon = line.rfind(':');
    if (colon == std::string_view::npos)
        return false;
    std::string_view head = line.substr(0, colon);
    name = takeWord(head);
    line.remove_prefix(colon + 1);
    std::array<quint64, 9> columns{}; // eight of reception, then the bytes sent
    for (quint64& column : columns) {
        if (!takeNumber(line, column))
            return false;
    }
    received = columns.front();
    sent = columns.back();
    return !name.empty();
}

} // namespace

NetworkReader::NetworkReader(const std::string& root, ConnectionCount connections, LinkQuery links)
    : m_file(root + "/proc/net/dev"), m_connections(std::move(connections)), m_query(std::move(links))
{
}

void NetworkReader::read(const Look& look, std::optional<NetworkSample>& out)
{
    const auto text = m_file.read();
    if (!text) {
        m_interfaces.beginLook();
        out.reset();
        return;
    }
    if (!out)
        out.emplace();
    if (m_query && m_query(m_links)) {
        m_repeating = repeatingLinks(m_links);
        ++m_linksCount;
    }
    parse(*text, look, *out);
    const auto connections = m_connections ? m_connections() : std::nullopt;
    out->connectionsKnown = connections.has_value();
    out->connections = connections.value_or(0);
}

void NetworkReader::parse(std::string_view text, const Look& look, NetworkSample& out)
{
    m_interfaces.beginLook();
    out.receivedBytes = out.sentBytes = 0;
    out.receiveBytesPerSecond = out.sendBytesPerSecond = 0;
    std::size_t count = 0;
    std::string_view line;
    while (takeLine(text, line)) {
        std::string_view name;
        Counters now{};
        if (!parseLine(line, name, now.receivedBytes, now.sentBytes) || name == "lo")
            continue;
        auto* const known = m_interfaces.visit(name);
        if (!known)
            continue;
        const bool isJudged = !known->isNew && known->state.asOf == m_linksCount;
        now.repeats = isJudged ? known->state.repeats : repeats(name);
        now.asOf = m_linksCount;
        const Counters before = known->isNew ? now : known->state;
        known->state = now;

        if (count == out.interfaces.size())
            out.interfaces.emplace_back();
        InterfaceSample& interface = out.interfaces[count++];
        interface.name = known->name;
        interface.receivedBytes = now.receivedBytes;
        interface.sentBytes = now.sentBytes;
        interface.receiveBytesPerSecond =
            perSecond(counterDelta(before.receivedBytes, now.receivedBytes), look.interval);
        interface.sendBytesPerSecond =
            perSecond(counterDelta(before.sentBytes, now.sentBytes), look.interval);
        interface.isRepeated = now.repeats;
        if (now.repeats)
            continue;
        out.receivedBytes += interface.receivedBytes;
        out.sentBytes += interface.sentBytes;
        out.receiveBytesPerSecond += interface.receiveBytesPerSecond;
        out.sendBytesPerSecond += interface.sendBytesPerSecond;
    }
    out.interfaces.resize(count);
    m_interfaces.endLook();
}

bool NetworkReader::repeats(std::string_view name) const
{
    return std::binary_search(m_repeating.begin(), m_repeating.end(), name);
}

} // namespace vigie
