// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QWidget>

namespace vigie {

/// A value in large type above its caption. The caption shows the colour of the value's line.
///
/// The size depends on the widest expected value, not on the current one, and all digits have the same width: nothing moves when
/// the value changes. Disabled, it is grey: its value is old.
class ValueLabel : public QWidget
{
    Q_OBJECT

public:
    explicit ValueLabel(QWidget* parent = nullptr);

    void setCaption(const QString& caption);
    void setColor(const QColor& color);
    /// The widest text that setValue() will get.
    void setWidest(const QString& text);
    void setValue(const QString& value);

    QString value() const { return m_value; }
    QString caption() const { return m_caption; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QFont valueFont() const;
    QFont unitFont() const;
    QFont captionFont() const;
    double valueWidth(const QString& text) const;
    void fixSize();

    QString m_caption;
    QString m_value;
    QString m_widest;
    QColor m_color;
};

} // namespace vigie
