// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/systemdlibrary.h"

#include <dlfcn.h>
#include <optional>

namespace vigie {

namespace {

std::optional<SystemdLibrary> load()
{
    void* const library = dlopen("libsystemd.so.0", RTLD_NOW | RTLD_LOCAL);
    if (!library)
        return std::nullopt;
    SystemdLibrary functions{};
    bool isWhole = true;
    const auto find = [&](auto& function, const char* name) {
        function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(dlsym(library, name));
        isWhole = isWhole && function;
    };
    find(functions.open, "sd_journal_open");
    find(functions.openDirectory, "sd_journal_open_directory");
    find(functions.close, "sd_journal_close");
    find(functions.next, "sd_journal_next");
    find(functions.previous, "sd_journal_previous");
    find(functions.seekHead, "sd_journal_seek_head");
    find(functions.seekTail, "sd_journal_seek_tail");
    find(functions.seekCursor, "sd_journal_seek_cursor");
    find(functions.testCursor, "sd_journal_test_cursor");
    find(functions.getCursor, "sd_journal_get_cursor");
    find(functions.getRealtime, "sd_journal_get_realtime_usec");
    find(functions.setDataThreshold, "sd_journal_set_data_threshold");
    find(functions.restartData, "sd_journal_restart_data");
    find(functions.enumerateData, "sd_journal_enumerate_available_data"); // 246: passes over what cannot be unpacked
    find(functions.addMatch, "sd_journal_add_match");
    find(functions.addDisjunction, "sd_journal_add_disjunction");
    find(functions.addConjunction, "sd_journal_add_conjunction");
    find(functions.getFd, "sd_journal_get_fd");
    find(functions.process, "sd_journal_process");
    find(functions.hasRuntimeFiles, "sd_journal_has_runtime_files");
    find(functions.hasPersistentFiles, "sd_journal_has_persistent_files");
    if (isWhole)
        return functions;
    dlclose(library);
    return std::nullopt;
}

} // namespace

const SystemdLibrary* SystemdLibrary::get()
{
    static const std::optional<SystemdLibrary> library = load();
    return library ? &*library : nullptr;
}

} // namespace vigie
