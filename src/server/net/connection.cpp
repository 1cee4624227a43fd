// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/connection.h"

#include "core/clock.h"
#include "server/net/poller.h"
#include "server/net/tlslayer.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <tuple>
#include <unistd.h>

namespace vigie {

namespace {

using namespace std::chrono_literals;

constexpr auto lingerDeadline = 2s;
constexpr auto sendingDeadline = 30s; // of what waits when a connection is to finish

std::pair<QHostAddress, quint16> endOf(int descriptor, int (*name)(int, sockaddr*, socklen_t*))
{
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    if (name(descriptor, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        return {};
    const quint16 port = address.ss_family == AF_INET6 ? reinterpret_cast<const sockaddr_in6&>(address).sin6_port
                                                      : reinterpret_cast<const sockaddr_in&>(address).sin_port;
    return {QHostAddress(reinterpret_cast<const sockaddr*>(&address)), ntohs(port)};
}

bool wouldBlock()
{
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

} // namespace

Connection::Connection(Poller& poller, int descriptor, bool isForTls, MemoryBudget& memory)
    : m_descriptor(descriptor), m_isForTls(isForTls), m_poller(poller), m_memory(memory, this)
{
    fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK);
    // A frame is small and urgent: never wait to fill a segment.
    const int on = 1;
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    std::tie(m_peerAddress, m_peerPort) = endOf(descriptor, getpeername);
}

Connection::~Connection()
{
    stopDeadline();
    closeDescriptor();
    m_poller.forget(*this);
    if (m_farewell)
        m_farewell(*this);
}

std::pair<QHostAddress, quint16> Connection::localEnd() const
{
    return endOf(m_descriptor, getsockname);
}

void Connection::setReader(ConnectionReader& reader)
{
    m_reader = &reader;
    if (m_isReading)
        return; // offer() goes on with it
    if (!m_isPaused)
        offerKept();
    updateEvents();
}

void Connection::setPaused(bool isPaused)
{
    if (m_isPaused == isPaused)
        return;
    m_isPaused = isPaused;
    m_wasPaused = true;
    if (m_isReading)
        return;
    if (!isPaused) {
        offerKept();
        if (m_tls)
            m_tls->readLater(); // the Poller's buffer may be in use by another that is being read
    }
    updateEvents();
}

void Connection::updateEvents()
{
    const bool isClosing = m_state == State::Finishing || m_state == State::Lingering;
    const bool takes = m_reader && !m_hasPeerEnded && (isClosing || (m_state == State::Alive && !m_isPaused));
    const std::uint32_t wanted = m_tls || m_descriptor < 0 ? 0
                                                          : (takes ? std::uint32_t(EPOLLIN) : 0U) | (m_queue ? std::uint32_t(EPOLLOUT) : 0U);
    if (wanted == m_events)
        return;
    const std::uint32_t before = std::exchange(m_events, wanted);
    if (m_poller.watch(*this, m_descriptor, wanted, before))
        return;
    m_events = before;
    end(); // it would never be served again
}

void Connection::serve(std::uint32_t events)
{
    if (m_queue && (events & (EPOLLOUT | EPOLLERR | EPOLLHUP)))
        sendQueued();
    if (!(events & ~std::uint32_t(EPOLLOUT)) || !(m_events & EPOLLIN))
        return;
    if (m_state == State::Alive && (!m_isForTls || m_hasSeenFirst || lookAtFirst()))
        readSome();
    else if (m_state != State::Alive)
        discardSome();
}

/// Whether what comes is to be read here.
bool Connection::lookAtFirst()
{
    char first = 0;
    const ssize_t got = ::recv(m_descriptor, &first, 1, MSG_PEEK | MSG_DONTWAIT);
    if (got < 0 && wouldBlock())
        return false;
    m_hasSeenFirst = true;
    if (got == 1)
        m_reader->seeFirst(static_cast<unsigned char>(first));
    return m_state == State::Alive && !m_tls && !m_isPaused;
}

qsizetype Connection::receive(char* to, std::size_t max)
{
    if (m_tls)
        return m_tls->read(to, qint64(max));
    return ::recv(m_descriptor, to, max, MSG_DONTWAIT);
}

void Connection::readSome()
{
    char* const buffer = m_poller.buffer();
    const auto before = std::size_t(keptBytes());
    if (before > 0)
        std::memcpy(buffer, m_kept->bytes.get() + m_kept->start, before);
    const qsizetype got = receive(buffer + before, std::min<std::size_t>(m_maxRead, Poller::bufferBytes - before));
    if (got <= 0) {
        if (got < 0 && !m_tls && wouldBlock())
            return;
        // A client of HTTP may say at once that it asks for no more.
        m_hasPeerEnded = got == 0;
        return got == 0 && m_queue && !m_isUpgraded ? finish() : end();
    }
    m_received += got;
    m_poller.noteReceived(got);
    dropKept();
    const std::span<char> bytes(buffer, before + std::size_t(got));
    const std::size_t consumed = offer(bytes);
    if (m_state == State::Alive && consumed < bytes.size())
        keep(bytes.subspan(consumed));
    updateEvents();
}

std::size_t Connection::offer(std::span<char> bytes)
{
    std::size_t consumed = 0;
    m_isReading = true;
    for (bool goesOn = true; goesOn && consumed < bytes.size() && !m_isPaused && m_state == State::Alive;) {
        ConnectionReader* const reader = m_reader;
        m_wasPaused = false;
        consumed += reader->read(bytes.subspan(consumed));
        goesOn = m_reader != reader || m_wasPaused;
    }
    m_isReading = false;
    return consumed;
}

void Connection::offerKept()
{
    if (!m_kept || m_state != State::Alive)
        return;
    const auto kept = std::size_t(keptBytes());
    const std::size_t consumed = offer({m_kept->bytes.get() + m_kept->start, kept});
    if (m_state != State::Alive || consumed == kept)
        return dropKept();
    m_kept->start += std::uint32_t(consumed);
    m_memory.add(-qint64(consumed));
    if (!m_isPaused && keptBytes() > qint64(maxKept))
        end();
}

void Connection::keep(std::span<const char> bytes)
{
    if (!m_isPaused && bytes.size() > maxKept)
        return end();
    m_kept = std::make_unique<Kept>();
    m_kept->bytes = std::make_unique_for_overwrite<char[]>(bytes.size() + padding);
    m_kept->size = std::uint32_t(bytes.size());
    std::memcpy(m_kept->bytes.get(), bytes.data(), bytes.size());
    m_memory.add(qint64(bytes.size()));
}

void Connection::dropKept()
{
    m_memory.add(-keptBytes());
    m_kept.reset();
}

void Connection::discardSome()
{
    const qsizetype got = receive(m_poller.buffer(), Poller::bufferBytes);
    if (got > 0 || (got < 0 && wouldBlock()))
        return;
    m_hasPeerEnded = got == 0;
    if (got == 0 && m_queue)
        updateEvents(); // it may still take what waits
    else
        end();
}

Connection::Sent Connection::send(const QByteArray& bytes)
{
    if (m_isSealed)
        return Sent::Dropped;
    m_written += bytes.size();
    if (m_tls) {
        m_tls->write(bytes);
        noteUnsent(m_tls->unsent());
        return m_unsent == 0 ? Sent::AtOnce : Sent::Queued;
    }
    qsizetype taken = 0;
    if (!m_queue) {
        taken = ::send(m_descriptor, bytes.constData(), std::size_t(bytes.size()), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (taken == bytes.size())
            return Sent::AtOnce;
        if (taken < 0 && !wouldBlock()) {
            // A peer may have sent a last word and gone: that is still read, unless nothing is at present.
            m_isSealed = true;
            if (m_isPaused)
                end();
            return Sent::Dropped;
        }
        taken = std::max<qsizetype>(taken, 0);
    }
    enqueue(bytes, taken);
    return Sent::Queued;
}

void Connection::enqueue(const QByteArray& bytes, qsizetype sent)
{
    if (!m_queue)
        m_queue = std::make_unique<SendQueue>(sent);
    m_queue->add(bytes);
    noteUnsent(m_unsent + bytes.size() - sent);
    updateEvents();
}

void Connection::sendQueued()
{
    const qsizetype taken = m_queue->sendTo(m_descriptor);
    if (taken < 0) {
        if (!wouldBlock())
            end();
        return;
    }
    if (m_queue->isEmpty())
        m_queue.reset();
    noteUnsent(m_unsent - taken);
    if (!m_queue && m_state == State::Finishing)
        return endSending();
    if (m_state == State::Finishing)
        startDeadline(std::min(std::chrono::milliseconds(lingerDeadline), m_queue->dropAt - steadyNow()));
    updateEvents();
    if (m_state == State::Alive)
        m_reader->noteTaken();
}

void Connection::noteUnsent(qint64 now)
{
    m_memory.add(now - std::exchange(m_unsent, now));
}

void Connection::finish()
{
    if (m_state != State::Alive)
        return;
    if (m_isTlsOver)
        return end();
    m_isSealed = true;
    m_state = State::Finishing;
    startDeadline(lingerDeadline);
    if (!m_isReading)
        dropKept();
    if (m_tls)
        m_tls->finish();
    else if (!m_queue)
        return endSending();
    if (m_queue)
        m_queue->dropAt = steadyNow() + sendingDeadline;
    updateEvents();
}

void Connection::endSending()
{
    ::shutdown(m_descriptor, SHUT_WR);
    m_state = State::Lingering;
    if (m_hasPeerEnded)
        return end();
    startDeadline(lingerDeadline);
    updateEvents();
}

void Connection::abort()
{
    end();
}

void Connection::end()
{
    if (m_state == State::Over)
        return;
    m_state = State::Over;
    m_isSealed = true;
    stopDeadline();
    closeDescriptor();
    m_queue.reset();
    noteUnsent(0);
    if (!m_isReading)
        dropKept();
    m_poller.scheduleEnd(*this);
}

void Connection::closeDescriptor()
{
    if (m_descriptor < 0)
        return;
    if (m_events != 0)
        m_poller.watch(*this, m_descriptor, 0, std::exchange(m_events, 0));
    if (!m_tls)
        ::close(m_descriptor);
    m_tls.reset(); // closes it as well
    m_descriptor = -1;
}

void Connection::tellEnd()
{
    m_reader->ended();
}

void Connection::setDeadline(std::chrono::milliseconds fromNow)
{
    if (isAlive())
        startDeadline(fromNow);
}

void Connection::clearDeadline()
{
    if (isAlive())
        stopDeadline();
}

void Connection::startDeadline(std::chrono::milliseconds fromNow)
{
    const auto at = steadyNow() + fromNow;
    m_poller.setDeadline(*this, at, std::exchange(m_deadline, at));
}

void Connection::stopDeadline()
{
    m_poller.setDeadline(*this, std::chrono::milliseconds(-1), std::exchange(m_deadline, std::chrono::milliseconds(-1)));
}

void Connection::passDeadline()
{
    stopDeadline();
    if (m_state == State::Alive)
        m_reader->deadlinePassed();
    else
        end();
}

void Connection::sendAway()
{
    if (m_state == State::Alive)
        m_reader->holdsTooMuch();
    else
        end();
}

void Connection::startTls(const QSslConfiguration& configuration)
{
    m_poller.watch(*this, m_descriptor, 0, std::exchange(m_events, 0));
    m_tls = std::make_unique<TlsLayer>(*this, m_descriptor, configuration);
    m_tls->setReadAhead(m_maxRead);
}

void Connection::noteEncrypted()
{
    m_isEncrypted = true;
    m_reader->noteEncrypted();
}

void Connection::readTls()
{
    while (m_tls && m_tls->hasUnread() && m_state == State::Alive && !m_isPaused) {
        m_tls->setReadAhead(m_maxRead);
        readSome();
    }
    if (m_tls && m_state == State::Finishing)
        m_tls->discard();
    else if (m_isTlsOver && !m_isPaused)
        end();
}

void Connection::noteTlsWritten()
{
    noteUnsent(m_tls->unsent());
    if (m_state == State::Alive)
        m_reader->noteTaken();
}

void Connection::noteTlsEnd(int descriptor)
{
    if (m_state == State::Alive) {
        m_isTlsOver = m_isSealed = true;
        noteUnsent(0);
        return readTls(); // what came before
    }
    if (m_state != State::Finishing || descriptor < 0) {
        if (descriptor >= 0)
            ::close(descriptor);
        return end();
    }
    m_tls.reset();
    m_descriptor = descriptor;
    noteUnsent(0);
    endSending();
}

} // namespace vigie
