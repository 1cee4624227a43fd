// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/sharing/tokendialog.h"

#include "core/names.h"
#include "gui/sharing/accesstexts.h"
#include "gui/sharing/validitybox.h"
#include "gui/widgets/secretfield.h"

#include <QComboBox>
#include <QDateTime>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>

namespace vigie {

using namespace Qt::StringLiterals;

TokenDialog::TokenDialog(const QStringList& applications, QWidget* parent)
    : QDialog(parent), m_pages(new QStackedWidget), m_user(new QLineEdit), m_application(new QComboBox), m_role(new QComboBox),
      m_roleMeaning(new QLabel), m_life(new ValidityBox(true)), m_problem(new QLabel),
      m_token(new SecretField(tr("Token"), tr("&Copy")))
{
    setObjectName(u"tokenDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Add Token"));
    m_user->setObjectName(u"tokenUser"_s);
    m_application->setObjectName(u"tokenApplication"_s);
    m_application->setEditable(true);
    m_application->addItem(tr("Every application"), true);
    m_application->addItems(applications);
    m_application->setCurrentIndex(applications.isEmpty() ? 0 : 1);
    m_role->setObjectName(u"tokenRole"_s);
    for (const Role role : {Role::Viewer, Role::Producer, Role::Operator, Role::Admin})
        m_role->addItem(roleText(role), int(role));
    m_roleMeaning->setProperty("muted", true);
    m_roleMeaning->setWordWrap(true);
    m_problem->setObjectName(u"tokenProblem"_s);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    const auto explain = [this] {
        const QString meanings[] = {tr("Reads logs and figures."), tr("Sends logs and figures, and reads nothing."),
                                    tr("Reads, sends, deletes stored entries and sends commands."), tr("May do everything.")};
        m_roleMeaning->setText(meanings[m_role->currentData().toInt()]);
    };
    connect(m_role, &QComboBox::currentIndexChanged, this, explain);
    explain();

    auto* form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(10);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("&User"), m_user);
    form->addRow(tr("&Application"), m_application);
    form->addRow(tr("&Role"), m_role);
    form->addRow(QString(), m_roleMeaning);
    form->addRow(tr("&Valid for"), m_life);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_make = buttons->addButton(tr("&Make Token"), QDialogButtonBox::AcceptRole);
    m_make->setObjectName(u"makeTokenButton"_s);
    m_make->setDefault(true);
    m_make->setEnabled(false);
    connect(m_user, &QLineEdit::textChanged, this,
            [this](const QString& user) { m_make->setEnabled(!user.trimmed().isEmpty()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_make, &QPushButton::clicked, this, &TokenDialog::make);
    auto* first = new QWidget;
    auto* firstColumn = new QVBoxLayout(first);
    firstColumn->setContentsMargins(0, 0, 0, 0);
    firstColumn->addLayout(form);
    firstColumn->addWidget(m_problem);
    firstColumn->addStretch(1);
    firstColumn->addWidget(buttons);

    auto* once = new QLabel(tr("This is the token. It is shown only once. Whoever has it can use it, so keep it safe."));
    once->setWordWrap(true);
    auto* close = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(close, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* second = new QWidget;
    auto* secondColumn = new QVBoxLayout(second);
    secondColumn->setContentsMargins(0, 0, 0, 0);
    secondColumn->setSpacing(12);
    secondColumn->addWidget(once);
    secondColumn->addWidget(m_token);
    secondColumn->addStretch(1);
    secondColumn->addWidget(close);

    m_pages->addWidget(first);
    m_pages->addWidget(second);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 16);
    column->addWidget(m_pages);
    resize(520, 300);
}

void TokenDialog::make()
{
    TokenRequest request;
    request.userId = m_user->text().trimmed().toStdString();
    const bool isForAll = m_application->currentText() == m_application->itemText(0);
    request.appId = isForAll ? std::string() : m_application->currentText().trimmed().toStdString();
    request.role = static_cast<Role>(m_role->currentData().toInt());
    request.expiresMs = m_life->endMs(QDateTime::currentMSecsSinceEpoch());
    m_problem->clear();
    if (!isForAll && request.appId.empty())
        return showFailure(tr("Which application is it for?"));
    if (!nameProblem(request.userId).empty() || (!isForAll && !nameProblem(request.appId).empty()))
        return showFailure(nameRuleText());
    m_make->setEnabled(false);
    Q_EMIT tokenWanted(request);
}

void TokenDialog::showFailure(const QString& why)
{
    m_problem->setText(why);
    m_make->setEnabled(true);
}

void TokenDialog::showToken(const NewToken& token)
{
    m_token->setText(QString::fromLatin1(token.token));
    m_pages->setCurrentIndex(1);
    m_token->copyButton().setDefault(true);
    m_token->copyButton().setFocus();
}

} // namespace vigie
