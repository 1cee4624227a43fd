// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vigie {

/// Words that a text must have, all of them, whatever their case and accents: `"quoted words"` one behind the other; `begin*` any word
/// that begins so. Letters and digits make words, all else parts them.
class WordQuery
{
public:
    /// Words that must follow one another.
    struct Phrase
    {
        std::vector<std::string> words; ///< folded
        bool isPrefix = false; ///< the last may go on
    };

    /// `text`: UTF-8, as a person wrote it.
    explicit WordQuery(std::string_view text);

    /// No word is wanted: nothing is found.
    bool isEmpty() const { return m_phrases.empty(); }
    const std::vector<Phrase>& phrases() const { return m_phrases; }
    /// Whether each phrase is in one of two texts.
    bool isIn(std::string_view text, std::string_view other) const;

private:
    void add(std::string_view text, bool isPrefix);

    std::vector<Phrase> m_phrases;
};

} // namespace vigie
