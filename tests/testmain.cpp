// SPDX-License-Identifier: GPL-3.0-or-later
#include "testmain.h"

#include <cstdio>
#include <map>
#include <string_view>
#include <utility>

namespace vigie::test {

namespace {

// Registrations in other files may come before anything else of this file is made.
std::map<std::string_view, RunTest>& tests()
{
    static std::map<std::string_view, RunTest> tests;
    return tests;
}

} // namespace

TestRegistration::TestRegistration(const char* file, RunTest run)
{
    std::string_view name = file;
    name.remove_prefix(name.rfind('/') + 1);
    tests().emplace(name.substr(0, name.find('.')), run);
}

} // namespace vigie::test

int main(int argc, char** argv)
{
    using vigie::test::tests;
    const auto test = argc > 1 ? tests().find(argv[1]) : tests().end();
    if (test == tests().end()) {
        std::fprintf(stderr, "usage: %s TEST [arguments of Qt Test]\n", argv[0]);
        for (const auto& [name, run] : tests())
            std::fprintf(stderr, "  %.*s\n", int(name.size()), name.data());
        return 2;
    }
    std::swap(argv[0], argv[1]); // the program's name is to come first
    return test->second(argc - 1, argv + 1);
}
