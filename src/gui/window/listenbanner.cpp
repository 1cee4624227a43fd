// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window/listenbanner.h"

#include "gui/widgets/theme.h"
#include "ui_listenbanner.h"

#include <QEvent>

namespace vigie {

using namespace Qt::StringLiterals;

ListenBanner::ListenBanner(QWidget* parent) : QFrame(parent), m_ui(std::make_unique<Ui::ListenBanner>())
{
    m_ui->setupUi(this);
    setIcon();
    hide();
    const auto choose = [this] { Q_EMIT portChosen(static_cast<quint16>(m_ui->portBox->value())); };
    connect(m_ui->useButton, &QPushButton::clicked, this, choose);
    connect(m_ui->portBox, &QSpinBox::editingFinished, this, [this, choose] {
        // Enter confirms; leaving the field does not.
        if (m_ui->portBox->hasFocus())
            choose();
    });
}

ListenBanner::~ListenBanner() = default;

void ListenBanner::show(const ListenState& state)
{
    m_state = state;
    retranslate();
    const bool offersPort = !state.error.isEmpty();
    if (offersPort)
        m_ui->portBox->setValue(state.port < 65535 ? state.port + 1 : 3001);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_ui->portBox, m_ui->useButton})
        widget->setVisible(offersPort);
    setVisible(offersPort || state.isUnprotected || !state.shareError.isEmpty());
}

void ListenBanner::retranslate()
{
    if (!m_state.error.isEmpty())
        m_ui->textLabel->setText(m_state.error);
    else if (!m_state.shareError.isEmpty())
        m_ui->textLabel->setText(m_state.shareError);
    else if (m_state.isUnprotected && m_state.asksForToken)
        m_ui->textLabel->setText(
            tr("Shared without encryption: what goes to and from %1 can be read and changed on the way, tokens too.")
                .arg(m_state.url));
    else if (m_state.isUnprotected)
        m_ui->textLabel->setText(
            tr("Shared without protection: whoever reaches %1 reads and changes everything.").arg(m_state.url));
}

void ListenBanner::setIcon()
{
    m_ui->iconLabel->setPixmap(themedIcon(u"warning"_s, palette()).pixmap(16, 16));
}

void ListenBanner::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange) {
        m_ui->retranslateUi(this);
        retranslate();
    } else if (event->type() == QEvent::PaletteChange) {
        setIcon();
    }
    QFrame::changeEvent(event);
}

} // namespace vigie
