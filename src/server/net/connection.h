// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/net/memorybudget.h"
#include "server/net/sendqueue.h"

#include <QByteArray>
#include <QHostAddress>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <utility>

class QSslConfiguration;

namespace vigie {

class Connection;
class Poller;
class TlsLayer;

/// Who takes what comes by a Connection. None of the calls may destroy the connection or the reader, but for ended(): whoever
/// has had enough calls abort() and waits for that.
class ConnectionReader
{
public:
    /// `bytes` came and were not consumed yet, oldest first. They may be written to, and Connection::padding bytes behind them
    /// may be read. Returns how many are consumed; the connection keeps the rest and offers it again with what comes next, or
    /// at once to another reader that was set meanwhile. Not called while the connection is paused, nor after finish() or
    /// abort().
    virtual std::size_t read(std::span<char> bytes) = 0;
    /// The kernel took some of what waited to be sent: unsentBytes() is less than it was.
    virtual void noteTaken() {}
    /// Of a peer with whom TLS is to be spoken: its first byte has come, and is left where it is. startTls() may be called here;
    /// else it is read as it is.
    virtual void seeFirst(unsigned char /*byte*/) {}
    /// The TLS handshake is done.
    virtual void noteEncrypted() {}
    /// The deadline that was set has passed; there is none any more.
    virtual void deadlinePassed() {}
    /// All peers hold too much together, and this one the most. To end the connection is the reader's.
    virtual void holdsTooMuch() = 0;
    /// The connection is over, whoever ended it. Once, and straight from the event loop: the connection and the reader may be
    /// destroyed here.
    virtual void ended() = 0;

protected:
    ~ConnectionReader() = default;
};

/// One TCP connection that a peer has made, plain or by TLS: it owns the socket, what waits to be sent, what was not consumed
/// yet, its deadline and its share of the clients' memory. Destroying it closes the socket at once. A plain one reads and writes
/// its descriptor without Qt; an idle one holds no buffer and no timer. The Poller's thread.
class Connection final : private MemoryBudget::Holder
{
public:
    static constexpr std::size_t padding = 64; ///< bytes that may be read behind those that came
    static constexpr std::size_t maxKept = 96 * 1024; ///< a reader that leaves more, without a pause, ends the connection

    /// What became of the bytes given to send().
    enum class Sent {
        AtOnce, ///< the kernel has them all
        Queued, ///< they wait, or some of them do
        Dropped, ///< nothing is sent any more
    };

    /// Whose process the peer is; see peeruser.h.
    enum class Owner : std::uint8_t { Unknown, Ours, Others };

    /// Takes `descriptor` over, an accepted socket, and makes it non-blocking. Nothing is read before setReader(). `isForTls`:
    /// TLS is to be spoken with this peer. `poller` and `memory` must outlive it.
    Connection(Poller& poller, int descriptor, bool isForTls, MemoryBudget& memory);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Who reads from now on; must outlive the connection or be replaced. What is kept is offered to it: at once, or after the
    /// present call of read(). Also from within the present reader's read().
    void setReader(ConnectionReader& reader);
    /// How much may be taken from the kernel at once, Poller::bufferBytes at most; 16 KiB at first.
    void setMaxRead(std::size_t bytes) { m_maxRead = std::uint32_t(bytes); }
    /// While paused nothing is taken from the kernel, so that TCP slows the peer down, and a peer that goes is not seen to go.
    /// A pause that ends offers what is kept before this returns, unless called from within read(); what TLS has decrypted
    /// follows from the event loop.
    void setPaused(bool isPaused);
    bool isPaused() const { return m_isPaused; }

    /// Sends or queues; shares the bytes with whoever else has them.
    Sent send(const QByteArray& bytes);
    /// What send() gets from now on is dropped; what waits is still sent.
    void seal() { m_isSealed = true; }
    /// False: what is sent goes nowhere.
    bool isOpen() const { return !m_isSealed; }
    /// Accepted by send(), and not yet taken by the kernel; by TLS as encrypted, some more.
    qint64 unsentBytes() const { return m_unsent; }
    /// Accepted by send() so far.
    qint64 writtenBytes() const { return m_written; }
    /// That came so far, without those of TLS itself.
    qint64 receivedBytes() const { return m_received; }
    /// That came and are kept, as they were not consumed.
    qint64 keptBytes() const { return m_kept ? m_kept->size - m_kept->start : 0; }

    /// Sends what waits, then says that no more comes, and throws away what the peer still says until it hangs up or two
    /// seconds have passed: closing with something unread would reset the connection, and the peer might never see what was
    /// last said to it. A plain peer that takes some of what waits every two seconds has half a minute. Nothing is read any more,
    /// nor may be sent.
    void finish();
    /// Closes the socket now.
    void abort();
    /// Neither finish() nor abort() was called, nor has the peer ended it.
    bool isAlive() const { return m_state == State::Alive; }

    /// Calls deadlinePassed() that long from now, in place of an earlier deadline. After finish() the deadline is the
    /// connection's own: this and clearDeadline() do nothing.
    void setDeadline(std::chrono::milliseconds fromNow);
    void clearDeadline();

    /// Speaks TLS from here on, as a server. Only within seeFirst().
    void startTls(const QSslConfiguration& configuration);
    /// TLS is to be spoken with this peer, whether it does or not.
    bool isForTls() const { return m_isForTls; }
    /// The TLS handshake is done.
    bool isEncrypted() const { return m_isEncrypted; }

    const QHostAddress& peerAddress() const { return m_peerAddress; }
    quint16 peerPort() const { return m_peerPort; }
    /// Our own end (getsockname(2)).
    std::pair<QHostAddress, quint16> localEnd() const;
    /// It has become a WebSocket, and ends with a word of its own.
    bool isUpgraded() const { return m_isUpgraded; }
    void setUpgraded() { m_isUpgraded = true; }
    Owner owner() const { return m_owner; }
    void setOwner(Owner owner) { m_owner = owner; }

    /// What this peer makes us hold: unsent and kept bytes are counted by the connection, what its reader holds by that.
    MemoryBudget::Share& memory() { return m_memory; }

    /// Called as the last thing when the connection is destroyed.
    void setFarewell(std::function<void(Connection&)> farewell) { m_farewell = std::move(farewell); }

private:
    friend class Poller;
    friend class TlsLayer;

    enum class State : std::uint8_t {
        Alive,
        Finishing, ///< what waits is being sent
        Lingering, ///< all was sent and said; waits for the peer to hang up
        Over, ///< the socket is closed; the reader is told, or will be
    };

    /// Bytes that were not consumed, on the heap only while there are some.
    struct Kept
    {
        std::unique_ptr<char[]> bytes; ///< `size` and `padding`
        std::uint32_t start = 0; ///< before it all are consumed
        std::uint32_t size = 0;
    };

    // From the Poller and the TLS layer.
    void serve(std::uint32_t events);
    void startDeadline(std::chrono::milliseconds fromNow);
    void stopDeadline();
    void passDeadline();
    void tellEnd();
    void noteEncrypted();
    void noteTlsWritten();
    void readTls();
    void noteTlsEnd(int descriptor);

    void readSome();
    qsizetype receive(char* to, std::size_t max);
    /// How many of these were consumed.
    std::size_t offer(std::span<char> bytes);
    void offerKept();
    void keep(std::span<const char> bytes);
    void dropKept();
    bool lookAtFirst();
    void discardSome();
    void enqueue(const QByteArray& bytes, qsizetype sent);
    void sendQueued();
    void noteUnsent(qint64 now);
    void endSending();
    void end();
    void closeDescriptor();
    void updateEvents();

    void sendAway() override;
    void cut() override { abort(); }

    // What a frame for thousands of viewers needs of each, together in memory.
    int m_descriptor;
    bool m_isSealed = false;
    bool m_isPaused = false;
    bool m_isReading = false; // within the reader's read()
    bool m_wasPaused = false; // within that
    bool m_isForTls;
    bool m_hasSeenFirst = false; // the reader saw the first byte, where TLS is to be spoken
    bool m_isEncrypted = false;
    bool m_hasPeerEnded = false; // it sends no more
    bool m_isTlsOver = false; // the peer has gone, and what it sent before is still to be read
    bool m_isUpgraded = false;
    State m_state = State::Alive;
    Owner m_owner = Owner::Unknown;
    std::unique_ptr<TlsLayer> m_tls; // null: plain
    std::unique_ptr<SendQueue> m_queue; // only while something waits
    qint64 m_unsent = 0;
    qint64 m_written = 0;

    qint64 m_received = 0;
    std::unique_ptr<Kept> m_kept;
    ConnectionReader* m_reader = nullptr;
    Poller& m_poller;
    std::uint32_t m_events = 0; // that the Poller watches for
    std::uint32_t m_maxRead = 16 * 1024;
    std::chrono::milliseconds m_deadline{-1}; // when; -1: none
    quint16 m_peerPort = 0;
    QHostAddress m_peerAddress;
    MemoryBudget::Share m_memory;
    std::function<void(Connection&)> m_farewell;
};

} // namespace vigie
