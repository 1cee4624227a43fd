// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/secretfield.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QTimer>

namespace vigie {

using namespace Qt::StringLiterals;

SecretField::SecretField(const QString& name, const QString& copyText, QWidget* parent)
    : QWidget(parent), m_field(new QLineEdit), m_copy(new QPushButton(copyText))
{
    m_field->setObjectName(u"secretText"_s);
    m_field->setReadOnly(true);
    m_field->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_field->setAccessibleName(name);
    m_copy->setObjectName(u"copySecretButton"_s);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_field, 1);
    row->addWidget(m_copy);
    connect(m_copy, &QPushButton::clicked, this, [this, copyText] {
        QGuiApplication::clipboard()->setText(m_field->text());
        m_copy->setText(tr("Copied"));
        QTimer::singleShot(2'500, this, [this, copyText] { m_copy->setText(copyText); });
    });
}

void SecretField::setText(const QString& text)
{
    m_field->setText(text);
    m_field->setCursorPosition(0);
}

QString SecretField::text() const
{
    return m_field->text();
}

} // namespace vigie
