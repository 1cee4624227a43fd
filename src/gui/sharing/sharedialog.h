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

class LifeBox;
class SecretField;

/// Makes a link that lets a colleague read one application's logs in a browser, for a while. It deletes itself when it is
/// closed; the link cannot be had again.
class ShareDialog : public QDialog
{
    Q_OBJECT

public:
    /// `applications`: those to choose from, the likeliest first.
    ShareDialog(const ListenState& state, const QStringList& applications, QWidget* parent);

    void showListenState(const ListenState& state);
    /// The token that was wanted.
    void showToken(const NewToken& token);
    void showFailure(const QString& why);

    /// The page that a holder of `token` opens at `url`; the token stands where no server sees it.
    static QString invitationLink(const QString& url, const QString& appId, const QString& userId, const QByteArray& token);

Q_SIGNALS:
    /// Others on the network are to be let in, or are already: showListenState() is to say where.
    void sharingWanted();
    void tokenWanted(vigie::TokenRequest request);

private:
    QWidget* makeForm(const QStringList& applications);
    QWidget* makeResult();
    void make();
    void askForToken();
    void showLink();
    /// Whether links go by a reverse proxy, which others reach already.
    bool isBehindProxy() const;
    /// The link can be made when Vigie can be reached and the form is filled in.
    void updateMake();

    ListenState m_state;
    bool m_isWanted = false; // the link is to be made as soon as it can be
    TokenRequest m_request;
    QByteArray m_token;
    QStackedWidget* m_pages;
    QComboBox* m_application;
    QLineEdit* m_user;
    LifeBox* m_life;
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
