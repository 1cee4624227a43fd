// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace vigie {

/// A person's wish as an FTS5 query (sqlite.org/fts5.html, section 3), in which nothing of theirs has a meaning but
/// the words. Empty when there is no word in it.

/// All of the words; `"quoted words"` in that order; `begin*` any word that begins so.
std::string fullTextOfWords(std::string_view words);

/// The text as it stands, from the beginning of a word on; its last word may go on.
std::string fullTextOfPhrase(std::string_view text);

/// What a text must hold that a regular expression matches: its whole words, as far as they can be told from it. A
/// narrower search, never another answer; often nothing.
std::string fullTextOfRegex(std::string_view regex);

} // namespace vigie
