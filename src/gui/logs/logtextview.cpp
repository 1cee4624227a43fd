// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/logtextview.h"

#include "gui/logs/terminalformat.h"
#include "gui/widgets/theme.h"

#include <QEvent>
#include <QMimeData>
#include <QSyntaxHighlighter>
#include <algorithm>
#include <utility>

namespace vigie {

using namespace Qt::StringLiterals;

/// Qt calls it for each line at layout.
class LogTextView::Highlighter : public QSyntaxHighlighter
{
public:
    explicit Highlighter(LogTextView& view) : QSyntaxHighlighter(view.document()), m_view(view) {}

protected:
    void highlightBlock(const QString& text) override
    {
        const Theme& theme = Theme::of(m_view.palette());
        const qsizetype first = currentBlock().position();
        const auto endOf = [](const LogText::Span& span) { return span.from + span.length; };
        auto span = std::ranges::upper_bound(m_view.m_shown.spans, first, {}, endOf);
        for (; span != m_view.m_shown.spans.end() && span->from < first + text.size(); ++span) {
            const qsizetype from = std::max<qsizetype>(0, span->from - first);
            const qsizetype to = std::min(endOf(*span) - first, text.size());
            setFormat(int(from), int(to - from), formatOf(*span, theme, theme.card));
        }
    }

private:
    LogTextView& m_view;
};

LogTextView::LogTextView(QWidget* parent) : QPlainTextEdit(parent), m_highlighter(new Highlighter(*this))
{
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setTabChangesFocus(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
}

void LogTextView::show(std::string_view message, std::string_view metadata)
{
    m_original = QString::fromUtf8(message);
    m_shown = logText(message, TextLines::Many);
    if (!metadata.empty()) {
        // Parse each on its own, so that a colour left on by the message does not extend to the metadata.
        m_original += u"\n\n"_s;
        m_shown.text += u"\n\n"_s;
        LogText more = logText(metadata, TextLines::Many);
        for (LogText::Span& span : more.spans) {
            span.from += m_shown.text.size();
            m_shown.spans.push_back(span);
        }
        for (LogText::Replaced& one : more.replaced) {
            one.at += m_shown.text.size();
            one.originalAt += m_original.size();
            m_shown.replaced.push_back(one);
        }
        m_shown.text += more.text;
        m_original += QString::fromUtf8(metadata);
    }
    setPlainText(m_shown.text);
}

void LogTextView::clearText()
{
    m_shown = {};
    m_original.clear();
    clear();
}

QMimeData* LogTextView::createMimeDataFromSelection() const
{
    const QTextCursor cursor = textCursor();
    const qsizetype from = m_shown.originalPlace(cursor.selectionStart(), false);
    const qsizetype to = m_shown.originalPlace(cursor.selectionEnd(), true);
    auto* copied = new QMimeData;
    copied->setText(m_original.mid(from, to - from));
    return copied;
}

void LogTextView::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_highlighter->rehighlight();
}

} // namespace vigie
