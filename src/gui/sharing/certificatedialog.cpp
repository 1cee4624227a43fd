// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/sharing/certificatedialog.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace vigie {

using namespace Qt::StringLiterals;

QString CertificateDialog::inTwoLines(const QString& fingerprint)
{
    const qsizetype middle = fingerprint.indexOf(u':', fingerprint.size() / 2 - 1);
    return middle < 0 ? fingerprint : fingerprint.left(middle + 1) + u'\n' + fingerprint.mid(middle + 1);
}

CertificateDialog::CertificateDialog(const QString& fingerprint, QWidget* parent) : QDialog(parent)
{
    setObjectName(u"certificateDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Certificate"));
    auto* explanation =
        new QLabel(tr("People who open your links see this machine's certificate. It is the right one if the browser shows "
                      "this SHA-256, so give it to them another way, for example by phone."));
    explanation->setWordWrap(true);
    auto* digits = new QLabel(inTwoLines(fingerprint));
    digits->setObjectName(u"certificateFingerprint"_s);
    digits->setTextFormat(Qt::PlainText);
    digits->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    digits->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    digits->setAccessibleName(tr("SHA-256 of the certificate"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QPushButton* const copy = buttons->addButton(tr("&Copy"), QDialogButtonBox::ActionRole);
    copy->setObjectName(u"copyFingerprintButton"_s);
    connect(copy, &QPushButton::clicked, this, [fingerprint] { QGuiApplication::clipboard()->setText(fingerprint); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 16);
    column->setSpacing(14);
    column->addWidget(explanation);
    column->addWidget(digits);
    column->addWidget(buttons);
}

} // namespace vigie
