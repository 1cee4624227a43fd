// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/uploadplaces.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace vigie {

namespace {

struct Numbered
{
    std::string journal;
    std::uint64_t number;
};

/// A cursor's journal and number: "s=c0ffee…;i=4e21;b=…". Nothing: it says none.
std::optional<Numbered> numberedBy(std::string_view cursor)
{
    constexpr std::size_t maxId = 40;
    const std::size_t end = cursor.find(";i=");
    if (!cursor.starts_with("s=") || end == std::string_view::npos || end > maxId || cursor.substr(0, end).find(' ') != std::string_view::npos)
        return std::nullopt;
    std::uint64_t number = 0;
    const std::string_view text = cursor.substr(end + 3);
    if (std::from_chars(text.data(), text.data() + text.size(), number, 16).ec != std::errc())
        return std::nullopt;
    return Numbered{std::string(cursor.substr(2, end - 2)), number};
}

/// The next word, off `text`.
std::string_view takeWord(std::string_view& text)
{
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return word;
}

std::uint64_t numberOf(std::string_view word)
{
    std::uint64_t number = 0;
    std::from_chars(word.data(), word.data() + word.size(), number);
    return number;
}

} // namespace

UploadPlace::UploadPlace(Intake& intake, const std::string& sender)
    : IntakeSource(intake, ("upload:" + sender).substr(0, Checkpoint::maxSourceBytes))
{}

void UploadPlace::restored(std::string_view place)
{
    if (std::exchange(m_isKnown, true))
        return;
    while (!place.empty()) {
        const std::string journal(takeWord(place));
        const std::uint64_t first = numberOf(takeWord(place));
        m_ranges[journal] = {first, numberOf(takeWord(place))};
    }
    m_kept = m_ranges;
    for (const std::function<void()>& call : std::exchange(m_waiting, {}))
        call();
}

void UploadPlace::whenKnown(std::function<void()> call)
{
    if (m_isKnown)
        call();
    else
        m_waiting.push_back(std::move(call));
}

bool UploadPlace::cameBefore(std::string_view cursor, std::set<std::string>& seen)
{
    const auto entry = numberedBy(cursor);
    if (!entry)
        return false;
    const bool isFirst = seen.size() < maxJournals && seen.insert(entry->journal).second;
    const auto [known, isNew] = m_ranges.try_emplace(entry->journal, Range{entry->number, entry->number});
    Range& range = known->second;
    if (isNew) {
        if (m_ranges.size() > maxJournals)
            m_ranges.erase(m_ranges.begin()->first == entry->journal ? std::prev(m_ranges.end()) : m_ranges.begin());
        return false;
    }
    if (entry->number >= range.first && entry->number <= range.last)
        return true;
    // What a request leaves out between two entries it did not want to send. Between requests, nobody knows.
    if (entry->number < range.first || (isFirst && entry->number != range.last + 1))
        range = {entry->number, entry->number};
    else
        range.last = entry->number;
    return false;
}

Offered UploadPlace::offerUpTo(std::string_view cursor, Durability durability)
{
    Ranges kept = m_kept;
    if (const auto entry = numberedBy(cursor); entry && m_ranges.contains(entry->journal)) {
        Range range = m_ranges[entry->journal];
        range.last = std::min(range.last, entry->number);
        if (range.last >= range.first)
            kept[entry->journal] = range;
        while (kept.size() > maxJournals)
            kept.erase(kept.begin()->first == entry->journal ? std::prev(kept.end()) : kept.begin());
    }
    std::string place;
    for (const auto& [journal, one] : kept)
        place += (place.empty() ? "" : " ") + journal + ' ' + std::to_string(one.first) + ' ' + std::to_string(one.last);
    LogBatch none("journal");
    const Offered offered = offer(none, std::move(place), durability);
    if (offered)
        m_kept = std::move(kept);
    return offered;
}

void UploadPlace::keepUpTo(std::string_view cursor)
{
    // Where it must wait, the next time will do.
    if (numberedBy(cursor) && !offerUpTo(cursor, Durability::Any) && m_storing.empty())
        stopWaiting();
}

void UploadPlace::storeUpTo(std::string_view cursor, std::function<void()> done)
{
    m_storing.push_back({0, std::string(cursor), std::move(done)});
    goOn();
}

void UploadPlace::goOn()
{
    std::vector<std::function<void()>> done;
    for (auto one = m_storing.begin(); one != m_storing.end();) {
        if (one->ticket == 0) {
            const Offered offered = offerUpTo(one->cursor, Durability::Told);
            if (offered.outcome == Offered::Outcome::MustWait)
                break;
            one->ticket = offered.ticket;
        }
        if (one->ticket == 0) {
            done.push_back(std::move(one->done));
            one = m_storing.erase(one);
        } else {
            ++one;
        }
    }
    for (const std::function<void()>& call : done)
        call();
}

void UploadPlace::becameDurable(std::uint64_t ticket)
{
    std::vector<std::function<void()>> done;
    std::erase_if(m_storing, [&](Waiting& one) {
        const bool isStored = one.ticket > 0 && one.ticket <= ticket;
        if (isStored)
            done.push_back(std::move(one.done));
        return isStored;
    });
    for (const std::function<void()>& call : done)
        call();
}

std::shared_ptr<UploadPlace> UploadPlaces::of(const std::string& sender)
{
    if (m_places.size() >= maxSenders)
        std::erase_if(m_places, [](const auto& one) { return one.second.use_count() == 1 && one.second->isIdle(); });
    std::shared_ptr<UploadPlace>& place = m_places[sender];
    if (!place)
        place = std::make_shared<UploadPlace>(m_intake, sender);
    return place;
}

} // namespace vigie
