// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMessageBox>

namespace vigie {

class History;

/// Asks whether an application's stored entries are to be deleted for good, and says how many they are. Deletes itself when it is
/// closed. GUI thread.
class DeleteDialog : public QMessageBox
{
    Q_OBJECT

public:
    /// `history`: the store; null: nothing is stored, only the newest entries are held in memory.
    DeleteDialog(const QString& appId, History* history, QWidget* parent);

Q_SIGNALS:
    void confirmed();
};

} // namespace vigie
