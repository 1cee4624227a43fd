// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <array>
#include <utility>

namespace vigie {

using HttpField = std::pair<QByteArray, QByteArray>;

/// Of every answer over HTTP.
inline const HttpField asItSays{"X-Content-Type-Options", "nosniff"};
inline const HttpField tellsNoOther{"Referrer-Policy", "no-referrer"};

/// Fields of every answer over HTTP that is no file of the page's: a browser is to take it for what it says it is, to show it in
/// no frame, to tell no other site where it was, and to keep it nowhere.
inline const std::array<HttpField, 4> safetyFields = {{
    {"Content-Security-Policy", "frame-ancestors 'none'"},
    asItSays,
    tellsNoOther,
    {"Cache-Control", "no-store"},
}};

} // namespace vigie
