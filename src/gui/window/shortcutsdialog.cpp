// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window/shortcutsdialog.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QScreen>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

namespace vigie {

using namespace Qt::StringLiterals;

ShortcutsDialog::ShortcutsDialog(QWidget* parent) : QDialog(parent), m_rows(nullptr)
{
    setObjectName(u"shortcutsDialog"_s);
    setWindowTitle(tr("Keyboard Shortcuts"));
    auto* list = new QWidget;
    m_rows = new QGridLayout(list);
    m_rows->setHorizontalSpacing(20);
    m_rows->setColumnStretch(0, 2);
    m_rows->setColumnStretch(1, 3);

    addHeading(tr("Keys, outside text fields"));
    addRow(u"/"_s, tr("Search"));
    addRow(tr("Space"), tr("Pause, or go on"));
    addRow(u"N"_s, tr("Back to now"));
    addRow(u"+   −"_s, tr("Zoom in, zoom out"));
    addRow(u"←   →"_s, tr("A quarter of the stretch back, forward"));
    addRow(tr("G   Shift+G"), tr("Oldest entry, newest entry"));
    addRow(tr("Enter"), tr("Details of the entry"));
    addRow(tr("Esc"), tr("Close what is open: details, then the moment"));
    addRow(u"F9"_s, tr("The sources"));
    addRow(tr("Shift+F9"), tr("Add a source"));
    addRow(u"?"_s, tr("This list"));
    addHeading(tr("On a chart with the focus"));
    addRow(u"←   →"_s, tr("Move the crosshair; with Shift, by ten steps"));
    addRow(tr("Enter"), tr("Pin the moment"));
    addHeading(tr("With the mouse, on charts and bars"));
    addRow(tr("Drag"), tr("Zoom to that stretch"));
    addRow(tr("Shift-drag, middle-drag, horizontal wheel"), tr("Move through time"));
    addRow(tr("Wheel"), tr("Zoom at the pointer"));
    addRow(tr("Double click"), tr("Back to the stretch before the last zoom"));
    addRow(tr("Click"), tr("Pin the moment: the processes and the log of then"));
    addHeading(tr("By touch, on charts and bars"));
    addRow(tr("Two fingers"), tr("Move through time"));
    addRow(tr("Pinch"), tr("Zoom"));
    m_rows->setRowStretch(m_rows->rowCount(), 1);

    auto* area = new QScrollArea;
    area->setWidget(list);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->addWidget(area, 1);
    column->addWidget(buttons);
    // All of it at once, where the screen allows.
    constexpr int usualWidth = 560;
    list->ensurePolished();
    const QMargins margins = column->contentsMargins();
    const int listHeight = m_rows->heightForWidth(usualWidth - margins.left() - margins.right());
    const int wanted = listHeight + buttons->sizeHint().height() + column->spacing() + margins.top() + margins.bottom();
    resize(usualWidth, std::min(wanted, screen()->availableGeometry().height() * 9 / 10));
}

void ShortcutsDialog::addHeading(const QString& text)
{
    auto* label = new QLabel(text);
    label->setProperty("strong", true);
    label->setContentsMargins(0, m_rows->rowCount() > 1 ? 10 : 0, 0, 2);
    m_rows->addWidget(label, m_rows->rowCount(), 0, 1, 2);
}

void ShortcutsDialog::addRow(const QString& what, const QString& does)
{
    const int row = m_rows->rowCount();
    auto* keys = new QLabel(what);
    keys->setWordWrap(true);
    keys->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_rows->addWidget(keys, row, 0);
    auto* label = new QLabel(does);
    label->setProperty("muted", true);
    label->setWordWrap(true);
    m_rows->addWidget(label, row, 1);
}

} // namespace vigie
