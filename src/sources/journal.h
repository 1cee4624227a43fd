// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logbatch.h"
#include "intake/intake.h"
#include "intake/journaljoiner.h"
#include "intake/sourceboard.h"
#include "sources/containerengine.h"
#include "sources/journalreader.h"
#include "sources/logsource.h"

#include <QSocketNotifier>
#include <QTimer>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

namespace vigie {

class IntakeQueue;

/// Reads systemd's journal, from where it was before. Its entries' ids are made of their cursors.
class Journal final : public LogSource
{
    Q_OBJECT

public:
    /// `read`: containers whose logs come by another road. Both must outlive it.
    Journal(Intake& intake, const ReadContainers& read);
    ~Journal() override;

    void apply(const SourceSettings& settings) override;

private:
    struct AppEntries
    {
        explicit AppEntries(const std::string& appId) : batch(appId), origin(appId, "journal") {}
        LogBatch batch;
        LogOrigin origin;
    };

    void end();
    void restore(const QByteArray& place);
    void openIt();
    void openAgain();
    void readSome();
    void take();
    void append(const JournalMeaning& entry, std::string_view cursor);
    void push();
    void fail(const QString& problem);

    Intake& m_intake;
    const ReadContainers& m_read;
    WatchedJournal m_settings;
    IntakeQueue* m_queue = nullptr;
    SourceAccount m_account;
    std::optional<JournalReader> m_reader;
    std::unique_ptr<QSocketNotifier> m_notifier;
    std::string m_place; // that was stored last, as far as it is known here
    bool m_isRestored = false;
    bool m_isFull = false;
    JournalEntry m_entry;
    std::string m_cursor;
    std::string m_readTo; // the cursor of the entry that was read last
    JournalJoiner m_joiner;
    std::unordered_map<std::string, AppEntries> m_batches; // by application
    std::deque<LogBatch> m_waiting; // to be pushed
    std::string m_waitingPlace; // with the last of them
    QTimer m_more;
    QTimer m_silence;
    QTimer m_again;
    std::chrono::milliseconds m_wait{0};
};

} // namespace vigie
