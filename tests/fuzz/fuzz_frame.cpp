// SPDX-License-Identifier: GPL-3.0-or-later
// Frames of any length, written to a viewer that reads at any pace: heads match their frames (RFC 6455 §5.2), and each byte
// arrives once, in order.
#include "server/net/frame.h"
#include "server/net/connection.h"
#include "server/net/poller.h"

#include <QCoreApplication>
#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <sys/socket.h>
#include <unistd.h>

namespace {

constexpr qsizetype maxBytes = 1 << 18; // of an input's frames

void require(bool isSo, int line = __builtin_LINE())
{
    if (isSo)
        return;
    std::fprintf(stderr, "line %d does not hold (errno %d)\n", line, errno);
    std::abort();
}

/// A TCP connection to ourselves with so little room that a frame seldom goes in one piece.
struct Link : vigie::ConnectionReader
{
    Link()
    {
        static const int listener = [] {
            const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
            const int room = 16384;
            setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
            sockaddr_in address{};
            address.sin_family = AF_INET;
            address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            require(bind(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 && listen(descriptor, 1) == 0);
            return descriptor;
        }();
        sockaddr_in address{};
        socklen_t size = sizeof address;
        require(getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) == 0);
        viewer = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const int room = 16384;
        setsockopt(viewer, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
        // The fuzzer's clock interrupts both.
        while (::connect(viewer, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 && errno != EISCONN)
            require(errno == EINTR || errno == EALREADY);
        int accepted = -1;
        while ((accepted = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK)) < 0)
            require(errno == EINTR);
        server = std::make_unique<vigie::Connection>(poller, accepted, false, memory);
        server->setReader(*this);
    }
    ~Link()
    {
        // Without a word, so that no port stays busy.
        const linger hard{1, 0};
        setsockopt(viewer, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
        ::close(viewer);
    }

    /// What the viewer takes, `most` bytes at a time.
    void take(qsizetype max)
    {
        QByteArray bytes(max, Qt::Uninitialized);
        const ssize_t count = recv(viewer, bytes.data(), std::size_t(max), MSG_DONTWAIT);
        require(count > 0 || (count < 0 && errno == EAGAIN));
        received += bytes.left(std::max<ssize_t>(count, 0));
    }

    std::size_t read(std::span<char> bytes) override { return bytes.size(); }
    void holdsTooMuch() override {}
    void ended() override {}

    vigie::Poller poller;
    vigie::MemoryBudget memory{1 << 30};
    std::unique_ptr<vigie::Connection> server;
    int viewer;
    QByteArray received;
};

/// 0 to 3 bytes make a length on either side of each of the three kinds of head.
QByteArray frameOf(std::uint8_t kind, std::uint8_t length, char letter)
{
    const qsizetype bytes = kind % 4 == 0   ? length
                            : kind % 4 == 1 ? 126 * length / 16
                            : kind % 4 == 2 ? 65'400 + length
                                            : 1000 * length;
    const QByteArray text(bytes, letter);
    const QByteArray frame = vigie::textFrame(text);
    const auto byte = [&frame](qsizetype place) { return quint64(quint8(frame[place])); };
    const qsizetype lengthBytes = bytes < 126 ? 0 : bytes < 65'536 ? 2 : 8;
    quint64 said = byte(1);
    if (lengthBytes > 0) {
        require(byte(1) == (lengthBytes == 2 ? 126 : 127));
        said = 0;
        for (qsizetype i = 0; i < lengthBytes; ++i)
            said = said << 8 | byte(2 + i);
    }
    require(byte(0) == 0x81 && said == quint64(bytes) && frame.mid(2 + lengthBytes) == text
            && vigie::textFrameHead(bytes) == frame.left(2 + lengthBytes));
    return frame;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static int argc = 1;
    static char name[] = "fuzz_frame";
    static char* argv[] = {name, nullptr};
    static QCoreApplication app(argc, argv);

    Link connection;
    vigie::Connection& writer = *connection.server;
    QByteArray sent;
    for (std::size_t i = 0; i + 1 < size && sent.size() < maxBytes; i += 2) {
        const std::uint8_t what = data[i];
        switch (what % 8) {
        case 0: // the way through
        case 1:
        case 2: {
            const QByteArray frame = frameOf(what / 8, data[i + 1], char('a' + i % 26));
            writer.send(frame);
            sent += frame;
            break;
        }
        case 3: { // by one who looks first
            const QByteArray frame = frameOf(what / 8, data[i + 1], char('A' + i % 26));
            writer.unsentBytes();
            writer.send(frame);
            sent += frame;
            break;
        }
        case 4: { // a ping is answered
            const QByteArray pong = vigie::controlFrame(vigie::Opcode::Pong, "hello");
            require(pong == QByteArray("\x8a\x05", 2) + "hello");
            writer.send(pong);
            sent += pong;
            break;
        }
        case 5:
        case 6:
            connection.take(1 + 256 * data[i + 1]);
            break;
        default:
            QCoreApplication::processEvents();
        }
        require(writer.unsentBytes() >= 0 && connection.received.size() + writer.unsentBytes() <= sent.size());
    }
    require(writer.writtenBytes() == sent.size() && connection.memory.held() == writer.unsentBytes());
    while (connection.received.size() < sent.size()) {
        connection.take(maxBytes);
        QCoreApplication::processEvents();
    }
    require(connection.received == sent && writer.unsentBytes() == 0);

    writer.seal();
    require(writer.send("nothing") == vigie::Connection::Sent::Dropped && writer.unsentBytes() == 0);
    return 0;
}
