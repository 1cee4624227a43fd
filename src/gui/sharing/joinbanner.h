// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/joinrequest.h"

#include <QFrame>
#include <QList>

class QAction;
class QGridLayout;
class QLabel;
class QMenu;
class QPushButton;
class QToolButton;

namespace vigie {

class ElidedLabel;

/// Shows the oldest request for access and lets the owner answer. User, application and address each have their own field, so
/// that a name cannot pose as anything else. Hidden while there are no requests.
class JoinBanner : public QFrame
{
    Q_OBJECT

public:
    explicit JoinBanner(QWidget* parent = nullptr);

    void add(const JoinRequest& request);
    /// The request needs no answer any more.
    void remove(quint64 id);

Q_SIGNALS:
    void answered(vigie::JoinRequest request, vigie::JoinAnswer answer);

protected:
    void changeEvent(QEvent* event) override;

private:
    /// Adds a row for one property of the request.
    ElidedLabel* addField(QGridLayout* fields, QLabel* name, const QString& objectName);
    void answer(JoinAnswer answer);
    void retranslate();
    /// Shows the oldest request. Closes the menu, so that a half-given answer cannot go to another request.
    void showFirst();
    void setIcon();

    QList<JoinRequest> m_requests;
    quint64 m_shownId = 0; // 0: none
    QLabel* m_icon;
    QLabel* m_title;
    QLabel* m_userName;
    QLabel* m_appName;
    QLabel* m_addressName;
    ElidedLabel* m_user;
    ElidedLabel* m_app;
    ElidedLabel* m_address;
    QToolButton* m_allow;
    QMenu* m_menu;
    QAction* m_once;
    QAction* m_day;
    QAction* m_always;
    QPushButton* m_no;
    QPushButton* m_block;
};

} // namespace vigie
