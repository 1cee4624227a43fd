// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/access.h"
#include "gui/widgets/recordpage.h"

class QCheckBox;

namespace vigie {

/// The issued tokens and invitations, with a button to revoke each.
class TokensPage : public RecordPage
{
    Q_OBJECT

public:
    explicit TokensPage(QWidget* parent = nullptr);

    void showTable(const AccessTablePtr& table);

Q_SIGNALS:
    void addRequested();
    void revokeRequested(qint64 id);

protected:
    void retranslate() override;

private:
    AccessTablePtr m_access;
    QPushButton* m_add;
    QCheckBox* m_showsOld;
};

} // namespace vigie
