// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMessageBox>
#include <chrono>

class QPushButton;

namespace vigie {

class History;
class LogCounts;

/// Asks whether an application's stored entries are to be deleted for good. It says how many they are, and can be answered only
/// then, or once the store has not told for a while. Deletes itself when it is closed. GUI thread.
class DeleteDialog : public QMessageBox
{
    Q_OBJECT

public:
    /// `history`: the store; null: nothing is stored, only the newest entries are held in memory. `patience`: how long the store
    /// has for counting.
    DeleteDialog(const QString& appId, History* history, QWidget* parent,
                 std::chrono::milliseconds patience = std::chrono::seconds(5));

Q_SIGNALS:
    void confirmed();

private:
    void showCounts(const LogCounts& counts);
    void ask(const QString& question);

    QString m_name; ///< of the application, for people
    QPushButton* m_delete;
};

} // namespace vigie
