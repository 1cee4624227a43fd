// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jsontext.h"

namespace vigie {

bool isPlainJsonText(std::string_view text)
{
    // No early return: a loop without one is vectorised, and nearly all log text is plain.
    unsigned special = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        special |= unsigned(byte < 0x20) | unsigned(byte == '"') | unsigned(byte == '\\');
    }
    return special == 0;
}

void appendJsonEscaped(std::string& out, std::string_view text)
{
    if (isPlainJsonText(text)) {
        out.append(text);
        return;
    }
    static constexpr char hex[] = "0123456789abcdef";
    for (const char c : text) {
        switch (c) {
        case '"':
            out.append("\\\"");
            break;
        case '\\':
            out.append("\\\\");
            break;
        case '\n':
            out.append("\\n");
            break;
        case '\r':
            out.append("\\r");
            break;
        case '\t':
            out.append("\\t");
            break;
        default:
            if (static_cast<unsigned char>(c) < 0x20) {
                out.append("\\u00");
                out.push_back(hex[(c >> 4) & 0xf]);
                out.push_back(hex[c & 0xf]);
            } else {
                out.push_back(c);
            }
        }
    }
}

void appendJsonString(std::string& out, std::string_view text)
{
    out.push_back('"');
    appendJsonEscaped(out, text);
    out.push_back('"');
}

} // namespace vigie
