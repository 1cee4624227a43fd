// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/processes/momentpanel.h"

#include "gui/widgets/daytext.h"
#include "core/units.h"
#include "gui/widgets/elidedlabel.h"
#include "gui/widgets/recordtable.h"
#include "gui/widgets/theme.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QToolButton>
#include <QVBoxLayout>
#include <map>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

enum Column { Name, Cpu, Memory, Pid };

} // namespace

MomentPanel::MomentPanel(QWidget* parent)
    : Card(parent), m_title(new ElidedLabel(ElidedLabel::Tone::Strong)), m_time(new ElidedLabel(ElidedLabel::Tone::Muted)),
      m_closeButton(new QToolButton), m_table(new RecordTable), m_nothing(new QLabel)
{
    setObjectName(u"momentPanel"_s);
    m_closeButton->setObjectName(u"closeMomentButton"_s);
    m_closeButton->setAutoRaise(true);
    connect(m_closeButton, &QToolButton::clicked, this, &MomentPanel::closeRequested);
    m_table->setObjectName(u"processTable"_s);
    m_table->setSelectionMode(QAbstractItemView::NoSelection);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setWordWrap(true);
    m_nothing->setForegroundRole(QPalette::PlaceholderText);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_title);
    words->addWidget(m_time);
    auto* head = new QHBoxLayout;
    head->addLayout(words, 1);
    head->addWidget(m_closeButton, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 12, 8);
    column->setSpacing(4);
    column->addLayout(head);
    column->addWidget(m_table, 1);
    column->addWidget(m_nothing, 1);
    setMinimumWidth(240);
    setIcons();
    retranslate();
    m_table->sortByColumn(Cpu, Qt::DescendingOrder);
}

void MomentPanel::showMoment(qint64 wallMs)
{
    m_wallMs = wallMs;
    m_isAnswered = false;
    m_table->clear();
    retranslate();
}

void MomentPanel::showProcesses(const ProcessSnapshot& moment)
{
    m_isAnswered = true;
    std::map<int, ProcessSample> all;
    for (const auto* top : {&moment.processes.topByCpu, &moment.processes.topByMemory}) {
        for (const ProcessSample& process : *top)
            all.emplace(process.pid, process);
    }
    const QLocale locale;
    QList<RecordTable::Record> records;
    for (const auto& [pid, process] : all) {
        records.append({pid,
                        {{process.name},
                         {percentText(process.cpuPercent, locale), process.cpuPercent},
                         {bytesText(double(process.residentBytes), locale), double(process.residentBytes)},
                         {QString::number(pid), pid}}});
    }
    m_table->setRecords(records);
    retranslate();
}

void MomentPanel::retranslate()
{
    const QLocale locale;
    m_title->setText(tr("Processes"));
    m_time->setText(momentText(m_wallMs, locale));
    m_closeButton->setToolTip(tr("Close"));
    m_closeButton->setAccessibleName(tr("Close"));
    m_table->setColumns({tr("Name"), tr("CPU"), tr("Memory"), tr("PID")}, {Cpu, Memory, Pid});
    m_table->header()->setStretchLastSection(false);
    m_table->header()->setSectionResizeMode(Name, QHeaderView::Stretch);
    m_table->headerItem()->setToolTip(Cpu, tr("Of one core: 200 % is two cores busy"));
    m_table->setAccessibleName(tr("Processes"));
    const bool isEmpty = m_table->topLevelItemCount() == 0;
    m_table->setVisible(!isEmpty);
    m_nothing->setVisible(isEmpty);
    m_nothing->setText(m_isAnswered ? tr("No processes are stored of this moment.") : tr("Looking them up…"));
}

void MomentPanel::setIcons()
{
    m_closeButton->setIcon(themedIcon(u"close"_s, palette()));
}

void MomentPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    else if (event->type() == QEvent::PaletteChange)
        setIcons();
    Card::changeEvent(event);
}

} // namespace vigie
