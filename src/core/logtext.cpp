// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logtext.h"

#include "core/visibletext.h"

#include <algorithm>
#include <iterator>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

constexpr char32_t nothing = 0;
constexpr char32_t zeroWidthNonJoiner = 0x200c;
constexpr char32_t zeroWidthJoiner = 0x200d;
constexpr char16_t lineEndSign = 0x23ce;

/// Uses letters: few fonts have glyphs for control characters, and the others draw a box.
QString signOf(char32_t c)
{
    static constexpr const char* names[] = {"NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS",  "HT", "LF",
                                            "VT",  "FF",  "CR",  "SO",  "SI",  "DLE", "DC1", "DC2", "DC3", "DC4", "NAK",
                                            "SYN", "ETB", "CAN", "EM",  "SUB", "ESC", "FS",  "GS",  "RS",  "US"};
    if (c < std::size(names))
        return u"‹%1›"_s.arg(QLatin1StringView(names[c]));
    if (c == 0x7f)
        return u"‹DEL›"_s;
    return u"‹U+%1›"_s.arg(uint(c), 4, 16, QChar(u'0')).toUpper();
}

bool isSelector(char32_t c)
{
    return c == 0xfe0e || c == 0xfe0f;
}

bool isSymbol(char32_t c)
{
    const QChar::Category category = QChar::category(c);
    return c >= 0x80
        && (category == QChar::Symbol_Other || category == QChar::Symbol_Math || category == QChar::Symbol_Modifier
            || category == QChar::Punctuation_Other);
}

/// Whether the script shapes its letters differently beside a joiner.
bool joins(char32_t c)
{
    return c >= 0x600 && (QChar::category(c) == QChar::Letter_Other || QChar::isMark(c));
}

/// Whether an invisible character affects its neighbours.
bool isAtWork(char32_t c, char32_t before, char32_t after)
{
    if (isSelector(c))
        return isSymbol(before) || (before >= U'0' && before <= U'9') || before == U'#' || before == U'*';
    if (c == zeroWidthJoiner && (isSymbol(before) || isSelector(before)) && isSymbol(after))
        return true;
    return (c == zeroWidthJoiner || c == zeroWidthNonJoiner) && joins(before) && joins(after);
}

/// Converts original text to its display form.
class Writer
{
public:
    Writer(const QString& original, TextLines lines) : m_original(original), m_isOneLine(lines == TextLines::One) {}

    LogText take()
    {
        while (m_at < m_original.size())
            takeNext();
        closeStyle();
        return std::move(m_shown);
    }

private:
    void takeNext()
    {
        const QStringView left = QStringView(m_original).mid(m_at);
        const std::u16string_view rest(left.utf16(), std::size_t(left.size()));
        if (const auto length = qsizetype(styleCodeLength(rest)); length > 0) {
            closeStyle();
            m_style.apply(m_original.mid(m_at + 2, length - 3).toStdString());
            replace(length, {});
            return;
        }
        const char32_t c = characterAt(m_at);
        const qsizetype length = c > 0xffff ? 2 : 1;
        const char32_t after = characterAt(m_at + length);
        if (c == U'\r' && after == U'\n')
            replace(2, m_isOneLine ? QString(QChar(lineEndSign)) : u"\n"_s, m_isOneLine);
        else if (c == U'\n' && m_isOneLine)
            replace(1, QString(QChar(lineEndSign)), true);
        else if (c == U'\t' && m_isOneLine)
            replace(1, u" "_s);
        else if (c != U'\n' && c != U'\t' && isInvisible(c) && !isAtWork(c, m_before, after))
            replace(length, signOf(c), true);
        else
            copy(length);
        m_before = c;
    }

    char32_t characterAt(qsizetype at) const
    {
        if (at >= m_original.size())
            return nothing;
        const QChar unit = m_original[at];
        if (unit.isHighSurrogate() && at + 1 < m_original.size() && m_original[at + 1].isLowSurrogate())
            return QChar::surrogateToUcs4(unit, m_original[at + 1]);
        return unit.unicode();
    }

    void copy(qsizetype length)
    {
        m_shown.text += QStringView(m_original).mid(m_at, length);
        m_at += length;
    }

    void replace(qsizetype length, const QString& by, bool isSign = false)
    {
        if (isSign)
            closeStyle();
        m_shown.replaced.push_back({m_shown.text.size(), by.size(), m_at, length});
        m_shown.text += by;
        m_at += length;
        if (isSign)
            close(m_style, true);
    }

    void closeStyle() { close(m_style, false); }

    /// Ends the current span. Adds it if it is not in the default style.
    void close(const TerminalStyle& style, bool isSign)
    {
        const qsizetype length = m_shown.text.size() - m_from;
        if (length > 0 && (isSign || style != TerminalStyle()))
            m_shown.spans.push_back({m_from, length, style, isSign});
        m_from = m_shown.text.size();
    }

    const QString& m_original;
    bool m_isOneLine;
    qsizetype m_at = 0;
    qsizetype m_from = 0; ///< start of the text that has no span yet
    char32_t m_before = nothing;
    TerminalStyle m_style;
    LogText m_shown;
};

} // namespace

qsizetype LogText::originalPlace(qsizetype place, bool isEnd) const
{
    qsizetype shift = 0;
    for (const Replaced& one : replaced) {
        const qsizetype end = one.at + one.length;
        // A style code at this position belongs to a range that starts here, not to one that ends here before more text.
        if (one.at > place || (one.at == place && (one.length > 0 || !isEnd || place < text.size())))
            break;
        if (end > place)
            return isEnd ? one.originalAt + one.originalLength : one.originalAt;
        shift = one.originalAt + one.originalLength - end;
    }
    return place + shift;
}

LogText logText(std::string_view text, TextLines lines)
{
    const QString original = QString::fromUtf8(text);
    const bool isPlain = std::ranges::all_of(text, [](char c) { return c >= ' ' && c < 0x7f; });
    if (isPlain) // nearly all are
        return {original, {}, {}};
    return Writer(original, lines).take();
}

std::string_view beginningOf(std::string_view text, std::size_t maxBytes)
{
    if (text.size() <= maxBytes)
        return text;
    while (maxBytes > 0 && (static_cast<unsigned char>(text[maxBytes]) & 0xc0) == 0x80)
        --maxBytes;
    return text.substr(0, maxBytes);
}

} // namespace vigie
