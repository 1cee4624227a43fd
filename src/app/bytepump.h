// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace vigie {

/// What one read of a stream gave.
struct PumpedBytes
{
    int stream = 0;
    std::string bytes;
    std::int64_t cameMs = 0; ///< since the epoch
};

/// Reads streams, each on a thread of its own that does nothing else, so that who writes into them never waits for a disk or a
/// network: what came waits here, within bounds. Copies it on as well, before anything else. One thread, that of an event loop.
class BytePump : public QObject
{
    Q_OBJECT

public:
    static constexpr std::size_t maxHeld = 4 * 1024 * 1024; ///< then the threads wait, and so do those who write

    BytePump();
    ~BytePump() override;

    /// Reads `from`, which is closed at its end, and copies what comes to `copyTo`; -1: nowhere. Where that takes nothing any more,
    /// the stream ends.
    void read(int stream, int from, int copyTo);
    /// What came since the last call, in order.
    std::vector<PumpedBytes> take();
    /// All streams are at their end, and all was taken.
    bool isAtEnd();
    /// Reads what is there already, and then no more.
    void finishSoon();

Q_SIGNALS:
    /// There is something to take, or a stream has ended.
    void came();

private:
    void run(int stream, int from, int copyTo);
    void push(int stream, std::string_view bytes);
    void tell();

    int m_stop; // eventfd(2): readable once no more is to be waited for
    std::vector<std::thread> m_threads;

    std::mutex m_mutex; // of what follows
    std::condition_variable m_hasRoom;
    std::vector<PumpedBytes> m_bytes;
    std::size_t m_held = 0;
    int m_open = 0;
    bool m_isTold = false;
    bool m_isGone = false;
};

} // namespace vigie
