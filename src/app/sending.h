// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/bytepump.h"
#include "app/datafolder.h"
#include "app/deliverer.h"
#include "app/printrecorder.h"
#include "sources/spoolfile.h"

#include <QObject>
#include <QTimer>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace vigie {

/// The way of what programs print to a Vigie: read, made into entries, spooled, delivered. Nothing on it waits for what follows. One
/// thread, that of an event loop.
class Sending : public QObject
{
    Q_OBJECT

public:
    Sending(const DataFolder& folder, const SpoolTarget& target, std::uint64_t spoolBytes);
    ~Sending() override;

    /// Reads one more stream: as BytePump::read(), with `members` as for PrintRecorder.
    void addStream(int from, int copyTo, std::string members);
    /// Reads what is there already, and then no more.
    void stopReading() { m_pump.finishSoon(); }
    bool isInputAtEnd() const { return m_isInputAtEnd; }

    /// Delivers what is left, as long as that goes on and nobody else would do it. done() follows, perhaps at once. After inputEnded().
    void finish();
    /// Does not wait for the network any more. done() follows at once where finish() was called.
    void hurry();
    /// Says on the standard error what was not delivered, and leaves it to others. False: something is lost. Last of all.
    bool settle();

Q_SIGNALS:
    /// All streams are at their end, and all of them is spooled.
    void inputEnded();
    void done();

private:
    void takeBytes();
    void giveSilent();
    void spool();
    void armSilence();
    bool isTakenUp();
    void noteProgress();
    void noteFailure(Deliverer::Failure how);

    DataFolder m_folder;
    std::string m_appId;
    std::string m_userId;
    std::unique_ptr<SpoolFile> m_spool;
    std::unique_ptr<Deliverer> m_deliverer;
    std::vector<std::unique_ptr<PrintRecorder>> m_recorders; // by stream
    QTimer m_silence; // until an entry has waited long enough for more of it
    QTimer m_patience; // with a Vigie that takes nothing, at the end
    QTimer m_longest; // that somebody waits for the end while the Vigie of this machine would take up the rest
    std::uint64_t m_dropped = 0;
    bool m_isInputAtEnd = false;
    bool m_isFinishing = false;
    bool m_hurries = false;
    BytePump m_pump; // the first to end
};

} // namespace vigie
