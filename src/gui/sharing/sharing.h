// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/access.h"
#include "core/activity.h"
#include "core/clientinfo.h"
#include "core/joinrequest.h"
#include "core/limits.h"

#include <QObject>
#include <QPointer>
#include <QStringList>
#include <functional>
#include <vector>

class QAction;
class QMenu;
class QWidget;

namespace vigie {

class AccessDialog;
class DesktopNotifier;
class JoinBanner;
class ShareDialog;
class TokenDialog;

/// The window's sharing features: its menu and dialogs, and the banner for access requests. Shows the state it is given and emits
/// what the owner wants. GUI thread.
class Sharing : public QObject
{
    Q_OBJECT

public:
    /// Dialogs belong to `window`. `knownApplications`: those that have sent logs, the likeliest first.
    Sharing(const Limits& limits, bool takesRequests, std::function<QStringList()> knownApplications, QWidget* window);

    /// The menu's actions.
    QList<QAction*> actions() const;
    QAction* shareAction() const { return m_share; }
    /// To be placed in the window.
    JoinBanner* banner() const { return m_banner; }

    void setIcons();
    void retranslate();

public Q_SLOTS:
    void showListenState(const vigie::ListenState& state);
    void showAccess(const vigie::AccessState& state);
    void showClients(const vigie::ClientsPtr& clients);
    void showLimitHits(const vigie::LimitHits& counts);
    void showAudit(const std::vector<vigie::AuditEvent>& events, qint64 inAll);
    void showToken(quint64 tag, const vigie::NewToken& token);
    /// An action of the owner failed.
    void showFailure(const QString& why);
    void addJoinRequest(const vigie::JoinRequest& request);
    void removeJoinRequest(quint64 id);

Q_SIGNALS:
    void sharingChosen(bool isShared);
    void requestsChosen(bool areTaken);
    void tokenWanted(quint64 tag, vigie::TokenRequest request);
    void revokeWanted(qint64 id);
    void addAppWanted(QString appId);
    void removeAppWanted(QString appId);
    void disconnectWanted(quint64 clientId);
    void blockWanted(QString network, QString userId);
    void unblockWanted(QString network);
    void auditWanted();
    void auditExportWanted(QString path);
    void joinAnswered(vigie::JoinRequest request, vigie::JoinAnswer answer);
    /// Whether the owner is looking at the clients and tokens.
    void accessWatched(bool isWatched);

private:
    void share();
    void addToken();
    void showCertificate();
    AccessDialog& access();
    QStringList applications() const;

    Limits m_limits;
    std::function<QStringList()> m_knownApplications;
    QWidget* m_window;
    QAction* m_share;
    QAction* m_stop;
    QAction* m_certificate;
    QAction* m_clients;
    QAction* m_tokens;
    QAction* m_audit;
    QAction* m_takesRequests;
    JoinBanner* m_banner;
    DesktopNotifier* m_notifier;
    ListenState m_state;
    AccessTablePtr m_table;
    AccessDialog* m_access = nullptr; // made on first use
    QPointer<ShareDialog> m_shareDialog;
    QPointer<TokenDialog> m_tokenDialog;
    quint64 m_shareTag = 0; // of the token that the dialog waits for; 0: none
    quint64 m_tokenTag = 0;
    quint64 m_lastTag = 0;
};

} // namespace vigie
