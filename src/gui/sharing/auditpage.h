// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/access.h"
#include "gui/widgets/recordpage.h"

#include <vector>

class QLineEdit;

namespace vigie {

/// The audit log: sign-ins, refusals and changes, the newest first.
class AuditPage : public RecordPage
{
    Q_OBJECT

public:
    explicit AuditPage(QWidget* parent = nullptr);

    /// Oldest first: the newest of `inAll` events.
    void showEvents(std::vector<AuditEvent> events, qint64 inAll);

Q_SIGNALS:
    /// Emitted when the page is shown, and every two seconds while it is visible.
    void eventsWanted();
    /// Exports the whole log as JSON lines.
    void exportRequested(QString path);

protected:
    void retranslate() override;
    void showEvent(QShowEvent* event) override;
    void timerEvent(QTimerEvent* event) override;

private:
    void list();
    void chooseFile();

    std::vector<AuditEvent> m_events;
    qint64 m_inAll = 0;
    QPushButton* m_export;
    QLineEdit* m_find;
};

} // namespace vigie
