// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/searchwords.h"

#include "core/utf8.h"

#include <QString>
#include <algorithm>
#include <string>
#include <vector>

namespace vigie {

namespace {

/// Letters of these scripts are taken apart into a base and accents; those of others are other letters with them.
bool losesAccents(char32_t c)
{
    return (c >= 0xC0 && c < 0x530) || (c >= 0x1E00 && c < 0x2000);
}

/// Appends what a character folds to: nothing for an accent, else mostly one.
void appendFolded(std::u32string& to, char32_t c)
{
    // The case first: some signs fold to letters that lose accents, or to letters though they look like accents.
    c = QChar::toCaseFolded(c);
    if (c < 0xC0) {
        to += c;
        return;
    }
    if (c < 0x530 && QChar::category(c) == QChar::Mark_NonSpacing)
        return;
    if (losesAccents(c) && QChar::decompositionTag(c) == QChar::Canonical) {
        for (const char32_t part : QChar::decomposition(c).toUcs4()) {
            if (part != c)
                appendFolded(to, part);
        }
        return;
    }
    to += c;
}

/// The folds of characters up to U+1FFF, where all are that do not fold to one: made once.
const std::u32string& foldOf(char32_t c)
{
    static const std::vector<std::u32string> folds = [] {
        std::vector<std::u32string> all(0x2000);
        for (char32_t one = 0; one < all.size(); ++one)
            appendFolded(all[one], one);
        return all;
    }();
    return folds[c];
}

/// The character that `text` begins with, and its bytes; of bytes that are none, U+FFFD and one.
char32_t characterAt(std::string_view text, std::size_t& length)
{
    length = utf8Length(text);
    const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    switch (length) {
    case 1:
        return byte(0);
    case 2:
        return char32_t(byte(0) & 0x1F) << 6 | (byte(1) & 0x3F);
    case 3:
        return char32_t(byte(0) & 0x0F) << 12 | char32_t(byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
    case 4:
        return char32_t(byte(0) & 0x07) << 18 | char32_t(byte(1) & 0x3F) << 12 | char32_t(byte(2) & 0x3F) << 6 | (byte(3) & 0x3F);
    default:
        length = 1;
        return 0xFFFD;
    }
}

} // namespace

std::string_view foldedForSearch(std::string_view text, std::string& room)
{
    if (isAscii(text)) {
        room.resize(text.size());
        std::ranges::transform(text, room.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c | 0x20) : c; });
        return room;
    }
    room.clear();
    room.reserve(text.size());
    for (std::size_t i = 0, length = 0; i < text.size(); i += length) {
        const char32_t c = characterAt(text.substr(i), length);
        if (c >= 0x2000) {
            std::u32string folded;
            appendFolded(folded, c);
            for (const char32_t one : folded)
                appendUtf8(room, one);
            continue;
        }
        for (const char32_t one : foldOf(c))
            appendUtf8(room, one);
    }
    return room;
}

bool isWideWordCharacter(std::string_view folded, std::size_t& length)
{
    const char32_t c = characterAt(folded, length);
    return QChar::isLetterOrNumber(c) || QChar::category(c) == QChar::Mark_NonSpacing || QChar::category(c) == QChar::Mark_SpacingCombining;
}

} // namespace vigie
