// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/exactjson.h"

#include "protocol/jsoncheck.h"

namespace vigie {

using namespace simdjson;
using ondemand::json_type;

namespace {

/// The source text of an object or array. Its content is validated if `uncheckedDepth` is given.
template <typename Container>
bool readRaw(simdjson_result<Container> result, std::optional<int> uncheckedDepth, std::string_view& raw)
{
    Container container;
    if (std::move(result).get(container) || container.raw_json().get(raw))
        return false;
    return !uncheckedDepth || (!container.reset().error() && !checkContent(container, *uncheckedDepth));
}

} // namespace

std::string_view exactToken(ondemand::value& value)
{
    const std::string_view json = value.raw_json_token();
    return json.substr(0, json.find_last_not_of(" \t\r\n") + 1);
}

std::optional<std::string_view> exactJson(ondemand::value& value, std::string& scratch, std::optional<int> uncheckedDepth)
{
    json_type type;
    if (value.type().get(type))
        return std::nullopt;
    if (type != json_type::object && type != json_type::array) {
        if (uncheckedDepth && checkValue(value, *uncheckedDepth))
            return std::nullopt;
        return exactToken(value);
    }
    std::string_view raw;
    std::size_t length = 0;
    if (!(type == json_type::object ? readRaw(value.get_object(), uncheckedDepth, raw)
                                    : readRaw(value.get_array(), uncheckedDepth, raw))) {
        return std::nullopt;
    }
    scratch.resize(raw.size());
    if (simdjson::minify(raw.data(), raw.size(), scratch.data(), length))
        return std::nullopt;
    return std::string_view(scratch.data(), length);
}

} // namespace vigie
