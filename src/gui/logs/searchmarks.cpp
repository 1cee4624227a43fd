// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/searchmarks.h"

#include "core/logchoice.h"

namespace vigie {

namespace {

constexpr std::size_t maxMarks = 50;

} // namespace

SearchMarks::SearchMarks(const QString& text, bool isRegex)
{
    if (!isRegex) {
        m_text = text;
    } else if (!text.isEmpty()) {
        LogChoice choice;
        choice.search = text.toStdString();
        if (Result<Pattern> pattern = choice.pattern())
            m_pattern = std::make_shared<const Pattern>(std::move(*pattern));
    }
}

QList<SearchMarks::Mark> SearchMarks::in(const QString& line) const
{
    QList<Mark> marks;
    if (m_pattern) {
        const QByteArray utf8 = line.toUtf8();
        const auto placeOf = [&utf8](std::size_t byte) { return int(QString::fromUtf8(utf8.first(qsizetype(byte))).size()); };
        for (const auto& [at, length] : m_pattern->matchesIn({utf8.data(), std::size_t(utf8.size())}, maxMarks)) {
            const int from = placeOf(at);
            marks.append({from, placeOf(at + length) - from});
        }
        return marks;
    }
    if (m_text.isEmpty())
        return marks;
    for (qsizetype at = line.indexOf(m_text, 0, Qt::CaseInsensitive); at >= 0 && std::size_t(marks.size()) < maxMarks;
         at = line.indexOf(m_text, at + m_text.size(), Qt::CaseInsensitive))
        marks.append({int(at), int(m_text.size())});
    return marks;
}

} // namespace vigie
