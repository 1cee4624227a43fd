// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "intake/intake.h"
#include "server/http/httprequest.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>

namespace vigie {

/// The entries of one HTTP request as a source of the Intake: offered as they come, the body held back while they must wait, and
/// acknowledged when all of them are on disk. Lives until that is done or the peer has gone. The server's thread.
class PostedLogs final : public IntakeSource, public std::enable_shared_from_this<PostedLogs>
{
public:
    /// What became of them.
    struct Sum
    {
        std::size_t entries = 0; ///< taken, repeats included
        std::size_t repeats = 0; ///< that had come before, and were dropped
        std::size_t refused = 0; ///< of applications beyond the number that may send
    };
    using Done = std::function<void(const Sum&)>;

    /// `intake` must outlive it.
    static std::shared_ptr<PostedLogs> create(Intake& intake, HttpRequestPtr request);

    /// Offers a batch once those before it were taken.
    void add(LogBatch batch);
    /// Nothing that was added waits to be taken.
    bool hasAllTaken() const { return m_waiting.empty(); }
    /// No more are added. `done` is called when all are on disk, perhaps at once; never when the peer has gone before that.
    void finish(Done done);
    /// Entries are not taken yet, or all were added and not all are on disk.
    bool isWaiting() const { return !m_waiting.empty() || m_self; }
    /// What was not taken yet is not offered again, nor is what is added from now on, and `done` is not called.
    void giveUp();

private:
    PostedLogs(Intake& intake, HttpRequestPtr request);

    void goOn() override;
    void becameDurable(std::uint64_t ticket) override;
    void offerNext();
    void settle();

    HttpRequestPtr m_request;
    std::deque<LogBatch> m_waiting;
    std::shared_ptr<PostedLogs> m_self; // while somebody has to wait for what was added
    std::uint64_t m_lastTicket = 0;
    std::uint64_t m_durableTicket = 0;
    Sum m_sum;
    Done m_done;
    bool m_isGivenUp = false;
};

} // namespace vigie
