// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/exactjson.h"

namespace vigie {

using namespace simdjson;
using ondemand::json_type;

std::string_view exactToken(ondemand::value& value)
{
    const std::string_view json = value.raw_json_token();
    return json.substr(0, json.find_last_not_of(" \t\r\n") + 1);
}

std::optional<std::string_view> exactJson(ondemand::value& value, std::string& scratch)
{
    json_type type;
    if (value.type().get(type))
        return std::nullopt;
    if (type != json_type::object && type != json_type::array)
        return exactToken(value);
    std::string_view raw;
    std::size_t length = 0;
    const auto error = type == json_type::object ? value.get_object().value_unsafe().raw_json().get(raw)
                                                 : value.get_array().value_unsafe().raw_json().get(raw);
    if (error)
        return std::nullopt;
    scratch.resize(raw.size());
    if (simdjson::minify(raw.data(), raw.size(), scratch.data(), length))
        return std::nullopt;
    return std::string_view(scratch.data(), length);
}

} // namespace vigie
