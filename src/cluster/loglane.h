// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cluster/busmessage.h"
#include "core/appevents.h"
#include "core/logbatch.h"

#include <QTimer>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace vigie {

class NatsLink;
struct NatsMessage;

/// One application's entries on their way to the stream: one message at a time, so that they cannot overtake one another, and what
/// comes meanwhile is gathered for the next. A message that is not confirmed is sent again, the same under the same id, until it is. One
/// thread.
class LogLane
{
public:
    struct Shared
    {
        std::uint64_t number = 0; ///< counts up over all lanes
        LogBatch batch{std::string()};
        std::optional<AppCleared> cleared; ///< instead of entries
        bool isWhole = true; ///< false: more of the same number follows
    };
    /// What all lanes have in common.
    struct Common
    {
        NatsLink& link;
        BusOrigin origin; ///< of all messages; each lane numbers its own from 1 on
        std::size_t heldBytes = 0; ///< memory of what has not come back
        /// The server has what was shared under these numbers.
        std::function<void(const std::vector<std::uint64_t>& numbers)> confirmed;
        /// A message was not confirmed, in the server's words; it is sent again. Empty: they are confirmed again.
        std::function<void(const QString& why)> trouble;
    };

    /// `common` must outlive it.
    LogLane(Common& common, std::string appId);
    Q_DISABLE_COPY_MOVE(LogLane)

    void share(Shared shared);
    /// Messages may be sent from now on, or not any more.
    void setOpen(bool isOpen);
    /// A message as it was sent.
    struct Sent
    {
        LogBatch batch{std::string()};
        std::vector<CheckpointPtr> places;
        std::vector<std::uint64_t> numbers; ///< of what was shared, as far as it is whole with it
    };
    /// Our message of this number has come back. Absent: it had before. Those before it that have not are gone from the stream, as
    /// they were too old for it; their numbers are with these.
    std::optional<Sent> takeBack(std::uint64_t message);

private:
    void sendNext();
    void send();
    void takeAnswer(std::uint64_t message, const NatsMessage* answer);
    void splitFront(std::size_t maxBytes);
    std::size_t maxMessageBytes() const;

    Common& m_common;
    BusOrigin m_origin; // its number: of the last message
    const std::string m_appId;
    const std::string m_subject;
    bool m_isOpen = false;
    std::deque<Shared> m_waiting;
    std::optional<std::string> m_message; // the bytes of what is under way, as m_origin.number
    std::vector<std::uint64_t> m_numbers; // that are confirmed with it
    bool m_isAsking = false; // its answer is awaited
    std::map<std::uint64_t, Sent> m_away; // messages that have not come back
    QTimer m_retry;
    std::shared_ptr<int> m_alive = std::make_shared<int>(); // gone with it: answers may come later
    std::chrono::milliseconds m_pause{0};
};

} // namespace vigie
