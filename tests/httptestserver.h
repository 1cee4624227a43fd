// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/httpserver.h"
#include "server/net/connection.h"
#include "server/net/memorybudget.h"
#include "server/net/poller.h"

#include <QHostAddress>
#include <QTcpServer>
#include <QTest>
#include <memory>
#include <vector>

/// An HttpServer on a port of loopback, with the routes of a test and no door.
class HttpTestServer : public QTcpServer
{
public:
    explicit HttpTestServer(vigie::HttpServer::Bounds bounds = {}, qint64 memoryBytes = 1'000'000'000)
        : memory(memoryBytes), http(bounds, memory, QString(), [](const vigie::HttpRequest&) { return std::nullopt; },
                                    [this](vigie::LimitHit hit, const QHostAddress&) { hits.push_back(hit); })
    {
        listen(QHostAddress::LocalHost);
    }

    vigie::Poller poller;
    vigie::MemoryBudget memory;
    std::vector<vigie::LimitHit> hits;
    vigie::HttpServer http;
    vigie::HttpServer* server = &http; ///< who serves connections that come from now on

protected:
    void incomingConnection(qintptr descriptor) override
    {
        server->serve(std::make_unique<vigie::Connection>(poller, int(descriptor), false, memory));
    }
};

/// An answer of plain text.
inline vigie::HttpAnswer plainAnswer(const QByteArray& text)
{
    return {200, {}, text};
}
