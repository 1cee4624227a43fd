// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logfilestate.h"

#include <QHash>
#include <QSet>
#include <QString>
#include <QWidget>

class QLabel;
class QToolButton;

namespace vigie {

/// One line about the log file that is shown, or is being read to be shown: how much of it that is. What could not be opened, or not
/// as a whole, is said instead until the owner hides it. GUI thread.
class FileBar : public QWidget
{
    Q_OBJECT

public:
    /// Hidden until it has something to say.
    explicit FileBar(QWidget* parent = nullptr);

    /// A new file is spoken of at once.
    void showState(const LogFileState& state);
    /// The log shows this application, which may be a file. A note about it that was hidden stays so.
    void choose(const QString& appId);
    /// The owner asked for this file: it is spoken of again, even if that was hidden.
    void reveal(const QString& appId);
    /// The file is closed.
    void remove(const QString& appId);

Q_SIGNALS:
    void closeWanted(const QString& appId);

protected:
    void changeEvent(QEvent* event) override;

private:
    void hideNote();
    void refresh();
    void setText(const QString& text, bool isProblem);
    void retranslate();

    QLabel* m_text;
    QToolButton* m_close;
    QToolButton* m_hide;
    QHash<QString, LogFileState> m_states; // of the open files
    QSet<QString> m_hidden;
    QString m_subject; // which file is spoken of; may be none of them
    QString m_problem; // goes before that
};

} // namespace vigie
