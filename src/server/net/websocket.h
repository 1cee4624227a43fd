// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/limits.h"
#include "server/net/connection.h"
#include "server/net/framereader.h"
#include "server/net/tokenbucket.h"

#include <QByteArray>
#include <QByteArrayView>
#include <chrono>
#include <memory>
#include <string_view>

namespace vigie {

/// How long a WebSocket client may take, and how much it may send and leave unread.
struct WebSocketLimits
{
    std::chrono::milliseconds pingInterval{20'000}; ///< of silence; two unanswered pings end the connection
    std::chrono::milliseconds messageDeadline{30'000}; ///< for a message that has begun to come
    std::chrono::milliseconds unreadDeadline{60'000}; ///< for a peer with bytes unsent that takes none
    qint64 unsentBytes = 32 * 1024 * 1024; ///< of its own answers; a peer that lets more pile up is cut
    double messagesPerSecond = Limits{}.messagesPerSecond; ///< frames of them, and control frames; beyond, it is read more slowly
    double receiveBytesPerSecond = Limits{}.receiveKiBPerSecond * 1024.0; ///< likewise; all that comes by the socket
    bool limitsLoopback = false; ///< of the two: this machine's own peers, too
};

/// Who takes the messages of a WebSocket. As with a ConnectionReader, only noteEnd() may destroy it or the socket.
class WebSocketUser
{
public:
    /// A whole message, text or not, that may be written to; Decoder::padding bytes may be read behind it.
    virtual void take(std::string_view message) = 0;
    /// All messages that came together were given to take().
    virtual void noteLastTaken() {}
    /// unsentBytes() is less than it was.
    virtual void noteTaken() {}
    /// The peer sends more than it may, and is read more slowly. At most every ten seconds.
    virtual void noteSlowed() {}
    /// Nothing more is taken, nor sent. Once, also when the connection ends without a close.
    virtual void noteClosing() = 0;
    /// The connection is over; straight from the event loop.
    virtual void noteEnd() = 0;

protected:
    ~WebSocketUser() = default;
};

/// The server's end of a WebSocket whose handshake is done: takes frames apart, answers pings and closes, and holds the peer to
/// limits and deadlines. The Poller's thread.
class WebSocket final : private ConnectionReader
{
public:
    using Time = std::chrono::milliseconds; ///< of a monotonic clock

    /// Takes `connection` over. `hits`: counts which limits the peer comes to; like `limits` it must outlive the socket. `now`
    /// as for tick(). Messages come once start() was called.
    WebSocket(std::unique_ptr<Connection> connection, const WebSocketLimits& limits, LimitHits& hits, WebSocketUser& user, Time now);

    void start();
    /// Looks at every deadline; about once a second.
    void tick(Time now);

    /// Longer messages close the connection; `readAheadBytes`: what may be taken from the kernel at once.
    void setMaxMessage(std::size_t bytes, std::size_t readAheadBytes);

    /// UTF-8.
    void sendText(QByteArrayView text);
    /// Ends it with a close code (RFC 6455 §7.4) and a reason of at most 123 bytes.
    void close(int code, QByteArrayView reason);
    bool isClosing() const { return m_isClosing; }
    void abort() { m_connection->abort(); }

    /// No message is given out until resume(), and nothing is taken from the kernel. `isLong`: the pause may last so long that
    /// the peer is to be pinged.
    void pause(bool isLong);
    /// Gives out what has come before it returns, unless the peer still rests for what it sent.
    void resume();
    bool isPaused() const { return m_connection->isPaused(); }

    Connection& connection() { return *m_connection; }
    const Connection& connection() const { return *m_connection; }

private:
    /// Of a peer that may send only so much.
    struct Rate
    {
        TokenBucket messages;
        TokenBucket bytes;
        Time told{0}; ///< that it is read more slowly; 0: never
        bool isResting = false;

        Time debt(Time now) const { return std::max(messages.debt(now), bytes.debt(now)); }
    };

    std::size_t read(std::span<char> bytes) override;
    void noteTaken() override;
    void deadlinePassed() override;
    void holdsTooMuch() override;
    void ended() override;

    /// Does what it says. False: nothing more is to be read now.
    bool handle(const FrameReader::Event& event);
    void countMessage();
    void keepToRate();
    void endIfUnread();
    void countKept();
    void updatePause();
    void answerClose(const FrameReader::Event& event);
    void beginClosing();
    void watchMessage(Time now);
    void watchReader(Time now);
    void watchSilence(Time now);
    void ping(Time now);

    std::unique_ptr<Connection> m_connection;
    const WebSocketLimits& m_limits;
    LimitHits& m_hits;
    WebSocketUser& m_user;
    FrameReader m_frames;
    std::unique_ptr<Rate> m_rate; // null: it may send as it likes
    qint64 m_counted = 0; // of m_frames, in the connection's memory
    qint64 m_seenBytes; // of what came, by m_rate
    Time m_now; // of the last tick
    Time m_lastHeard; // anything came
    Time m_lastPing;
    Time m_lastTaken; // the peer took bytes, or there were none to take
    Time m_messageStarted{-1}; // of a message that has not come whole; -1: none
    std::uint8_t m_unansweredPings = 0;
    bool m_isReading = false; // within read()
    bool m_isClosing = false;
    bool m_isHeld = false; // by pause()
    bool m_isHeldLong = false;
    bool m_heard = false; // since the last tick
    bool m_taken = false; // likewise
};

} // namespace vigie
