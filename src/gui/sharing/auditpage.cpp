// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/sharing/auditpage.h"

#include "core/localtime.h"
#include "gui/sharing/accesstexts.h"

#include <QFileDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QTimerEvent>

namespace vigie {

using namespace Qt::StringLiterals;

AuditPage::AuditPage(QWidget* parent)
    : RecordPage(u"auditPage"_s, parent), m_export(addButton(u"exportAuditButton"_s, false)), m_find(new QLineEdit)
{
    m_find->setObjectName(u"auditFind"_s);
    m_find->setClearButtonEnabled(true);
    m_find->setMinimumWidth(200);
    addAtEnd(m_find);
    connect(m_export, &QPushButton::clicked, this, &AuditPage::chooseFile);
    connect(m_find, &QLineEdit::textChanged, this, &AuditPage::list);
    startTimer(std::chrono::seconds(2));
    retranslate();
    table().sortByColumn(0, Qt::DescendingOrder);
}

void AuditPage::showEvents(std::vector<AuditEvent> events, qint64 inAll)
{
    m_events = std::move(events);
    m_inAll = inAll;
    list();
}

void AuditPage::list()
{
    QList<RecordTable::Record> records;
    const QString wanted = m_find->text().trimmed();
    qlonglong place = 0;
    for (const AuditEvent& event : m_events) {
        ++place;
        const QStringList texts{auditText(event.kind), QString::fromStdString(event.userId), QString::fromStdString(event.appId),
                                QString::fromStdString(event.address), QString::fromStdString(event.detail)};
        if (!wanted.isEmpty() && texts.filter(wanted, Qt::CaseInsensitive).isEmpty())
            continue;
        // Keeps the order of events with the same time.
        QList<RecordTable::Cell> cells{{localTimeText(event.timeMs, QLocale()), double(event.timeMs) + double(place) / 10'000}};
        for (const QString& text : texts)
            cells.append({text});
        records.append({QString::number(event.timeMs) + u' ' + texts.join(u'|'), cells});
    }
    setRecords(records);
    const bool isAll = m_inAll <= qint64(m_events.size());
    setNoteText(isAll ? QString()
                      : tr("Of %1 events, the newest %2 are shown and searched. Export writes them all.")
                            .arg(locale().toString(m_inAll), locale().toString(qint64(m_events.size()))));
}

void AuditPage::chooseFile()
{
    auto* dialog = new QFileDialog(this, tr("Export Audit"), {}, tr("JSON lines (*.jsonl)"));
    dialog->setObjectName(u"exportAuditDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"jsonl"_s);
    dialog->selectFile(u"vigie-audit.jsonl"_s);
    connect(dialog, &QFileDialog::fileSelected, this, &AuditPage::exportRequested);
    dialog->open();
}

void AuditPage::showEvent(QShowEvent* event)
{
    RecordPage::showEvent(event);
    Q_EMIT eventsWanted();
}

void AuditPage::timerEvent(QTimerEvent*)
{
    if (isVisible())
        Q_EMIT eventsWanted();
}

void AuditPage::retranslate()
{
    table().setColumns({tr("Time"), tr("Event"), tr("User"), tr("Application"), tr("Address"), tr("Detail")});
    table().setAccessibleName(tr("Audit"));
    m_export->setText(tr("&Export…"));
    m_find->setPlaceholderText(tr("Find"));
    m_find->setAccessibleName(tr("Search the audit"));
    setNothingText(tr("Nothing has happened yet."));
    list();
}

} // namespace vigie
