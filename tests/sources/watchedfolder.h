// SPDX-License-Identifier: GPL-3.0-or-later
// A folder of log files that Vigie watches, for tests.
#pragma once

#include "hub/hub.h"
#include "intake/intake.h"
#include "patience.h"
#include "sources/filesource.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <zlib.h>

namespace vigie::test {

using namespace Qt::StringLiterals;

/// Writes `to` as gzip does, and leaves `from` where it is.
inline void gzip(const QString& from, const QString& to)
{
    QFile file(from);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    const gzFile packed = gzopen(qPrintable(to), "wb");
    QCOMPARE(gzwrite(packed, bytes.constData(), unsigned(bytes.size())), int(bytes.size()));
    QCOMPARE(gzclose(packed), Z_OK);
}

class WatchedFolder : public QObject
{
protected:
    void init();
    void cleanup();
    void start(const QString& pattern = u"a.log"_s, bool takesPast = false);
    void stop();
    QString path(const QString& name) const { return m_folder->filePath(name); }
    void write(const QString& name, const QByteArray& text, QIODevice::OpenMode mode = QIODevice::Append);
    void rename(const QString& from, const QString& to) { QVERIFY(::rename(qPrintable(path(from)), qPrintable(path(to))) == 0); }
    void copy(const QString& from, const QString& to) { QVERIFY(QFile::copy(path(from), path(to))); }
    void pack(const QString& from, const QString& to);
    SourceState stateOf(const QString& name) const;
    /// Waits until the source stands where the file ends.
    bool follows(const QString& name) const { return stateOf(name).status == SourceStatus::Following; }
    std::size_t places();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Hub> m_hub;
    std::unique_ptr<Intake> m_intake;
    std::unique_ptr<FileSource> m_source;
    SourceSettings m_settings;
    QStringList m_lines;
    QStringList m_metadata;
};

inline void WatchedFolder::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_hub = std::make_unique<Hub>();
    m_intake = std::make_unique<Intake>(*m_hub);
    m_lines.clear();
    m_metadata.clear();
    m_settings = {};
    connect(m_hub.get(), &Hub::logsAccepted, this, [this](const LogBatchPtr& batch) {
        for (std::size_t i = 0; i < batch->size(); ++i) {
            m_lines.append(QString::fromStdString(std::string(batch->message(i))));
            m_metadata.append(QString::fromStdString(std::string(batch->metadataJson(i))));
        }
    });
}

inline void WatchedFolder::cleanup()
{
    m_source.reset();
    m_intake.reset();
    m_hub.reset();
}

inline void WatchedFolder::start(const QString& pattern, bool takesPast)
{
    m_settings.files = {{path(pattern), u"shop"_s, {}, {}, takesPast}};
    m_source = std::make_unique<FileSource>(*m_intake);
    m_source->apply(m_settings);
    places(); // asked behind the source: it knows its own by then
}

inline void WatchedFolder::stop()
{
    m_source.reset();
    QCoreApplication::processEvents();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

inline void WatchedFolder::write(const QString& name, const QByteArray& text, QIODevice::OpenMode mode)
{
    QFile file(path(name));
    QVERIFY2(file.open(mode == QIODevice::Append ? QIODevice::Append : mode), qPrintable(name));
    QCOMPARE(file.write(text), text.size());
}

inline void WatchedFolder::pack(const QString& from, const QString& to)
{
    gzip(path(from), path(to));
    // As long ago that nobody is writing to it any more.
    std::filesystem::last_write_time(path(to).toStdString(), std::filesystem::file_time_type::clock::now() - std::chrono::seconds(5));
    QVERIFY(QFile::remove(path(from)));
}

inline SourceState WatchedFolder::stateOf(const QString& name) const
{
    for (const SourceState& state : m_intake->board().sources()) {
        if (state.id == "file:" + path(name).toStdString())
            return state;
    }
    return {};
}

/// Checkpoints of files that are kept.
inline std::size_t WatchedFolder::places()
{
    std::size_t count = 0;
    IntakeQueue queue(*m_intake, "file:", Durability::Any, IntakeQueue::usualBytes, Checkpoints::Many);
    bool isTold = false;
    connect(&queue, &IntakeQueue::placesRestored, this, [&](const std::vector<Checkpoint>& all) {
        count = std::size_t(std::ranges::count_if(all, [](const Checkpoint& one) { return FileKey::fromName(one.source).has_value(); }));
        isTold = true;
    });
    while (!isTold)
        QCoreApplication::processEvents();
    return count;
}

} // namespace vigie::test
