// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/datafolder.h"
#include "sources/spoolfile.h"

#include <QNetworkAccessManager>
#include <QObject>
#include <QTimer>
#include <QUrl>
#include <cstdint>
#include <memory>
#include <vector>

class QNetworkReply;

namespace vigie {

/// Posts what is spooled for one target to its Vigie, one request at a time, until it is there; also what ended commands left for the
/// same target, after our own. Finds the Vigie of this machine by the socket in the data folder. One thread, that of an event loop.
class Deliverer : public QObject
{
    Q_OBJECT

public:
    /// How an attempt failed.
    enum class Failure {
        Nobody, ///< no Vigie runs on the data folder
        Network, ///< it may be better in a moment
        Refused ///< somebody has to do something about it
    };

    /// `own` must outlive it.
    Deliverer(const DataFolder& folder, SpoolFile& own);
    ~Deliverer() override;

    /// There may be something to deliver.
    void wake();
    bool isDone() const { return m_own.isEmpty() && m_left.empty() && !m_reply; }
    /// Why nothing is delivered, for people; empty: it is.
    const QString& problem() const { return m_problem; }
    /// Entries that Vigie took out of what it got.
    std::uint64_t refusedEntries() const { return m_refusedEntries; }

Q_SIGNALS:
    /// Some more is there.
    void progressed();
    /// An attempt failed; another follows.
    void failed(vigie::Deliverer::Failure how);

private:
    SpoolFile* next();
    bool findVigie();
    void post(SpoolFile& spool);
    void finishPost();
    void fail(Failure how, const QString& why, int retryMs);
    int nextPauseMs();

    DataFolder m_folder;
    SpoolFile& m_own;
    std::vector<std::unique_ptr<SpoolFile>> m_left;
    QNetworkAccessManager m_network;
    QTimer m_retry;
    QUrl m_url; // of the Vigie; empty: not found
    QNetworkReply* m_reply = nullptr;
    SpoolFile* m_spool = nullptr; // of the request
    std::uint64_t m_end = 0; // of what the request holds
    int m_pauseMs = 0;
    QString m_problem;
    std::uint64_t m_refusedEntries = 0;
};

} // namespace vigie
