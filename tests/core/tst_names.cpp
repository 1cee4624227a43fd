// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/names.h"
#include "testmain.h"

#include <QTest>

using namespace vigie;

class TestNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesAreChecked();
    void anyNameBecomesAnAppId();
};

void TestNames::namesAreChecked()
{
    QCOMPARE(nameProblem("shop", 128), "");
    QCOMPARE(nameProblem("Café ☕ \"1\" / a\\b", 128), "");
    QCOMPARE(nameProblem(std::string(128, 'x'), 128), "");
    QCOMPARE(nameProblem(std::string(129, 'x'), 128), "must not be longer than 128 bytes");
    QCOMPARE(nameProblem("é", 1), "must not be longer than 1 bytes");
    QCOMPARE(nameProblem("", 128), "must not be empty");
    for (const std::string_view name :
         {std::string_view("a\nb"), std::string_view("\0", 1), std::string_view("\x7f"), std::string_view("a\x1f")}) {
        QCOMPARE(nameProblem(name, 128), "must not hold control characters");
        QCOMPARE(idProblem(name, 128), "must not hold control characters");
    }
    // A part of a URL's path cannot be one of these: HTTP would never reach it.
    for (const std::string_view dots : {".", ".."}) {
        QCOMPARE(nameProblem(dots, 128), "must not be \".\" or \"..\"");
        QCOMPARE(idProblem(dots, 128), "");
    }
    for (const std::string_view name : {"...", ".a", "a.", "./", "..a"})
        QCOMPARE(nameProblem(name, 128), "");
    // So log files are named in the window.
    QCOMPARE(appIdProblem("file:app.log"), "must not begin with \"file:\"");
    QCOMPARE(nameProblem("file:app.log"), "");
    QCOMPARE(appIdProblem(".."), "must not be \".\" or \"..\"");
    for (const std::string_view name : {"file", "profile:a", "shop"})
        QCOMPARE(appIdProblem(name), "");
}

void TestNames::anyNameBecomesAnAppId()
{
    QCOMPARE(appIdFrom("shop"), "shop");
    QCOMPARE(appIdFrom("Café ☕ / a:b"), "Café ☕ / a:b");
    QCOMPARE(appIdFrom(""), "unnamed");
    QCOMPARE(appIdFrom("a\nb\x7f"), "a\xef\xbf\xbd" "b\xef\xbf\xbd");
    QCOMPARE(appIdFrom("a\xff" "b"), "a\xef\xbf\xbd" "b");
    QCOMPARE(appIdFrom("file:app.log"), "_file:app.log");
    QCOMPARE(appIdFrom("."), "_.");
    QCOMPARE(appIdFrom(".."), "_..");
    QCOMPARE(appIdFrom(std::string(127, 'x') + "é"), std::string(127, 'x'));
    for (const std::string& name : {std::string(1'000, '\n'), "file:" + std::string(130, 'x'), std::string(600, '\xff')})
        QCOMPARE(appIdProblem(appIdFrom(name)), "");
}

VIGIE_TEST(TestNames)
#include "tst_names.moc"
