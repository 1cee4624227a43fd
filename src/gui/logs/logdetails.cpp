// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/logdetails.h"

#include "core/jsontext.h"
#include "core/logtext.h"
#include "core/tracetree.h"
#include "gui/widgets/daytext.h"
#include "gui/widgets/elidedlabel.h"
#include "gui/logs/logtextview.h"
#include "gui/logs/textfind.h"
#include "gui/widgets/theme.h"

#include <QClipboard>
#include <QEvent>
#include <QFontDatabase>
#include <QFormLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QLocale>
#include <QScrollArea>
#include <QToolButton>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

constexpr int leastTextHeight = 84;

QString shown(std::string_view text)
{
    return logText(text, TextLines::One).text;
}

} // namespace

LogDetails::LogDetails(QWidget* parent)
    : QWidget(parent), m_form(new QFormLayout), m_level(new QLabel), m_time(new QLabel),
      m_application(new QLabel), m_user(new QLabel), m_id(new QLabel), m_text(new LogTextView),
      m_trace(new QToolButton), m_copy(new QToolButton), m_find(new TextFind(*m_text)),
      m_back(new QToolButton), m_close(new QToolButton)
{
    setObjectName(u"logDetails"_s);
    m_level->setProperty("strong", true);
    m_level->setTextFormat(Qt::PlainText);
    m_trace->setObjectName(u"showTraceButton"_s);
    m_trace->hide();
    m_copy->setObjectName(u"copyEntryButton"_s);
    m_close->setObjectName(u"closeDetailsButton"_s);
    m_back->setObjectName(u"backToListButton"_s);
    m_back->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_back->hide();
    for (QToolButton* const button : {m_trace, m_copy, m_back, m_close})
        button->setFocusPolicy(Qt::StrongFocus);
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_back);
    head->addWidget(m_level);
    head->addWidget(m_time, 1); // a line of its own would be one less for the text
    head->addWidget(m_trace);
    head->addWidget(m_copy);
    head->addWidget(m_close);

    const QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    m_form->setHorizontalSpacing(12);
    m_form->setVerticalSpacing(4);
    for (QLabel* value : {m_time, m_application, m_user, m_id}) {
        value->setTextFormat(Qt::PlainText);
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        value->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        if (value == m_time)
            continue;
        auto* name = new QLabel;
        name->setProperty("muted", true);
        m_form->addRow(name, value);
    }
    m_time->setWordWrap(true);
    m_time->setObjectName(u"timeLabel"_s);
    m_id->setFont(fixed);
    m_text->setObjectName(u"entryText"_s);
    m_text->setFont(fixed);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 12, 12);
    column->setSpacing(8);
    column->addLayout(head);
    column->addWidget(m_find);
    // Where there is little room, all of it scrolls.
    auto* body = new QWidget;
    auto* bodyColumn = new QVBoxLayout(body);
    bodyColumn->setContentsMargins(0, 0, 0, 0);
    bodyColumn->setSpacing(8);
    bodyColumn->addLayout(m_form);
    bodyColumn->addWidget(m_text, 1);
    m_text->setMinimumHeight(leastTextHeight);
    auto* area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(body);
    area->viewport()->setAutoFillBackground(false);
    body->setAutoFillBackground(false);
    column->addWidget(area, 1);

    connect(m_trace, &QToolButton::clicked, this, [this] { Q_EMIT traceWanted(m_traceId); });
    connect(m_copy, &QToolButton::clicked, this, &LogDetails::copy);
    connect(m_close, &QToolButton::clicked, this, &LogDetails::closeRequested);
    connect(m_back, &QToolButton::clicked, this, &LogDetails::closeRequested);
    connect(m_find, &TextFind::matchesChanged, m_text, [this] { m_text->setMarks(m_find->matches()); });
    connect(m_text, &LogTextView::valueChosen, this, &LogDetails::valueChosen);
    setIcons();
    retranslate();
}

void LogDetails::show(const LogEntryRef& entry)
{
    m_entry = entry;
    const LogBatch& batch = *entry.batch;
    m_time->setText(momentText(batch.timestampMs(entry.index), QLocale()));
    showLevel();
    m_application->setText(shown(batch.appId()));
    m_user->setText(shown(batch.userId(entry.index)));
    m_id->setText(shown(batch.id(entry.index)));
    m_id->setToolTip(ElidedLabel::plainToolTip(m_id->text()));
    m_text->show(batch.message(entry.index), indentedJson(batch.metadataJson(entry.index)));
    m_find->refresh();
    m_traceId = traceIdsOf(entry).trace;
    m_trace->setVisible(m_showsTraces && !m_traceId.empty());
}

void LogDetails::showLevel()
{
    if (!m_entry) {
        m_level->setText(tr("Details"));
        m_time->clear();
        return;
    }
    const Severity severity = m_entry->batch->severity(m_entry->index);
    m_level->setText(shown(m_entry->batch->level(m_entry->index)).toUpper());
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, Theme::of(palette()).severity(severity));
    m_level->setPalette(colours);
}

void LogDetails::setShowsTraces(bool shows)
{
    m_showsTraces = shows;
    m_trace->setVisible(m_showsTraces && !m_traceId.empty());
}

void LogDetails::clear()
{
    m_entry.reset();
    m_traceId.clear();
    m_trace->hide();
    m_text->clearText();
}

void LogDetails::copy() const
{
    if (m_entry)
        QGuiApplication::clipboard()->setText(QString::fromStdString(indentedJson(m_entry->json())));
}

void LogDetails::find()
{
    m_find->open();
}

void LogDetails::setInPlace(bool isInPlace)
{
    m_back->setVisible(isInPlace);
    m_close->setVisible(!isInPlace);
}

void LogDetails::setIcons()
{
    m_copy->setIcon(themedIcon(u"copy"_s, palette()));
    m_close->setIcon(themedIcon(u"close"_s, palette()));
    m_back->setIcon(themedIcon(u"back"_s, palette()));
    showLevel();
}

void LogDetails::retranslate()
{
    showLevel();
    m_level->setAccessibleName(tr("Level"));
    m_text->setPlaceholderText(tr("Choose an entry to see all of it."));
    const std::pair<QLabel*, QString> names[] = {
        {m_time, tr("Time")},
        {m_application, tr("Application")},
        {m_user, tr("From")},
        {m_id, tr("Id")},
    };
    for (const auto& [value, name] : names) {
        if (auto* const label = qobject_cast<QLabel*>(m_form->labelForField(value)))
            label->setText(name);
        value->setAccessibleName(name);
    }
    m_text->setAccessibleName(tr("Message and metadata"));
    m_trace->setText(tr("Show Trace"));
    m_trace->setToolTip(tr("Show the spans and entries of this trace on the time axis"));
    m_copy->setToolTip(tr("Copy the entry as JSON"));
    m_copy->setAccessibleName(m_copy->toolTip());
    m_close->setToolTip(tr("Close the details"));
    m_close->setAccessibleName(m_close->toolTip());
    m_back->setText(tr("Back"));
    m_back->setToolTip(tr("Back to the list (Esc)"));
    if (m_entry)
        show(*m_entry);
}

void LogDetails::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    else if (event->type() == QEvent::PaletteChange)
        setIcons();
    QWidget::changeEvent(event);
}

} // namespace vigie
