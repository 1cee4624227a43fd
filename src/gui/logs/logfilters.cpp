// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/logfilters.h"

#include "core/visibletext.h"
#include "gui/logs/filterchips.h"
#include "gui/logs/levelsmenu.h"
#include "gui/widgets/theme.h"

#include <QAction>
#include <QComboBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QStyle>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

constexpr int searchDelayMs = 120;

} // namespace

LogFilters::LogFilters(const Controls& controls, QObject* parent)
    : QObject(parent), m_controls(controls), m_regex(new QAction(this))
{
    m_regex->setObjectName(u"actionRegex"_s);
    m_regex->setCheckable(true);
    controls.search.addAction(m_regex, QLineEdit::TrailingPosition);
    controls.problem.setTextFormat(Qt::PlainText);
    controls.problem.setWordWrap(true);
    controls.problem.hide();
    m_searchTimer.setSingleShot(true);
    m_searchTimer.setInterval(searchDelayMs);
    connect(&m_searchTimer, &QTimer::timeout, this, &LogFilters::apply);
    connect(&controls.search, &QLineEdit::textChanged, &m_searchTimer, qOverload<>(&QTimer::start));
    connect(&controls.search, &QLineEdit::returnPressed, this, &LogFilters::apply);
    connect(m_regex, &QAction::toggled, this, [this] {
        setIcons();
        apply();
    });
    connect(&controls.application, &QComboBox::currentIndexChanged, this, &LogFilters::apply);
    connect(&controls.levels, &LevelsMenu::chosenChanged, this, &LogFilters::apply);
    connect(&controls.chips, &FilterChips::termsChanged, this, &LogFilters::apply);
    controls.search.installEventFilter(this);
    setIcons();
}

/// Esc leaves the search field and keeps its text; otherwise, the key would be the window's, which closes something.
bool LogFilters::eventFilter(QObject* watched, QEvent* event)
{
    const bool isKey = event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress;
    if (watched != &m_controls.search || !isKey || static_cast<QKeyEvent*>(event)->key() != Qt::Key_Escape)
        return QObject::eventFilter(watched, event);
    event->accept();
    if (event->type() == QEvent::KeyPress)
        m_controls.search.clearFocus();
    return true;
}

void LogFilters::setChoice(const LogChoice& choice)
{
    {
        const QScopedValueRollback setting(m_isSetting, true);
        const QString appId = QString::fromStdString(choice.appId);
        // An application that has sent nothing yet may be asked for all the same.
        if (m_controls.application.findData(appId) < 0)
            m_controls.application.addItem(visibleText(appId), appId);
        m_controls.application.setCurrentIndex(m_controls.application.findData(appId));
        m_controls.levels.choose(choice.severities);
        m_controls.search.setText(QString::fromStdString(choice.search));
        m_regex->setChecked(choice.isRegex);
        m_controls.chips.setTerms(choice.terms);
    }
    apply();
}

void LogFilters::add(const FieldTerm& term, bool isFor)
{
    // Metadata may have a key `app` whose value is no application here.
    const int application = term.key == "app" ? m_controls.application.findData(QString::fromStdString(term.value)) : -1;
    if (isFor && application >= 0)
        m_controls.application.setCurrentIndex(application);
    else
        m_controls.chips.add(term, isFor);
}

void LogFilters::setApplications(const QStringList& applications)
{
    QComboBox& box = m_controls.application;
    const QString chosen = box.currentData().toString();
    {
        const QSignalBlocker blocker(box);
        box.clear();
        box.addItem(tr("All applications"), QString());
        for (const QString& application : applications)
            box.addItem(visibleText(application), application);
        if (box.findData(chosen) < 0)
            box.addItem(visibleText(chosen), chosen);
        box.setCurrentIndex(box.findData(chosen));
    }
}

void LogFilters::apply()
{
    if (m_isSetting)
        return;
    m_searchTimer.stop();
    LogChoice choice;
    choice.appId = m_controls.application.currentData().toString().toStdString();
    choice.severities = m_controls.levels.chosen();
    choice.search = m_controls.search.text().toStdString();
    choice.isRegex = m_regex->isChecked() && !choice.search.empty();
    choice.terms = m_controls.chips.terms();
    QString problem;
    if (choice.isRegex) {
        if (const Result<Pattern> pattern = choice.pattern(); !pattern) {
            problem = tr("Not a regular expression: %1").arg(pattern.error().message);
            choice.search = m_choice.search;
            choice.isRegex = m_choice.isRegex;
        }
    }
    showProblem(problem);
    m_choice = std::move(choice);
    Q_EMIT changed();
}

void LogFilters::showProblem(const QString& problem)
{
    m_controls.problem.setText(problem);
    m_controls.problem.setVisible(!problem.isEmpty());
    const bool isBad = !problem.isEmpty();
    if (m_controls.search.property("invalid").toBool() == isBad)
        return;
    m_controls.search.setProperty("invalid", isBad);
    m_controls.search.style()->unpolish(&m_controls.search);
    m_controls.search.style()->polish(&m_controls.search);
}

void LogFilters::setIcons()
{
    // The field draws its actions without a frame, so the colour alone tells that it is on.
    QPalette palette = m_controls.search.palette();
    const Theme& theme = Theme::of(palette);
    palette.setColor(QPalette::WindowText, m_regex->isChecked() ? theme.accent : theme.mutedText);
    m_regex->setIcon(themedIcon(m_regex->isChecked() ? u"regex-on"_s : u"regex"_s, palette));
}

void LogFilters::retranslate()
{
    m_regex->setText(tr("Regular Expression"));
    m_regex->setToolTip(tr("Search by a regular expression"));
    m_controls.application.setItemText(0, tr("All applications"));
    if (m_controls.problem.isVisible())
        apply();
}

} // namespace vigie
