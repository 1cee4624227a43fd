// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/net/connection.h"
#include "server/net/poller.h"

#include <QByteArray>
#include <QTcpServer>
#include <functional>
#include <memory>
#include <sys/socket.h>
#include <utility>

namespace vigie::test {

/// Makes Connections of what connects; must outlive them.
class OnePort : public QTcpServer
{
public:
    /// Waits for a peer, without a turn of the event loop; null: none has come.
    std::unique_ptr<Connection> take(MemoryBudget& of, bool isForTls = false)
    {
        if (m_descriptor < 0)
            (void)waitForNewConnection(30'000); // it says no, as we keep none waiting
        const int taken = std::exchange(m_descriptor, -1);
        return taken < 0 ? nullptr : std::make_unique<Connection>(poller, last = taken, isForTls, of);
    }
    std::unique_ptr<Connection> take() { return take(memory); }
    /// Makes little room in the kernel for what is sent by the last one.
    void makeSendBufferSmall() const
    {
        const int bytes = 64 * 1024;
        setsockopt(last, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
    }

    Poller poller;
    MemoryBudget memory{256 * 1024 * 1024};
    int last = -1; // descriptor of the last one

protected:
    void incomingConnection(qintptr descriptor) override { m_descriptor = int(descriptor); }

private:
    int m_descriptor = -1;
};

/// Keeps what comes, or does with it what it is told, and tells what else it hears.
class TestReader final : public ConnectionReader
{
public:
    std::size_t read(std::span<char> bytes) override
    {
        ++reads;
        if (onRead)
            return onRead(bytes);
        received.append(bytes.data(), qsizetype(bytes.size()));
        return bytes.size();
    }
    void seeFirst(unsigned char byte) override
    {
        if (onFirst)
            onFirst(byte);
    }
    void noteEncrypted() override { ++encryptions; }
    void noteTaken() override
    {
        ++takings;
        if (onTaken)
            onTaken();
    }
    void deadlinePassed() override { ++deadlines; }
    void holdsTooMuch() override { ++excesses; }
    void ended() override
    {
        ++ends;
        if (onEnd)
            onEnd();
    }

    std::function<std::size_t(std::span<char>)> onRead;
    std::function<void(unsigned char)> onFirst;
    std::function<void()> onTaken;
    std::function<void()> onEnd;
    QByteArray received;
    int reads = 0;
    int encryptions = 0;
    int takings = 0;
    int deadlines = 0;
    int excesses = 0;
    int ends = 0;
};

} // namespace vigie::test
