// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/traces/tracedialog.h"

#include "core/logtext.h"
#include "core/trace.h"
#include "gui/traces/tracedelegate.h"
#include "gui/widgets/daytext.h"
#include "gui/widgets/elidedlabel.h"
#include "gui/widgets/theme.h"

#include <QDialogButtonBox>
#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPixmap>
#include <QPointer>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

enum Column { NameColumn, AppColumn, DurationColumn, AxisColumn };

// Of the golden angle's steps, the second is the red of errors.
constexpr int firstColour = 2;
constexpr QSize appBar(4, 14);
constexpr int nodeRole = Qt::UserRole; // of the first column: which of the trace's nodes

QString shown(std::string_view text)
{
    return logText(beginningOf(text, 400), TextLines::One).text;
}

/// "12.3 ms", "4.20 s".
QString durationOf(double ms)
{
    const QLocale locale;
    if (ms >= 1'000)
        return TraceDialog::tr("%1 s").arg(locale.toString(ms / 1'000, 'f', ms < 100'000 ? 2 : 0));
    return TraceDialog::tr("%1 ms").arg(locale.toString(ms, 'f', ms < 10 ? 2 : ms < 100 ? 1 : 0));
}

} // namespace

TraceDialog::TraceDialog(History& history, const std::string& traceId, const QStringList& applications, QWidget* parent)
    : QDialog(parent), m_traceId(traceId), m_applications(applications), m_history(history),
      m_summary(new QLabel), m_oddities(new QLabel), m_tree(new QTreeWidget), m_buttons(new QDialogButtonBox(QDialogButtonBox::Close)),
      m_again(new QPushButton)
{
    setObjectName(u"traceDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    m_summary->setObjectName(u"traceSummary"_s);
    m_oddities->setObjectName(u"traceOddities"_s);
    m_oddities->setProperty("muted", true);
    for (QLabel* label : {m_summary, m_oddities}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_tree->setObjectName(u"traceTree"_s);
    m_tree->setUniformRowHeights(true);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setItemDelegateForColumn(AxisColumn, new TraceDelegate(m_tree));
    m_tree->setColumnCount(AxisColumn + 1);
    m_tree->header()->setSectionsMovable(false);
    m_tree->header()->setStretchLastSection(true);
    m_tree->header()->setMinimumSectionSize(60);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    // Enter in the tree goes to the entry, and does not close.
    m_buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    m_buttons->button(QDialogButtonBox::Close)->setDefault(false);
    m_again->setObjectName(u"searchTraceAgainButton"_s);
    m_again->setAutoDefault(false);
    m_buttons->addButton(m_again, QDialogButtonBox::ActionRole);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_summary);
    column->addWidget(m_oddities);
    column->addWidget(m_tree, 1);
    column->addWidget(m_buttons);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_again, &QPushButton::clicked, this, &TraceDialog::search);
    connect(m_tree, &QTreeWidget::itemClicked, this, &TraceDialog::choose);
    connect(m_tree, &QTreeWidget::itemActivated, this, &TraceDialog::choose);
    setMinimumSize(480, 300);
    resize(960, 520);
    retranslate();
    search();
}

void TraceDialog::search()
{
    m_isSearching = true;
    retranslate();
    m_dropped.request_stop();
    m_dropped = {};
    TraceQuery query;
    query.traceId = m_traceId;
    for (const QString& application : m_applications)
        query.apps.push_back(application.toStdString());
    query.stop = m_dropped.get_token();
    findTrace(m_history, query, [self = QPointer(this), stop = query.stop](TraceEntries found) {
        if (self && !stop.stop_requested()) // by a later search
            self->showTrace(traceTreeOf(std::move(found.entries), found.hasMore));
    });
}

void TraceDialog::showTrace(TraceTree trace)
{
    m_trace = std::move(trace);
    m_isSearching = false;
    m_colours.clear();
    for (const TraceNode& node : m_trace.nodes) {
        if (!m_colours.contains(node.entry.batch->appId()))
            m_colours.insert(node.entry.batch->appId(), firstColour + int(m_colours.size()));
    }
    showRows();
    retranslate();
}

void TraceDialog::showRows()
{
    m_tree->clear();
    std::vector<QTreeWidgetItem*> rows;
    rows.reserve(m_trace.nodes.size());
    QList<QTreeWidgetItem*> roots;
    for (const TraceNode& node : m_trace.nodes) {
        QTreeWidgetItem* const row = rowOf(node);
        row->setData(NameColumn, nodeRole, int(rows.size()));
        if (node.parent >= 0)
            rows[std::size_t(node.parent)]->addChild(row);
        else
            roots.append(row);
        rows.push_back(row);
    }
    m_tree->addTopLevelItems(roots);
    m_tree->expandAll();
    m_tree->setCurrentItem(roots.value(0));
    colour();
}

QTreeWidgetItem* TraceDialog::rowOf(const TraceNode& node) const
{
    const LogBatch& batch = *node.entry.batch;
    const std::size_t index = node.entry.index;
    auto* row = new QTreeWidgetItem;
    QString name = shown(batch.message(index));
    // Beside the colour, errors have a sign.
    if (batch.severity(index) >= Severity::Error)
        name.prepend(u"⚠ "_s);
    row->setText(NameColumn, name);
    row->setText(AppColumn, shown(batch.appId()));
    if (node.isSpan)
        row->setText(DurationColumn, durationOf(node.durationMs));
    row->setTextAlignment(DurationColumn, Qt::AlignRight | Qt::AlignVCenter);
    QString tip = u"%1\n%2 · %3"_s.arg(momentText(node.startMs(), QLocale()), shown(batch.level(index)), shown(batch.message(index)));
    if (node.lacksParent)
        tip += u'\n' + tr("What called it is not there.");
    if (node.isOutside)
        tip += u'\n' + tr("It lies partly outside what called it.");
    for (int column = 0; column <= AxisColumn; ++column)
        row->setToolTip(column, ElidedLabel::plainToolTip(tip));
    const double whole = std::max(1e-6, m_trace.toMs - m_trace.fromMs);
    row->setData(AxisColumn, TraceDelegate::BeginRole, (double(node.startMs()) - m_trace.fromMs) / whole);
    row->setData(AxisColumn, TraceDelegate::LengthRole, node.isSpan ? node.durationMs / whole : -1.0);
    return row;
}

QColor TraceDialog::colourOf(const TraceNode& node) const
{
    const Theme& theme = Theme::of(palette());
    const Severity severity = node.entry.batch->severity(node.entry.index);
    if (!node.isSpan || severity >= Severity::Error)
        return theme.severity(severity);
    return theme.core(m_colours.value(node.entry.batch->appId()));
}

/// In the theme's colours.
void TraceDialog::colour()
{
    for (QTreeWidgetItemIterator row(m_tree); *row; ++row) {
        const TraceNode& node = m_trace.nodes[std::size_t((*row)->data(NameColumn, nodeRole).toInt())];
        (*row)->setData(AxisColumn, TraceDelegate::ColourRole, colourOf(node));
        // A bar beside it: as a text, most of these colours are too light to be read.
        QPixmap bar(appBar);
        bar.fill(Theme::of(palette()).core(m_colours.value(node.entry.batch->appId())));
        (*row)->setData(AppColumn, Qt::DecorationRole, bar);
    }
}

QString TraceDialog::summary() const
{
    if (m_isSearching)
        return tr("Searching…");
    if (m_trace.nodes.empty())
        return tr("Nothing of this trace is stored.");
    const QStringList parts{tr("%Ln span(s)", nullptr, int(m_trace.spans)),
                            tr("%Ln other entry(s)", nullptr, int(m_trace.nodes.size() - m_trace.spans)),
                            tr("%Ln application(s)", nullptr, int(m_colours.size())),
                            durationOf(m_trace.toMs - m_trace.fromMs),
                            tr("from %1").arg(momentText(qint64(m_trace.fromMs), QLocale()))};
    return parts.join(u" · "_s);
}

/// What is not as it should be, said rather than hidden.
QString TraceDialog::oddities() const
{
    QStringList odd;
    if (m_trace.hasMore)
        odd.append(tr("There are more entries than are shown here."));
    if (m_trace.lackingParents > 0)
        odd.append(tr("Of %Ln, what called it is not there.", nullptr, int(m_trace.lackingParents)));
    if (m_trace.outside > 0)
        odd.append(tr("%Ln span(s) lie partly outside what called them: they outlive it, or the machines' clocks differ.", nullptr,
                      int(m_trace.outside)));
    return odd.join(u' ');
}

void TraceDialog::choose(const QTreeWidgetItem* row)
{
    if (row)
        Q_EMIT entryChosen(m_trace.nodes[std::size_t(row->data(NameColumn, nodeRole).toInt())].entry);
}

void TraceDialog::retranslate()
{
    setWindowTitle(tr("Trace %1").arg(shown(m_traceId)));
    m_tree->setAccessibleName(windowTitle());
    m_tree->setHeaderLabels({tr("Span, entry"), tr("Application"), tr("Duration"),
                             m_trace.nodes.empty() ? QString() : u"0 → %1"_s.arg(durationOf(m_trace.toMs - m_trace.fromMs))});
    m_tree->headerItem()->setTextAlignment(DurationColumn, Qt::AlignRight | Qt::AlignVCenter);
    m_again->setText(tr("Search Again"));
    m_again->setEnabled(!m_isSearching);
    m_summary->setText(summary());
    m_oddities->setText(oddities());
    m_oddities->setVisible(!m_oddities->text().isEmpty());
    m_tree->setVisible(!m_trace.nodes.empty());
}

/// The axis has what the words leave, and they leave it enough.
void TraceDialog::resizeEvent(QResizeEvent* event)
{
    QDialog::resizeEvent(event);
    m_tree->setColumnWidth(NameColumn, std::clamp(width() * 34 / 100, 140, 420));
    m_tree->setColumnWidth(AppColumn, std::clamp(width() * 14 / 100, 70, 160));
    m_tree->setColumnWidth(DurationColumn, 80);
}

void TraceDialog::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        showRows();
        retranslate();
    } else if (event->type() == QEvent::PaletteChange) {
        colour();
    }
    QDialog::changeEvent(event);
}

} // namespace vigie
