// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/activity.h"

#include <QFrame>
#include <memory>

namespace Ui {
class ListenBanner;
}

namespace vigie {

/// Shows why the server cannot be reached and offers another port. Hidden while all is well.
class ListenBanner : public QFrame
{
    Q_OBJECT

public:
    explicit ListenBanner(QWidget* parent = nullptr);
    ~ListenBanner() override;

    void show(const ListenState& state);

Q_SIGNALS:
    void portChosen(quint16 port);

protected:
    void changeEvent(QEvent* event) override;

private:
    void setIcon();
    void retranslate();

    ListenState m_state;

    std::unique_ptr<Ui::ListenBanner> m_ui;
};

} // namespace vigie
