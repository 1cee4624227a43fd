// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/sharing/blockspage.h"

#include "gui/sharing/accesstexts.h"

#include <QPushButton>

namespace vigie {

using namespace Qt::StringLiterals;

BlocksPage::BlocksPage(QWidget* parent)
    : RecordPage(u"blocksPage"_s, parent), m_access(std::make_shared<const AccessTable>()),
      m_unblock(addButton(u"unblockButton"_s, true))
{
    connect(m_unblock, &QPushButton::clicked, this, [this] { Q_EMIT unblockRequested(table().chosenKey().toString()); });
    retranslate();
    table().sortByColumn(2, Qt::DescendingOrder);
}

void BlocksPage::showTable(const AccessTablePtr& access)
{
    m_access = access;
    QList<RecordTable::Record> records;
    for (const Block& block : access->blocks) {
        const QString network = QString::fromStdString(block.network);
        records.append(
            {network,
             {{network}, {QString::fromStdString(block.userId)}, {whenText(block.createdMs), qlonglong(block.createdMs)}}});
    }
    setRecords(records);
}

void BlocksPage::retranslate()
{
    table().setColumns({tr("Address"), tr("Known as"), tr("Since")});
    table().setAccessibleName(tr("Blocked addresses"));
    m_unblock->setText(tr("&Unblock"));
    setNothingText(tr("No address is blocked."));
    showTable(m_access);
}

} // namespace vigie
