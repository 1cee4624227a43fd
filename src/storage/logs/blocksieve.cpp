// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/logs/blocksieve.h"

#include "core/utf8.h"

#include <algorithm>
#include <array>
#include <re2/re2.h>

namespace vigie {

namespace {

// Where one of these is, codes of terminals or escapes, what is searched is not what is stored.
constexpr std::array odd{'\x1b', '\\'};
constexpr int maxMisses = 64; // in a block, of an expression that matches over entries' borders

std::unique_ptr<re2::RE2> compiled(const std::string& text)
{
    re2::RE2::Options options;
    options.set_log_errors(false);
    auto expression = std::make_unique<re2::RE2>(text, options);
    return expression->ok() ? std::move(expression) : nullptr;
}

/// Whether an expression means the same of each line of a text as of the line alone, but for matches that go over its end.
bool meansLines(std::string_view regex)
{
    for (const std::string_view sign : {"\\A", "\\z", "\\C"}) {
        if (regex.find(sign) != std::string_view::npos)
            return false;
    }
    for (std::size_t at = regex.find("(?"); at != std::string_view::npos; at = regex.find("(?", at + 1)) {
        const std::size_t end = std::min(regex.find_first_not_of("imsU-", at + 2), regex.size());
        const std::string_view flags = regex.substr(at + 2, end - at - 2);
        if (flags.find_first_of("m-") != std::string_view::npos)
            return false;
    }
    return true;
}

std::string asciiFolded(std::string text)
{
    for (char& c : text)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
}

/// The longest of the words that have no letters beyond ASCII; empty: there is none.
std::string longestAsciiWord(const WordQuery& words)
{
    std::string longest;
    for (const WordQuery::Phrase& phrase : words.phrases()) {
        for (const std::string& word : phrase.words) {
            if (word.size() > longest.size() && isAscii(word))
                longest = word;
        }
    }
    return longest;
}

} // namespace

BlockSieve::BlockSieve(const HistoryQuery& query)
{
    for (const std::string* const text : {&query.words, &query.filter.search, &query.regex})
        m_isAscii = m_isAscii && vigie::isAscii(*text);
    std::vector<StoredToken> required;
    const auto require = [&required](const std::vector<Token>& tokens) {
        for (const Token token : tokens)
            required.push_back(storedToken(token));
    };
    if (!query.words.empty()) {
        m_words.emplace(query.words);
        for (const WordQuery::Phrase& phrase : m_words->phrases()) {
            for (const std::string& word : phrase.words)
                require(tokensOfPart(word, true, !phrase.isPrefix || &word != &phrase.words.back()));
        }
    }
    if (!query.filter.search.empty()) {
        require(tokensOfPart(query.filter.search));
        m_literal = compiled("(?i)" + re2::RE2::QuoteMeta(query.filter.search));
    }
    std::vector<std::vector<StoredToken>> parts;
    if (!query.regex.empty()) {
        m_parts = std::make_unique<PatternParts>(query.regex);
        for (const std::string& part : m_parts->parts())
            parts.push_back(storedTokens(tokensOfPart(part)));
        if (meansLines(query.regex))
            m_regex = compiled("(?m)" + query.regex);
    }
    m_tokens = required;
    for (const auto& part : parts)
        m_tokens.insert(m_tokens.end(), part.begin(), part.end());
    std::ranges::sort(m_tokens);
    m_tokens.erase(std::unique(m_tokens.begin(), m_tokens.end()), m_tokens.end());
    std::string wanted;
    if (m_literal)
        wanted = asciiFolded(query.filter.search);
    else if (m_words && !m_regex)
        wanted = longestAsciiWord(*m_words);
    if (!wanted.empty() ? vigie::isAscii(wanted) : m_regex && !m_parts->mayMatch({})) {
        m_outlineParts = OutlineParts(wanted.empty() ? m_parts->parts() : std::vector{wanted});
        m_outlinesAskRegex = wanted.empty();
        m_needed = [this](const TextOutline& outline) { return needOf(outline); };
    }
    m_required = indexesOf(required);
    for (const auto& part : parts)
        m_partTokens.push_back(indexesOf(part));
}

BlockSieve::~BlockSieve() = default;

OutlineNeed BlockSieve::needOf(const TextOutline& outline) const
{
    const auto mayBeIn = [&outline](char c) {
        const auto has = [c](std::string_view piece) { return piece.find(c) != std::string_view::npos; };
        return std::ranges::any_of(outline.pieces, has)
            || std::ranges::any_of(outline.between, [c](const ByteSet& bytes) { return bytes[static_cast<unsigned char>(c)]; });
    };
    if (std::ranges::any_of(odd, mayBeIn))
        return {};
    return m_outlinesAskRegex ? OutlineNeed{m_parts->mayMatch(m_outlineParts.in(outline))} : m_outlineParts.needed(outline);
}

std::vector<std::size_t> BlockSieve::indexesOf(const std::vector<StoredToken>& tokens)
{
    std::vector<std::size_t> indexes;
    for (const StoredToken token : tokens)
        indexes.push_back(std::size_t(std::ranges::lower_bound(m_tokens, token) - m_tokens.begin()));
    return indexes;
}

std::uint64_t BlockSieve::mayMatch(const std::vector<std::uint64_t>& having) const
{
    const auto havingAll = [&having](const std::vector<std::size_t>& tokens) {
        std::uint64_t blocks = ~std::uint64_t(0);
        for (const std::size_t token : tokens)
            blocks &= having[token];
        return blocks;
    };
    std::uint64_t blocks = havingAll(m_required);
    if (m_partTokens.empty())
        return blocks;
    std::vector<std::uint64_t> havingPart;
    for (const std::vector<std::size_t>& tokens : m_partTokens)
        havingPart.push_back(havingAll(tokens));
    std::vector<int> there;
    for (std::uint64_t left = blocks; left != 0; left &= left - 1) {
        const std::uint64_t block = left & ~(left - 1);
        there.clear();
        for (std::size_t i = 0; i < havingPart.size(); ++i) {
            if ((havingPart[i] & block) != 0)
                there.push_back(static_cast<int>(i));
        }
        if (!m_parts->mayMatch(there))
            blocks &= ~block;
    }
    return blocks;
}

void BlockSieve::sift(const TextList& messages, const TextList& metadata, std::vector<bool>& marked)
{
    const re2::RE2* const expression = m_literal ? m_literal.get() : m_regex.get();
    marked.assign(messages.size(), !expression && !m_needed);
    if (!expression) {
        for (std::size_t i = 0; m_needed && i < messages.size(); ++i)
            marked[i] = !messages[i].empty() || !metadata[i].empty();
        return;
    }
    for (const TextList* const texts : {&messages, &metadata}) {
        if (m_needed && texts->joined().empty())
            continue; // none is needed
        siftBy(*expression, *texts, marked);
        for (const char c : odd) {
            if (texts->joined().find(c) == std::string_view::npos)
                continue;
            for (std::size_t i = 0; i < texts->size(); ++i)
                marked[i] = marked[i] || (*texts)[i].find(c) != std::string_view::npos;
        }
    }
}

void BlockSieve::siftBy(const re2::RE2& expression, const TextList& texts, std::vector<bool>& marked)
{
    m_joined.clear();
    std::vector<std::size_t> ends;
    ends.reserve(texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
        m_joined.append(texts[i]) += '\n';
        ends.push_back(m_joined.size());
    }
    const re2::StringPiece joined(m_joined);
    int misses = 0;
    for (std::size_t from = 0; from < joined.size();) {
        re2::StringPiece found;
        if (!expression.Match(joined, from, joined.size(), re2::RE2::UNANCHORED, &found, 1))
            return;
        const auto at = static_cast<std::size_t>(found.data() - joined.data());
        const std::size_t i = std::size_t(std::ranges::upper_bound(ends, at) - ends.begin());
        if (i == ends.size())
            return;
        marked[i] = true;
        from = ends[i];
        if (at + found.size() >= ends[i] && ++misses > maxMisses) {
            // It goes over borders again and again, which costs the square of the texts.
            std::fill(marked.begin() + std::ptrdiff_t(i), marked.end(), true);
            return;
        }
    }
}

} // namespace vigie
