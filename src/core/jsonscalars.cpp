// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jsonscalars.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <vector>

namespace vigie {

namespace {

std::size_t endOfString(std::string_view json, std::size_t from)
{
    std::size_t end = from + 1;
    while (end < json.size() && json[end] != '"')
        end += json[end] == '\\' ? 2 : 1;
    return std::min(end + 1, json.size());
}

/// An object or a list that is being read.
struct Level
{
    bool isList = false;
    bool hasKey = false; ///< of an object: a key was read, its value comes next
    std::size_t position = 0; ///< of a list
    std::size_t pathBytes = 0; ///< the length of its own path
};

} // namespace

void forEachScalar(std::string_view json, const std::function<bool(const JsonScalar&)>& visit)
{
    std::string path;
    std::vector<Level> levels;
    const auto enter = [&](std::string_view name) {
        path.resize(levels.back().pathBytes);
        if (!path.empty())
            path += '.';
        path += name;
    };
    const auto beginValue = [&] {
        if (!levels.empty() && levels.back().isList)
            enter(std::to_string(levels.back().position++));
    };
    const auto endValue = [&] {
        if (!levels.empty())
            levels.back().hasKey = false;
    };
    for (std::size_t i = 0; i < json.size();) {
        const char c = json[i];
        if (c == '{' || c == '[') {
            beginValue();
            levels.push_back({c == '[', false, 0, path.size()});
            ++i;
        } else if (c == '}' || c == ']') {
            if (levels.empty())
                return;
            levels.pop_back();
            endValue();
            ++i;
        } else if (std::string_view(" \t\r\n,:").find(c) != std::string_view::npos) {
            ++i;
        } else {
            const std::size_t found = c == '"' ? endOfString(json, i) : json.find_first_of(" \t\r\n,:]}", i);
            const std::size_t end = std::min(found, json.size());
            const std::string_view text = json.substr(i, end - i);
            if (c == '"' && !levels.empty() && !levels.back().isList && !levels.back().hasKey) {
                enter(scalarValue(text));
                levels.back().hasKey = true;
            } else {
                beginValue();
                if (!visit({path, i, text}))
                    return;
                endValue();
            }
            i = std::max(end, i + 1);
        }
    }
}

std::string scalarValue(std::string_view text)
{
    if (text.size() < 2 || text.front() != '"')
        return std::string(text);
    if (text.find('\\') == std::string_view::npos)
        return std::string(text.substr(1, text.size() - 2));
    const QByteArray list = '[' + QByteArray(text.data(), qsizetype(text.size())) + ']';
    return QJsonDocument::fromJson(list).array().first().toString().toStdString();
}

} // namespace vigie
