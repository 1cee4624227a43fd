// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/access.h"
#include "core/activity.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;

namespace vigie {

class ValidityBox;
class SecretField;

/// Makes a link that lets a colleague read one application's logs in a browser for some time. Deletes itself when closed; the
/// link cannot be shown again.
class ShareDialog : public QDialog
{
    Q_OBJECT

public:
    /// `applications`: the choices, the likeliest first.
    ShareDialog(const ListenState& state, const QStringList& applications, QWidget* parent);

    void showListenState(const ListenState& state);
    /// The requested token.
    void showToken(const NewToken& token);
    void showFailure(const QString& why);

    /// The URL of the page for the holder of `token`. The token is in the fragment, which browsers do not send.
    static QString invitationLink(const QString& url, const QString& appId, const QString& userId, const QByteArray& token);

Q_SIGNALS:
    /// Start sharing on the network, unless it is on already, and report the addresses by showListenState().
    void sharingWanted();
    void tokenWanted(vigie::TokenRequest request);

private:
    QWidget* makeForm(const QStringList& applications);
    QWidget* makeResult();
    void make();
    void askForToken();
    void showLink();
    /// Whether links use a reverse proxy, which others can already reach.
    bool isBehindProxy() const;
    /// Enables the button if Vigie can be reached and the form is complete.
    void updateMake();

    ListenState m_state;
    bool m_isWanted = false; // make the link as soon as possible
    TokenRequest m_request;
    QByteArray m_token;
    QStackedWidget* m_pages;
    QComboBox* m_application;
    QLineEdit* m_user;
    ValidityBox* m_life;
    QLabel* m_what;
    QLabel* m_problem;
    QPushButton* m_make;
    QLabel* m_code;
    QComboBox* m_address;
    SecretField* m_link;
    QPushButton* m_copyAll;
    QLabel* m_explanation;
    QLabel* m_fingerprint;
    QLabel* m_until;
};

} // namespace vigie
