// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/visibletext.h"

#include <QList>
#include <algorithm>

namespace vigie {

namespace {

constexpr char32_t shownUnsafe = 0xfffd;
constexpr char16_t shownSpace = 0x2423;
constexpr int maxMarks = 4;

bool isPlain(const QString& text)
{
    const auto isPrintable = [](QChar c) { return c >= u' ' && c < QChar(0x7f); };
    return std::all_of(text.begin(), text.end(), isPrintable) && !text.startsWith(u' ') && !text.endsWith(u' ');
}

} // namespace

/// Based on Unicode's general categories and Default_Ignorable_Code_Point.
bool isInvisible(char32_t c)
{
    // Number signs of Arabic and related scripts: in the format category, but visible.
    if ((c >= 0x600 && c <= 0x605) || c == 0x6dd || c == 0x70f || c == 0x890 || c == 0x891 || c == 0x8e2 || c == 0x110bd
        || c == 0x110cd)
        return false;
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format: // zero-width, bidirectional, tags
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        break;
    }
    const bool isFiller = c == 0x115f || c == 0x1160 || c == 0x3164 || c == 0xffa0 || c == 0x2800;
    const bool isIgnorableMark = c == 0x034f || c == 0x17b4 || c == 0x17b5 || (c >= 0x180b && c <= 0x180f)
                                 || (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef);
    return isFiller || isIgnorableMark;
}

QString visibleText(const QString& text)
{
    if (isPlain(text))
        return text;
    QString shown;
    shown.reserve(text.size());
    int marks = 0;
    for (const uint one : text.toUcs4()) {
        char32_t c = one;
        marks = QChar::isMark(c) ? marks + 1 : 0;
        if (isInvisible(c) || marks > maxMarks)
            c = shownUnsafe;
        shown += QString::fromUcs4(&c, 1);
    }
    for (qsizetype i = 0; i < shown.size() && shown[i].isSpace(); ++i)
        shown[i] = shownSpace;
    for (qsizetype i = shown.size(); i > 0 && shown[i - 1].isSpace(); --i)
        shown[i - 1] = shownSpace;
    return shown;
}

} // namespace vigie
