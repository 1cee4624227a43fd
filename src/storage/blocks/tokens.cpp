// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/blocks/tokens.h"

#include "core/searchwords.h"
#include "core/utf8.h"

#include <algorithm>
#include <array>
#include <QtEndian>

namespace vigie {

namespace {

constexpr std::size_t firstSlots = 1 << 14;
constexpr std::size_t partLetters = 3;
constexpr std::size_t maxAsciiWord = 64;

// Kinds of tokens have seeds of their own.
constexpr std::uint64_t wordSeed = 0x9E3779B97F4A7C15;
constexpr std::uint64_t partSeed = 0xC2B2AE3D27D4EB4F;
constexpr std::uint64_t pairSeed = 0x165667B19E3779F9;
constexpr std::uint64_t idSeed = 0x27D4EB2F165667C5;
constexpr std::uint64_t checkSeed = 0x85EBCA77C2B2AE63;

/// The finalizer of SplitMix64 (Steele, Lea, Flood 2014) over eight bytes at a time: stored, so never to be changed.
std::uint64_t mixed(std::uint64_t value)
{
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
    return value ^ (value >> 31);
}

Token hashOf(std::string_view bytes, std::uint64_t seed)
{
    std::uint64_t hash = seed ^ bytes.size();
    while (bytes.size() >= 8) {
        hash = mixed(hash ^ qFromLittleEndian<std::uint64_t>(bytes.data()));
        bytes.remove_prefix(8);
    }
    std::uint64_t rest = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i)
        rest |= std::uint64_t(static_cast<unsigned char>(bytes[i])) << (8 * i);
    hash = mixed(hash ^ rest);
    return hash == 0 ? 1 : hash;
}

/// Calls `take` with the tokens of a word's parts.
template <typename Take>
void forEachPart(std::string_view word, const Take& take)
{
    std::size_t letters = 0; // that end here
    bool isWide = false;
    for (std::size_t i = 0; i < word.size(); ++i) {
        const SearchByte kind = searchByte(word[i]);
        isWide = isWide || kind == SearchByte::Wide;
        letters = kind == SearchByte::Letter ? letters + 1 : 0;
        if (letters >= partLetters)
            take(hashOf(word.substr(i + 1 - partLetters, partLetters), partSeed));
    }
    if (!isWide)
        return;
    std::size_t before = 0;
    std::size_t at = std::max<std::size_t>(1, utf8Length(word));
    while (at < word.size()) {
        const std::size_t length = std::max<std::size_t>(1, utf8Length(word.substr(at)));
        // Two of ASCII are left to the threes.
        if (searchByte(word[before]) == SearchByte::Wide || searchByte(word[at]) == SearchByte::Wide)
            take(hashOf(word.substr(before, at + length - before), pairSeed));
        before = at;
        at += length;
    }
}

} // namespace

Token tokenOfId(std::string_view id, std::uint64_t secret)
{
    return hashOf(id, idSeed ^ secret);
}

std::uint32_t checksumOf(std::string_view bytes)
{
    return static_cast<std::uint32_t>(hashOf(bytes, checkSeed) >> 32);
}

TokenSet::TokenSet() : m_slots(firstSlots) {}

void TokenSet::clear()
{
    std::ranges::fill(m_slots, 0);
    m_size = 0;
}

bool TokenSet::insert(Token token)
{
    const std::size_t mask = m_slots.size() - 1;
    std::size_t slot = token & mask;
    while (m_slots[slot] != 0) {
        if (m_slots[slot] == token)
            return false;
        slot = (slot + 1) & mask;
    }
    m_slots[slot] = token;
    if (++m_size * 2 > m_slots.size())
        grow();
    return true;
}

void TokenSet::grow()
{
    std::vector<Token> before(m_slots.size() * 2);
    before.swap(m_slots);
    m_size = 0;
    for (const Token token : before) {
        if (token != 0)
            insert(token);
    }
}

void TokenSet::add(std::string_view text)
{
    // Words of ASCII, as nearly all are, need no text folded before them.
    std::size_t i = 0;
    std::array<char, maxAsciiWord> word;
    while (i < text.size()) {
        while (i < text.size() && searchByte(text[i]) == SearchByte::Other)
            ++i;
        std::size_t size = 0;
        SearchByte kind = SearchByte::Other;
        for (; i < text.size() && size < word.size(); ++i, ++size) {
            kind = searchByte(text[i]);
            if (kind != SearchByte::Letter && kind != SearchByte::Digit)
                break;
            word[size] = kind == SearchByte::Letter ? static_cast<char>(text[i] | 0x20) : text[i];
        }
        if (kind == SearchByte::Wide || size == word.size())
            return addFolded(text.substr(i - size));
        if (size > 0)
            addWord({word.data(), size});
    }
}

/// For any text.
void TokenSet::addFolded(std::string_view text)
{
    forEachWord(foldedForSearch(text, m_folded), [this](std::string_view word, std::size_t, std::size_t) { addWord(word); });
}

void TokenSet::addWord(std::string_view word)
{
    // The parts of a word that is there are there.
    if (insert(hashOf(word, wordSeed)))
        forEachPart(word, [this](Token token) { insert(token); });
}

std::vector<Token> TokenSet::tokens() const
{
    std::vector<Token> all;
    all.reserve(m_size);
    for (const Token token : m_slots) {
        if (token != 0)
            all.push_back(token);
    }
    return all;
}

std::vector<Token> tokensOfPart(std::string_view wanted, bool isWholeAtBegin, bool isWholeAtEnd)
{
    std::vector<Token> tokens;
    std::string room;
    const std::string_view folded = foldedForSearch(wanted, room);
    forEachWord(folded, [&](std::string_view word, std::size_t begin, std::size_t end) {
        const bool isWhole = (begin > 0 || isWholeAtBegin) && (end < folded.size() || isWholeAtEnd);
        if (isWhole)
            tokens.push_back(hashOf(word, wordSeed));
        else
            forEachPart(word, [&tokens](Token token) { tokens.push_back(token); });
    });
    std::ranges::sort(tokens);
    tokens.erase(std::unique(tokens.begin(), tokens.end()), tokens.end());
    return tokens;
}

} // namespace vigie
