// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/settings/settingspage.h"

#include "gui/settings/numberfield.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

QLabel* mutedLabel(const QString& text)
{
    auto* label = new QLabel(text);
    label->setProperty("muted", true);
    label->setWordWrap(true);
    return label;
}

} // namespace

SettingsPage::SettingsPage(const SettingsOverrides& overrides, QWidget* parent)
    : QWidget(parent), m_overrides(overrides), m_rows(new QGridLayout)
{
    auto* fields = new QWidget;
    auto* column = new QVBoxLayout(fields);
    column->setContentsMargins(12, 4, 12, 4);
    column->addLayout(m_rows);
    column->addStretch(1);
    m_rows->setColumnStretch(0, 2);
    m_rows->setColumnStretch(1, 3);
    m_rows->setHorizontalSpacing(12);
    m_rows->setVerticalSpacing(10);
    auto* area = new QScrollArea;
    area->setWidget(fields);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(area);
}

void SettingsPage::addRow(QWidget* label, QWidget* field)
{
    const int row = m_rows->rowCount();
    if (label)
        m_rows->addWidget(label, row, 0);
    m_rows->addWidget(field, row, 1);
}

void SettingsPage::addLine(QWidget* widget)
{
    m_rows->addWidget(widget, m_rows->rowCount(), 0, 1, 2);
}

void SettingsPage::add(const QString& setting, const QString& label, QWidget* field)
{
    QWidget* const focused = field->focusProxy() ? field->focusProxy() : field;
    focused->setAccessibleName(label);
    if (label.isEmpty()) {
        addLine(field);
    } else {
        auto* name = new QLabel(label);
        name->setWordWrap(true);
        name->setBuddy(field);
        addRow(name, field);
    }
    if (const QString option = m_overrides.value(setting); !option.isEmpty()) {
        field->setEnabled(false);
        const QString text = option == "--no-history"_L1
                                 ? tr("Nothing is kept on disk: Vigie was started with --no-history.")
                                 : tr("Set by %1 for this run.").arg(option);
        if (m_notes.contains(text))
            return;
        m_notes.insert(text);
        QLabel* const note = mutedLabel(text);
        note->setObjectName(setting + u"Override"_s);
        addRow(nullptr, note);
    }
}

void SettingsPage::showSettings(const Settings& settings)
{
    for (const auto& show : m_shows)
        show(settings);
}

void SettingsPage::keepUpToDate(QWidget* field, std::function<void(const Settings&)> show)
{
    m_shows.push_back([field, show = std::move(show)](const Settings& settings) {
        const QSignalBlocker silent(field);
        if (field->isEnabled())
            show(settings);
    });
}

void SettingsPage::addNumber(const QString& name, int Settings::*value, int held, int min, int max, const QString& label,
                             const QString& unit)
{
    auto* field = new NumberField(name, min, max, unit);
    field->setValue(held);
    connect(field, &NumberField::changed, this,
            [this, value](int number) { Q_EMIT edited([value, number](Settings& settings) { settings.*value = number; }); });
    keepUpToDate(field, [field, value](const Settings& settings) { field->showValue(settings.*value); });
    add(name, label, field);
}

QComboBox* SettingsPage::addChoice(const QString& name, QString Settings::*value, const QString& held, const QString& label,
                                   const QList<std::pair<QString, QString>>& choices)
{
    auto* box = new QComboBox;
    box->setObjectName(name);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(12);
    for (const auto& [stored, text] : choices)
        box->addItem(text, stored);
    box->setCurrentIndex(std::max(0, box->findData(held)));
    connect(box, &QComboBox::activated, this, [this, box, value] {
        Q_EMIT edited([value, chosen = box->currentData().toString()](Settings& settings) { settings.*value = chosen; });
    });
    keepUpToDate(box, [box, value](const Settings& settings) {
        box->setCurrentIndex(std::max(0, box->findData(settings.*value)));
    });
    add(name, label, box);
    return box;
}

QCheckBox* SettingsPage::addCheck(const QString& name, bool Settings::*value, bool held, const QString& text)
{
    auto* box = new QCheckBox(text);
    box->setObjectName(name);
    box->setChecked(held);
    connect(box, &QCheckBox::toggled, this,
            [this, value](bool on) { Q_EMIT edited([value, on](Settings& settings) { settings.*value = on; }); });
    keepUpToDate(box, [box, value](const Settings& settings) { box->setChecked(settings.*value); });
    add(name, {}, box);
    box->setAccessibleName(text);
    return box;
}

void SettingsPage::addHeading(const QString& text)
{
    auto* label = new QLabel(text);
    QFont bold = label->font();
    bold.setBold(true);
    label->setFont(bold);
    addLine(label);
}

void SettingsPage::setNarrowLabels()
{
    m_rows->setColumnStretch(0, 1);
}

void SettingsPage::addNote(const QString& text)
{
    addLine(mutedLabel(text));
}

} // namespace vigie
