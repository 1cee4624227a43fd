// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/joinrequest.h"

#include <QFrame>
#include <QList>

class QAction;
class QLabel;
class QPushButton;
class QToolButton;

namespace vigie {

/// Somebody asks to be let in: who, from where and for what, and the owner's answer. The oldest first; hidden while nobody
/// asks.
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
    void answer(JoinAnswer answer);
    void retranslate();
    void setIcon();

    QList<JoinRequest> m_requests;
    QLabel* m_icon;
    QLabel* m_text;
    QToolButton* m_allow;
    QAction* m_once;
    QAction* m_day;
    QAction* m_always;
    QPushButton* m_no;
    QPushButton* m_block;
};

} // namespace vigie
