// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

class QWidget;

namespace vigie {

/// Takes the local files that are dropped on a widget. GUI thread.
class FileDrop : public QObject
{
    Q_OBJECT

public:
    /// `target` owns it.
    explicit FileDrop(QWidget* target);

    bool eventFilter(QObject* object, QEvent* event) override;

Q_SIGNALS:
    void dropped(QStringList paths);
};

} // namespace vigie
