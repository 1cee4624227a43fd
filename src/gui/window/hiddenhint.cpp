// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window/hiddenhint.h"

#include <QAction>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>

namespace vigie {

using namespace Qt::StringLiterals;

HiddenHint::HiddenHint(QAction* showCharts, QAction* showLogs, QWidget* parent)
    : QWidget(parent), m_text(new QLabel), m_charts(new QPushButton), m_logs(new QPushButton)
{
    setObjectName(u"nothingShown"_s);
    m_text->setProperty("muted", true);
    m_charts->setObjectName(u"showChartsButton"_s);
    m_logs->setObjectName(u"showLogsButton"_s);
    connect(m_charts, &QPushButton::clicked, showCharts, [showCharts] { showCharts->setChecked(true); });
    connect(m_logs, &QPushButton::clicked, showLogs, [showLogs] { showLogs->setChecked(true); });
    auto* grid = new QGridLayout(this);
    grid->setRowStretch(0, 1);
    grid->setRowStretch(3, 1);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(3, 1);
    grid->addWidget(m_text, 1, 1, 1, 2, Qt::AlignCenter);
    grid->addWidget(m_charts, 2, 1);
    grid->addWidget(m_logs, 2, 2);
    retranslate();
}

void HiddenHint::retranslate()
{
    m_text->setText(tr("Charts and logs are hidden."));
    m_charts->setText(tr("Show Charts"));
    m_logs->setText(tr("Show Logs"));
}

void HiddenHint::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace vigie
