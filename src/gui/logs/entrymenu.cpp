// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/entrymenu.h"

#include "core/jsonscalars.h"
#include "core/jsontext.h"
#include "core/logtext.h"
#include "core/tracetree.h"
#include "gui/logs/entrytext.h"
#include "gui/logs/filterchips.h"

#include <QClipboard>
#include <QGuiApplication>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t ownTerms = 3; // level, application, sender
constexpr std::size_t maxValues = 12; // of the metadata; the details offer all of them
constexpr int maxShown = 60; // characters of a value

std::vector<FieldTerm> termsOf(const LogEntryRef& entry)
{
    const LogBatch& batch = *entry.batch;
    std::vector<FieldTerm> terms{{"level", std::string(batch.level(entry.index))},
                                 {"app", batch.appId()},
                                 {"user", std::string(batch.userId(entry.index))}};
    forEachScalar(batch.metadataJson(entry.index), [&](const JsonScalar& scalar) {
        if (!scalar.path.empty())
            terms.push_back({std::string(scalar.path), scalarValue(scalar.text)});
        return terms.size() < ownTerms + maxValues;
    });
    return terms;
}

} // namespace

EntryMenu::EntryMenu(const LogEntryRef& entry, bool canGoToTime, QAction* wrapLines, QWidget* parent)
    : QMenu(parent), m_entry(entry)
{
    setObjectName(u"entryMenu"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [this](const QString& text, const QString& name, auto act) {
        QAction* const action = addAction(text, this, act);
        action->setObjectName(name);
        return action;
    };
    add(tr("&Copy as Text"), u"actionCopyAsText"_s,
        [this] { QGuiApplication::clipboard()->setText(entryLine(m_entry, QLocale())); });
    add(tr("Copy as &JSON"), u"actionCopyAsJson"_s,
        [this] { QGuiApplication::clipboard()->setText(QString::fromStdString(indentedJson(m_entry.json()))); });
    addSeparator();
    addFilters(tr("&Filter For"), true);
    addFilters(tr("Filter &Out"), false);
    add(tr("&Around This Moment"), u"actionAroundThisMoment"_s, [this] {
        Q_EMIT momentWanted(m_entry.batch->timestampMs(m_entry.index));
    })->setEnabled(canGoToTime);
    if (const std::string trace = traceIdsOf(entry).trace; !trace.empty())
        add(tr("Show &Trace"), u"actionShowTrace"_s, [this, trace] { Q_EMIT traceWanted(trace); })->setEnabled(canGoToTime);
    addSeparator();
    add(tr("&Highlight…"), u"actionHighlight"_s, [this] {
        const std::string_view message = m_entry.batch->message(m_entry.index);
        Q_EMIT highlightWanted(logText(beginningOf(message.substr(0, message.find('\n')), maxShown), TextLines::One).text);
    });
    addAction(wrapLines);
}

void EntryMenu::addFilters(const QString& title, bool isFor)
{
    QMenu* const menu = addMenu(title);
    menu->setObjectName(isFor ? u"filterForMenu"_s : u"filterOutMenu"_s);
    const std::vector<FieldTerm> terms = termsOf(m_entry);
    for (std::size_t i = 0; i < terms.size(); ++i) {
        const FieldTerm& term = terms[i];
        const QString whole = i < ownTerms ? termText(term, true) : valueText(term, true);
        const QString text = fontMetrics().elidedText(whole, Qt::ElideMiddle, fontMetrics().averageCharWidth() * maxShown);
        connect(menu->addAction(QString(text).replace(u'&', u"&&"_s)), &QAction::triggered, this,
                [this, term, isFor] { Q_EMIT filterChosen(term, isFor); });
    }
}

} // namespace vigie
