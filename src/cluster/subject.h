// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace vigie {

/// A name as one token of a NATS subject: ASCII letters, digits, `-` and `_` stay, each other byte of its UTF-8 becomes `=XX`. Beyond
/// 200 bytes it is cut, and `==` and a hash of the whole name follow. An empty name is `=`. The only place where subjects are made of names.
std::string subjectToken(std::string_view name);

} // namespace vigie
