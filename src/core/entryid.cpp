// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/entryid.h"

#include "core/logbatch.h"

#include <QCryptographicHash>
#include <QRandomGenerator>
#include <algorithm>

namespace vigie {

namespace {

constexpr char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::uint64_t mask40 = (std::uint64_t{1} << 40) - 1;
constexpr std::uint32_t maxSkip = 1 << 12;

void encode(char* end, int characters, std::uint64_t value)
{
    for (int i = 0; i < characters; ++i) {
        *--end = alphabet[value & 31];
        value >>= 5;
    }
}

} // namespace

std::string substituteEntryId(const NewLogEntry& entry, std::string_view userId, unsigned attempt)
{
    constexpr unsigned maxForeseen = 8;
    // A cryptographic hash: nobody can craft an entry that takes the id of another.
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const std::string time = entry.timeIsOurs ? "" : std::to_string(entry.timestampMs);
    for (const std::string_view part : {entry.id, userId, std::string_view(time), entry.level, entry.message,
                                        entry.metadataJson}) {
        const std::uint64_t size = part.size();
        hash.addData(QByteArrayView(reinterpret_cast<const char*>(&size), sizeof size));
        hash.addData(QByteArrayView(part.data(), qsizetype(part.size())));
    }
    if (attempt > 0) {
        const std::uint64_t other = attempt < maxForeseen ? attempt : QRandomGenerator::system()->generate64();
        hash.addData(QByteArrayView(reinterpret_cast<const char*>(&other), sizeof other));
    }
    const QByteArray digest = hash.result();
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    for (int i = 0; i < 5; ++i) {
        high = high << 8 | std::uint8_t(digest[i]);
        low = low << 8 | std::uint8_t(digest[5 + i]);
    }
    std::string id(EntryIdSource::length, '0');
    // The id carries no time if it is before 1970 or missing.
    const std::int64_t ms = entry.timeIsOurs ? 0 : std::max<std::int64_t>(entry.timestampMs, 0);
    encode(id.data() + 10, 10, std::uint64_t(ms) & ((std::uint64_t{1} << 48) - 1));
    encode(id.data() + 18, 8, high);
    encode(id.data() + EntryIdSource::length, 8, low);
    return id;
}

EntryIdSource::EntryIdSource()
    // The random part makes ids unique across sources.
    : m_high(QRandomGenerator::system()->generate64() & mask40), m_low(QRandomGenerator::system()->generate64() & mask40)
{
    encode(m_text.data() + 10, 10, 0);
    encode(m_text.data() + 18, 8, m_high);
}

std::string_view EntryIdSource::next(std::int64_t nowMs)
{
    ++m_low;
    if (nowMs > m_timeMs) {
        m_timeMs = nowMs;
        encode(m_text.data() + 10, 10, static_cast<std::uint64_t>(nowMs));
        // Nobody is to know the next one; but what is far from the one before takes ten bytes on disk.
        m_low += QRandomGenerator::global()->bounded(maxSkip);
    }
    if (m_low > mask40) {
        m_low &= mask40;
        m_high = (m_high + 1) & mask40;
        encode(m_text.data() + 18, 8, m_high);
    }
    encode(m_text.data() + length, 8, m_low);
    return {m_text.data(), length};
}

} // namespace vigie
