// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logviewsettings.h"

#include <QColor>
#include <QDialog>

class QLabel;
class QListWidget;
class QPushButton;

namespace vigie {

struct Theme;

/// The background of a highlight's colour. Text and levels can be read on it.
QColor highlightColour(int colour, const Theme& theme);

/// Lists the highlights, and takes away the chosen ones. Deletes itself when it is closed. GUI thread.
class HighlightsDialog : public QDialog
{
    Q_OBJECT

public:
    HighlightsDialog(const QList<HighlightRule>& rules, QWidget* parent);

Q_SIGNALS:
    void rulesChanged(const QList<vigie::HighlightRule>& rules);

private:
    void removeChosen();
    void showWhat();

    QList<HighlightRule> m_rules;
    QLabel* m_what;
    QListWidget* m_list;
    QPushButton* m_remove;
};

} // namespace vigie
