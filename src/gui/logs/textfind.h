// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QToolButton;

namespace vigie {

/// Finds a text within a text view: a field, the number of matches, and buttons to the one before and the next. GUI thread.
class TextFind : public QWidget
{
    Q_OBJECT

public:
    /// `view` must outlive this.
    explicit TextFind(QPlainTextEdit& view, QWidget* parent = nullptr);

    /// Shows the field and takes the focus.
    void open();
    /// Hides the field, and gives the focus back to the text.
    void close();
    /// Another text is shown.
    void refresh();

Q_SIGNALS:
    void matchesChanged();

public:
    /// Where the matches are, as positions in the document.
    const QList<std::pair<int, int>>& matches() const { return m_matches; }

protected:
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void go(bool forward);
    void showCount();
    void retranslate();

    QPlainTextEdit& m_view;
    QLineEdit* m_edit;
    QLabel* m_count;
    QToolButton* m_previous;
    QToolButton* m_next;
    QList<std::pair<int, int>> m_matches;
};

} // namespace vigie
