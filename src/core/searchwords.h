// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace vigie {

/// A text as searches compare it: case folded character by character (Unicode's simple folding, as RE2 does), accents of Latin, Greek
/// and Cyrillic letters left out. A part of a text folds to a part of what the text folds to. Returns a view of `room`.
std::string_view foldedForSearch(std::string_view text, std::string& room);

/// What a byte of folded UTF-8 is. Bytes of characters beyond ASCII are told apart by isWordCharacter().
enum class SearchByte : unsigned char { Other, Digit, Letter, Wide };
namespace detail {
inline constexpr std::array<SearchByte, 256> kinds = [] {
    std::array<SearchByte, 256> all{};
    for (std::size_t c = 0; c < all.size(); ++c) {
        all[c] = c >= 0x80                                            ? SearchByte::Wide
            : c >= '0' && c <= '9'                                    ? SearchByte::Digit
            : (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')        ? SearchByte::Letter
                                                                      : SearchByte::Other;
    }
    return all;
}();
}
inline SearchByte searchByte(char folded)
{
    return detail::kinds[static_cast<unsigned char>(folded)];
}

/// Whether the character that `folded` begins with, beyond ASCII, belongs to words; `length` is set to its bytes.
bool isWideWordCharacter(std::string_view folded, std::size_t& length);

/// Calls `take(word, begin, end)` for each word of a folded text: letters and digits that follow one another. `begin` and `end` are
/// its place in the text.
template <typename Take>
void forEachWord(std::string_view folded, const Take& take)
{
    for (std::size_t i = 0; i < folded.size();) {
        const std::size_t begin = i;
        while (i < folded.size()) {
            const SearchByte kind = searchByte(folded[i]);
            if (kind == SearchByte::Letter || kind == SearchByte::Digit) {
                ++i;
                continue;
            }
            std::size_t length = 1;
            if (kind != SearchByte::Wide || !isWideWordCharacter(folded.substr(i), length))
                break;
            i += length;
        }
        if (i > begin) {
            take(folded.substr(begin, i - begin), begin, i);
            continue;
        }
        std::size_t length = 1;
        if (searchByte(folded[i]) == SearchByte::Wide)
            (void)isWideWordCharacter(folded.substr(i), length);
        i += length;
    }
}

} // namespace vigie
