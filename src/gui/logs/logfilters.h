// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logchoice.h"

#include <QObject>
#include <QStringList>
#include <QTimer>

class QAction;
class QComboBox;
class QLabel;
class QLineEdit;

namespace vigie {

class FilterChips;
class LevelsMenu;

/// What the log panel's controls choose together: application, levels, search, and values for and against. A regular expression
/// that is none is said at its field, and the last good search goes on. GUI thread.
class LogFilters : public QObject
{
    Q_OBJECT

public:
    /// The controls, which must outlive this.
    struct Controls
    {
        QComboBox& application;
        LevelsMenu& levels;
        QLineEdit& search;
        QLabel& problem;
        FilterChips& chips;
    };

    explicit LogFilters(const Controls& controls, QObject* parent = nullptr);

    /// The latest choice that was told by changed().
    const LogChoice& choice() const { return m_choice; }
    void setChoice(const LogChoice& choice);
    void reset() { setChoice({}); }
    /// Shows only entries with a value, or all but these.
    void add(const FieldTerm& term, bool isFor);
    /// Chooses among these from now on.
    void setApplications(const QStringList& applications);
    /// The action that has the search be a regular expression.
    QAction* regexAction() const { return m_regex; }
    void setIcons();
    void retranslate();

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void apply();
    void showProblem(const QString& problem);

    Controls m_controls;
    QAction* m_regex;
    QTimer m_searchTimer; ///< runs while the search is typed
    LogChoice m_choice;
    bool m_isSetting = false;
};

} // namespace vigie
