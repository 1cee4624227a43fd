// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/networksource.h"

namespace vigie {

namespace {

constexpr SeriesKind receive = storedRate("network.receive", "Received by all interfaces");
constexpr SeriesKind send = storedRate("network.send", "Sent by all interfaces");
constexpr SeriesKind received{"network.received", Unit::Bytes, "Received by all interfaces since they came up"};
constexpr SeriesKind sent{"network.sent", Unit::Bytes, "Sent by all interfaces since they came up"};
constexpr SeriesKind connections{"network.connections", Unit::Count, "Established TCP connections", Quantum::Unit};
constexpr SeriesKind interfaceReceive = storedRate("network.interface.*.receive", "Received by %1");
constexpr SeriesKind interfaceSend = storedRate("network.interface.*.send", "Sent by %1");
constexpr SeriesKind interfaceReceived{"network.interface.*.received", Unit::Bytes, "Received by %1 since it came up"};
constexpr SeriesKind interfaceSent{"network.interface.*.sent", Unit::Bytes, "Sent by %1 since it came up"};

} // namespace

NetworkSource::NetworkSource(const std::string& root) : m_reader(root, connectionCount(root), linkQuery(root)) {}

NetworkReader::ConnectionCount NetworkSource::connectionCount(const std::string& root)
{
    if (!root.empty())
        return {};
    return [this] { return m_connections.count(); };
}

NetworkReader::LinkQuery NetworkSource::linkQuery(const std::string& root)
{
    if (!root.empty())
        return {};
    return [this](std::vector<Link>& links) { return m_links.refresh(links); };
}

void NetworkSource::look(const Look& look, FrameBuilder& out)
{
    m_reader.read(look, m_network);
    if (m_network)
        tell(*m_network, out);
}

void NetworkSource::tell(const NetworkSample& network, FrameBuilder& out)
{
    const auto bytes = [](quint64 value) { return static_cast<double>(value); };
    out.add(receive, network.receiveBytesPerSecond);
    out.add(send, network.sendBytesPerSecond);
    out.add(received, bytes(network.receivedBytes));
    out.add(sent, bytes(network.sentBytes));
    out.add(connections, network.connectionsKnown ? network.connections : unknown);
    for (const InterfaceSample& one : network.interfaces) {
        out.add(interfaceReceive, one.name, one.receiveBytesPerSecond);
        out.add(interfaceSend, one.name, one.sendBytesPerSecond);
        out.add(interfaceReceived, one.name, bytes(one.receivedBytes));
        out.add(interfaceSent, one.name, bytes(one.sentBytes));
    }
}

} // namespace vigie
