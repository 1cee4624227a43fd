// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wordquery.h"

#include "core/searchwords.h"

#include <algorithm>

namespace vigie {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isPhraseIn(const WordQuery::Phrase& phrase, const std::vector<std::string_view>& words)
{
    const std::size_t count = phrase.words.size();
    for (std::size_t i = 0; i + count <= words.size(); ++i) {
        std::size_t same = 0;
        while (same < count
               && (words[i + same] == phrase.words[same]
                   || (phrase.isPrefix && same + 1 == count && words[i + same].starts_with(phrase.words[same]))))
            ++same;
        if (same == count)
            return true;
    }
    return false;
}

} // namespace

WordQuery::WordQuery(std::string_view text)
{
    for (std::size_t i = 0; i < text.size();) {
        if (isBlank(text[i])) {
            ++i;
            continue;
        }
        const bool isQuoted = text[i] == '"';
        const std::size_t begin = isQuoted ? i + 1 : i;
        std::size_t end = begin;
        while (end < text.size() && (isQuoted ? text[end] != '"' : !isBlank(text[end])))
            ++end;
        std::string_view part = text.substr(begin, end - begin);
        i = isQuoted && end < text.size() ? end + 1 : end;
        bool isPrefix = isQuoted && i < text.size() && text[i] == '*';
        i += isPrefix ? 1 : 0;
        if (!isQuoted && part.ends_with('*')) {
            isPrefix = true;
            part.remove_suffix(1);
        }
        add(part, isPrefix);
    }
}

void WordQuery::add(std::string_view text, bool isPrefix)
{
    std::string room;
    const std::string_view folded = foldedForSearch(text, room);
    Phrase phrase;
    std::size_t lastEnd = 0;
    forEachWord(folded, [&](std::string_view word, std::size_t, std::size_t end) {
        phrase.words.emplace_back(word);
        lastEnd = end;
    });
    if (phrase.words.empty())
        return;
    phrase.isPrefix = isPrefix && lastEnd == folded.size();
    m_phrases.push_back(std::move(phrase));
}

bool WordQuery::isIn(std::string_view text, std::string_view other) const
{
    std::string rooms[2];
    std::vector<std::string_view> words[2];
    const std::string_view texts[2] = {text, other};
    for (int i = 0; i < 2; ++i) {
        forEachWord(foldedForSearch(texts[i], rooms[i]),
                    [&](std::string_view word, std::size_t, std::size_t) { words[i].push_back(word); });
    }
    return !isEmpty()
        && std::ranges::all_of(m_phrases, [&words](const Phrase& phrase) {
               return isPhraseIn(phrase, words[0]) || isPhraseIn(phrase, words[1]);
           });
}

} // namespace vigie
