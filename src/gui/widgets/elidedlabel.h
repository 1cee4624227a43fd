// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace vigie {

/// A line of text, elided if it does not fit; the tool tip then shows all of it. A new text does not cause a new layout.
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

    /// A tool tip with literal text: Qt would interpret anything that looks like markup.
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
