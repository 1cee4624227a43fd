// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/sources/sourcespage.h"

#include "core/sourcewords.h"
#include "core/units.h"
#include "core/visibletext.h"
#include "gui/widgets/daytext.h"

#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

enum Column { NameColumn, KindColumn, AppColumn, StatusColumn, NotesColumn, EntriesColumn, LastColumn, LagColumn };

constexpr qint64 lateMs = 5'000; // a lag below is how senders gather their batches
constexpr int leastColumn = 140; // of the widest, which are elided
constexpr double leastRate = 0.05;

QString utf8(const std::string& text)
{
    return QString::fromStdString(text);
}

std::uint64_t countOf(const SourceState& source, SourceNote::Kind kind)
{
    std::uint64_t count = 0;
    for (const SourceNote& note : source.notes)
        count += note.kind == kind ? note.count : 0;
    return count;
}

/// What is worst comes first when the column is sorted.
double weight(const SourceState& source)
{
    return double(countOf(source, SourceNote::Kind::Refused)) * 1e12 + double(countOf(source, SourceNote::Kind::Dropped)) * 1e6
        + double(countOf(source, SourceNote::Kind::Guessed));
}

} // namespace

SourcesPage::SourcesPage(QWidget* parent)
    : RecordPage(u"sourcesPage"_s, parent), m_details(new QLabel), m_show(addButton(u"showSourceLogButton"_s, false)),
      m_correct(addButton(u"correctFormatButton"_s, false)), m_add(new QPushButton)
{
    m_details->setObjectName(u"sourceDetails"_s);
    m_details->setTextFormat(Qt::PlainText);
    m_details->setWordWrap(true);
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_details->hide();
    auto* const column = qobject_cast<QVBoxLayout*>(layout());
    column->insertWidget(column->count() - 1, m_details);
    m_add->setObjectName(u"addSourceButton"_s);
    m_add->setAutoDefault(false);
    addAtEnd(m_add);
    connect(m_show, &QPushButton::clicked, this, [this] {
        if (const SourceState* source = chosen())
            Q_EMIT applicationChosen(utf8(source->appId));
    });
    connect(m_correct, &QPushButton::clicked, this, [this] {
        if (const SourceState* source = chosen())
            Q_EMIT correctionWanted(utf8(source->name), utf8(source->format));
    });
    connect(m_add, &QPushButton::clicked, this, &SourcesPage::addWanted);
    connect(&table(), &QTreeWidget::itemActivated, m_show, &QPushButton::click);
    retranslate();
    // What tells whether all is well comes first, however narrow the window.
    QHeaderView* const header = table().header();
    header->setMinimumSectionSize(84); // also of the last, which takes what room is left
    header->moveSection(header->visualIndex(StatusColumn), 1);
    header->moveSection(header->visualIndex(NotesColumn), 2);
    table().sortByColumn(NameColumn, Qt::AscendingOrder);
}

void SourcesPage::showSources(std::vector<SourceState> sources, qint64 nowMs, qint64 steadyMs)
{
    QHash<QByteArray, Look> looks;
    QHash<QByteArray, double> rates;
    for (const SourceState& source : sources) {
        const QByteArray id = QByteArray::fromStdString(source.id);
        const auto before = m_looks.constFind(id);
        if (before != m_looks.cend() && steadyMs > before->steadyMs && source.entries >= before->entries)
            rates.insert(id, double(source.entries - before->entries) * 1'000.0 / double(steadyMs - before->steadyMs));
        looks.insert(id, {source.entries, steadyMs});
    }
    m_looks = std::move(looks);
    m_rates = std::move(rates);
    m_sources = std::move(sources);
    m_nowMs = nowMs;
    showAll();
}

void SourcesPage::resizeEvent(QResizeEvent* event)
{
    table().header()->setMaximumSectionSize(std::max(leastColumn, width() * 3 / 10));
    RecordPage::resizeEvent(event);
}

void SourcesPage::setCanCorrect(bool can)
{
    m_canCorrect = can;
    updateButtons();
}

void SourcesPage::showAll()
{
    const QLocale locale;
    QList<RecordTable::Record> records;
    records.reserve(qsizetype(m_sources.size()));
    for (const SourceState& source : m_sources) {
        const QByteArray id = QByteArray::fromStdString(source.id);
        const double rate = m_rates.value(id);
        QString entries = locale.toString(qulonglong(source.entries));
        if (rate >= leastRate && source.status != SourceStatus::Ended)
            entries += u" · "_s + tr("%1/s").arg(locale.toString(rate, 'f', rate >= 10 ? 0 : 1));
        const qint64 ageS = std::max<qint64>(0, m_nowMs - source.lastEntryMs) / 1'000;
        const QString last = source.lastEntryMs == 0 ? tr("None since the start") : tr("%1 ago").arg(durationText(ageS));
        const bool isWrong = source.status == SourceStatus::Failing || countOf(source, SourceNote::Kind::Refused) > 0;
        records.append({id,
                        {{utf8(source.name)},
                         {kindText(source)},
                         {utf8(source.appId)},
                         {(isWrong ? u"⚠ "_s : QString()) + statusText(source)},
                         {notesText(source), weight(source)},
                         {entries, double(source.entries)},
                         {last, source.lastEntryMs == 0 ? 1e18 : double(ageS)},
                         {lagText(source), double(source.lagBytes) * 1e9 + double(source.lagMs)}},
                        source.status == SourceStatus::Ended});
    }
    setRecords(records);
}

QString SourcesPage::lagText(const SourceState& source) const
{
    if (source.lagBytes > 0)
        return bytesText(double(source.lagBytes), QLocale());
    return source.lagMs < lateMs ? tr("None", "lag") : durationText(source.lagMs / 1'000);
}

QString SourcesPage::notesText(const SourceState& source) const
{
    QStringList notes;
    for (const SourceNote& note : source.notes)
        notes.append(noteText(note));
    return notes.join(u" · "_s);
}

QString SourcesPage::detailsText(const SourceState& source) const
{
    const QLocale locale;
    QStringList lines;
    if (!source.problem.empty())
        lines.append(visibleText(problemText(source.problem)));
    QStringList facts{tr("%Ln entry(s) since the start", nullptr, int(std::min<std::uint64_t>(source.entries, 1'000'000'000)))};
    if (source.lastEntryMs > 0)
        facts.append(tr("the last one %1").arg(momentText(source.lastEntryMs, locale)));
    if (!source.format.empty())
        facts.append(tr("format: %1").arg(visibleText(utf8(source.format))));
    lines.append(facts.join(u"; "_s));
    if (!source.detail.empty())
        lines.append(visibleText(utf8(source.detail)));
    for (const SourceNote& note : source.notes) {
        QString line = tr("%1, last at %2").arg(noteText(note), momentText(note.lastMs, locale));
        if (!note.example.empty())
            line += tr(", for example: %1").arg(visibleText(utf8(note.example)));
        lines.append(line);
    }
    return lines.join(u'\n');
}

const SourceState* SourcesPage::chosen()
{
    const QVariant key = table().chosenKey();
    const auto found = std::ranges::find_if(m_sources, [&key](const SourceState& source) {
        return key.isValid() && key.toByteArray() == QByteArray::fromStdString(source.id);
    });
    return found == m_sources.end() ? nullptr : &*found;
}

void SourcesPage::updateButtons()
{
    RecordPage::updateButtons();
    const SourceState* const source = chosen();
    m_show->setEnabled(source && !source->appId.empty());
    m_correct->setEnabled(m_canCorrect && source && source->kind == SourceKind::File);
    const QString details = source ? detailsText(*source) : QString();
    if (m_details->text() != details)
        m_details->setText(details);
    m_details->setVisible(source);
}

void SourcesPage::retranslate()
{
    table().setColumns({tr("Source"), tr("Kind"), tr("Application"), tr("State"), tr("Refused, lost, guessed"), tr("Entries"),
                        tr("Last entry"), tr("Lag")},
                       {EntriesColumn});
    table().setAccessibleName(tr("Sources"));
    setNothingText(tr("No entry has come yet, and nothing is watched."));
    m_show->setText(tr("Show Its Log"));
    m_correct->setText(tr("Correct Its Format…"));
    m_add->setText(tr("Add a Source…"));
    showAll();
}

} // namespace vigie
