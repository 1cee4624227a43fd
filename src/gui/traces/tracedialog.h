// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tracetree.h"

#include <QColor>
#include <QDialog>
#include <QHash>
#include <QStringList>
#include <stop_token>
#include <string>

class QDialogButtonBox;
class QLabel;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace vigie {

class History;

/// A trace on the time axis: its spans below those that called them, what was logged in each, and what is missing of it. Stays
/// open beside the window. GUI thread.
class TraceDialog : public QDialog
{
    Q_OBJECT

public:
    /// Searches the trace in `history`, which must outlive this.
    TraceDialog(History& history, const std::string& traceId, const QStringList& applications, QWidget* parent);
    ~TraceDialog() override { m_dropped.request_stop(); }

Q_SIGNALS:
    void entryChosen(const vigie::LogEntryRef& entry);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void search();
    void showTrace(TraceTree trace);
    void showRows();
    void colour();
    QTreeWidgetItem* rowOf(const TraceNode& node) const;
    QColor colourOf(const TraceNode& node) const;
    QString summary() const;
    QString oddities() const;
    void choose(const QTreeWidgetItem* row);
    void retranslate();

    std::string m_traceId;
    QStringList m_applications;
    History& m_history;
    std::stop_source m_dropped; // ends the search
    TraceTree m_trace;
    QHash<std::string, int> m_colours; // by application
    bool m_isSearching = true;
    QLabel* m_summary;
    QLabel* m_oddities;
    QTreeWidget* m_tree;
    QDialogButtonBox* m_buttons;
    QPushButton* m_again;
};

} // namespace vigie
