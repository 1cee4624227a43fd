// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QDateTimeEdit;

namespace vigie {

/// Asks for a time. Deletes itself when closed.
class TimeDialog : public QDialog
{
    Q_OBJECT

public:
    /// `timeMs`: the initial time, ms since the epoch.
    TimeDialog(qint64 timeMs, QWidget* parent);

Q_SIGNALS:
    void chosen(qint64 timeMs);

private:
    QDateTimeEdit* m_edit;
};

} // namespace vigie
