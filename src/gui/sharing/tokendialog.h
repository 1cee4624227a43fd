// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/access.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace vigie {

class ValidityBox;
class SecretField;

/// Makes a token for a person or a program. Deletes itself when closed; the token cannot be shown again.
class TokenDialog : public QDialog
{
    Q_OBJECT

public:
    TokenDialog(const QStringList& applications, QWidget* parent);

    void showToken(const NewToken& token);
    void showFailure(const QString& why);

Q_SIGNALS:
    void tokenWanted(vigie::TokenRequest request);

private:
    void make();

    QStackedWidget* m_pages;
    QLineEdit* m_user;
    QComboBox* m_application;
    QComboBox* m_role;
    QLabel* m_roleMeaning;
    ValidityBox* m_life;
    QLabel* m_problem;
    QPushButton* m_make;
    SecretField* m_token;
};

} // namespace vigie
