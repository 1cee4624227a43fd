// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

/// What an index of texts has of them: each word, and of its letters each three that follow one another, as 64-bit hashes. Digits have
/// no such threes: numbers and hashes hold all there are, so that these would rule nothing out. In a word with letters beyond ASCII,
/// also each two characters, as a script without blanks needs.
using Token = std::uint64_t;

/// The token of an id. `secret`: for what is not stored, so that nobody can make ids of one token.
Token tokenOfId(std::string_view id, std::uint64_t secret = 0);
/// A checksum of what is stored of tokens.
std::uint32_t checksumOf(std::string_view bytes);

/// Gathers the tokens of texts, each once. Keeps its buffers. One thread.
class TokenSet
{
public:
    TokenSet();

    /// Adds those of a text as people see it.
    void add(std::string_view text);
    void addId(std::string_view id) { insert(tokenOfId(id)); }
    /// In no order.
    std::vector<Token> tokens() const;
    std::size_t size() const { return m_size; }
    void clear();

private:
    bool insert(Token token);
    void addFolded(std::string_view text);
    void addWord(std::string_view word);
    void grow();

    std::vector<Token> m_slots; // 0: free
    std::size_t m_size = 0;
    std::string m_folded;
};

/// The tokens that a text must have in which `wanted` stands, in whatever case and with whatever accents. Maybe none: then any text may
/// have it. `isWholeAtBegin`, `isWholeAtEnd`: a word begins or ends with it.
std::vector<Token> tokensOfPart(std::string_view wanted, bool isWholeAtBegin = false, bool isWholeAtEnd = false);

} // namespace vigie
