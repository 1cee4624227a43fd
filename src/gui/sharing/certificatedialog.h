// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace vigie {

/// By what colleagues know that it is this machine which answers: its certificate's SHA-256, to be compared and copied. It
/// deletes itself when it is closed.
class CertificateDialog : public QDialog
{
    Q_OBJECT

public:
    CertificateDialog(const QString& fingerprint, QWidget* parent);

    /// In two lines, to be read aloud; each of its pairs of digits is whole.
    static QString inTwoLines(const QString& fingerprint);
};

} // namespace vigie
