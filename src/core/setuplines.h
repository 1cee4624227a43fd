// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <vector>

namespace vigie {

/// Where entries are to be sent, and for which application.
struct SetupPlace
{
    QString url; ///< at which the sender reaches Vigie: "http://127.0.0.1:3001/"
    QString appId;
    bool needsToken = false; ///< the line then has the word TOKEN where it belongs
    /// The certificate's file, for senders to whom it is unknown; empty: they know it, or there is none.
    QString certificate = {};
    QString dataDir = {}; ///< of the Vigie that is here, absolute; empty: the one that `vigie` finds by itself

    bool isHere() const; ///< the address is this machine's own
};

/// One way to have entries come to Vigie, ready to be copied.
struct SetupLine
{
    const char* id; ///< "curl": the window and the page have words for it
    QString code; ///< a line or a few for a shell, or a file's contents; without a line end
};

/// All ways that there are, the easiest of a kind first. Those that read this machine's files, journal and containers only where
/// the place is here: they are given to the Vigie of the machine on which they are typed.
std::vector<SetupLine> setupLines(const SetupPlace& place);

/// `text` as one word of a POSIX shell, quoted where it must be.
QString shellWord(const QString& text);

} // namespace vigie
