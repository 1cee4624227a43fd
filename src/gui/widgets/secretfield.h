// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLineEdit;
class QPushButton;

namespace vigie {

/// A text to give to somebody, and the button that copies it.
class SecretField : public QWidget
{
    Q_OBJECT

public:
    /// `name`: of the field, for those who cannot see it; `copyText`: what the button says.
    SecretField(const QString& name, const QString& copyText, QWidget* parent = nullptr);

    void setText(const QString& text);
    QString text() const;
    QPushButton& copyButton() { return *m_copy; }

private:
    QLineEdit* m_field;
    QPushButton* m_copy;
};

} // namespace vigie
