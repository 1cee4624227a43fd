// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/names.h"

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

} // namespace vigie
