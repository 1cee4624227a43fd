// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/heaptrim.h"

#include <malloc.h>

namespace vigie {

HeapTrim::HeapTrim(QObject* parent) : QObject(parent)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [] { malloc_trim(0); });
}

void HeapTrim::noteEnd()
{
    if (!m_timer.isActive())
        m_timer.start(period);
}

} // namespace vigie
