// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/searchwords.h"

#include "core/utf8.h"

#include <QString>
#include <algorithm>

namespace vigie {

namespace {

bool isAscii(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return static_cast<signed char>(c) >= 0; });
}

/// Letters of these scripts are taken apart into a base and accents; those of others are other letters with them.
bool losesAccents(char32_t c)
{
    return (c >= 0xC0 && c < 0x530) || (c >= 0x1E00 && c < 0x2000);
}

void appendFolded(QString& to, char32_t c)
{
    if (QChar::category(c) == QChar::Mark_NonSpacing && c < 0x530)
        return;
    if (losesAccents(c)) {
        const QString apart = QChar::decomposition(c);
        if (QChar::decompositionTag(c) == QChar::Canonical && !apart.isEmpty()) {
            for (const char32_t part : apart.toUcs4()) {
                if (QChar::category(part) == QChar::Mark_NonSpacing)
                    continue;
                // A base may have an accent of its own.
                part == c ? void(to.append(QChar::fromUcs4(QChar::toCaseFolded(part)))) : appendFolded(to, part);
            }
            return;
        }
    }
    to.append(QChar::fromUcs4(QChar::toCaseFolded(c)));
}

} // namespace

std::string_view foldedForSearch(std::string_view text, std::string& room)
{
    if (isAscii(text)) {
        room.resize(text.size());
        std::ranges::transform(text, room.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c | 0x20) : c; });
        return room;
    }
    QString folded;
    const QString decoded = QString::fromUtf8(text);
    folded.reserve(decoded.size());
    for (const char32_t c : decoded.toUcs4())
        appendFolded(folded, c);
    const QByteArray utf8 = folded.toUtf8();
    room.assign(utf8.constData(), static_cast<std::size_t>(utf8.size()));
    return room;
}

bool isWideWordCharacter(std::string_view folded, std::size_t& length)
{
    length = std::max<std::size_t>(1, utf8Length(folded));
    const QString character = QString::fromUtf8(folded.substr(0, length));
    if (character.isEmpty())
        return false;
    const char32_t c = character.toUcs4().constFirst();
    return QChar::isLetterOrNumber(c) || QChar::category(c) == QChar::Mark_NonSpacing || QChar::category(c) == QChar::Mark_SpacingCombining;
}

} // namespace vigie
