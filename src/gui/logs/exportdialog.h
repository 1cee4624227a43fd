// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logchoice.h"
#include "gui/logs/entrytext.h"

#include <QDialog>
#include <QStringList>
#include <optional>

class QLabel;
class QProgressBar;
class QPushButton;

namespace vigie {

class History;
class LogExport;

/// Exports stored entries into a file, says how far it is, and what became of it. Closing it cancels. Deletes itself when it is
/// closed. GUI thread.
class ExportDialog : public QDialog
{
    Q_OBJECT

public:
    /// What is exported.
    struct Scope
    {
        QStringList applications;
        LogChoice choice;
        std::optional<quint64> total; ///< how many entries there will be, if it is known
    };

    /// `history` must outlive this.
    ExportDialog(History& history, const QString& path, ExportFormat format, const Scope& scope, QWidget* parent);
    void done(int result) override;

private:
    void showProgress(quint64 entries);
    void showEnd(quint64 entries, const QString& problem);

    QString m_path;
    LogExport* m_export;
    QLabel* m_label;
    QProgressBar* m_bar;
    QPushButton* m_button;
};

/// Asks for a file and its form, and then exports into it.
void askAndExport(History& history, const ExportDialog::Scope& scope, QWidget* parent);

} // namespace vigie
