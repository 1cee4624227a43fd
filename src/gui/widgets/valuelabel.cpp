// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/valuelabel.h"

#include "gui/widgets/theme.h"

#include <QEvent>
#include <QPainter>
#include <cmath>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

/// Position of the last space, which separates a value from its unit, or the length. Spaces between digits are different
/// characters.
qsizetype partOf(const QString& text)
{
    const qsizetype at = std::max(text.lastIndexOf(u' '), text.lastIndexOf(QChar(0x00a0)));
    return at < 0 ? text.size() : at;
}

QString numberOf(const QString& text)
{
    return text.left(partOf(text));
}

/// The unit of a value, after a space slightly narrower than the font's own.
QString unitOf(const QString& text)
{
    const QString unit = text.mid(partOf(text) + 1);
    return unit.isEmpty() ? unit : QChar(0x2009) + unit;
}

double digitWidth(const QFontMetricsF& metrics)
{
    double widest = 0;
    for (char16_t digit = u'0'; digit <= u'9'; ++digit)
        widest = std::max(widest, metrics.horizontalAdvance(QChar(digit)));
    return widest;
}

/// Calls `draw(text, x)` for each piece of `text`, with all digits equally wide. Returns the total width.
template <typename Draw> double setTabular(const QString& text, const QFontMetricsF& metrics, Draw draw)
{
    const double cell = digitWidth(metrics);
    double x = 0;
    for (const QChar character : text) {
        const double width = metrics.horizontalAdvance(character);
        const bool digit = character.isDigit();
        draw(character, digit ? x + (cell - width) / 2 : x);
        x += digit ? cell : width;
    }
    return x;
}

} // namespace

ValueLabel::ValueLabel(QWidget* parent) : QWidget(parent)
{
    fixSize();
}

QFont ValueLabel::valueFont() const
{
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.8);
    large.setWeight(QFont::DemiBold);
    return large;
}

QFont ValueLabel::unitFont() const
{
    QFont medium = font();
    medium.setPointSizeF(medium.pointSizeF() * 1.1);
    return medium;
}

QFont ValueLabel::captionFont() const
{
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.9);
    return small;
}

double ValueLabel::valueWidth(const QString& text) const
{
    return setTabular(numberOf(text), QFontMetricsF(valueFont()), [](QChar, double) {}) +
           QFontMetricsF(unitFont()).horizontalAdvance(unitOf(text));
}

void ValueLabel::fixSize()
{
    const QFontMetricsF large(valueFont());
    const QFontMetricsF small(captionFont());
    const double value = valueWidth(m_widest);
    const double caption = small.horizontalAdvance(m_caption) + 12;
    setFixedSize(static_cast<int>(std::ceil(std::max(value, caption))) + 2,
                 static_cast<int>(std::ceil(large.height() + small.height())));
}

void ValueLabel::setCaption(const QString& caption)
{
    m_caption = caption;
    setAccessibleName(caption);
    fixSize();
    update();
}

void ValueLabel::setColor(const QColor& color)
{
    m_color = color;
    update();
}

void ValueLabel::setWidest(const QString& text)
{
    if (text == m_widest)
        return;
    m_widest = text;
    fixSize();
}

void ValueLabel::setValue(const QString& value)
{
    if (value == m_value)
        return;
    m_value = value;
    setAccessibleDescription(value);
    update();
}

void ValueLabel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::FontChange)
        fixSize();
    else if (event->type() == QEvent::EnabledChange)
        update();
    QWidget::changeEvent(event);
}

void ValueLabel::paintEvent(QPaintEvent*)
{
    const Theme& theme = Theme::of(palette());
    QPainter painter(this);
    painter.setFont(valueFont());
    painter.setPen(isEnabled() ? theme.text : theme.mutedText);
    const QFontMetricsF large(painter.font());
    const double left = width() - 1 - valueWidth(m_value);
    const double end = setTabular(numberOf(m_value), large, [&](QChar character, double x) {
        painter.drawText(QPointF(left + x, large.ascent()), QString(character));
    });
    painter.setFont(unitFont());
    painter.setPen(theme.mutedText);
    painter.drawText(QPointF(left + end, large.ascent()), unitOf(m_value));

    painter.setFont(captionFont());
    painter.setPen(theme.mutedText);
    const QFontMetricsF small(painter.font());
    const double textLeft = width() - 1 - small.horizontalAdvance(m_caption);
    const double baseline = large.height() + small.ascent();
    painter.drawText(QPointF(textLeft, baseline), m_caption);
    if (m_color.isValid()) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(isEnabled() ? m_color : theme.mutedText);
        painter.drawEllipse(QPointF(textLeft - 8, baseline - small.xHeight() / 2), 3.5, 3.5);
    }
}

} // namespace vigie
