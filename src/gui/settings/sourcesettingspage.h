// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sourcesettings.h"
#include "gui/settings/settingspage.h"

#include <functional>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace vigie {

class RecordTable;

/// What Vigie reads by itself: log files, the journal, containers, and the port of OpenTelemetry. Each change holds at once, and is
/// shown when it is saved. GUI thread.
class SourceSettingsPage : public SettingsPage
{
    Q_OBJECT

public:
    explicit SourceSettingsPage(const SourceSettings& settings);

    /// What holds now; `problem`: why a change could not be made; empty: it was.
    void showSources(const SourceSettings& settings, const QString& problem);

Q_SIGNALS:
    void changeWanted(const std::function<vigie::Outcome(vigie::SourceSettings&)>& change);

private:
    void buildFiles();
    void buildJournal();
    void buildContainers();
    void showFiles();
    void showButtons();
    int chosen() const;
    void edit(const WatchedFiles& files);
    void remove();
    QCheckBox* addSwitch(const QString& name, const QString& text, bool (*get)(const SourceSettings&), void (*set)(SourceSettings&, bool));
    QLineEdit* addText(const QString& name, const QString& label, QString (*get)(const SourceSettings&),
                       void (*set)(SourceSettings&, const QString&));

    SourceSettings m_settings;
    std::vector<std::function<void()>> m_refreshes;
    QLabel* m_problem;
    RecordTable* m_files;
    QPushButton* m_change;
    QPushButton* m_remove;
};

} // namespace vigie
