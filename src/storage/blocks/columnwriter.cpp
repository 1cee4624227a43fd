// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/blocks/column.h"

#include "storage/blocks/columnforms.h"
#include "storage/blocks/numbers.h"
#include "storage/blocks/outlinedtexts.h"
#include "storage/blocks/ulid.h"

#include <algorithm>
#include <array>
#include <functional>
#include <unordered_map>
#include <utility>

namespace vigie {

namespace {

constexpr std::size_t templatesFrom = 32; // values: of fewer, what the templates cost is not gained
constexpr char variable = OutlinedTexts::variable; // where a template has one

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isHexDigit(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f');
}

/// Finds the parts of a text that vary, as numbers and hexadecimal ids do. `text(part)` gets what stands between them.
template <typename OnText, typename OnVariable>
void split(std::string_view value, const OnText& text, const OnVariable& varying)
{
    std::size_t i = 0;
    std::size_t plainFrom = 0;
    const auto give = [&](std::size_t from, std::size_t to) {
        text(value.substr(plainFrom, from - plainFrom));
        varying(value.substr(from, to - from));
        plainFrom = to;
    };
    while (i < value.size()) {
        if (!isDigit(value[i]) && !isLetter(value[i])) {
            ++i;
            continue;
        }
        const std::size_t from = i;
        bool isHex = true;
        bool hasDigit = false;
        bool hasLetter = false;
        for (; i < value.size() && (isDigit(value[i]) || isLetter(value[i])); ++i) {
            isHex = isHex && isHexDigit(value[i]);
            hasDigit = hasDigit || isDigit(value[i]);
            hasLetter = hasLetter || isLetter(value[i]);
        }
        if (!hasDigit)
            continue;
        if (isHex || !hasLetter) {
            give(from, i);
            continue;
        }
        for (std::size_t at = from; at < i;) {
            if (!isDigit(value[at])) {
                ++at;
                continue;
            }
            std::size_t end = at;
            while (end < i && isDigit(value[end]))
                ++end;
            give(at, end);
            at = end;
        }
    }
    text(value.substr(plainFrom));
}

} // namespace

struct ColumnWriter::Templates
{
    struct Template
    {
        std::string text;
        std::size_t firstColumn = 0;
        std::size_t variables = 0;
    };
    struct Hash
    {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };

    std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> numbers; // of templates
    std::vector<Template> all;
    std::vector<TextList> columns; // the first `used`
    std::size_t used = 0;
    std::string current;
    std::vector<std::string_view> variables;
    std::string indexes;

    void clear()
    {
        numbers.clear();
        all.clear();
        used = 0;
        indexes.clear();
    }
    /// False: there are too many.
    bool add(std::string_view value)
    {
        current.clear();
        variables.clear();
        split(
            value, [this](std::string_view text) { current.append(text); },
            [this](std::string_view part) {
                current += variable;
                variables.push_back(part);
            });
        auto found = numbers.find(std::string_view(current));
        if (found == numbers.end()) {
            if (all.size() == maxTemplates)
                return false;
            found = numbers.emplace(current, all.size()).first;
            all.push_back({current, used, variables.size()});
            used += variables.size();
            if (columns.size() < used)
                columns.resize(used);
            for (std::size_t i = all.back().firstColumn; i < used; ++i)
                columns[i].clear();
        }
        indexes += static_cast<char>(found->second);
        const std::size_t first = all[found->second].firstColumn;
        for (std::size_t i = 0; i < variables.size(); ++i)
            columns[first + i].add(variables[i]);
        return true;
    }
};

ColumnWriter::ColumnWriter() : m_templates(std::make_unique<Templates>()) {}
ColumnWriter::~ColumnWriter() = default;

void ColumnWriter::write(const std::vector<std::int64_t>& values, StreamWriter& to)
{
    vigie::writeNumbers(values, m_numbers, to);
}

void ColumnWriter::write(const TextList& values, StreamWriter& to)
{
    if (values.empty())
        return;
    bool areSame = true;
    for (std::size_t i = 1; i < values.size() && areSame; ++i)
        areSame = values[i] == values[0];
    if (areSame) {
        appendNumber(to.head(), ColumnForm::Same);
        appendText(to.head(), values[0]);
        return;
    }
    if (writeChoices(values, to) || writeNumbers(values, to) || writeHex(values, to) || writeUlids(values, to)
        || writeTemplates(values, to))
        return;
    writeTexts(values, to);
}

bool ColumnWriter::writeChoices(const TextList& values, StreamWriter& to)
{
    // More than a quarter of them different: other forms are better.
    const std::size_t most = std::min(maxChoices, values.size() / 4);
    constexpr std::size_t slots = 1024;
    m_slots.assign(slots, 0); // one more than the index of a choice's first value
    std::vector<std::uint32_t> choices; // their first values
    std::string indexes;
    indexes.reserve(values.size());
    std::array<std::uint8_t, slots> numberOf;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const std::string_view value = values[i];
        std::size_t slot = std::hash<std::string_view>()(value) % slots;
        while (m_slots[slot] != 0 && values[m_slots[slot] - 1] != value)
            slot = (slot + 1) % slots;
        if (m_slots[slot] == 0) {
            if (choices.size() == most)
                return false;
            m_slots[slot] = static_cast<std::uint32_t>(i) + 1;
            numberOf[slot] = static_cast<std::uint8_t>(choices.size());
            choices.push_back(static_cast<std::uint32_t>(i));
        }
        indexes += static_cast<char>(numberOf[slot]);
    }
    appendNumber(to.head(), ColumnForm::Choices);
    appendNumber(to.head(), choices.size());
    std::string& texts = to.stream();
    for (const std::uint32_t first : choices)
        appendText(texts, values[first]);
    to.stream() = indexes;
    return true;
}

bool ColumnWriter::writeNumbers(const TextList& values, StreamWriter& to)
{
    std::vector<std::int64_t> numbers;
    numbers.reserve(values.size());
    const std::size_t width = values[0].size();
    bool areCanonical = true;
    bool areAsWide = true;
    for (std::size_t i = 0; i < values.size() && (areCanonical || areAsWide); ++i) {
        const std::string_view value = values[i];
        areAsWide = areAsWide && value.size() == width && width <= 18 && std::ranges::all_of(value, isDigit);
        const std::optional<std::int64_t> canonical = canonicalNumber(value);
        areCanonical = areCanonical && canonical;
        std::int64_t number = 0;
        if (canonical) {
            number = *canonical;
        } else if (areAsWide) {
            for (const char c : value)
                number = number * 10 + (c - '0');
        }
        numbers.push_back(number);
    }
    if (!areCanonical && !areAsWide)
        return false;
    appendNumber(to.head(), ColumnForm::Numbers);
    appendNumber(to.head(), areCanonical ? 0 : width);
    vigie::writeNumbers(numbers, m_numbers, to);
    return true;
}

bool ColumnWriter::writeHex(const TextList& values, StreamWriter& to)
{
    const std::size_t width = values[0].size();
    if (width < 4 || width > 128)
        return false;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i].size() != width || !std::ranges::all_of(values[i], isHexDigit))
            return false;
    }
    appendNumber(to.head(), ColumnForm::Hex);
    appendNumber(to.head(), width);
    const auto digit = [](char c) { return static_cast<unsigned>(isDigit(c) ? c - '0' : c - 'a' + 10); };
    std::string& stream = to.stream();
    for (std::size_t i = 0; i < values.size(); ++i) {
        const std::string_view value = values[i];
        for (std::size_t at = 0; at < width; at += 2)
            stream += static_cast<char>(digit(value[at]) << 4 | (at + 1 < width ? digit(value[at + 1]) : 0));
    }
    return true;
}

bool ColumnWriter::writeUlids(const TextList& values, StreamWriter& to)
{
    UlidWriter writer;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!writer.add(values[i]))
            return false;
    }
    appendNumber(to.head(), ColumnForm::Ulids);
    vigie::writeNumbers(writer.times(), m_numbers, to);
    vigie::writeNumbers(writer.steps(), m_numbers, to);
    to.stream() = writer.beginnings();
    return true;
}

bool ColumnWriter::writeTemplates(const TextList& values, StreamWriter& to)
{
    if (m_depth > 0 || values.size() < templatesFrom || values.joined().find(variable) != std::string_view::npos)
        return false;
    Templates& templates = *m_templates;
    templates.clear();
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!templates.add(values[i]) || (i >= templatesFrom && templates.all.size() > i / 4))
            return false;
    }
    if (templates.used == 0)
        return false; // nothing varies within them
    appendNumber(to.head(), ColumnForm::Templates);
    appendNumber(to.head(), templates.all.size());
    std::string& texts = to.stream();
    for (const Templates::Template& one : templates.all)
        appendText(texts, one.text);
    to.stream() = templates.indexes;
    ++m_depth;
    for (std::size_t i = 0; i < templates.used; ++i)
        write(templates.columns[i], to);
    --m_depth;
    return true;
}

void ColumnWriter::writeTexts(const TextList& values, StreamWriter& to)
{
    appendNumber(to.head(), ColumnForm::Texts);
    std::vector<std::int64_t> sizes;
    sizes.reserve(values.size());
    for (std::size_t i = 0; i < values.size(); ++i)
        sizes.push_back(static_cast<std::int64_t>(values[i].size()));
    vigie::writeNumbers(sizes, m_numbers, to);
    to.stream() = values.joined();
}

} // namespace vigie
