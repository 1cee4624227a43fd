// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/deletedialog.h"

#include "core/visibletext.h"
#include "gui/logs/storedcounts.h"

#include <QPointer>
#include <QPushButton>
#include <QTimer>
#include <algorithm>
#include <limits>
#include <numeric>

namespace vigie {

using namespace Qt::StringLiterals;

DeleteDialog::DeleteDialog(const QString& appId, History* history, QWidget* parent, std::chrono::milliseconds patience)
    : QMessageBox(QMessageBox::Warning, tr("Delete Stored Entries"), {}, QMessageBox::Cancel, parent), m_name(visibleText(appId)),
      m_delete(addButton(tr("&Delete"), QMessageBox::DestructiveRole))
{
    setObjectName(u"deleteEntriesBox"_s);
    setTextFormat(Qt::PlainText);
    setAttribute(Qt::WA_DeleteOnClose);
    setInformativeText(tr("They are gone for good, for everyone who reads them, here and in browsers. "
                          "To empty only this view, choose Clear View instead."));
    m_delete->setObjectName(u"deleteEntriesButton"_s);
    setDefaultButton(QMessageBox::Cancel);
    setEscapeButton(QMessageBox::Cancel);
    connect(m_delete, &QPushButton::clicked, this, &DeleteDialog::confirmed);
    if (!history) {
        ask(tr("Delete the entries of “%1” that Vigie holds in memory?"));
        return;
    }
    setText(tr("Counting the stored entries of “%1”…").arg(m_name));
    m_delete->setEnabled(false);
    QTimer::singleShot(patience, this, [this] {
        if (!m_delete->isEnabled())
            ask(tr("Delete all stored entries of “%1” for good? Their number is unknown, as the store does not answer."));
    });
    history->counts(allEntriesQuery(appId.toStdString()), [self = QPointer(this)](const LogCounts& counts) {
        if (self)
            self->showCounts(counts);
    });
}

void DeleteDialog::showCounts(const LogCounts& counts)
{
    const LevelCounts levels = totalOf(counts);
    const std::uint64_t total = std::accumulate(levels.begin(), levels.end(), std::uint64_t(0));
    // The number chooses the plural's form; the text has all its digits.
    const auto form = static_cast<int>(std::min<std::uint64_t>(total, std::numeric_limits<int>::max()));
    ask(counts.isComplete() ? tr("Delete %Ln stored entry(ies) of “%1” for good?", nullptr, form)
                            : tr("Delete more than %Ln stored entry(ies) of “%1” for good?", nullptr, form));
}

void DeleteDialog::ask(const QString& question)
{
    setText(question.arg(m_name));
    m_delete->setEnabled(true);
}

} // namespace vigie
