// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLineEdit;
class QPushButton;

namespace vigie {

/// A secret to hand over, with a button to copy it.
class SecretField : public QWidget
{
    Q_OBJECT

public:
    /// `name`: the field's accessible name; `copyText`: the button's text.
    SecretField(const QString& name, const QString& copyText, QWidget* parent = nullptr);

    void setText(const QString& text);
    QString text() const;
    QPushButton& copyButton() { return *m_copy; }

private:
    QLineEdit* m_field;
    QPushButton* m_copy;
};

} // namespace vigie
