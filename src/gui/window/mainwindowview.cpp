// SPDX-License-Identifier: GPL-3.0-or-later
// Of MainWindow: the view that an address says.
#include "core/viewchoice.h"
#include "core/visibletext.h"
#include "gui/logs/logpanel.h"
#include "gui/window/activitybar.h"
#include "gui/window/mainwindow.h"

namespace vigie {

using namespace Qt::StringLiterals;

void MainWindow::showView(const QString& fragment)
{
    QStringList bad;
    const ViewAddress address = ViewAddress::read(fragment, &bad);
    m_timeline.unpin();
    if (address.ends) {
        m_timeline.show(address.ends->fromMs, address.ends->toMs);
    } else if (address.rangeMs) {
        m_timeline.toPresent();
        m_timeline.setRange(*address.rangeMs);
    }
    m_logs->setViewFilter(choiceOf(address));
    if (address.atMs)
        m_timeline.pin(*address.atMs);
    if (!bad.isEmpty())
        m_activityBar->showNotice(tr("Not understood in the link: %1").arg(visibleText(bad.join(u", "_s))));
}

} // namespace vigie
