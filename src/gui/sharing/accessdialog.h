// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QTabWidget;

namespace vigie {

class AppsPage;
class AuditPage;
class BlocksPage;
class ClientsPage;
class LimitsPage;
class TokensPage;
struct Limits;

/// Manages access: one page each for clients, tokens, applications, blocked addresses, the audit log and the limits. Stays open
/// beside the window.
class AccessDialog : public QDialog
{
    Q_OBJECT

public:
    AccessDialog(const Limits& limits, QWidget* parent);

    ClientsPage& clients() { return *m_clients; }
    TokensPage& tokens() { return *m_tokens; }
    AppsPage& apps() { return *m_apps; }
    BlocksPage& blocks() { return *m_blocks; }
    AuditPage& audit() { return *m_audit; }
    LimitsPage& limits() { return *m_limits; }

    void open(QWidget& page);

Q_SIGNALS:
    /// The dialog was shown or hidden.
    void watched(bool isWatched);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    QTabWidget* m_tabs;
    ClientsPage* m_clients;
    TokensPage* m_tokens;
    AppsPage* m_apps;
    BlocksPage* m_blocks;
    AuditPage* m_audit;
    LimitsPage* m_limits;
};

} // namespace vigie
