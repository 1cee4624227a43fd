// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace vigie {

/// Shows the SHA-256 of this machine's certificate, so that colleagues can verify who answers. Deletes itself when closed.
class CertificateDialog : public QDialog
{
    Q_OBJECT

public:
    CertificateDialog(const QString& fingerprint, QWidget* parent);

    /// The fingerprint in two lines, to be read aloud. No pair of digits is split.
    static QString inTwoLines(const QString& fingerprint);
};

} // namespace vigie
