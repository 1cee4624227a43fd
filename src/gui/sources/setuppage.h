// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/activity.h"
#include "core/setuplines.h"

#include <QWidget>
#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QPushButton;

namespace vigie {

/// How entries come to this Vigie: the ways there are, each with its line, ready to be copied. GUI thread.
class SetupPage : public QWidget
{
    Q_OBJECT

public:
    explicit SetupPage(QWidget* parent = nullptr);

    void showListenState(const ListenState& state);
    /// For which application the lines are, until the owner says another.
    void setApplication(const QString& appId);

Q_SIGNALS:
    /// The owner wants to say what Vigie reads by itself.
    void settingsWanted();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void setIcons();
    void showPlaces();
    void showLines();
    void showLine();
    SetupPlace place() const;

    ListenState m_state;
    std::vector<SetupLine> m_lines;
    QLabel* m_appName;
    QLineEdit* m_app;
    QLabel* m_placeName;
    QComboBox* m_place;
    QListWidget* m_ways;
    QLabel* m_hint;
    QPlainTextEdit* m_code;
    QPushButton* m_copy;
    QPushButton* m_settings;
};

} // namespace vigie
