// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sampling/connectioncounter.h"
#include "sampling/figuresource.h"
#include "sampling/linkreader.h"
#include "sampling/networkreader.h"

namespace vigie {

/// What the interfaces receive and send, and the TCP connections. Connections and links are asked of the running kernel, and so
/// only where that is the machine meant: a tree of files does not tell them.
class NetworkSource : public FigureSource
{
public:
    explicit NetworkSource(const std::string& root);

    void look(const Look& look, FrameBuilder& out) override;

    static void tell(const NetworkSample& network, FrameBuilder& out);

private:
    NetworkReader::ConnectionCount connectionCount(const std::string& root);
    NetworkReader::LinkQuery linkQuery(const std::string& root);

    ConnectionCounter m_connections;
    LinkReader m_links;
    NetworkReader m_reader;
    std::optional<NetworkSample> m_network; ///< its memory is used again
};

} // namespace vigie
