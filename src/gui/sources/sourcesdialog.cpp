// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/sources/sourcesdialog.h"

#include "gui/sources/setuppage.h"
#include "gui/sources/sourcespage.h"

#include <QDialogButtonBox>
#include <QEvent>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

namespace vigie {

using namespace Qt::StringLiterals;

SourcesDialog::SourcesDialog(QWidget* parent)
    : QDialog(parent), m_tabs(new QTabWidget), m_sources(new SourcesPage), m_setup(new SetupPage)
{
    setObjectName(u"sourcesDialog"_s);
    m_tabs->setObjectName(u"sourcesTabs"_s);
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_sources, QString());
    m_tabs->addTab(m_setup, QString());
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    // Enter in the list shows a source's log, and does not close.
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    buttons->button(QDialogButtonBox::Close)->setDefault(false);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_sources, &SourcesPage::addWanted, this, [this] { m_tabs->setCurrentWidget(m_setup); });
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 12, 12);
    column->addWidget(m_tabs, 1);
    column->addWidget(buttons);
    setMinimumSize(520, 340);
    resize(1080, 480);
    retranslate();
}

void SourcesDialog::open(QWidget& page)
{
    m_tabs->setCurrentWidget(&page);
    show();
    raise();
    activateWindow();
}

void SourcesDialog::showEvent(QShowEvent* event)
{
    QDialog::showEvent(event);
    Q_EMIT watched(true);
}

void SourcesDialog::hideEvent(QHideEvent* event)
{
    QDialog::hideEvent(event);
    Q_EMIT watched(false);
}

void SourcesDialog::retranslate()
{
    setWindowTitle(tr("Sources"));
    m_tabs->setTabText(0, tr("Sources"));
    m_tabs->setTabText(1, tr("Add a Source"));
}

void SourcesDialog::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QDialog::changeEvent(event);
}

} // namespace vigie
