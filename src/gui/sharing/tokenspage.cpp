// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/sharing/tokenspage.h"

#include "gui/sharing/accesstexts.h"

#include <QCheckBox>
#include <QDateTime>
#include <QPushButton>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

/// When the grant ends, for sorting; far in the future if it never expires.
qlonglong endOf(const Grant& grant)
{
    return grant.revokedMs.value_or(grant.expiresMs.value_or(std::numeric_limits<std::int64_t>::max()));
}

} // namespace

TokensPage::TokensPage(QWidget* parent)
    : RecordPage(u"tokensPage"_s, parent), m_access(std::make_shared<const AccessTable>()),
      m_add(addButton(u"addTokenButton"_s, false)), m_showsOld(new QCheckBox)
{
    m_showsOld->setObjectName(u"showOldTokens"_s);
    addAtEnd(m_showsOld);
    connect(m_add, &QPushButton::clicked, this, &TokensPage::addRequested);
    connect(&table(), &RecordTable::buttonClicked, this,
            [this](const QVariant& key) { Q_EMIT revokeRequested(key.toLongLong()); });
    connect(m_showsOld, &QCheckBox::toggled, this, [this] { showTable(m_access); });
    retranslate();
    table().sortByColumn(4, Qt::DescendingOrder);
}

void TokensPage::showTable(const AccessTablePtr& access)
{
    m_access = access;
    const std::int64_t nowMs = QDateTime::currentMSecsSinceEpoch();
    QList<RecordTable::Record> records;
    for (const Grant& grant : access->grants) {
        const bool isGood = grant.isGood(nowMs);
        if (!isGood && !m_showsOld->isChecked())
            continue;
        const QString until = grant.revokedMs ? tr("Revoked %1").arg(whenText(grant.revokedMs))
            : !isGood                         ? tr("Expired %1").arg(whenText(grant.expiresMs))
            : grant.expiresMs                 ? whenText(grant.expiresMs)
                                              : tr("Until revoked");
        records.append(
            {qlonglong(grant.id),
             {{QString::fromStdString(grant.userId)},
              {appText(grant.appId)},
              {roleText(grant.role)},
              {originText(grant.origin)},
              {whenText(grant.createdMs), qlonglong(grant.createdMs)},
              {grant.lastUsedMs ? whenText(grant.lastUsedMs) : tr("Never"), qlonglong(grant.lastUsedMs.value_or(0))},
              {until, endOf(grant)},
              {}},
             !isGood,
             isGood ? tr("Revoke: %1, %2").arg(QString::fromStdString(grant.userId), appText(grant.appId)) : QString()});
    }
    setRecords(records);
}

void TokensPage::retranslate()
{
    table().setColumns(
        {tr("User"), tr("Application"), tr("Role"), tr("Kind"), tr("Added"), tr("Last used"), tr("Valid until"), QString()});
    table().setButtons(tr("Revoke"), tr("It stops working at once, and whoever is connected with it is disconnected"));
    table().setAccessibleName(tr("Tokens and invitations"));
    m_add->setText(tr("&Add Token…"));
    m_showsOld->setText(tr("Show expired and revoked"));
    setNothingText(tr("There are no tokens or invitations."));
    showTable(m_access);
}

} // namespace vigie
