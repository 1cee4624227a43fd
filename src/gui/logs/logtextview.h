// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fieldterms.h"
#include "core/logtext.h"

#include <QPlainTextEdit>
#include <string_view>
#include <vector>

namespace vigie {

/// Shows a log text in several lines, in its own colours. Copies the selection as it was sent. A click on a value of the metadata
/// chooses it, as Enter does with the cursor in it. GUI thread.
class LogTextView : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit LogTextView(QWidget* parent = nullptr);

    /// Shows a message (UTF-8) and, below, its metadata (JSON text, may be empty).
    void show(std::string_view message, std::string_view metadata);
    void clearText();
    /// Marks these parts of the document: where each begins, and its length.
    void setMarks(const QList<std::pair<int, int>>& marks);

    /// No higher than it must be: it takes what room there is, and scrolls.
    QSize sizeHint() const override { return minimumSize(); }

Q_SIGNALS:
    /// Show only entries with this value, or all but these.
    void valueChosen(const vigie::FieldTerm& term, bool isFor);

protected:
    void changeEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    QMimeData* createMimeDataFromSelection() const override;

private:
    class Highlighter;
    /// A value of the metadata: where it stands in the document.
    struct Value
    {
        int from = 0;
        int length = 0;
        FieldTerm term;
    };

    void findValues(std::string_view metadata, qsizetype originalAt);
    const Value* valueAt(int position) const;
    const Value* valueUnder(const QPoint& place) const;
    void setHovered(const Value* value);
    void showMarks();

    LogText m_shown;
    QString m_original;
    std::vector<Value> m_values; ///< ascending
    const Value* m_hovered = nullptr;
    QPoint m_pressedAt;
    QList<std::pair<int, int>> m_marks;
    Highlighter* m_highlighter;
};

} // namespace vigie
