// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/history.h"
#include "storage/historyjob.h"

#include <QObject>

namespace vigie {

/// The store's history, as the thread it lives on sees it: questions leave by a signal, answers come back by a slot
/// and are told from the event loop. An answer that has not come when this goes is never told.
class StoreHistory : public QObject, public History
{
    Q_OBJECT

public:
    using QObject::QObject;

    void query(HistoryQuery query, std::function<void(HistoryPage)> done) override;
    void replay(std::string appId, std::uint64_t afterSequence, std::size_t maxBytes,
                std::function<void(ReplayPage)> done) override;
    void find(std::string appId, std::string id,
              std::function<void(std::optional<std::uint64_t>)> done) override;

public Q_SLOTS:
    void deliver(const vigie::HistoryAnswer& answer) { answer(); }

Q_SIGNALS:
    void asked(vigie::HistoryJob job);
};

} // namespace vigie
