// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sourcestate.h"

#include <QString>

namespace vigie {

// The words for sources of entries, in the person's language; in the window and on the command line alike; the page has the same in its texts.

QString kindText(const SourceState& source);
/// One that waits after it was heard is idle.
QString statusText(const SourceState& source);
/// What a reason code of a note says: "no token". One that we do not know is given as it is.
QString reasonText(const std::string& reason);
/// What the code of a problem says, with what the system said: "It cannot be read: Permission denied".
QString problemText(const std::string& problem);
/// "3 refused: no token".
QString noteText(const SourceNote& note);
/// What a way of setting up a source is called; empty: an unknown one.
QString setupText(const QByteArray& id);
/// What there is to say of that way besides its line; may be empty.
QString setupHint(const QByteArray& id);

} // namespace vigie
