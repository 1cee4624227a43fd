// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/severity.h"

#include <QList>
#include <QString>
#include <QStringList>
#include <bitset>
#include <cstdint>
#include <optional>

namespace vigie {

/// What a view shows, as the fragment of the page's address: docs/design-language.md says how. The page has the same in
/// viewaddress.ts. Never holds a token or the reader's name.
struct ViewAddress
{
    static constexpr qsizetype maxText = 1'024; ///< characters
    static constexpr qsizetype maxName = 128;
    static constexpr qsizetype maxFields = 20;
    static constexpr qsizetype maxFragment = 65'536; ///< of anything longer nothing is read

    /// A field that an entry must have with this value, or must not have.
    struct Field
    {
        QString key; ///< `level`, `user`, or a key of the metadata
        QString value;

        bool operator==(const Field&) const = default;
    };
    struct Ends
    {
        std::int64_t fromMs = 0; ///< since the epoch
        std::int64_t toMs = 0;

        bool operator==(const Ends&) const = default;
    };

    QString app; ///< empty: not said
    std::optional<std::int64_t> rangeMs; ///< live, whole seconds
    std::optional<Ends> ends; ///< a stretch of the past, which goes before `rangeMs`
    std::optional<std::int64_t> atMs; ///< the pinned moment
    std::bitset<severityCount> levels = std::bitset<severityCount>().set(); ///< by Severity
    QString q;
    bool regex = false;
    QList<Field> where;
    QList<Field> without; ///< `not`

    bool operator==(const ViewAddress&) const = default;

    /// Reads a fragment, with or without its #. Unknown parts are ignored. `bad` gets the names of parts that say nothing, each
    /// once; the rest holds.
    static ViewAddress read(QStringView fragment, QStringList* bad = nullptr);

    /// The fragment, with its #. Parts that read() would call bad are left out.
    QString fragment() const;
};

} // namespace vigie
