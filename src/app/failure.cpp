// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/failure.h"

#include <QCoreApplication>
#include <cstdio>

namespace vigie {

int fail(const QString& why, ExitCode code)
{
    std::fprintf(stderr, "%s\n", qPrintable(QCoreApplication::translate("main", "vigie: %1").arg(why)));
    return code;
}

} // namespace vigie
