// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sourcesettings.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace vigie {

/// Asks which log files are watched, and what is known of them. GUI thread.
class WatchedFilesDialog : public QDialog
{
    Q_OBJECT

public:
    /// `files`: what to begin with; with a pattern, it is changed.
    WatchedFilesDialog(const WatchedFiles& files, QWidget* parent);

Q_SIGNALS:
    void chosen(const vigie::WatchedFiles& files);

private:
    WatchedFiles files() const;
    void choose();
    void browse();
    void showProblem();

    QLineEdit* m_pattern;
    QPushButton* m_browse;
    QLineEdit* m_app;
    QComboBox* m_format;
    QComboBox* m_timeZone;
    QCheckBox* m_past;
    QLabel* m_problem;
};

} // namespace vigie
