// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logfilter.h"

#include "core/searchedtexts.h"
#include "core/utf8.h"

#include <QString>
#include <QStringView>
#include <algorithm>

namespace vigie {

namespace {

bool equalAscii(char a, char b)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? char(c | 0x20) : c; };
    return lower(a) == lower(b);
}

bool containsIgnoringCase(std::string_view text, std::string_view wanted)
{
    // ASCII can be compared bytewise: no byte of a multi-byte UTF-8 character equals an ASCII byte.
    if (isAscii(wanted))
        return std::search(text.begin(), text.end(), wanted.begin(), wanted.end(), equalAscii) != text.end();
    return QString::fromUtf8(text).contains(QString::fromUtf8(wanted), Qt::CaseInsensitive);
}

bool levelMatches(const std::vector<std::string>& levels, std::string_view level, Severity severity)
{
    return std::any_of(levels.begin(), levels.end(), [&](const std::string& wanted) {
        const Severity meant = severityOf(wanted);
        if (meant != Severity::Other)
            return meant == severity;
        return QString::fromUtf8(trimmedLevel(level)).compare(QString::fromUtf8(trimmedLevel(wanted)), Qt::CaseInsensitive) == 0;
    });
}

} // namespace

bool LogFilter::isEmpty() const
{
    return levels.empty() && !startTimeMs && !endTimeMs && search.empty();
}

bool LogFilter::matches(const LogBatch& batch, std::size_t index) const
{
    return matches({batch.id(index), batch.timestampMs(index), batch.level(index), batch.message(index),
                    batch.metadataJson(index)},
                   batch.severity(index));
}

bool LogFilter::matches(const NewLogEntry& entry) const
{
    return matches(entry, levels.empty() ? Severity::Other : severityOf(entry.level));
}

bool LogFilter::matches(const NewLogEntry& entry, Severity severity) const
{
    if ((startTimeMs && entry.timestampMs < *startTimeMs) || (endTimeMs && entry.timestampMs > *endTimeMs))
        return false;
    if (!levels.empty() && !levelMatches(levels, entry.level, severity))
        return false;
    if (search.empty())
        return true;
    const SearchedTexts texts(entry);
    return containsIgnoringCase(texts.message(), search) || containsIgnoringCase(texts.metadata(), search);
}

} // namespace vigie
