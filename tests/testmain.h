// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "patience.h"

// One program holds all tests of a library: a file of tests ends with VIGIE_TEST(TestX) instead of QTEST_GUILESS_MAIN, and the
// program runs the test whose file it is told: `test_server tst_session [arguments of Qt Test]`.

namespace vigie::test {

using RunTest = int (*)(int argc, char** argv);

/// Makes a test known by the name of its file without folder and ending, before main().
struct TestRegistration
{
    TestRegistration(const char* file, RunTest run);
};

template <typename Application, typename Test> int runTest(int argc, char** argv)
{
    Application application(argc, argv);
    application.setAttribute(Qt::AA_Use96Dpi, true); // as QTEST_MAIN does
    Test test;
    return QTest::qExec(&test, argc, argv);
}

} // namespace vigie::test

#define VIGIE_TEST_IN(Application, Test) \
    static const vigie::test::TestRegistration registration(__FILE__, vigie::test::runTest<Application, Test>);

/// For a test without windows.
#define VIGIE_TEST(Test) VIGIE_TEST_IN(QCoreApplication, Test)
/// For a test that shows widgets.
#define VIGIE_WINDOW_TEST(Test) VIGIE_TEST_IN(QApplication, Test)
