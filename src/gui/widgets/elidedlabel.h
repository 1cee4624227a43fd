// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace vigie {

/// One line of text that is cut with an ellipsis where room is short; the whole text is then its tool tip.
/// A new text never makes the layout around it work.
class ElidedLabel : public QWidget
{
    Q_OBJECT

public:
    enum class Tone { Normal, Strong, Muted };

    explicit ElidedLabel(Tone tone, QWidget* parent = nullptr);

    void setText(const QString& text);
    QString text() const { return m_text; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

    /// A tool tip that shows the text as it is: Qt takes for markup what looks like it.
    static QString plainToolTip(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    void setToneFont();

    Tone m_tone;
    QString m_text;
};

} // namespace vigie
