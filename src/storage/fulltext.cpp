// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/fulltext.h"

#include <QString>
#include <algorithm>

namespace vigie {

namespace {

/// What FTS5's tokenizer `unicode61` takes for part of a word.
bool hasWord(std::string_view text)
{
    const QString decoded = QString::fromUtf8(text);
    return std::any_of(decoded.begin(), decoded.end(),
                       [](QChar c) { return c.isLetterOrNumber() || c.isSurrogate(); });
}

void appendPhrase(std::string& query, std::string_view phrase, bool isPrefix)
{
    if (!hasWord(phrase))
        return;
    if (!query.empty())
        query += ' ';
    query += '"';
    for (const char c : phrase) {
        if (c == '"')
            query += '"';
        query += c == '\0' ? ' ' : c;
    }
    query += isPrefix ? "\"*" : "\"";
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

} // namespace

std::string fullTextOfWords(std::string_view words)
{
    std::string query;
    for (std::size_t i = 0; i < words.size();) {
        if (isBlank(words[i])) {
            ++i;
            continue;
        }
        const bool isQuoted = words[i] == '"';
        const std::size_t begin = isQuoted ? i + 1 : i;
        std::size_t end = begin;
        while (end < words.size() && (isQuoted ? words[end] != '"' : !isBlank(words[end])))
            ++end;
        std::size_t next = isQuoted && end < words.size() ? end + 1 : end;
        bool isPrefix = false;
        if (isQuoted && next < words.size() && words[next] == '*') {
            isPrefix = true;
            ++next;
        }
        std::string_view word = words.substr(begin, end - begin);
        if (!isQuoted && word.ends_with('*')) {
            isPrefix = true;
            word.remove_suffix(1);
        }
        appendPhrase(query, word, isPrefix);
        i = next;
    }
    return query;
}

std::string fullTextOfPhrase(std::string_view text)
{
    std::string query;
    // A text that ends within a word may go on; one that ends with a blank may not.
    appendPhrase(query, text, !text.empty() && !isBlank(text.back()));
    return query;
}

} // namespace vigie
