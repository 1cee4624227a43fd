// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/filterchips.h"

#include "core/visibletext.h"
#include "gui/widgets/elidedlabel.h"
#include "gui/widgets/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QToolButton>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

constexpr int maxChipWidth = 260;

QString textOf(const QString& key, const FieldTerm& term, bool isFor)
{
    return key + (isFor ? u" = "_s : u" ≠ "_s) + visibleText(QString::fromStdString(term.value).left(200));
}

} // namespace

QString valueText(const FieldTerm& term, bool isFor)
{
    return textOf(visibleText(QString::fromStdString(term.key)), term, isFor);
}

QString termText(const FieldTerm& term, bool isFor)
{
    QString key = visibleText(QString::fromStdString(term.key));
    if (term.key == "level")
        key = FilterChips::tr("Level");
    else if (term.key == "user")
        key = FilterChips::tr("From");
    else if (term.key == "app")
        key = FilterChips::tr("Application");
    return textOf(key, term, isFor);
}

FilterChips::FilterChips(QWidget* parent) : QWidget(parent)
{
    setObjectName(u"filterChips"_s);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(15, 0, 11, 0);
    row->setSpacing(6);
    hide();
}

void FilterChips::setTerms(const FieldTerms& terms)
{
    if (terms == m_terms)
        return;
    m_terms = terms;
    rebuild();
    Q_EMIT termsChanged();
}

void FilterChips::add(const FieldTerm& term, bool isFor)
{
    FieldTerms terms = m_terms;
    std::erase(terms.where, term);
    std::erase(terms.without, term);
    (isFor ? terms.where : terms.without).push_back(term);
    setTerms(terms);
}

void FilterChips::rebuild()
{
    while (QLayoutItem* const item = layout()->takeAt(0)) {
        if (QWidget* const chip = item->widget()) {
            chip->hide();
            chip->deleteLater(); // it may be the one that was clicked
        }
        delete item;
    }
    for (const FieldTerm& term : m_terms.where)
        addChip(term, true);
    for (const FieldTerm& term : m_terms.without)
        addChip(term, false);
    static_cast<QHBoxLayout*>(layout())->addStretch(1);
    setVisible(!m_terms.isEmpty());
}

void FilterChips::addChip(const FieldTerm& term, bool isFor)
{
    auto* chip = new QToolButton(this);
    chip->setProperty("filterChip", true);
    chip->setFocusPolicy(Qt::StrongFocus);
    chip->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    chip->setLayoutDirection(Qt::RightToLeft); // the cross stands behind the text
    chip->setIcon(themedIcon(u"close"_s, palette()));
    chip->setIconSize({12, 12});
    chip->setMaximumWidth(maxChipWidth);
    chip->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    const QString text = termText(term, isFor);
    // An ampersand would mark a key.
    chip->setText(fontMetrics().elidedText(text, Qt::ElideMiddle, maxChipWidth - 48).replace(u'&', u"&&"_s));
    chip->setToolTip(ElidedLabel::plainToolTip(tr("Remove the filter %1").arg(text)));
    chip->setAccessibleName(tr("Remove the filter %1").arg(text));
    connect(chip, &QToolButton::clicked, this, [this, term, isFor] {
        FieldTerms terms = m_terms;
        std::erase(isFor ? terms.where : terms.without, term);
        setTerms(terms);
    });
    layout()->addWidget(chip);
}

void FilterChips::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange)
        rebuild();
    QWidget::changeEvent(event);
}

} // namespace vigie
