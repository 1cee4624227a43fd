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

/// Somebody asks to be let in: who, for what and from where, each in a place of its own so that a name cannot pass for more than
/// a name, and the owner's answer. The oldest first; hidden while nobody asks.
class JoinBanner : public QFrame
{
    Q_OBJECT

public:
    explicit JoinBanner(QWidget* parent = nullptr);

    void add(const JoinRequest& request);
    /// It needs no answer any more.
    void remove(quint64 id);

Q_SIGNALS:
    void answered(vigie::JoinRequest request, vigie::JoinAnswer answer);

protected:
    void changeEvent(QEvent* event) override;

private:
    /// Something that is known of the question shown, in the next row.
    ElidedLabel* addField(QGridLayout* fields, QLabel* name, const QString& objectName);
    void answer(JoinAnswer answer);
    void retranslate();
    /// Shows the oldest. An answer that is under way to another question goes nowhere.
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
