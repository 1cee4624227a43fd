// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/logcommands.h"

#include "core/visibletext.h"
#include "gui/logs/deletedialog.h"
#include "gui/logs/entrymenu.h"
#include "gui/logs/exportdialog.h"
#include "gui/logs/highlights.h"
#include "gui/logs/logactions.h"
#include "gui/logs/logfilters.h"
#include "gui/logs/logmodel.h"
#include "gui/logs/storedcounts.h"

#include <QAction>
#include <QInputDialog>
#include <QMenu>
#include <QMessageBox>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

/// Names and values are no shortcuts.
QString menuText(const QString& text)
{
    return visibleText(text).replace(u'&', u"&&"_s);
}

QInputDialog* askForText(const QString& name, const QString& title, const QString& label, const QString& text, QWidget* parent)
{
    auto* dialog = new QInputDialog(parent);
    dialog->setObjectName(name);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    dialog->setLabelText(label);
    dialog->setTextValue(text);
    return dialog;
}

} // namespace

LogCommands::LogCommands(const Parts& parts, QWidget& panel) : QObject(&panel), m_parts(parts), m_panel(panel)
{
    const LogActions& actions = parts.actions;
    connect(actions.wrapLines, &QAction::toggled, this, [this](bool wraps) {
        LogViewSettings settings = m_settings;
        settings.wrapsLines = wraps;
        change(settings);
    });
    connect(actions.showHighlights, &QAction::triggered, this, &LogCommands::showHighlights);
    connect(actions.deleteStored, &QAction::triggered, this, &LogCommands::askToDelete);
    connect(actions.exportEntries, &QAction::triggered, this, &LogCommands::exportEntries);
    connect(actions.saveSearch, &QAction::triggered, this, &LogCommands::askForName);
    connect(&parts.filters, &LogFilters::changed, this,
            [this] { m_parts.actions.saveSearch->setEnabled(m_parts.filters.choice() != LogChoice()); });
    connect(actions.searchesMenu, &QMenu::aboutToShow, this, &LogCommands::fillSearches);
}

void LogCommands::setHistory(History* history)
{
    m_history = history;
    m_parts.actions.exportEntries->setEnabled(history);
}

void LogCommands::setSettings(const LogViewSettings& settings)
{
    m_settings = settings;
    m_parts.actions.wrapLines->setChecked(settings.wrapsLines);
    m_parts.actions.showHighlights->setEnabled(!settings.highlights.isEmpty());
    Q_EMIT settingsShown();
}

void LogCommands::change(const LogViewSettings& settings)
{
    if (settings == m_settings)
        return;
    setSettings(settings);
    Q_EMIT settingsChanged();
}

void LogCommands::showMenu(const LogEntryRef& entry, const QPoint& globalPlace)
{
    auto* menu = new EntryMenu(entry, m_history, m_parts.actions.wrapLines, &m_panel);
    connect(menu, &EntryMenu::filterChosen, &m_parts.filters, &LogFilters::add);
    connect(menu, &EntryMenu::momentWanted, this, &LogCommands::momentWanted);
    connect(menu, &EntryMenu::traceWanted, this, &LogCommands::traceWanted);
    connect(menu, &EntryMenu::highlightWanted, this, &LogCommands::askForHighlight);
    menu->popup(globalPlace);
}

void LogCommands::askForHighlight(const QString& text)
{
    if (!m_settings.hasRoomForRule())
        return showHighlights(); // which says so
    QInputDialog* const dialog = askForText(u"highlightDialog"_s, tr("Highlight"),
                                            tr("Highlight entries whose message or metadata contain:"), text, &m_panel);
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString& chosen) {
        LogViewSettings settings = m_settings;
        settings.highlight(chosen);
        change(settings);
    });
    dialog->open();
}

void LogCommands::showHighlights()
{
    auto* dialog = new HighlightsDialog(m_settings.highlights, &m_panel);
    connect(dialog, &HighlightsDialog::rulesChanged, this, [this](const QList<HighlightRule>& rules) {
        LogViewSettings settings = m_settings;
        settings.highlights = rules;
        change(settings);
    });
    dialog->open();
}

void LogCommands::askForName()
{
    const LogChoice choice = m_parts.filters.choice();
    QInputDialog* const dialog = askForText(u"saveSearchDialog"_s, tr("Save Search"), tr("Name of the search:"),
                                            QString::fromStdString(choice.search), &m_panel);
    connect(dialog, &QInputDialog::textValueSelected, this, [this, choice](const QString& name) {
        LogViewSettings settings = m_settings;
        if (name.isEmpty())
            return;
        settings.save({name, choice}) ? change(settings) : sayThatSearchesAreFull();
    });
    dialog->open();
}

void LogCommands::sayThatSearchesAreFull()
{
    auto* box = new QMessageBox(QMessageBox::Information, tr("Save Search"),
                                tr("There are %1 saved searches, as many as there can be.").arg(LogViewSettings::maxSearches),
                                QMessageBox::Ok, &m_panel);
    box->setObjectName(u"searchesFullBox"_s);
    box->setInformativeText(tr("Delete one of them first, or give this one the name of one that it replaces."));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void LogCommands::fillSearches()
{
    QMenu* const menu = m_parts.actions.searchesMenu;
    delete menu->findChild<QMenu*>(u"deleteSearchMenu"_s);
    menu->clear();
    menu->addAction(m_parts.actions.saveSearch);
    if (m_settings.searches.isEmpty())
        return;
    menu->addSeparator();
    for (const SavedSearch& search : std::as_const(m_settings.searches))
        menu->addAction(menuText(search.name), this, [this, choice = search.choice] { m_parts.filters.setChoice(choice); });
    menu->addSeparator();
    QMenu* const remove = menu->addMenu(tr("&Delete"));
    remove->setObjectName(u"deleteSearchMenu"_s);
    for (const SavedSearch& search : std::as_const(m_settings.searches)) {
        remove->addAction(menuText(search.name), this, [this, name = search.name] {
            LogViewSettings settings = m_settings;
            settings.searches.removeIf([&name](const SavedSearch& one) { return one.name == name; });
            change(settings);
        });
    }
}

void LogCommands::askToDelete()
{
    const QString appId = QString::fromStdString(m_parts.filters.choice().appId);
    if (appId.isEmpty())
        return;
    auto* dialog = new DeleteDialog(appId, m_history, &m_panel);
    connect(dialog, &DeleteDialog::confirmed, this, [this, appId] { Q_EMIT deleteConfirmed(appId); });
    dialog->open();
}

void LogCommands::exportEntries()
{
    if (!m_history)
        return;
    ExportDialog::Scope scope{m_parts.model.applications(), m_parts.model.choice(), std::nullopt};
    const std::optional<LevelCounts> stored = m_parts.counts.of(scope.choice.appId);
    if (stored && scope.choice.isByLevelOnly()) {
        quint64 total = 0;
        for (std::size_t i = 0; i < stored->size(); ++i)
            total += scope.choice.severities.test(i) ? (*stored)[i] : 0;
        scope.total = total;
    }
    askAndExport(*m_history, scope, &m_panel);
}

void LogCommands::retranslate()
{
    fillSearches();
}

} // namespace vigie
