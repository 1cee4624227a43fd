// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/sharing/sharing.h"

#include "core/visibletext.h"
#include "gui/sharing/accessdialog.h"
#include "gui/sharing/appspage.h"
#include "gui/sharing/auditpage.h"
#include "gui/sharing/blockspage.h"
#include "gui/sharing/certificatedialog.h"
#include "gui/sharing/clientspage.h"
#include "gui/sharing/desktopnotifier.h"
#include "gui/sharing/joinbanner.h"
#include "gui/sharing/limitspage.h"
#include "gui/sharing/sharedialog.h"
#include "gui/widgets/theme.h"
#include "gui/sharing/tokendialog.h"
#include "gui/sharing/tokenspage.h"

#include <QAction>
#include <QApplication>
#include <QMessageBox>
#include <utility>

namespace vigie {

using namespace Qt::StringLiterals;

Sharing::Sharing(const Limits& limits, bool takesRequests, std::function<QStringList()> knownApplications, QWidget* window)
    : QObject(window), m_limits(limits), m_knownApplications(std::move(knownApplications)), m_window(window),
      m_share(new QAction(this)), m_stop(new QAction(this)), m_certificate(new QAction(this)), m_clients(new QAction(this)),
      m_tokens(new QAction(this)), m_audit(new QAction(this)), m_takesRequests(new QAction(this)), m_banner(new JoinBanner),
      m_notifier(new DesktopNotifier(this)), m_table(std::make_shared<const AccessTable>())
{
    m_share->setObjectName(u"actionShare"_s);
    m_share->setShortcut(Qt::CTRL | Qt::Key_S);
    m_stop->setObjectName(u"actionStopSharing"_s);
    m_clients->setObjectName(u"actionClients"_s);
    m_clients->setShortcut(Qt::CTRL | Qt::Key_U);
    m_tokens->setObjectName(u"actionTokens"_s);
    m_tokens->setShortcut(Qt::CTRL | Qt::Key_T);
    m_audit->setObjectName(u"actionAudit"_s);
    m_audit->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_A);
    m_stop->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_S);
    m_takesRequests->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_J);
    m_takesRequests->setObjectName(u"actionTakeRequests"_s);
    m_takesRequests->setCheckable(true);
    m_takesRequests->setChecked(takesRequests);
    m_stop->setEnabled(false);
    m_certificate->setObjectName(u"actionCertificate"_s);
    m_certificate->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_K);
    m_certificate->setEnabled(false);
    connect(m_certificate, &QAction::triggered, this, &Sharing::showCertificate);
    connect(m_share, &QAction::triggered, this, &Sharing::share);
    connect(m_stop, &QAction::triggered, this, [this] { Q_EMIT sharingChosen(false); });
    connect(m_clients, &QAction::triggered, this, [this] { access().open(access().clients()); });
    connect(m_tokens, &QAction::triggered, this, [this] { access().open(access().tokens()); });
    connect(m_audit, &QAction::triggered, this, [this] { access().open(access().audit()); });
    connect(m_takesRequests, &QAction::toggled, this, &Sharing::requestsChosen);
    connect(m_banner, &JoinBanner::answered, this, [this](const JoinRequest& request, JoinAnswer answer) {
        m_notifier->close(request.id);
        Q_EMIT joinAnswered(request, answer);
    });
    setIcons();
    retranslate();
}

QList<QAction*> Sharing::actions() const
{
    auto* first = new QAction(m_window);
    first->setSeparator(true);
    auto* second = new QAction(m_window);
    second->setSeparator(true);
    return {m_share, m_stop, m_certificate, first, m_clients, m_tokens, m_audit, second, m_takesRequests};
}

AccessDialog& Sharing::access()
{
    if (m_access)
        return *m_access;
    m_access = new AccessDialog(m_limits, m_window);
    connect(m_access, &AccessDialog::watched, this, &Sharing::accessWatched);
    connect(&m_access->clients(), &ClientsPage::disconnectRequested, this, &Sharing::disconnectWanted);
    connect(&m_access->clients(), &ClientsPage::blockRequested, this,
            [this](const QString& network, const QString& user, qint64 grantId) {
                if (grantId > 0)
                    Q_EMIT revokeWanted(grantId);
                Q_EMIT blockWanted(network, user);
            });
    connect(&m_access->tokens(), &TokensPage::addRequested, this, &Sharing::addToken);
    connect(&m_access->tokens(), &TokensPage::revokeRequested, this, &Sharing::revokeWanted);
    connect(&m_access->apps(), &AppsPage::addRequested, this, &Sharing::addAppWanted);
    connect(&m_access->apps(), &AppsPage::removeRequested, this, &Sharing::removeAppWanted);
    connect(&m_access->blocks(), &BlocksPage::unblockRequested, this, &Sharing::unblockWanted);
    connect(&m_access->audit(), &AuditPage::eventsWanted, this, &Sharing::auditWanted);
    connect(&m_access->audit(), &AuditPage::exportRequested, this, &Sharing::auditExportWanted);
    showAccess({m_table, {}});
    return *m_access;
}

QStringList Sharing::applications() const
{
    QStringList all = m_knownApplications();
    for (const std::string& app : m_table->apps) {
        if (const QString name = QString::fromStdString(app); !all.contains(name))
            all.append(name);
    }
    return all;
}

void Sharing::share()
{
    if (m_shareDialog)
        return m_shareDialog->raise();
    m_shareDialog = new ShareDialog(m_state, applications(), m_window);
    connect(m_shareDialog, &ShareDialog::sharingWanted, this, [this] { Q_EMIT sharingChosen(true); });
    connect(m_shareDialog, &ShareDialog::tokenWanted, this, [this](const TokenRequest& request) {
        m_shareTag = ++m_lastTag;
        Q_EMIT tokenWanted(m_shareTag, request);
    });
    m_shareDialog->open();
}

void Sharing::addToken()
{
    m_tokenDialog = new TokenDialog(applications(), m_access);
    connect(m_tokenDialog, &TokenDialog::tokenWanted, this, [this](const TokenRequest& request) {
        m_tokenTag = ++m_lastTag;
        Q_EMIT tokenWanted(m_tokenTag, request);
    });
    m_tokenDialog->open();
}

void Sharing::showCertificate()
{
    (new CertificateDialog(m_state.fingerprint, m_window))->open();
}

void Sharing::showListenState(const ListenState& state)
{
    m_state = state;
    // The window cannot undo sharing that the command line asked for.
    m_stop->setEnabled(state.isShared && state.isSharedByChoice);
    m_certificate->setEnabled(!state.fingerprint.isEmpty());
    if (m_shareDialog)
        m_shareDialog->showListenState(state);
}

void Sharing::showAccess(const AccessState& state)
{
    if (!state.table)
        return;
    m_table = state.table;
    if (!m_access)
        return;
    m_access->tokens().showTable(m_table);
    m_access->apps().showTable(m_table);
    m_access->blocks().showTable(m_table);
}

void Sharing::showClients(const ClientsPtr& clients)
{
    if (m_access)
        m_access->clients().showClients(clients);
}

void Sharing::showLimitHits(const LimitHits& counts)
{
    if (m_access)
        m_access->limits().showCounts(counts);
}

void Sharing::showAudit(const std::vector<AuditEvent>& events, qint64 inAll)
{
    if (m_access)
        m_access->audit().showEvents(events, inAll);
}

void Sharing::showToken(quint64 tag, const NewToken& token)
{
    if (m_shareDialog && tag == m_shareTag)
        m_shareDialog->showToken(token);
    else if (m_tokenDialog && tag == m_tokenTag)
        m_tokenDialog->showToken(token);
    else
        Q_EMIT revokeWanted(token.id); // nobody will ever see this token
}

void Sharing::showFailure(const QString& why)
{
    if (m_shareDialog)
        return m_shareDialog->showFailure(why);
    if (m_tokenDialog)
        return m_tokenDialog->showFailure(why);
    auto* box = new QMessageBox(QMessageBox::Warning, tr("Vigie"), why, QMessageBox::Ok,
                                m_access ? static_cast<QWidget*>(m_access) : m_window);
    box->setObjectName(u"failureBox"_s);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void Sharing::addJoinRequest(const JoinRequest& request)
{
    m_banner->add(request);
    QApplication::alert(m_window);
    // One line each, so that a name cannot pose as anything else.
    const auto shown = [](const std::string& text) {
        constexpr qsizetype max = 80;
        const QString all = visibleText(QString::fromStdString(text));
        return all.size() > max ? all.left(all[max - 1].isHighSurrogate() ? max - 1 : max) + u'…' : all;
    };
    const QStringList lines{tr("Name: %1"), tr("To read: %1"), tr("From: %1")};
    m_notifier->show(request.id, tr("Someone is asking for access"),
                     lines[0].arg(shown(request.userId)) + u'\n' + lines[1].arg(shown(request.appId)) + u'\n'
                         + lines[2].arg(shown(request.address)));
}

void Sharing::removeJoinRequest(quint64 id)
{
    m_banner->remove(id);
    m_notifier->close(id);
}

void Sharing::setIcons()
{
    m_share->setIcon(themedIcon(u"share"_s, m_window->palette()));
    m_clients->setIcon(themedIcon(u"person"_s, m_window->palette()));
}

void Sharing::retranslate()
{
    m_share->setText(tr("&Share…"));
    m_share->setIconText(tr("Share"));
    m_stop->setText(tr("S&top Sharing"));
    m_certificate->setText(tr("C&ertificate…"));
    m_clients->setText(tr("&Clients"));
    m_tokens->setText(tr("&Tokens and Invitations"));
    m_audit->setText(tr("&Audit"));
    m_takesRequests->setText(tr("&Let Colleagues Ask for Access"));
}

} // namespace vigie
