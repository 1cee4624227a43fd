// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/csv.h"

#include "core/localtime.h"

#include <QDateTime>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

/// A field as in RFC 4180, quoted only if needed.
void appendField(std::string& out, std::string_view text)
{
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
        out += text;
        return;
    }
    out += '"';
    for (const char c : text) {
        if (c == '"')
            out += '"';
        out += c;
    }
    out += '"';
}

/// ISO 8601 in UTC. Qt cannot write years beyond 9999; these use ECMAScript's expanded form.
std::string isoTime(std::int64_t ms)
{
    const QDateTime time = utcTime(ms);
    const int year = time.date().year();
    if (year <= 9999)
        return time.toString(Qt::ISODateWithMs).toStdString();
    return u"+%1%2"_s.arg(year, 6, 10, QChar(u'0')).arg(time.toString(u"-MM-ddThh:mm:ss.zzzZ"_s)).toStdString();
}

/// Untrusted text: puts an apostrophe before one that a spreadsheet would run as a formula.
void appendText(std::string& out, std::string_view text)
{
    const bool isFormula = !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
    if (!isFormula)
        return appendField(out, text);
    appendField(out, '\'' + std::string(text));
}

} // namespace

void appendCsvRow(std::string& out, const LogEntryRef& entry)
{
    const LogBatch& batch = *entry.batch;
    appendText(out, batch.id(entry.index));
    out += ',';
    out += isoTime(batch.timestampMs(entry.index));
    for (const std::string_view field : {batch.level(entry.index), batch.message(entry.index), batch.metadataJson(entry.index),
                                         std::string_view(batch.appId()), batch.userId(entry.index)}) {
        out += ',';
        appendText(out, field);
    }
    out += "\r\n";
}

} // namespace vigie
