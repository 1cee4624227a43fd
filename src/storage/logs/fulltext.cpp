// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/logs/fulltext.h"

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

std::string fullTextOfRegex(std::string_view regex)
{
    // Choices, options and other modes may make anything optional; names and quotes have a spelling of their own.
    for (const std::string_view sign : {"|", "(?", "(*", "\\g", "\\k", "\\Q"}) {
        if (regex.find(sign) != std::string_view::npos)
            return {};
    }
    static constexpr std::string_view plain = " ,;:=/-_<>@#%&'\"!~`";
    const auto isWord = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    };
    const auto isPlain = [](char c) { return plain.find(c) != std::string_view::npos; };
    std::string query;
    int groups = 0;
    bool isBounded = false; // the place before this is a sign that stands for itself, and ends a word
    for (std::size_t i = 0; i < regex.size();) {
        const char c = regex[i];
        std::size_t end = i;
        while (end < regex.size() && isWord(regex[end]))
            ++end;
        if (end > i) {
            // A sign after it may make its last letter optional, and a letter may follow that is not written.
            if (groups == 0 && isBounded && end < regex.size() && isPlain(regex[end])
                && (end + 1 >= regex.size() || std::string_view("?*{").find(regex[end + 1]) == std::string_view::npos))
                appendPhrase(query, regex.substr(i, end - i), false);
            isBounded = false;
            i = end;
            continue;
        }
        if (c == '\\') {
            i += 2;
            isBounded = false;
            continue;
        }
        if (c == '[') { // "]" stands for itself at the beginning
            i += regex.substr(i).starts_with("[^]") ? 3 : regex.substr(i).starts_with("[]") ? 2 : 1;
            while (i < regex.size() && regex[i] != ']') {
                const std::size_t named = regex.substr(i).starts_with("[:") ? regex.find(":]", i + 2) : std::string_view::npos;
                i = named != std::string_view::npos ? named + 2 : i + (regex[i] == '\\' ? 2 : 1);
            }
            ++i;
            isBounded = false;
            continue;
        }
        groups += c == '(' ? 1 : c == ')' ? -1 : 0;
        const bool mayLack = i + 1 < regex.size() && std::string_view("?*{").find(regex[i + 1]) != std::string_view::npos;
        isBounded = isPlain(c) && !mayLack;
        ++i;
    }
    return query;
}

} // namespace vigie
