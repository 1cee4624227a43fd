// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/blocks/objectcolumns.h"

#include <algorithm>
#include <functional>
#include <optional>

namespace vigie {

namespace {

constexpr std::size_t maxShapes = 255;
constexpr std::size_t maxColumns = 512;
constexpr char value = OutlinedTexts::variable; // in a shape: one is here. JSON has none as such

/// Behind a JSON string that begins at `at`; npos: it has no end.
std::size_t endOfString(std::string_view json, std::size_t at)
{
    for (++at; at < json.size(); ++at) {
        if (json[at] == '\\')
            ++at;
        else if (json[at] == '"')
            return at + 1;
    }
    return std::string_view::npos;
}

/// Behind a value that begins at `at`.
std::size_t endOfValue(std::string_view json, std::size_t at)
{
    int depth = 0;
    while (at < json.size()) {
        const char c = json[at];
        if (c == '"') {
            at = endOfString(json, at);
            if (at == std::string_view::npos || depth == 0)
                return at;
            continue;
        }
        if (c == '{' || c == '[') {
            ++depth;
        } else if (c == '}' || c == ']') {
            if (depth == 0)
                return at;
            if (--depth == 0)
                return at + 1;
        } else if (c == ',' && depth == 0) {
            return at;
        }
        ++at;
    }
    return std::string_view::npos;
}

/// Takes an object's members apart: `text` gets what stands between the values, with quotes, `member` each value. A string's quotes are
/// not part of it. False: it is no object that can be taken apart, and nothing is to be made of what was given.
template <typename OnText, typename OnValue>
bool takeApart(std::string_view json, const OnText& text, const OnValue& member)
{
    if (json.size() < 2 || json.front() != '{' || json.back() != '}')
        return false;
    std::size_t at = 1;
    std::size_t textFrom = 0;
    while (at + 1 < json.size()) {
        if (json[at] != '"')
            return false;
        at = endOfString(json, at);
        if (at == std::string_view::npos || at >= json.size() || json[at] != ':')
            return false;
        ++at;
        std::size_t end = endOfValue(json, at);
        if (end == std::string_view::npos || end == at)
            return false;
        const bool isString = json[at] == '"';
        const std::size_t from = isString ? at + 1 : at;
        const std::size_t to = isString ? end - 1 : end;
        text(json.substr(textFrom, from - textFrom));
        member(json.substr(from, to - from));
        textFrom = to;
        at = end;
        if (json[at] == '}')
            break;
        if (json[at] != ',')
            return false;
        ++at;
    }
    text(json.substr(textFrom));
    return textFrom > 0 && at + 1 == json.size();
}

} // namespace

struct ObjectWriter::Shapes
{
    struct Hash
    {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };
    struct Shape
    {
        std::size_t firstColumn = 0;
        std::size_t values = 0;
    };

    std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> numbers;
    std::vector<Shape> all;
    TextList texts;
    std::vector<TextList> columns; // the first `used`
    std::size_t used = 0;
    std::vector<std::int64_t> indexes;
    std::string current;
    std::vector<std::string_view> values;

    void clear()
    {
        numbers.clear();
        all.clear();
        texts.clear();
        used = 0;
        indexes.clear();
        // The first is for what is not taken apart.
        addShape({&value, 1}, 1);
    }
    void addShape(std::string_view text, std::size_t count)
    {
        numbers.emplace(std::string(text), all.size());
        texts.add(text);
        all.push_back({used, count});
        used += count;
        if (columns.size() < used)
            columns.resize(used);
        for (std::size_t i = used - count; i < used; ++i)
            columns[i].clear();
    }
    void add(std::string_view json)
    {
        current.clear();
        values.clear();
        const bool isApart = json.find(value) == std::string_view::npos
            && takeApart(
                                 json, [this](std::string_view text) { current.append(text); },
                                 [this](std::string_view member) {
                                     current += value;
                                     values.push_back(member);
                                 });
        auto found = isApart ? numbers.find(std::string_view(current)) : numbers.end();
        if (isApart && found == numbers.end() && all.size() < maxShapes && used + values.size() <= maxColumns) {
            addShape(current, values.size());
            found = numbers.find(std::string_view(current));
        }
        if (found == numbers.end()) {
            indexes.push_back(0);
            columns[0].add(json);
            return;
        }
        indexes.push_back(static_cast<std::int64_t>(found->second));
        const std::size_t first = all[found->second].firstColumn;
        for (std::size_t i = 0; i < values.size(); ++i)
            columns[first + i].add(values[i]);
    }
};

ObjectWriter::ObjectWriter() : m_shapes(std::make_unique<Shapes>()) {}
ObjectWriter::~ObjectWriter() = default;

void ObjectWriter::write(const TextList& objects, ColumnWriter& columns, StreamWriter& to)
{
    Shapes& shapes = *m_shapes;
    shapes.clear();
    for (std::size_t i = 0; i < objects.size(); ++i)
        shapes.add(objects[i]);
    appendNumber(to.head(), shapes.all.size());
    columns.write(shapes.texts, to);
    columns.write(shapes.indexes, to);
    for (std::size_t i = 0; i < shapes.used; ++i)
        columns.write(shapes.columns[i], to);
}

bool ObjectReader::read(StreamBlob::Section& from, std::size_t count, ColumnReader& columns, TextList& objects,
                        const OutlineTest& needed)
{
    objects.clear();
    const std::uint64_t size = from.head.number();
    if (size == 0 || size > maxShapes || !columns.read(from, size, m_shapes) || !columns.read(from, count, m_indexes))
        return false;
    m_texts.clear();
    for (std::size_t i = 0; i < size; ++i)
        m_texts.push_back(m_shapes[i]);
    return m_outlined.setOutlines(std::span<const std::string_view>(m_texts), std::span<const std::int64_t>(m_indexes))
        && m_outlined.read(from, columns, needed, objects);
}

} // namespace vigie
