// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/timedialog.h"

#include "core/localtime.h"
#include "gui/widgets/daytext.h"

#include <QDateTimeEdit>
#include <QDialogButtonBox>
#include <QLocale>
#include <QVBoxLayout>

namespace vigie {

using namespace Qt::StringLiterals;

TimeDialog::TimeDialog(qint64 timeMs, QWidget* parent)
    : QDialog(parent), m_edit(new QDateTimeEdit(QDateTime::fromMSecsSinceEpoch(timeMs)))
{
    setObjectName(u"timeDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Go to Time"));
    m_edit->setObjectName(u"timeEdit"_s);
    m_edit->setCalendarPopup(true);
    m_edit->setDisplayFormat(shortDateFormat(QLocale()) + u" HH:mm:ss"_s);
    m_edit->setAccessibleName(tr("Time"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(this, &QDialog::accepted, this, [this] {
        Q_EMIT chosen(msOfLocalTime(m_edit->date(), m_edit->time()));
    });
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_edit);
    column->addWidget(buttons);
}

} // namespace vigie
