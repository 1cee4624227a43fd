// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/entrytext.h"

#include "gui/widgets/daytext.h"

#include <QDateTime>
#include <QStringList>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

QString text(std::string_view part)
{
    return QString::fromUtf8(part);
}

/// As RFC 4180 has it.
QByteArray csvCell(std::string_view part)
{
    QByteArray cell(part.data(), qsizetype(part.size()));
    if (part.find_first_of("\",\r\n") != std::string_view::npos)
        cell = '"' + cell.replace("\"", "\"\"") + '"';
    return cell;
}

} // namespace

QString entryLine(const LogEntryRef& entry, const QLocale& locale)
{
    const LogBatch& batch = *entry.batch;
    QStringList parts{momentText(batch.timestampMs(entry.index), locale), text(batch.level(entry.index)), text(batch.appId()),
                      text(batch.userId(entry.index)), text(batch.message(entry.index))};
    if (const std::string_view metadata = batch.metadataJson(entry.index); !metadata.empty())
        parts.append(text(metadata));
    return parts.join(u"  "_s);
}

QByteArray exportHead(ExportFormat format)
{
    return format == ExportFormat::Csv ? "time,level,from,application,message,metadata,id\r\n"_ba : QByteArray();
}

QByteArray exportedEntry(const LogEntryRef& entry, ExportFormat format, const QLocale& locale)
{
    if (format == ExportFormat::Text)
        return entryLine(entry, locale).toUtf8() + '\n';
    const std::string_view json = entry.json();
    if (format == ExportFormat::JsonLines)
        return QByteArray(json.data(), qsizetype(json.size())) + '\n';
    const LogBatch& batch = *entry.batch;
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(batch.timestampMs(entry.index), Qt::UTC);
    QByteArray line = time.toString(Qt::ISODateWithMs).toLatin1();
    for (const std::string_view part : {batch.level(entry.index), batch.userId(entry.index), std::string_view(batch.appId()),
                                        batch.message(entry.index), batch.metadataJson(entry.index), batch.id(entry.index)})
        line += ',' + csvCell(part);
    return line + "\r\n";
}

} // namespace vigie
