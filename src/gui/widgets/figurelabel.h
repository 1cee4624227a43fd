// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QWidget>

namespace vigie {

/// A current figure in large type over its name, with the colour of its line beside the name.
///
/// Its size follows from the widest value it is told to expect, never from the value shown, and its digits
/// all have one width: nothing moves while it counts.
class FigureLabel : public QWidget
{
    Q_OBJECT

public:
    explicit FigureLabel(QWidget* parent = nullptr);

    void setCaption(const QString& caption);
    void setColor(const QColor& color);
    /// The widest text setValue() will be given.
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
