// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/deletedialog.h"

#include "core/visibletext.h"
#include "gui/logs/storedcounts.h"

#include <QPointer>
#include <QPushButton>
#include <algorithm>
#include <limits>
#include <numeric>

namespace vigie {

using namespace Qt::StringLiterals;

DeleteDialog::DeleteDialog(const QString& appId, History* history, QWidget* parent)
    : QMessageBox(QMessageBox::Warning, tr("Delete Stored Entries"), {}, QMessageBox::Cancel, parent)
{
    setObjectName(u"deleteEntriesBox"_s);
    setTextFormat(Qt::PlainText);
    setAttribute(Qt::WA_DeleteOnClose);
    const QString name = visibleText(appId);
    setText(history ? tr("Delete all stored entries of “%1”? (counting…)").arg(name)
                    : tr("Delete the entries of “%1” that Vigie holds in memory?").arg(name));
    setInformativeText(tr("They are gone for good, for everyone who reads them, here and in browsers. "
                          "To empty only this view, choose Clear View instead."));
    QPushButton* const remove = addButton(tr("&Delete"), QMessageBox::DestructiveRole);
    remove->setObjectName(u"deleteEntriesButton"_s);
    setDefaultButton(QMessageBox::Cancel);
    setEscapeButton(QMessageBox::Cancel);
    connect(remove, &QPushButton::clicked, this, &DeleteDialog::confirmed);
    if (!history)
        return;
    history->counts(allEntriesQuery(appId.toStdString()), [self = QPointer(this), name](const LogCounts& counts) {
        if (!self)
            return;
        const LevelCounts levels = totalOf(counts);
        const std::uint64_t total = std::accumulate(levels.begin(), levels.end(), std::uint64_t(0));
        // The number chooses the plural's form; the text has all its digits.
        const auto form = static_cast<int>(std::min<std::uint64_t>(total, std::numeric_limits<int>::max()));
        const QString text = counts.isComplete() ? tr("Delete %Ln stored entry(ies) of “%1” for good?", nullptr, form)
                                                 : tr("Delete more than %Ln stored entry(ies) of “%1” for good?", nullptr, form);
        self->setText(text.arg(name));
    });
}

} // namespace vigie
