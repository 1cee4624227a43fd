// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/logexport.h"

#include "core/filewriting.h"
#include "core/regularfile.h"

#include <QCoreApplication>
#include <QFile>
#include <QSaveFile>
#include <utility>

namespace vigie {

/// The file that is written, and its form. Only the pool's thread uses it.
class ExportFile
{
public:
    ExportFile(const QString& path, ExportFormat format) : m_format(format)
    {
        m_isRefused = isOtherThanRegularFile(path) && !isCharacterDevice(path);
        // A device is written to; QSaveFile would put a file in its place.
        if (isCharacterDevice(path)) {
            m_file = std::make_unique<QFile>(path);
        } else {
            auto saved = std::make_unique<QSaveFile>(path);
            m_saved = saved.get();
            m_file = std::move(saved);
        }
    }

    /// Why it cannot be written; empty: it can.
    QString open()
    {
        if (m_isRefused) // a pipe: who does not read from it would keep the window from its end
            return QCoreApplication::translate("LogExport", "it is neither a regular file nor a device");
        const bool isOpen = m_file->open(writingMode) && writeAll(*m_file, exportHead(m_format).toStdString());
        return isOpen ? QString() : m_file->errorString();
    }

    QString write(const std::vector<LogEntryRef>& entries)
    {
        QByteArray bytes;
        for (const LogEntryRef& entry : entries)
            bytes += exportedEntry(entry, m_format, m_locale);
        return writeAll(*m_file, {bytes.data(), std::size_t(bytes.size())}) ? QString() : m_file->errorString();
    }

    QString commit()
    {
        const bool isDone = !m_saved || m_saved->commit();
        return isDone ? QString() : m_file->errorString();
    }

private:
    std::unique_ptr<QFileDevice> m_file;
    QSaveFile* m_saved = nullptr; // without its commit() nothing stays; null: the path is none of a file
    bool m_isRefused = false;
    const ExportFormat m_format;
    const QLocale m_locale;
};

LogExport::LogExport(History& history, const QString& path, ExportFormat format, QObject* parent)
    : QObject(parent), m_stored(history), m_file(std::make_shared<ExportFile>(path, format))
{
    m_pool.setMaxThreadCount(1);
    connect(&m_stored, &StoredLogs::newerFound, this, &LogExport::write);
}

LogExport::~LogExport() = default;

void LogExport::start(const QStringList& applications, const LogChoice& choice)
{
    // Even for a stretch of time: an application's entries come in the order of their arrival, and clocks go wrong.
    m_stored.startAtOldest(applications, choice);
    m_pool.start([this, file = m_file] {
        const QString problem = file->open();
        QMetaObject::invokeMethod(this, [this, problem] {
            if (!m_file)
                return;
            problem.isEmpty() ? m_stored.newer() : end(problem);
        });
    });
}

void LogExport::write(std::vector<LogEntryRef> entries)
{
    if (!m_file)
        return;
    const bool isLast = entries.empty();
    const quint64 count = entries.size();
    m_pool.start([this, file = m_file, entries = std::move(entries), isLast, count] {
        const QString problem = isLast ? file->commit() : file->write(entries);
        QMetaObject::invokeMethod(this, [this, problem, isLast, count] {
            if (!m_file)
                return;
            m_written += isLast ? 0 : count;
            if (isLast || !problem.isEmpty())
                return end(problem);
            Q_EMIT progressed(m_written);
            m_stored.newer();
        });
    });
}

void LogExport::end(const QString& problem)
{
    if (!m_file)
        return;
    m_stored.stop();
    m_file.reset();
    Q_EMIT finished(m_written, problem);
}

void LogExport::cancel()
{
    m_stored.stop();
    m_file.reset();
}

} // namespace vigie
