// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/entrytext.h"

#include "core/csv.h"
#include "gui/widgets/daytext.h"

#include <QStringList>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

QString text(std::string_view part)
{
    return QString::fromUtf8(part);
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
    return format == ExportFormat::Csv ? QByteArray(csvHead.data(), qsizetype(csvHead.size())) : QByteArray();
}

QByteArray exportedEntry(const LogEntryRef& entry, ExportFormat format, const QLocale& locale)
{
    if (format == ExportFormat::Text)
        return entryLine(entry, locale).toUtf8() + '\n';
    const std::string_view json = entry.json();
    if (format == ExportFormat::JsonLines)
        return QByteArray(json.data(), qsizetype(json.size())) + '\n';
    std::string row;
    appendCsvRow(row, entry);
    return QByteArray::fromStdString(row);
}

} // namespace vigie
