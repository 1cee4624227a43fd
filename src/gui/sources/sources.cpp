// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/sources/sources.h"

#include "gui/sources/setuppage.h"
#include "gui/sources/sourcesdialog.h"
#include "gui/sources/sourcespage.h"
#include "gui/sources/watchedfilesdialog.h"
#include "gui/widgets/theme.h"

#include <QAction>
#include <QDateTime>
#include <QRegularExpression>
#include <QWidget>
#include <algorithm>
#include <chrono>
#include <utility>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

/// Whether the pattern of watched files means this path: a star stands for no slash.
bool means(const WatchedFiles& files, const QString& path)
{
    return files.pattern == path || QRegularExpression(QRegularExpression::wildcardToRegularExpression(files.pattern)).match(path).hasMatch();
}

} // namespace

Sources::Sources(QWidget* window) : QObject(window), m_window(window), m_action(new QAction(window)), m_add(new QAction(window))
{
    m_action->setObjectName(u"actionSources"_s);
    m_action->setShortcut(Qt::Key_F9);
    m_timer.setInterval(std::chrono::seconds(1));
    m_clock.start();
    connect(&m_timer, &QTimer::timeout, this, &Sources::look);
    connect(m_action, &QAction::triggered, this, &Sources::open);
    m_add->setObjectName(u"actionAddSource"_s);
    m_add->setShortcut(Qt::SHIFT | Qt::Key_F9);
    connect(m_add, &QAction::triggered, this, &Sources::openSetup);
    setIcons();
    retranslate();
}

SourcesDialog& Sources::dialog()
{
    if (m_dialog)
        return *m_dialog;
    m_dialog = new SourcesDialog(m_window);
    if (!m_geometry.isEmpty())
        m_dialog->restoreGeometry(m_geometry);
    connect(m_dialog, &SourcesDialog::watched, this, &Sources::watch);
    connect(&m_dialog->sources(), &SourcesPage::applicationChosen, this, &Sources::applicationChosen);
    connect(&m_dialog->sources(), &SourcesPage::correctionWanted, this, &Sources::correct);
    connect(&m_dialog->setup(), &SetupPage::settingsWanted, this, &Sources::settingsWanted);
    m_dialog->setup().showListenState(m_state);
    m_dialog->setup().setApplication(m_appId);
    return *m_dialog;
}

void Sources::setLook(std::function<std::vector<SourceState>()> look)
{
    m_look = std::move(look);
}

void Sources::setApplication(const QString& appId)
{
    m_appId = appId;
    if (m_dialog)
        m_dialog->setup().setApplication(appId);
}

bool Sources::isOpen() const
{
    return m_dialog && m_dialog->isVisible();
}

const QByteArray& Sources::geometry()
{
    if (m_dialog)
        m_geometry = m_dialog->saveGeometry();
    return m_geometry;
}

void Sources::open()
{
    dialog().open(dialog().sources());
}

void Sources::openSetup()
{
    dialog().open(dialog().setup());
}

void Sources::watch(bool isWatched)
{
    if (isWatched) {
        look();
        m_timer.start();
    } else {
        m_timer.stop();
    }
    setIcons();
    retranslate();
}

void Sources::look()
{
    if (m_dialog->isMinimized())
        return;
    m_hasRefused = false;
    Q_EMIT looked();
    m_dialog->sources().showSources(m_look(), QDateTime::currentMSecsSinceEpoch(), m_clock.elapsed());
}

void Sources::correct(const QString& path, const QString& format)
{
    const auto found = std::ranges::find_if(m_settings.files, [&path](const WatchedFiles& files) { return means(files, path); });
    if (found == m_settings.files.end())
        return Q_EMIT settingsWanted(); // it was removed meanwhile
    WatchedFiles shown = *found;
    if (shown.format.isEmpty())
        shown.format = format; // what was found, to be corrected
    auto* dialog = new WatchedFilesDialog(shown, m_dialog);
    connect(dialog, &WatchedFilesDialog::chosen, this, [this, before = *found](const WatchedFiles& files) {
        Q_EMIT changeWanted([before, files](SourceSettings& settings) -> Outcome {
            std::ranges::replace(settings.files, before, files);
            return std::monostate{};
        });
    });
    dialog->open();
}

void Sources::showListenState(const ListenState& state)
{
    m_state = state;
    if (m_dialog)
        m_dialog->setup().showListenState(state);
}

void Sources::showSettings(const SourceSettings& settings)
{
    m_settings = settings;
}

void Sources::noteRefusal()
{
    m_hasRefused = true;
    if (m_timer.isActive())
        return; // the next look shows it, or watch() that there was none
    setIcons();
    retranslate();
}

void Sources::setIcons()
{
    m_action->setIcon(themedIcon(m_hasRefused ? u"warning"_s : u"sources"_s, m_window->palette()));
}

void Sources::retranslate()
{
    m_action->setText(tr("S&ources…"));
    m_action->setIconText(tr("Sources"));
    m_add->setText(tr("&Add a Source…"));
    m_action->setToolTip(m_hasRefused ? tr("Something was refused or lost since you last looked: see the sources")
                                      : tr("From where entries come, and how more do"));
}

} // namespace vigie
