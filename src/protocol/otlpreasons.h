// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

/// Why something that came by OTLP was refused, or what was guessed of it: codes of a SourceNote.
namespace vigie::otlpreason {

inline constexpr std::string_view malformed = "malformed";
inline constexpr std::string_view tooLarge = "too_large";
inline constexpr std::string_view tooManyApplications = "too_many_applications";
inline constexpr std::string_view wrongPath = "wrong_path"; ///< posted to an address that takes nothing
inline constexpr std::string_view wrongType = "wrong_type"; ///< neither JSON nor protobuf
inline constexpr std::string_view repeat = "repeat"; ///< dropped: it had come before
inline constexpr std::string_view noServiceName = "no_service_name"; ///< guessed: the program's name stands for it

} // namespace vigie::otlpreason
