// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/elidedlabel.h"

#include "gui/widgets/theme.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace vigie {

using namespace Qt::StringLiterals;

ElidedLabel::ElidedLabel(Tone tone, QWidget* parent) : QWidget(parent), m_tone(tone)
{
    setToneFont();
    setSizePolicy(tone == Tone::Strong ? QSizePolicy::Preferred : QSizePolicy::Ignored, QSizePolicy::Fixed);
}

void ElidedLabel::setToneFont()
{
    QFont own = font();
    if (m_tone == Tone::Strong)
        own.setWeight(QFont::DemiBold);
    if (m_tone == Tone::Muted)
        own.setPointSizeF(own.pointSizeF() * 0.9);
    setFont(own);
}

void ElidedLabel::setText(const QString& text)
{
    if (text == m_text)
        return;
    m_text = text;
    setAccessibleName(text);
    // Only a title's size depends on its text, and titles change only with the language.
    if (m_tone == Tone::Strong)
        updateGeometry();
    update();
}

QSize ElidedLabel::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_text) + 1, fontMetrics().height()};
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {0, fontMetrics().height()};
}

void ElidedLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Theme& theme = Theme::of(palette());
    painter.setPen(m_tone == Tone::Muted ? theme.mutedText : theme.text);
    painter.drawText(rect(), Qt::AlignVCenter | Qt::AlignLeading | Qt::TextSingleLine,
                     fontMetrics().elidedText(m_text, Qt::ElideRight, width()));
}

QString ElidedLabel::plainToolTip(const QString& text)
{
    return text.isEmpty() ? QString() : u"<span>"_s + text.toHtmlEscaped() + u"</span>"_s;
}

bool ElidedLabel::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const bool cut = fontMetrics().horizontalAdvance(m_text) > width();
        QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), cut ? plainToolTip(m_text) : QString(), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace vigie
