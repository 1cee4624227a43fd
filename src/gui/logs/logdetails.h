// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logbatch.h"

#include <QWidget>
#include <optional>

class QFormLayout;
class QLabel;
class QToolButton;

namespace vigie {

class LogTextView;
class TextFind;
struct FieldTerm;

/// All of one log entry: time, sender, id, the whole message, and the metadata as indented JSON with its numbers unchanged. All
/// of it can be selected and copied.
class LogDetails : public QWidget
{
    Q_OBJECT

public:
    explicit LogDetails(QWidget* parent = nullptr);

    void show(const LogEntryRef& entry);
    void clear();
    std::optional<LogEntryRef> entry() const { return m_entry; }
    /// Copies the entry's JSON, indented.
    void copy() const;
    /// Searches within the entry.
    void find();
    /// Whether this stands in place of the list, so that closing it is going back.
    void setInPlace(bool isInPlace);
    /// Whether traces can be shown: there are stored entries.
    void setShowsTraces(bool shows);

Q_SIGNALS:
    void closeRequested();
    void traceWanted(const std::string& traceId);
    /// Show only entries with this value, or all but these.
    void valueChosen(const vigie::FieldTerm& term, bool isFor);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void setIcons();
    void showLevel();

    std::optional<LogEntryRef> m_entry;
    std::string m_traceId; // of that entry; empty: it has none
    bool m_showsTraces = false;
    QFormLayout* m_form;
    QLabel* m_level;
    QLabel* m_time;
    QLabel* m_application;
    QLabel* m_user;
    QLabel* m_id;
    LogTextView* m_text;
    QToolButton* m_trace;
    QToolButton* m_copy;
    TextFind* m_find;
    QToolButton* m_back;
    QToolButton* m_close;
};

} // namespace vigie
