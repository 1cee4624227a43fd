// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/names.h"

#include "core/utf8.h"

#include <algorithm>

namespace vigie {

std::string idProblem(std::string_view id, std::size_t maxBytes)
{
    if (id.empty())
        return "must not be empty";
    if (id.size() > maxBytes)
        return "must not be longer than " + std::to_string(maxBytes) + " bytes";
    const bool hasControl =
        std::any_of(id.begin(), id.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
    return hasControl ? "must not hold control characters" : std::string();
}

std::string nameProblem(std::string_view name, std::size_t maxBytes)
{
    return name == "." || name == ".." ? "must not be \".\" or \"..\"" : idProblem(name, maxBytes);
}

std::string appIdProblem(std::string_view name, std::size_t maxBytes)
{
    return name.starts_with(filePrefix) ? "must not begin with \"file:\"" : nameProblem(name, maxBytes);
}

std::string appIdFrom(std::string_view name)
{
    std::string room;
    std::string id;
    for (const char c : mendedUtf8(name.substr(0, 4 * maxNameBytes), room)) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            id += "\xef\xbf\xbd";
        else
            id += c;
    }
    if (id.empty())
        return "unnamed";
    if (id.starts_with(filePrefix) || id == "." || id == "..")
        id.insert(0, 1, '_');
    id.resize(utf8CutAt(id, maxNameBytes));
    return id;
}

} // namespace vigie
