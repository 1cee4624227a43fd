// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace vigie {

struct LogFileState;

/// One line about the log file that was opened last: how much of it is shown, or why it is not. GUI thread.
class FileBar : public QWidget
{
    Q_OBJECT

public:
    /// Hidden until it has something to say.
    explicit FileBar(QWidget* parent = nullptr);

    void showState(const LogFileState& state);

protected:
    void changeEvent(QEvent* event) override;

private:
    void setText(const QString& text, bool isProblem);
    void retranslate();

    QLabel* m_text;
    QToolButton* m_hide;
};

} // namespace vigie
