// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTest>

namespace vigie::test {

/// For what must come. Qt Test's own 5 s are too few on a busy machine, and under a sanitizer.
inline constexpr int patienceMs = 30'000;

} // namespace vigie::test

#undef QTRY_VERIFY
#define QTRY_VERIFY(...) QTRY_VERIFY_WITH_TIMEOUT((__VA_ARGS__), vigie::test::patienceMs)
#undef QTRY_COMPARE
#define QTRY_COMPARE(actual, expected) QTRY_COMPARE_WITH_TIMEOUT(actual, expected, vigie::test::patienceMs)
