// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/failure.h"

#include "app/standardstreams.h"
#include "core/visibletext.h"

#include <QCoreApplication>
#include <cstdio>

namespace vigie {

int fail(const QString& why, ExitCode code)
{
    std::fprintf(stderr, "%s\n", qPrintable(QCoreApplication::translate("main", "vigie: %1").arg(visibleText(why))));
    return code;
}

int endOfOutput(int code)
{
    const Outcome written = flushOutput();
    return written || code != Success ? code : fail(written.error().message, Failure);
}

} // namespace vigie
