// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "intake/intake.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

/// How far the journals of one sender were taken: it begins again where its last request began when that was not answered, perhaps a
/// million entries ago. The server's thread.
class UploadPlace final : public IntakeSource
{
public:
    static constexpr std::size_t maxJournals = 40; ///< beyond, the one that began first is forgotten

    explicit UploadPlace(Intake& intake, const std::string& sender);

    /// Calls it once it is known how far that is, perhaps at once.
    void whenKnown(std::function<void()> call);
    /// Whether the entry of this cursor was taken before; it is now. `seen`: the journals that this request had entries of.
    bool cameBefore(std::string_view cursor, std::set<std::string>& seen);
    /// All is offered up to and with this cursor: to be remembered as soon as that is stored.
    void keepUpTo(std::string_view cursor);
    /// The same, and calls `done` once all up to there is on disk, be it of this request or of one before; perhaps at once.
    void storeUpTo(std::string_view cursor, std::function<void()> done);
    /// What was taken after keepUpTo() was not offered.
    void goBack() { m_ranges = m_kept; }
    /// Nobody waits for it.
    bool isIdle() const { return m_waiting.empty() && m_storing.empty(); }

private:
    /// Of numbers that a journal gave its entries, both inclusive.
    struct Range
    {
        std::uint64_t first = 0;
        std::uint64_t last = 0;
    };
    using Ranges = std::map<std::string, Range>; // by the journal's id

    struct Waiting
    {
        std::uint64_t ticket; // 0: it is to be offered
        std::string cursor;
        std::function<void()> done;
    };

    void restored(std::string_view place) override;
    void goOn() override;
    void becameDurable(std::uint64_t ticket) override;
    Offered offerUpTo(std::string_view cursor, Durability durability);

    bool m_isKnown = false;
    std::vector<std::function<void()>> m_waiting; // for it to be known
    std::vector<Waiting> m_storing;
    Ranges m_ranges;
    Ranges m_kept;
};

/// Those of all senders.
class UploadPlaces
{
public:
    static constexpr std::size_t maxSenders = 1'000; ///< beyond, those that send nothing now are forgotten until they send again

    /// `intake` must outlive it.
    explicit UploadPlaces(Intake& intake) : m_intake(intake) {}

    std::shared_ptr<UploadPlace> of(const std::string& sender);

private:
    Intake& m_intake;
    std::map<std::string, std::shared_ptr<UploadPlace>> m_places;
};

} // namespace vigie
