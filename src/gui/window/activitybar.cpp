// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window/activitybar.h"

#include "core/units.h"
#include "gui/widgets/theme.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QTimer>
#include <QToolButton>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

constexpr int noticeMs = 2500;
constexpr int partGap = 16;
constexpr int edgeGap = 10;
constexpr int frameGap = 24; // what the status bar's own layout takes

void setTextIfNew(QLabel* label, const QString& text)
{
    if (label->text() != text)
        label->setText(text);
}

} // namespace

ActivityBar::ActivityBar(QWidget* parent)
    : QStatusBar(parent), m_left(new QWidget), m_right(new QWidget), m_dot(new QLabel), m_address(new QLabel), m_copy(new QToolButton), m_notice(new QLabel), m_problemIcon(new QLabel),
      m_problem(new QLabel), m_clients(new QLabel), m_rate(new QLabel), m_errors(new QLabel), m_uptime(new QLabel)
{
    setSizeGripEnabled(false);
    m_address->setObjectName(u"addressLabel"_s);
    m_address->setTextFormat(Qt::PlainText);
    m_address->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_copy->setObjectName(u"copyAddressButton"_s);
    m_copy->setFocusPolicy(Qt::StrongFocus);
    m_notice->setObjectName(u"noticeLabel"_s);
    m_notice->hide();
    m_problem->setObjectName(u"storeProblemLabel"_s);
    m_problem->setTextFormat(Qt::PlainText);
    m_clients->setObjectName(u"clientsLabel"_s);
    m_rate->setObjectName(u"rateLabel"_s);
    m_errors->setObjectName(u"errorsLabel"_s);
    m_uptime->setObjectName(u"uptimeLabel"_s);

    auto* row = new QHBoxLayout(m_left);
    row->setContentsMargins(12, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(m_dot);
    row->addWidget(m_address);
    row->addWidget(m_copy);
    row->addWidget(m_notice);
    row->addSpacing(12);
    row->addWidget(m_problemIcon);
    row->addWidget(m_problem);
    row->addStretch(1);
    showStoreState({});
    addPermanentWidget(m_left, 1);
    auto* parts = new QHBoxLayout(m_right);
    parts->setContentsMargins(partGap, 0, edgeGap, 0);
    parts->setSpacing(partGap);
    for (QLabel* label : {m_errors, m_rate, m_clients, m_uptime}) {
        label->setProperty("muted", true);
        parts->addWidget(label);
    }
    addPermanentWidget(m_right);
    connect(m_copy, &QToolButton::clicked, this, &ActivityBar::copyAddress);
    setIcons();
    retranslate();
}

void ActivityBar::addButton(QAction* action)
{
    m_button = new QToolButton;
    m_button->setObjectName(u"sourcesButton"_s);
    m_button->setDefaultAction(action);
    m_button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_button->setFocusPolicy(Qt::StrongFocus);
    m_right->layout()->addWidget(m_button);
    connect(action, &QAction::changed, this, &ActivityBar::fit);
    fit();
}

void ActivityBar::copyAddress()
{
    if (m_state.url.isEmpty())
        return;
    QGuiApplication::clipboard()->setText(m_state.urlToTell());
    m_copy->setIcon(themedIcon(u"check"_s, palette()));
    QTimer::singleShot(noticeMs, this, &ActivityBar::setIcons);
}

void ActivityBar::showNotice(const QString& text)
{
    m_notice->setText(text);
    m_notice->show();
    fit();
    QTimer::singleShot(noticeMs, m_notice, [this] {
        m_notice->hide();
        fit();
    });
}

void ActivityBar::showListenState(const ListenState& state)
{
    m_state = state;
    setTextIfNew(m_address, !state.listening             ? tr("Not reachable")
                            : !state.publicUrl.isEmpty() ? state.publicUrl
                            : !state.isShared            ? state.url
                            : state.sharedUrls.isEmpty() ? tr("Shared, but on no network now")
                                                         : tr("Shared at %1").arg(state.urlToTell()));
    QStringList more;
    if (!state.publicUrl.isEmpty())
        more.append(tr("Programs of this machine connect to %1.").arg(state.url));
    else if (state.isSharedByChoice)
        more.append(tr("Programs of this machine connect to %1, as before.").arg(state.url));
    if (state.listening && state.sparesOwnerOnly)
        more.append(tr("On this machine only your own programs and root's come in without a token."));
    else if (state.listening && !state.asksForToken && !state.isUnprotected)
        more.append(tr("On this machine the programs of all users come in without a token."));
    if (!state.fingerprint.isEmpty())
        more.append(tr("The certificate's SHA-256: %1").arg(state.fingerprint));
    m_address->setToolTip(more.join(u'\n'));
    m_address->setAccessibleName(tr("Address to share"));
    m_copy->setEnabled(state.listening);
    setIcons();
    fit();
}

void ActivityBar::showActivity(const Activity& activity)
{
    m_activity = activity;
    const QLocale locale;
    setTextIfNew(m_clients, tr("%Ln client(s)", nullptr, activity.connections));
    const double rate = activity.messagesPerSecond;
    const int decimals = rate > 0 && rate < 9.95 ? 1 : 0;
    setTextIfNew(m_rate, tr("%1 entries/s").arg(locale.toString(rate, 'f', decimals)));
    setTextIfNew(m_errors, tr("%1 errors").arg(percentText(activity.errorShare * 100, locale)));
    fit();
}

void ActivityBar::showStoreState(const StoreState& state)
{
    setTextIfNew(m_problem, state.problem);
    m_problem->setVisible(!state.works);
    m_problemIcon->setVisible(!state.works);
    fit();
}

void ActivityBar::fit()
{
    // In the order of what is missed the most.
    const std::pair<QLabel*, bool> parts[] = {{m_clients, true},
                                              {m_errors, m_activity.errorShare > 0},
                                              {m_rate, true},
                                              {m_uptime, m_uptimeSeconds.has_value()}};
    int room = width() - m_left->sizeHint().width() - edgeGap - frameGap;
    if (m_button) {
        // What it says besides its name, for those who do not see its icon.
        m_button->setAccessibleDescription(m_button->toolTip());
        room -= m_button->sizeHint().width() + partGap;
    }
    for (const auto& [label, isWanted] : parts) {
        const int needed = label->sizeHint().width() + partGap;
        const bool isShown = isWanted && needed <= room;
        if (label->isHidden() == isShown)
            label->setVisible(isShown);
        // What is less important does not come before what had no room.
        room = isWanted && !isShown ? 0 : room - (isShown ? needed : 0);
    }
}

void ActivityBar::resizeEvent(QResizeEvent* event)
{
    QStatusBar::resizeEvent(event);
    fit();
}

void ActivityBar::showUptime(std::optional<qint64> seconds)
{
    m_uptimeSeconds = seconds;
    setTextIfNew(m_uptime, seconds ? tr("This machine has been up for %1", "uptime").arg(durationText(*seconds)) : QString());
    fit();
}

void ActivityBar::setIcons()
{
    m_copy->setIcon(themedIcon(u"copy"_s, palette()));
    m_problemIcon->setPixmap(themedIcon(u"warning"_s, palette()).pixmap(16, 16));
    const Theme& theme = Theme::of(palette());
    QPixmap dot(QSize(8, 8) * devicePixelRatioF());
    dot.setDevicePixelRatio(devicePixelRatioF());
    dot.fill(Qt::transparent);
    QPainter painter(&dot);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_state.listening ? theme.incoming : theme.severity(Severity::Error));
    painter.drawEllipse(0, 0, 8, 8);
    painter.end();
    m_dot->setPixmap(dot);
}

void ActivityBar::retranslate()
{
    m_copy->setToolTip(tr("Copy the address"));
    m_copy->setAccessibleName(m_copy->toolTip());
    showListenState(m_state);
    showActivity(m_activity);
    showUptime(m_uptimeSeconds);
}

void ActivityBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    else if (event->type() == QEvent::PaletteChange)
        setIcons();
    QStatusBar::changeEvent(event);
}

} // namespace vigie
