// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/sharing/accessdialog.h"

#include "gui/sharing/appspage.h"
#include "gui/sharing/auditpage.h"
#include "gui/sharing/blockspage.h"
#include "gui/sharing/clientspage.h"
#include "gui/sharing/limitspage.h"
#include "gui/sharing/tokenspage.h"

#include <QDialogButtonBox>
#include <QEvent>
#include <QTabWidget>
#include <QVBoxLayout>

namespace vigie {

using namespace Qt::StringLiterals;

AccessDialog::AccessDialog(const Limits& limits, QWidget* parent)
    : QDialog(parent), m_tabs(new QTabWidget), m_clients(new ClientsPage), m_tokens(new TokensPage), m_apps(new AppsPage),
      m_blocks(new BlocksPage), m_audit(new AuditPage), m_limits(new LimitsPage(limits))
{
    setObjectName(u"accessDialog"_s);
    m_tabs->setObjectName(u"accessTabs"_s);
    m_tabs->setDocumentMode(true);
    for (QWidget* page : std::initializer_list<QWidget*>{m_clients, m_tokens, m_apps, m_blocks, m_audit, m_limits})
        m_tabs->addTab(page, QString());
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 12, 12);
    column->addWidget(m_tabs, 1);
    column->addWidget(buttons);
    setMinimumSize(580, 340);
    resize(1040, 480);
    retranslate();
}

void AccessDialog::open(QWidget& page)
{
    m_tabs->setCurrentWidget(&page);
    show();
    raise();
    activateWindow();
}

void AccessDialog::showEvent(QShowEvent* event)
{
    QDialog::showEvent(event);
    Q_EMIT watched(true);
}

void AccessDialog::hideEvent(QHideEvent* event)
{
    QDialog::hideEvent(event);
    Q_EMIT watched(false);
}

void AccessDialog::retranslate()
{
    setWindowTitle(tr("Clients and Access"));
    const QString names[] = {tr("Clients"), tr("Tokens"), tr("Applications"), tr("Blocked"), tr("Audit"), tr("Limits")};
    for (int i = 0; i < m_tabs->count(); ++i)
        m_tabs->setTabText(i, names[i]);
}

void AccessDialog::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QDialog::changeEvent(event);
}

} // namespace vigie
