// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "intake/sourceboard.h"
#include "protocol/entryline.h"
#include "sources/logsource.h"
#include "sources/spoolfile.h"

#include <QSet>
#include <QString>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>

class QSocketNotifier;

namespace vigie {

class Intake;
class IntakeQueue;

/// Takes up what `vigie log` and `vigie run` left in the data folder for its Vigie: at the start, whenever a command says that it
/// left something, and when one that was killed let go of its file. The sources' thread.
class SpoolSource final : public LogSource
{
    Q_OBJECT

public:
    SpoolSource(Intake& intake, QString folder);
    ~SpoolSource() override;

    void apply(const SourceSettings& settings) override;

private:
    void watch();
    void readEvents();
    void takeUp();
    void noteBroken(const QString& path);
    void goOn();
    void readNext();
    void push();
    void noteDurable(std::uint64_t number);
    void giveUp();
    void endFile();

    Intake& m_intake;
    QString m_folder;
    int m_inotify = -1;
    std::unique_ptr<QSocketNotifier> m_notifier;
    QSet<QString> m_passedOver; // files that are not for us: closing them is no news
    std::deque<std::unique_ptr<SpoolFile>> m_files;
    IntakeQueue* m_queue = nullptr; // while there is something to be read
    SourceAccount m_account;
    std::unique_ptr<EntryLineReader> m_reader;
    std::optional<LogBatch> m_batch; // of the first file, not pushed yet
    std::uint64_t m_end = 0; // where the first file goes on behind what was read
    std::uint64_t m_number = 0; // of the batch that is not on disk yet; 0: none
};

} // namespace vigie
