// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/settings/settingsdialog.h"

#include "gui/settings/settingspages.h"
#include "gui/settings/sourcesettingspage.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QListWidget>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace vigie {

using namespace Qt::StringLiterals;

SettingsDialog::SettingsDialog(const Settings& settings, const SourceSettings& sources, const SettingsOverrides& overrides,
                               bool hasTray, QWidget* parent)
    : QDialog(parent), m_language(settings.language), m_list(new QListWidget), m_pages(new QStackedWidget),
      m_network(new NetworkSettings(settings, overrides)), m_sources(new SourceSettingsPage(sources))
{
    setObjectName(u"settingsDialog"_s);
    setWindowTitle(tr("Settings"));
    m_list->setObjectName(u"settingsList"_s);
    m_list->setAccessibleName(tr("Pages"));
    addPage(tr("General"), new GeneralSettings(settings, overrides, hasTray));
    addPage(tr("Measuring and History"), new HistorySettings(settings, overrides));
    addPage(tr("Network"), m_network);
    addPage(tr("Sources"), m_sources);
    addPage(tr("Limits"), new LimitSettings(settings, overrides));
    m_list->setFixedWidth(m_list->sizeHintForColumn(0) + 2 * m_list->frameWidth() + 16);
    connect(m_list, &QListWidget::currentRowChanged, m_pages, &QStackedWidget::setCurrentIndex);
    connect(m_network, &NetworkSettings::portChosen, this, &SettingsDialog::portChosen);
    connect(m_sources, &SourceSettingsPage::changeWanted, this, &SettingsDialog::sourceChangeWanted);
    m_list->setCurrentRow(0);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    // Enter in a field takes its value, and does not close.
    buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    buttons->button(QDialogButtonBox::Close)->setDefault(false);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* row = new QHBoxLayout;
    row->addWidget(m_list);
    row->addWidget(m_pages, 1);
    auto* column = new QVBoxLayout(this);
    column->addLayout(row, 1);
    column->addWidget(buttons);
    setMinimumSize(520, 360);
    resize(720, 520);
}

void SettingsDialog::addPage(const QString& name, SettingsPage* page)
{
    m_list->addItem(name);
    m_pages->addWidget(page);
    m_all.append(page);
    connect(page, &SettingsPage::edited, this, &SettingsDialog::edited);
}

void SettingsDialog::showSettings(const Settings& settings)
{
    for (SettingsPage* page : std::as_const(m_all))
        page->showSettings(settings);
}

void SettingsDialog::showSources(const SourceSettings& settings, const QString& problem)
{
    m_sources->showSources(settings, problem);
}

void SettingsDialog::openSources()
{
    m_list->setCurrentRow(m_pages->indexOf(m_sources));
}

void SettingsDialog::showListenState(const ListenState& state)
{
    m_network->showListenState(state);
}

} // namespace vigie
