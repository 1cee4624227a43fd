// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history.h"
#include "core/patternparts.h"
#include "core/wordquery.h"
#include "storage/blocks/textlist.h"
#include "storage/blocks/textoutline.h"
#include "storage/blocks/wordindex.h"
#include "storage/logs/outlineparts.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace re2 {
class RE2;
}

namespace vigie {

/// What a search asks of texts, in the terms of blocks: which tokens a block must have, and which of its entries are to be looked at.
/// It may let through what does not match, and never holds back what does. One thread.
class BlockSieve
{
public:
    explicit BlockSieve(const HistoryQuery& query);
    ~BlockSieve();
    Q_DISABLE_COPY_MOVE(BlockSieve)

    /// A search for words that are none finds nothing.
    bool findsNothing() const { return m_words && m_words->isEmpty(); }
    /// Nothing but ASCII is looked for.
    bool isAscii() const { return m_isAscii; }
    /// It asks nothing of texts.
    bool isIdle() const { return !m_words && !m_literal && !m_regex && m_tokens.empty(); }
    const std::optional<WordQuery>& words() const { return m_words; }

    /// The tokens that matter, in order.
    const std::vector<StoredToken>& tokens() const { return m_tokens; }
    /// Which blocks may match, a bit each. `having`: for each token, those that may have it.
    std::uint64_t mayMatch(const std::vector<std::uint64_t>& having) const;

    /// Tells what sift() needs of messages and metadata; nothing: all of them. Good while this lives.
    const OutlineTest& needed() const { return m_needed; }
    /// Marks the entries that are to be looked at. Texts may have no more than is needed.
    void sift(const TextList& messages, const TextList& metadata, std::vector<bool>& marked);

private:
    using Expression = std::unique_ptr<re2::RE2>;

    OutlineNeed needOf(const TextOutline& outline) const;
    std::vector<std::size_t> indexesOf(const std::vector<StoredToken>& tokens);
    void siftBy(const re2::RE2& expression, const TextList& texts, std::vector<bool>& marked);

    std::vector<StoredToken> m_tokens;
    std::vector<std::size_t> m_required; // of m_tokens
    std::unique_ptr<PatternParts> m_parts; // of the regular expression
    std::vector<std::vector<std::size_t>> m_partTokens; // by part
    std::optional<WordQuery> m_words;
    Expression m_literal;
    Expression m_regex; // null where entries must be looked at one by one
    OutlineParts m_outlineParts; // of what sifts: the literal, the regular expression or a word
    bool m_outlinesAskRegex = false;
    OutlineTest m_needed;
    std::string m_joined;
    bool m_isAscii = true;
};

} // namespace vigie
