// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/settings.h"

#include <QHash>
#include <QSet>
#include <QString>
#include <QWidget>
#include <functional>
#include <vector>

class QCheckBox;
class QComboBox;
class QGridLayout;

namespace vigie {

/// Which settings the command line overrides: the setting's name, and the option that does ("port": "--port").
using SettingsOverrides = QHash<QString, QString>;

/// One page of the settings: fields beneath one another, each with its label, that scroll where there is no room. GUI thread.
class SettingsPage : public QWidget
{
    Q_OBJECT

public:
    SettingsPage(const SettingsOverrides& overrides, QWidget* parent = nullptr);

    /// Shows what holds now, but for what the command line overrides. Emits nothing.
    void showSettings(const Settings& settings);

Q_SIGNALS:
    /// The person changed a setting, which `edit` does to any value.
    void edited(const std::function<void(vigie::Settings&)>& edit);

protected:
    /// Adds a field for `setting`. One that the command line overrides is disabled and says so.
    void add(const QString& setting, const QString& label, QWidget* field);
    /// A number that is stored in `value`.
    void addNumber(const QString& name, int Settings::*value, int held, int min, int max, const QString& label,
                   const QString& unit);
    /// A choice of texts, each with what is stored for it.
    QComboBox* addChoice(const QString& name, QString Settings::*value, const QString& held, const QString& label,
                         const QList<std::pair<QString, QString>>& choices);
    QCheckBox* addCheck(const QString& name, bool Settings::*value, bool held, const QString& text);
    /// Has showSettings() bring `field` up to date.
    void keepUpToDate(QWidget* field, std::function<void(const Settings&)> show);
    void addHeading(const QString& text);
    void addNote(const QString& text);
    /// The labels are short, so that the fields have most of the width.
    void setNarrowLabels();
    /// Adds what has no label beside it.
    void addLine(QWidget* widget);

private:
    void addRow(QWidget* label, QWidget* field);

    SettingsOverrides m_overrides;
    QSet<QString> m_notes; // of overrides; each stands once
    std::vector<std::function<void(const Settings&)>> m_shows;
    QGridLayout* m_rows; // a form layout cuts labels of several lines
};

} // namespace vigie
