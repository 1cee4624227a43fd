// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/sharing/sharedialog.h"

#include "core/names.h"
#include "gui/sharing/accesstexts.h"
#include "gui/sharing/certificatedialog.h"
#include "gui/sharing/validitybox.h"
#include "gui/widgets/qrcode.h"
#include "gui/widgets/secretfield.h"

#include <QClipboard>
#include <QComboBox>
#include <QDateTime>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QFormLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPixmap>
#include <QPushButton>
#include <QStackedWidget>
#include <QUrl>
#include <QVBoxLayout>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

constexpr int codeSide = 220;

QLabel* wrappedLabel(bool isMuted)
{
    auto* label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setProperty("muted", isMuted);
    return label;
}

} // namespace

QString ShareDialog::invitationLink(const QString& url, const QString& appId, const QString& userId, const QByteArray& token)
{
    const auto encoded = [](const QString& text) { return QString::fromLatin1(QUrl::toPercentEncoding(text)); };
    return url + u"#app="_s + encoded(appId) + u"&user="_s + encoded(userId) + u"&token="_s + QString::fromLatin1(token);
}

ShareDialog::ShareDialog(const ListenState& state, const QStringList& applications, QWidget* parent)
    : QDialog(parent), m_state(state), m_pages(new QStackedWidget)
{
    setObjectName(u"shareDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Share"));
    m_pages->addWidget(makeForm(applications));
    m_pages->addWidget(makeResult());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 16);
    column->addWidget(m_pages);
    resize(640, 320);
    showListenState(state);
}

QWidget* ShareDialog::makeForm(const QStringList& applications)
{
    m_what = wrappedLabel(true);
    m_problem = wrappedLabel(false);
    m_problem->setObjectName(u"shareProblem"_s);
    m_application = new QComboBox;
    m_application->setObjectName(u"shareApplication"_s);
    m_application->setEditable(true);
    m_application->addItems(applications);
    m_user = new QLineEdit(tr("guest"));
    m_user->setObjectName(u"shareUser"_s);
    m_life = new ValidityBox(false);
    m_life->setObjectName(u"shareLife"_s);
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(10);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("&Logs of"), m_application);
    form->addRow(tr("&For"), m_user);
    form->addRow(tr("&Valid for"), m_life);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_make = buttons->addButton(tr("&Make Link"), QDialogButtonBox::AcceptRole);
    m_make->setObjectName(u"makeLinkButton"_s);
    m_make->setDefault(true);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_make, &QPushButton::clicked, this, &ShareDialog::make);
    connect(m_application, &QComboBox::editTextChanged, this, &ShareDialog::updateMake);
    connect(m_user, &QLineEdit::textChanged, this, &ShareDialog::updateMake);

    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(14);
    column->addWidget(m_what);
    column->addLayout(form);
    column->addWidget(m_problem);
    column->addStretch(1);
    column->addWidget(buttons);
    return page;
}

QWidget* ShareDialog::makeResult()
{
    m_code = new QLabel;
    m_code->setObjectName(u"shareCode"_s);
    m_code->setFixedSize(codeSide, codeSide);
    m_address = new QComboBox;
    m_address->setObjectName(u"shareAddress"_s);
    m_address->setAccessibleName(tr("Address"));
    m_link = new SecretField(tr("Link"), tr("&Copy Link"));
    m_link->setObjectName(u"shareLink"_s);
    m_copyAll = new QPushButton(tr("Copy &Invitation"));
    m_copyAll->setObjectName(u"copyInvitationButton"_s);
    m_copyAll->setToolTip(tr("The link, and how to recognise this machine"));
    m_fingerprint = wrappedLabel(false);
    m_fingerprint->setObjectName(u"shareFingerprint"_s);
    m_fingerprint->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_fingerprint->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_explanation = wrappedLabel(true);
    m_explanation->setText(
        tr("The browser may warn that it does not know this machine's certificate. It is the right one if its SHA-256 is:"));
    m_until = wrappedLabel(false);
    m_until->setProperty("strong", true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_address, &QComboBox::currentIndexChanged, this, &ShareDialog::showLink);
    connect(m_copyAll, &QPushButton::clicked, this, [this] {
        const QString app = QString::fromStdString(m_request.appId);
        const QString until = whenText(m_request.expiresMs);
        const QString text = m_fingerprint->isHidden()
                                 ? tr("Read the logs of %1 here until %2:\n%3").arg(app, until, m_link->text())
                                 : tr("Read the logs of %1 here until %2:\n%3\nIf your browser warns that it does "
                                      "not know the certificate: its SHA-256 must be\n%4")
                                       .arg(app, until, m_link->text(), m_state.fingerprint);
        QGuiApplication::clipboard()->setText(text);
    });

    auto* words = new QVBoxLayout;
    words->setSpacing(10);
    words->addWidget(m_until);
    words->addWidget(m_link);
    words->addWidget(m_copyAll, 0, Qt::AlignRight);
    words->addWidget(m_address);
    words->addWidget(m_explanation);
    words->addWidget(m_fingerprint);
    words->addStretch(1);
    auto* row = new QHBoxLayout;
    row->setSpacing(16);
    row->addWidget(m_code, 0, Qt::AlignTop);
    row->addLayout(words, 1);
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(row, 1);
    column->addWidget(buttons);
    return page;
}

bool ShareDialog::isBehindProxy() const
{
    return !m_state.publicUrl.isEmpty() && (!m_state.isUnprotected || m_state.asksForToken);
}

void ShareDialog::updateMake()
{
    const bool isPossible = m_state.listening && (!m_state.isUnprotected || isBehindProxy()) && !m_isWanted;
    m_make->setEnabled(isPossible && !m_application->currentText().trimmed().isEmpty() && !m_user->text().trimmed().isEmpty());
}

void ShareDialog::showListenState(const ListenState& state)
{
    m_state = state;
    if (isBehindProxy() && state.listening)
        m_what->setText(
            tr("A link lets a colleague read one application's logs and this machine's figures in a browser, and nothing else. "
               "It goes by %1.")
                .arg(state.publicUrl));
    else if (state.isUnprotected && state.asksForToken)
        m_what->setText(
            tr("Vigie was started with --insecure: a link's token could be read on the way. Start it without, and share by "
               "links."));
    else if (state.isUnprotected)
        m_what->setText(tr("Vigie was started with --insecure: everybody who reaches it reads everything already. Start it "
                           "without, and share by links."));
    else if (!state.listening)
        m_what->setText(tr("Vigie cannot be reached at the moment."));
    else if (state.isShared)
        m_what->setText(
            tr("A link lets a colleague read one application's logs and this machine's figures in a browser, and nothing else."));
    else
        m_what->setText(
            tr("A link lets a colleague read one application's logs and this machine's figures in a browser, and nothing else. "
               "The first one makes Vigie listen on your network, over TLS only."));
    updateMake();
    if (!m_isWanted)
        return;
    if (!state.shareError.isEmpty() || !state.listening)
        showFailure(state.shareError.isEmpty() ? state.error : state.shareError);
    else if (state.isShared && state.sharedUrls.isEmpty())
        showFailure(tr("This machine has no address on a network. Connect it to one, and try again."));
    else if (state.isShared)
        askForToken();
}

void ShareDialog::make()
{
    m_problem->clear();
    for (const QString& name : {m_application->currentText(), m_user->text()}) {
        if (!nameProblem(name.trimmed().toStdString()).empty())
            return showFailure(nameRuleText());
    }
    if (isBehindProxy())
        return askForToken();
    m_isWanted = true;
    updateMake();
    // Even if already shared: the address may have changed.
    Q_EMIT sharingWanted();
}

void ShareDialog::askForToken()
{
    m_isWanted = false;
    m_request.appId = m_application->currentText().trimmed().toStdString();
    m_request.userId = m_user->text().trimmed().toStdString();
    m_request.role = Role::Viewer;
    m_request.expiresMs = m_life->endMs(QDateTime::currentMSecsSinceEpoch());
    m_request.origin = GrantOrigin::Invitation;
    Q_EMIT tokenWanted(m_request);
}

void ShareDialog::showFailure(const QString& why)
{
    m_isWanted = false;
    m_problem->setText(why);
    updateMake();
}

void ShareDialog::showToken(const NewToken& token)
{
    m_token = token.token;
    m_until->setText(tr("Valid until %1. It is shown only once.").arg(whenText(m_request.expiresMs)));
    m_fingerprint->setText(CertificateDialog::inTwoLines(m_state.fingerprint));
    if (isBehindProxy())
        m_address->addItem(m_state.publicUrl);
    m_address->addItems(m_state.sharedUrls);
    m_address->setVisible(m_address->count() > 1);
    showLink();
    m_pages->setCurrentIndex(1);
    m_link->copyButton().setDefault(true);
    m_link->copyButton().setFocus();
}

void ShareDialog::showLink()
{
    const QString link = invitationLink(m_address->currentText(), QString::fromStdString(m_request.appId),
                                        QString::fromStdString(m_request.userId), m_token);
    m_link->setText(link);
    // A proxy presents a certificate of its own.
    const bool isOurCertificate = m_state.sharedUrls.contains(m_address->currentText());
    m_explanation->setVisible(isOurCertificate);
    m_fingerprint->setVisible(isOurCertificate);
    const QImage code = qrCode(link);
    // Use whole pixels for each module: a blurred code is hard to read.
    const int times = code.isNull() ? 1 : std::max(1, int(codeSide * devicePixelRatioF()) / code.width());
    QPixmap pixmap = QPixmap::fromImage(code.scaled(code.size() * times));
    pixmap.setDevicePixelRatio(devicePixelRatioF());
    m_code->setPixmap(pixmap);
    m_code->setAlignment(Qt::AlignCenter);
    m_code->setAccessibleName(tr("The link as a QR code"));
}

} // namespace vigie
