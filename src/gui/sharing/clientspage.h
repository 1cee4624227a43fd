// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clientinfo.h"
#include "gui/widgets/recordpage.h"

namespace vigie {

/// The WebSocket clients: their traffic, how far they are behind, and buttons to disconnect or block them.
class ClientsPage : public RecordPage
{
    Q_OBJECT

public:
    explicit ClientsPage(QWidget* parent = nullptr);

    void showClients(const ClientsPtr& clients);

Q_SIGNALS:
    void disconnectRequested(quint64 id);
    /// Blocks the client's address, and revokes its token if it has one.
    void blockRequested(QString network, QString userId, qint64 grantId);

protected:
    void retranslate() override;
    void updateButtons() override;

private:
    const ClientInfo* chosen();
    void block();

    ClientsPtr m_clients;
    QPushButton* m_disconnect;
    QPushButton* m_block;
};

} // namespace vigie
