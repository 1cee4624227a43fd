// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/access.h"
#include "gui/widgets/recordpage.h"

namespace vigie {

/// The blocked addresses.
class BlocksPage : public RecordPage
{
    Q_OBJECT

public:
    explicit BlocksPage(QWidget* parent = nullptr);

    void showTable(const AccessTablePtr& table);

Q_SIGNALS:
    void unblockRequested(QString network);

protected:
    void retranslate() override;

private:
    AccessTablePtr m_access;
    QPushButton* m_unblock;
};

} // namespace vigie
