// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "intake/sourceboard.h"
#include "protocol/entryline.h"
#include "sources/logsource.h"
#include "sources/spoolfile.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>

namespace vigie {

class Intake;
class IntakeQueue;

/// Takes up what `vigie log` and `vigie run` left in the data folder for its Vigie, as that did not run: once, at the start and
/// whenever a command says that it left something. The sources' thread.
class SpoolSource final : public LogSource
{
    Q_OBJECT

public:
    SpoolSource(Intake& intake, QString folder);
    ~SpoolSource() override;

    void apply(const SourceSettings& settings) override;
    /// Whether anything lies in `folder`.
    static bool isAnyLeft(const QString& folder);

private:
    void goOn();
    void readNext();
    void push();
    void noteDurable(std::uint64_t number);
    void giveUp();
    void endFile();

    Intake& m_intake;
    QString m_folder;
    std::deque<std::unique_ptr<SpoolFile>> m_files;
    IntakeQueue* m_queue = nullptr; // while there is something to be read
    SourceAccount m_account;
    std::unique_ptr<EntryLineReader> m_reader;
    std::optional<LogBatch> m_batch; // of the first file, not pushed yet
    std::uint64_t m_end = 0; // where the first file goes on behind what was read
    std::uint64_t m_number = 0; // of the batch that is not on disk yet; 0: none
};

} // namespace vigie
