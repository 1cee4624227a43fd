// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/sharing/clientspage.h"

#include "core/units.h"
#include "gui/sharing/accesstexts.h"

#include <QMessageBox>
#include <QPushButton>
#include <algorithm>

namespace vigie {

using namespace Qt::StringLiterals;

ClientsPage::ClientsPage(QWidget* parent)
    : RecordPage(u"clientsPage"_s, parent), m_clients(std::make_shared<const std::vector<ClientInfo>>()),
      m_disconnect(addButton(u"disconnectButton"_s, true)), m_block(addButton(u"blockButton"_s, true))
{
    connect(m_disconnect, &QPushButton::clicked, this, [this] {
        if (const ClientInfo* client = chosen())
            Q_EMIT disconnectRequested(client->id);
    });
    connect(m_block, &QPushButton::clicked, this, &ClientsPage::block);
    retranslate();
    table().sortByColumn(0, Qt::AscendingOrder);
}

void ClientsPage::showClients(const ClientsPtr& clients)
{
    m_clients = clients;
    const QLocale locale;
    QList<RecordTable::Record> records;
    records.reserve(qsizetype(clients->size()));
    for (const ClientInfo& client : *clients) {
        const QString role = !client.isSignedIn ? tr("Not signed in")
                             : client.role      ? roleText(*client.role)
                                                : tr("No token needed");
        const QString lag = client.entriesBehind > 0
                                ? tr("%Ln entry(s)", nullptr, int(std::min<std::uint64_t>(client.entriesBehind, 1'000'000'000)))
                            : client.unsentBytes > 0 ? bytesText(double(client.unsentBytes), locale)
                                                     : tr("None", "lag");
        records.append({QVariant::fromValue<qulonglong>(client.id),
                        {{QString::fromStdString(client.userId)},
                         {QString::fromStdString(client.appId)},
                         {role},
                         {QString::fromStdString(client.address)},
                         {whenText(client.sinceMs), qlonglong(client.sinceMs)},
                         {rateText(client.inBytesPerSecond, locale), client.inBytesPerSecond},
                         {rateText(client.outBytesPerSecond, locale), client.outBytesPerSecond},
                         {lag, double(client.entriesBehind) * 1e12 + double(client.unsentBytes)}},
                        !client.isSignedIn});
    }
    setRecords(records);
}

const ClientInfo* ClientsPage::chosen()
{
    const QVariant key = table().chosenKey();
    const auto found = std::find_if(m_clients->begin(), m_clients->end(),
                                    [&key](const ClientInfo& client) { return key.isValid() && client.id == key.toULongLong(); });
    return found == m_clients->end() ? nullptr : &*found;
}

void ClientsPage::block()
{
    const ClientInfo* const client = chosen();
    if (!client)
        return;
    const QString network = QString::fromStdString(client->network);
    auto* box = new QMessageBox(QMessageBox::Warning, tr("Block"), tr("Block %1?").arg(network), QMessageBox::Cancel, this);
    box->setObjectName(u"blockBox"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(client->grantId > 0
                                ? tr("Nobody at this address can connect any more, and this client's token is revoked.")
                                : tr("Nobody at this address can connect any more."));
    QPushButton* const yes = box->addButton(tr("Block"), QMessageBox::AcceptRole);
    connect(yes, &QPushButton::clicked, this,
            [this, network, user = QString::fromStdString(client->userId), grantId = client->grantId] {
                Q_EMIT blockRequested(network, user, grantId);
            });
    box->open();
}

void ClientsPage::updateButtons()
{
    const ClientInfo* const client = chosen();
    m_disconnect->setEnabled(client);
    m_block->setEnabled(client && !client->network.empty());
    m_block->setToolTip(client && client->network.empty() ? tr("Programs on this machine cannot be blocked by address.")
                                                          : QString());
}

void ClientsPage::retranslate()
{
    table().setColumns({tr("User"), tr("Application"), tr("Role"), tr("Address"), tr("Since"), tr("In"), tr("Out"), tr("Lag")},
                       {5, 6, 7});
    table().setAccessibleName(tr("Clients"));
    m_disconnect->setText(tr("&Disconnect"));
    m_block->setText(tr("&Block…"));
    setNothingText(tr("Nobody is connected."));
    showClients(m_clients);
}

} // namespace vigie
