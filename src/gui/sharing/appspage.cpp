// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/sharing/appspage.h"

#include "core/names.h"
#include "gui/sharing/accesstexts.h"

#include <QDateTime>
#include <QInputDialog>
#include <QMessageBox>
#include <QPushButton>
#include <algorithm>

namespace vigie {

using namespace Qt::StringLiterals;

AppsPage::AppsPage(QWidget* parent)
    : RecordPage(u"appsPage"_s, parent), m_access(std::make_shared<const AccessTable>()),
      m_add(addButton(u"addAppButton"_s, false)), m_remove(addButton(u"removeAppButton"_s, true))
{
    connect(m_add, &QPushButton::clicked, this, &AppsPage::add);
    connect(m_remove, &QPushButton::clicked, this, &AppsPage::remove);
    retranslate();
    table().sortByColumn(0, Qt::AscendingOrder);
}

void AppsPage::showTable(const AccessTablePtr& access)
{
    m_access = access;
    const std::int64_t nowMs = QDateTime::currentMSecsSinceEpoch();
    QList<RecordTable::Record> records;
    for (const std::string& app : access->apps) {
        const auto good = std::count_if(access->grants.begin(), access->grants.end(),
                                        [&](const Grant& grant) { return grant.appId == app && grant.isGood(nowMs); });
        const QString name = QString::fromStdString(app);
        records.append({name, {{name}, {locale().toString(qlonglong(good)), qlonglong(good)}}});
    }
    setRecords(records);
}

void AppsPage::add()
{
    auto* dialog = new QInputDialog(this);
    dialog->setObjectName(u"addAppDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Add Application"));
    dialog->setLabelText(tr("Its name, as its programs give it:"));
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString& name) {
        const QString wanted = name.trimmed();
        if (nameProblem(wanted.toStdString()).empty())
            Q_EMIT addRequested(wanted);
        else if (!wanted.isEmpty())
            refuse();
    });
    dialog->open();
}

void AppsPage::refuse()
{
    auto* box = new QMessageBox(QMessageBox::Warning, tr("Add Application"), nameRuleText(), QMessageBox::Close, this);
    box->setObjectName(u"nameRuleBox"_s);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void AppsPage::remove()
{
    const QString name = table().chosenKey().toString();
    auto* box =
        new QMessageBox(QMessageBox::Warning, tr("Remove Application"), tr("Remove %1?").arg(name), QMessageBox::Cancel, this);
    box->setObjectName(u"removeAppBox"_s);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(tr("Its tokens are revoked, and whoever is connected with one is disconnected. Its logs are kept."));
    QPushButton* const yes = box->addButton(tr("Remove"), QMessageBox::AcceptRole);
    connect(yes, &QPushButton::clicked, this, [this, name] { Q_EMIT removeRequested(name); });
    box->open();
}

void AppsPage::retranslate()
{
    table().setColumns({tr("Application"), tr("Valid tokens")}, {1});
    table().setAccessibleName(tr("Applications"));
    m_add->setText(tr("&Add Application…"));
    m_remove->setText(tr("&Remove…"));
    setNothingText(tr("There are no applications with tokens."));
    showTable(m_access);
}

} // namespace vigie
