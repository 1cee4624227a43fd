// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fieldterms.h"

#include <QMenu>

namespace vigie {

/// What can be done with one entry. Deletes itself when it is closed. GUI thread.
class EntryMenu : public QMenu
{
    Q_OBJECT

public:
    /// `canGoToTime`: whether there are stored entries to show around a moment.
    EntryMenu(const LogEntryRef& entry, bool canGoToTime, QAction* wrapLines, QWidget* parent);

Q_SIGNALS:
    void filterChosen(const vigie::FieldTerm& term, bool isFor);
    void momentWanted(qint64 timeMs);
    void traceWanted(const std::string& traceId);
    /// `text`: what to begin with.
    void highlightWanted(const QString& text);

private:
    void addFilters(const QString& title, bool isFor);

    LogEntryRef m_entry;
};

} // namespace vigie
