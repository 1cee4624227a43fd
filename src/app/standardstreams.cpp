// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/standardstreams.h"

#include <QCoreApplication>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

namespace vigie {

void openMissingStreams()
{
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(stream, F_GETFD) >= 0 || errno != EBADF)
            continue;
        // The wrong way round: who prints without an output is to learn of it.
        const int flags = stream == STDIN_FILENO ? O_WRONLY : O_RDONLY;
        if (::open("/dev/null", flags) != stream) // the lowest that is free
            std::_Exit(EXIT_FAILURE);
    }
}

Outcome flushOutput()
{
    int code = 0;
    if (std::fflush(stdout) != 0)
        code = errno;
    else if (std::ferror(stdout) != 0)
        code = EIO; // an earlier write failed, and nobody knows why any more
    if (code == 0)
        return std::monostate{};
    return Error{QCoreApplication::translate("main", "Cannot write the standard output: %1").arg(qt_error_string(code))};
}

} // namespace vigie
