// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/highlights.h"

#include "core/visibletext.h"
#include "gui/widgets/theme.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>
#include <array>
#include <functional>

namespace vigie {

using namespace Qt::StringLiterals;

QColor highlightColour(int colour, const Theme& theme)
{
    static constexpr std::array<int, HighlightRule::colours> hues{48, 130, 200, 275, 330, 20};
    return QColor::fromHsl(hues[std::size_t(colour) % hues.size()], theme.dark ? 110 : 255, theme.dark ? 44 : 240);
}

HighlightsDialog::HighlightsDialog(const QList<HighlightRule>& rules, QWidget* parent)
    : QDialog(parent), m_rules(rules), m_what(new QLabel), m_list(new QListWidget), m_remove(new QPushButton(tr("&Remove")))
{
    setObjectName(u"highlightsDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Highlights"));
    m_list->setObjectName(u"highlightsList"_s);
    m_list->setAccessibleName(tr("Highlights"));
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_remove->setObjectName(u"removeHighlightButton"_s);
    m_remove->setEnabled(false);
    const Theme& theme = Theme::of(palette());
    for (const HighlightRule& rule : rules) {
        auto* item = new QListWidgetItem(visibleText(rule.text), m_list);
        item->setBackground(highlightColour(rule.colour, theme));
    }
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    buttons->addButton(m_remove, QDialogButtonBox::ActionRole);
    auto* column = new QVBoxLayout(this);
    m_what->setObjectName(u"highlightsLabel"_s);
    m_what->setWordWrap(true);
    showWhat();
    column->addWidget(m_what);
    column->addWidget(m_list, 1);
    column->addWidget(buttons);
    connect(m_list, &QListWidget::itemSelectionChanged, this,
            [this] { m_remove->setEnabled(!m_list->selectedItems().isEmpty()); });
    connect(m_remove, &QPushButton::clicked, this, &HighlightsDialog::removeChosen);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    resize(420, 300);
}

void HighlightsDialog::removeChosen()
{
    QList<int> rows;
    for (const QListWidgetItem* const item : m_list->selectedItems())
        rows.append(m_list->row(item));
    std::ranges::sort(rows, std::greater());
    for (const int row : rows) {
        m_rules.removeAt(row);
        delete m_list->takeItem(row);
    }
    showWhat();
    Q_EMIT rulesChanged(m_rules);
}

void HighlightsDialog::showWhat()
{
    const bool isFull = m_rules.size() >= HighlightRule::maxRules;
    m_what->setText(isFull ? tr("There are %1 highlights, as many as there can be. Remove one to add another.").arg(HighlightRule::maxRules)
                           : tr("Entries whose message or metadata contain one of these texts are shown in its colour."));
}

} // namespace vigie
