// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/logs/entrytext.h"
#include "gui/logs/storedlogs.h"

#include <QObject>
#include <QThreadPool>
#include <memory>

namespace vigie {

class ExportFile;

/// Writes all entries that match a choice and are stored at the start into a file: those of an application in their order, several
/// applications merged by time. Pages come from the store by its own threads; a thread of this object's pool writes them. A file that does not come to its end is removed;
/// one that was there before stays as it was. GUI thread.
class LogExport : public QObject
{
    Q_OBJECT

public:
    /// `history` must outlive this.
    LogExport(History& history, const QString& path, ExportFormat format, QObject* parent = nullptr);
    ~LogExport() override;

    /// Emits finished() once, unless it is cancelled.
    void start(const QStringList& applications, const LogChoice& choice);
    void cancel();

Q_SIGNALS:
    void progressed(quint64 entries);
    /// `problem`: why the file could not be written, for people; empty: it is complete.
    void finished(quint64 entries, const QString& problem);

private:
    void write(std::vector<LogEntryRef> entries);
    void end(const QString& problem);

    StoredLogs m_stored;
    std::shared_ptr<ExportFile> m_file; ///< null: the export has ended
    quint64 m_written = 0;
    QThreadPool m_pool; ///< of one thread, so that pages keep their order
};

} // namespace vigie
