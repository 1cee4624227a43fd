// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/settings/numberfield.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QVBoxLayout>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

constexpr int fieldWidth = 96;

} // namespace

NumberField::NumberField(const QString& name, int min, int max, const QString& unit, QWidget* parent)
    : QWidget(parent), m_min(min), m_max(max), m_edit(new QLineEdit), m_problem(new QLabel)
{
    m_edit->setObjectName(name);
    m_edit->setFixedWidth(fieldWidth);
    m_edit->setAlignment(Qt::AlignRight);
    m_problem->setObjectName(name + u"Problem"_s);
    m_problem->setProperty("problem", true);
    m_problem->setWordWrap(true);
    m_problem->hide();
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    row->addWidget(m_edit);
    row->addWidget(new QLabel(unit));
    row->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addLayout(row);
    column->addWidget(m_problem);
    setFocusProxy(m_edit);
    connect(m_edit, &QLineEdit::editingFinished, this, &NumberField::take);
}

void NumberField::setValue(int value)
{
    m_value = value;
    m_edit->setText(textOf(value));
    setProblem({});
}

void NumberField::showValue(int value)
{
    if (value != m_value)
        setValue(value);
}

QString NumberField::textOf(int value) const
{
    QLocale locale;
    if (!m_isGrouped)
        locale.setNumberOptions(QLocale::OmitGroupSeparator);
    return locale.toString(value);
}

void NumberField::setProblem(const QString& problem)
{
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_edit->setAccessibleDescription(problem);
}

void NumberField::take()
{
    // Leaving the field ends editing as well, and says nothing new.
    if (!m_edit->isModified())
        return;
    const QLocale locale;
    bool isNumber = false;
    int value = locale.toInt(m_edit->text().trimmed(), &isNumber);
    if (!isNumber)
        value = m_edit->text().trimmed().toInt(&isNumber); // without the language's separators
    if (!isNumber || value < m_min || value > m_max)
        return setProblem(tr("Enter a number from %1 to %2. Until then, %3 holds.")
                              .arg(textOf(m_min), textOf(m_max), textOf(m_value)));
    const bool isNews = value != m_value || !m_problem->isHidden();
    setValue(value);
    if (isNews)
        Q_EMIT changed(value);
}

} // namespace vigie
