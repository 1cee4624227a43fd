// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jsontext.h"

#include <algorithm>

namespace vigie {

bool isPlainJsonText(std::string_view text)
{
    // No early return: without one the loop is vectorised, and nearly all log text is plain. Bytes
    // only: wider sums take several times as many steps.
    unsigned char special = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        special = static_cast<unsigned char>(special | (byte < 0x20) | (byte == '"') | (byte == '\\'));
    }
    return special == 0;
}

std::size_t escapedJsonBytes(std::string_view text)
{
    std::size_t bytes = text.size();
    for (const char c : text) {
        if (c == '"' || c == '\\' || c == '\n' || c == '\r' || c == '\t')
            bytes += 1; // a backslash
        else if (static_cast<unsigned char>(c) < 0x20)
            bytes += 5; // \u00xx
    }
    return bytes;
}

char* writeJsonEscaped(char* to, std::string_view text)
{
    static constexpr char hex[] = "0123456789abcdef";
    for (const char c : text) {
        const char letter = c == '"' || c == '\\' ? c : c == '\n' ? 'n' : c == '\r' ? 'r' : c == '\t' ? 't' : '\0';
        if (letter != '\0') {
            *to++ = '\\';
            *to++ = letter;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            for (const char part : {'\\', 'u', '0', '0', hex[(c >> 4) & 0xf], hex[c & 0xf]})
                *to++ = part;
        } else {
            *to++ = c;
        }
    }
    return to;
}

void appendJsonEscaped(std::string& out, std::string_view text)
{
    if (isPlainJsonText(text)) {
        out.append(text);
        return;
    }
    const std::size_t start = out.size();
    out.resize(start + escapedJsonBytes(text));
    writeJsonEscaped(out.data() + start, text);
}

void appendJsonString(std::string& out, std::string_view text)
{
    out.push_back('"');
    appendJsonEscaped(out, text);
    out.push_back('"');
}

std::string indentedJson(std::string_view json)
{
    static constexpr std::size_t maxLevels = 20; // at a hundred levels, the indentation would turn a megabyte into a hundred
    static constexpr std::string_view blanks = " \t\n\r";
    std::string out;
    out.reserve(json.size() * 2);
    std::size_t level = 0;
    const auto newLine = [&] {
        out.push_back('\n');
        out.append(4 * std::min(level, maxLevels), ' ');
    };
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (blanks.find(c) != std::string_view::npos)
            continue;
        if (c == '"') {
            std::size_t end = i + 1;
            while (end < json.size() && json[end] != '"')
                end += json[end] == '\\' ? 2 : 1;
            out.append(json.substr(i, end + 1 - i));
            i = end;
        } else if (c == '{' || c == '[') {
            out.push_back(c);
            const std::size_t next = json.find_first_not_of(blanks, i + 1);
            if (next != std::string_view::npos && (json[next] == '}' || json[next] == ']')) {
                out.push_back(json[next]);
                i = next;
            } else {
                ++level;
                newLine();
            }
        } else if (c == '}' || c == ']') {
            level -= level > 0 ? 1 : 0;
            newLine();
            out.push_back(c);
        } else if (c == ',') {
            out.push_back(c);
            newLine();
        } else if (c == ':') {
            out.append(": ");
        } else {
            out.push_back(c);
        }
    }
    return out;
}

} // namespace vigie
