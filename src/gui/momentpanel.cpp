// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/momentpanel.h"

#include "core/units.h"
#include "gui/elidedlabel.h"
#include "gui/theme.h"

#include <QDateTime>
#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <map>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

enum Column { Name, Cpu, Memory, Pid, columnCount };

/// Sorts by what its figures are, not by how they are written.
class Item : public QTreeWidgetItem
{
public:
    bool operator<(const QTreeWidgetItem& other) const override
    {
        const int column = treeWidget()->sortColumn();
        if (column == Name)
            return text(Name).localeAwareCompare(other.text(Name)) < 0;
        return data(column, Qt::UserRole).toDouble() < other.data(column, Qt::UserRole).toDouble();
    }
};

} // namespace

MomentPanel::MomentPanel(QWidget* parent)
    : Card(parent), m_title(new ElidedLabel(ElidedLabel::Tone::Strong)), m_time(new ElidedLabel(ElidedLabel::Tone::Muted)),
      m_closeButton(new QToolButton), m_table(new QTreeWidget), m_nothing(new QLabel)
{
    setObjectName(u"momentPanel"_s);
    m_closeButton->setObjectName(u"closeMomentButton"_s);
    m_closeButton->setAutoRaise(true);
    connect(m_closeButton, &QToolButton::clicked, this, &MomentPanel::closeRequested);
    m_table->setObjectName(u"processTable"_s);
    m_table->setColumnCount(columnCount);
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setSelectionMode(QAbstractItemView::NoSelection);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(Cpu, Qt::DescendingOrder);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->header()->setStretchLastSection(false);
    m_table->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->header()->setSectionResizeMode(Name, QHeaderView::Stretch);
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
}

void MomentPanel::showMoment(qint64 wallMs)
{
    m_wallMs = wallMs;
    m_isAnswered = false;
    m_table->clear();
    retranslate();
}

void MomentPanel::showProcesses(const ProcessMoment& moment)
{
    m_isAnswered = true;
    std::map<int, ProcessSample> all;
    for (const auto* top : {&moment.processes.topByCpu, &moment.processes.topByMemory}) {
        for (const ProcessSample& process : *top)
            all.emplace(process.pid, process);
    }
    const QLocale locale;
    m_table->clear();
    for (const auto& [pid, process] : all) {
        auto* item = new Item;
        item->setText(Name, process.name);
        item->setToolTip(Name, process.name);
        item->setText(Cpu, percentText(process.cpuPercent, locale));
        item->setData(Cpu, Qt::UserRole, process.cpuPercent);
        item->setText(Memory, bytesText(static_cast<double>(process.residentBytes), locale));
        item->setData(Memory, Qt::UserRole, static_cast<double>(process.residentBytes));
        item->setText(Pid, QString::number(pid));
        item->setData(Pid, Qt::UserRole, pid);
        for (const int column : {Cpu, Memory, Pid})
            item->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
        m_table->addTopLevelItem(item);
    }
    retranslate();
}

void MomentPanel::retranslate()
{
    const QLocale locale;
    m_title->setText(tr("Processes"));
    m_time->setText(tr("%1 at %2", "date, time")
                        .arg(locale.toString(QDateTime::fromMSecsSinceEpoch(m_wallMs).date(), QLocale::ShortFormat),
                             locale.toString(QDateTime::fromMSecsSinceEpoch(m_wallMs).time(), u"HH:mm:ss"_s)));
    m_closeButton->setToolTip(tr("Close"));
    m_closeButton->setAccessibleName(tr("Close"));
    m_table->setHeaderLabels({tr("Name"), tr("CPU"), tr("Memory"), tr("PID")});
    m_table->headerItem()->setToolTip(Cpu, tr("Of one core: 200 % is two cores busy"));
    for (const int column : {Cpu, Memory, Pid})
        m_table->headerItem()->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
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
