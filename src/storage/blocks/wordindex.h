// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/blocks/tokens.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vigie {

// Which blocks have a token, by 24 bits of it: a token that is nowhere is found in a block once in some hundred times, in one of a
// group of 64 full blocks once in thirty. What is stored of one such token is its distance to the next below it in a Rice code, and in
// a group also which blocks have it. Each index ends with a checksum: a damaged one rules nothing out.

/// The bits of a token that are stored.
using StoredToken = std::uint32_t;
inline constexpr unsigned storedTokenBits = 24;
constexpr StoredToken storedToken(Token token) { return static_cast<StoredToken>(token >> (64 - storedTokenBits)); }

/// Those of a block's tokens, in order, each once.
std::vector<StoredToken> storedTokens(const std::vector<Token>& tokens);

/// The index of one block. `tokens`: in order, each once.
std::string packBlockIndex(std::span<const StoredToken> tokens);
/// Whether it has all of these. A damaged one has all.
bool mayHaveAll(std::string_view blockIndex, std::span<const StoredToken> tokens);
/// All of them, in order. False: it is damaged.
bool unpackBlockIndex(std::string_view blockIndex, std::vector<StoredToken>& tokens);

/// The index of up to 64 blocks, in buckets by the upper bits of a token.
class GroupIndex
{
public:
    static constexpr unsigned maxBlocks = 64;
    static constexpr unsigned buckets = 256;
    static constexpr unsigned bucketOf(StoredToken token) { return token >> (storedTokenBits - 8); }

    /// Those of the next block.
    void add(std::span<const StoredToken> tokens);
    /// Makes the buckets.
    std::vector<std::string> pack();

    /// The blocks that may have it, a bit each; all of a damaged bucket. `bucket`: its bucketOf().
    static std::uint64_t blocksOf(std::string_view bucket, StoredToken token);
    /// Whether a bucket is as it was written.
    static bool isSound(std::string_view bucket);

private:
    std::vector<std::uint64_t> m_pairs; // token << 8 | block
    unsigned m_blocks = 0;
};

} // namespace vigie
