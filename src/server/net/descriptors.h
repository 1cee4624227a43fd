// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <sys/resource.h>

namespace vigie {

/// Lifts the soft limit of file descriptors to the hard one (setrlimit(2)).
inline void allowAllDescriptors()
{
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

/// How many descriptors connections may take: a reserve is left for the store, for refusing politely, for the window. At the
/// very limit accept(2) would fail, and be tried again for ever.
inline int descriptorsForConnections()
{
    constexpr rlim_t reserve = 512;
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    const rlim_t usable = limit.rlim_cur > 2 * reserve ? limit.rlim_cur - reserve : limit.rlim_cur / 2;
    return static_cast<int>(std::min<rlim_t>(usable, 100'000));
}

} // namespace vigie
