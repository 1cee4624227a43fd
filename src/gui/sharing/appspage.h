// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/access.h"
#include "gui/widgets/recordpage.h"

namespace vigie {

/// The applications that tokens can be issued for.
class AppsPage : public RecordPage
{
    Q_OBJECT

public:
    explicit AppsPage(QWidget* parent = nullptr);

    void showTable(const AccessTablePtr& table);

Q_SIGNALS:
    void addRequested(QString appId);
    /// Removes its tokens, too.
    void removeRequested(QString appId);

protected:
    void retranslate() override;

private:
    void add();
    void refuse();
    void remove();

    AccessTablePtr m_access;
    QPushButton* m_add;
    QPushButton* m_remove;
};

} // namespace vigie
