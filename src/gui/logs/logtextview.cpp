// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/logtextview.h"

#include "core/jsonscalars.h"
#include "gui/logs/filterchips.h"
#include "gui/logs/terminalformat.h"
#include "gui/widgets/elidedlabel.h"
#include "gui/widgets/theme.h"

#include <QContextMenuEvent>
#include <QEvent>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>
#include <QStyleHints>
#include <QSyntaxHighlighter>
#include <algorithm>
#include <utility>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t maxValues = 5'000; // of the metadata that can be clicked

} // namespace

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
    viewport()->setMouseTracking(true);
}

void LogTextView::show(std::string_view message, std::string_view metadata)
{
    m_hovered = nullptr;
    m_values.clear();
    m_marks.clear();
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
        findValues(metadata, m_original.size());
        m_original += QString::fromUtf8(metadata);
    }
    setPlainText(m_shown.text);
    showMarks();
}

/// `originalAt`: where the metadata begins in the original text.
void LogTextView::findValues(std::string_view metadata, qsizetype originalAt)
{
    std::size_t bytes = 0;
    auto replaced = m_shown.replaced.begin();
    qsizetype grown = 0; // by the signs before the place
    const auto shownPlace = [&](qsizetype place) {
        for (; replaced != m_shown.replaced.end() && replaced->originalAt < place; ++replaced)
            grown += replaced->length - replaced->originalLength;
        return int(place + grown);
    };
    const auto placeOf = [&](std::size_t byte) {
        originalAt += QString::fromUtf8(metadata.substr(bytes, byte - bytes)).size();
        bytes = byte;
        return shownPlace(originalAt);
    };
    forEachScalar(metadata, [&](const JsonScalar& scalar) {
        const int from = placeOf(scalar.at);
        const int length = placeOf(scalar.at + scalar.text.size()) - from;
        m_values.push_back({from, length, {std::string(scalar.path), scalarValue(scalar.text)}});
        return m_values.size() < maxValues;
    });
}

void LogTextView::setMarks(const QList<std::pair<int, int>>& marks)
{
    m_marks = marks;
    showMarks();
}

void LogTextView::showMarks()
{
    const Theme& theme = Theme::of(palette());
    QList<QTextEdit::ExtraSelection> selections;
    const auto add = [&](int from, int length, const QTextCharFormat& format) {
        QTextCursor cursor(document());
        cursor.setPosition(from);
        cursor.setPosition(from + length, QTextCursor::KeepAnchor);
        selections.append({cursor, format});
    };
    QTextCharFormat match;
    match.setBackground(theme.match);
    match.setForeground(theme.text);
    for (const auto& [from, length] : std::as_const(m_marks))
        add(from, length, match);
    if (m_hovered) {
        QTextCharFormat hovered;
        hovered.setForeground(theme.accent);
        hovered.setFontUnderline(true);
        add(m_hovered->from, m_hovered->length, hovered);
    }
    setExtraSelections(selections);
}

const LogTextView::Value* LogTextView::valueAt(int position) const
{
    const auto next = std::ranges::upper_bound(m_values, position, {}, &Value::from);
    if (next == m_values.begin())
        return nullptr;
    const Value& value = *(next - 1);
    return position <= value.from + value.length ? &value : nullptr;
}

const LogTextView::Value* LogTextView::valueUnder(const QPoint& place) const
{
    const QTextCursor cursor = cursorForPosition(place);
    const Value* const value = valueAt(cursor.position());
    if (!value)
        return nullptr;
    // Beside the end of a line its last character is the nearest.
    QTextCursor end(cursor);
    end.setPosition(value->from + value->length);
    const QRect last = cursorRect(end);
    const bool isBeside = last.top() <= place.y() && place.y() <= last.bottom() && place.x() > last.right();
    return isBeside ? nullptr : value;
}

void LogTextView::setHovered(const Value* value)
{
    if (value == m_hovered)
        return;
    m_hovered = value;
    viewport()->setCursor(value ? Qt::PointingHandCursor : Qt::IBeamCursor);
    viewport()->setToolTip(value ? ElidedLabel::plainToolTip(tr("Show only entries with %1").arg(valueText(value->term, true)))
                                 : QString());
    showMarks();
}

void LogTextView::mouseMoveEvent(QMouseEvent* event)
{
    QPlainTextEdit::mouseMoveEvent(event);
    setHovered(event->buttons() == Qt::NoButton ? valueUnder(event->position().toPoint()) : nullptr);
}

void LogTextView::mousePressEvent(QMouseEvent* event)
{
    m_pressedAt = event->position().toPoint();
    QPlainTextEdit::mousePressEvent(event);
}

void LogTextView::mouseReleaseEvent(QMouseEvent* event)
{
    QPlainTextEdit::mouseReleaseEvent(event);
    const QPoint place = event->position().toPoint();
    const bool isClick = event->button() == Qt::LeftButton && !textCursor().hasSelection()
        && (place - m_pressedAt).manhattanLength() < QGuiApplication::styleHints()->startDragDistance();
    if (const Value* const value = isClick ? valueUnder(place) : nullptr)
        Q_EMIT valueChosen(FieldTerm(value->term), true);
}

void LogTextView::leaveEvent(QEvent* event)
{
    QPlainTextEdit::leaveEvent(event);
    setHovered(nullptr);
}

void LogTextView::keyPressEvent(QKeyEvent* event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (const Value* const value = isEnter ? valueAt(textCursor().position()) : nullptr)
        Q_EMIT valueChosen(FieldTerm(value->term), true);
    else
        QPlainTextEdit::keyPressEvent(event);
}

void LogTextView::contextMenuEvent(QContextMenuEvent* event)
{
    QMenu* const menu = createStandardContextMenu(event->pos());
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const bool isByKey = event->reason() == QContextMenuEvent::Keyboard;
    if (const Value* const value = isByKey ? valueAt(textCursor().position()) : valueUnder(event->pos())) {
        const FieldTerm term = value->term;
        const auto text = [&](bool isFor) { return valueText(term, isFor).replace(u'&', u"&&"_s); };
        menu->addSeparator();
        connect(menu->addAction(tr("Filter For %1").arg(text(true))), &QAction::triggered, this,
                [this, term] { Q_EMIT valueChosen(term, true); });
        connect(menu->addAction(tr("Filter Out %1").arg(text(true))), &QAction::triggered, this,
                [this, term] { Q_EMIT valueChosen(term, false); });
    }
    menu->popup(isByKey ? viewport()->mapToGlobal(cursorRect().bottomLeft()) : event->globalPos());
}

void LogTextView::clearText()
{
    m_hovered = nullptr;
    m_values.clear();
    m_marks.clear();
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
