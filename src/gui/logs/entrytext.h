// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logbatch.h"

#include <QByteArray>
#include <QLocale>
#include <QString>

namespace vigie {

/// The forms in which entries are written into a file.
enum class ExportFormat { JsonLines, Csv, Text };

/// An entry on one line, unless its message has several: the whole time, level, application, sender, message and metadata, all
/// of them as they were sent.
QString entryLine(const LogEntryRef& entry, const QLocale& locale);

/// What a file of this form begins with; often nothing. UTF-8.
QByteArray exportHead(ExportFormat format);
/// An entry in this form with its line's end. UTF-8.
QByteArray exportedEntry(const LogEntryRef& entry, ExportFormat format, const QLocale& locale);

} // namespace vigie
