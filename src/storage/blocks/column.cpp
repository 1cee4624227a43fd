// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/blocks/column.h"

#include "storage/blocks/numbers.h"
#include "storage/blocks/ulid.h"

#include <algorithm>
#include <array>
#include <functional>
#include <unordered_map>
#include <utility>

namespace vigie {

namespace {

enum Form : std::uint64_t {
    Same,
    Choices,
    Numbers,
    Hex,
    Ulids,
    Templates,
    Texts,
};

constexpr std::size_t maxChoices = 255;
constexpr std::size_t maxTemplates = 255;
constexpr std::size_t templatesFrom = 32; // values: of fewer, what the templates cost is not gained
constexpr char variable = '\0'; // where a template has one

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
        appendNumber(to.head(), Same);
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
    appendNumber(to.head(), Choices);
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
    appendNumber(to.head(), Numbers);
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
    appendNumber(to.head(), Hex);
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
    appendNumber(to.head(), Ulids);
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
    appendNumber(to.head(), Form::Templates);
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
    appendNumber(to.head(), Texts);
    std::vector<std::int64_t> sizes;
    sizes.reserve(values.size());
    for (std::size_t i = 0; i < values.size(); ++i)
        sizes.push_back(static_cast<std::int64_t>(values[i].size()));
    vigie::writeNumbers(sizes, m_numbers, to);
    to.stream() = values.joined();
}

struct ColumnReader::Templates
{
    std::string texts;
    std::string indexes;
    std::vector<TextList> columns;
};

ColumnReader::ColumnReader() : m_templates(std::make_unique<Templates>()) {}
ColumnReader::~ColumnReader() = default;

bool ColumnReader::read(StreamBlob::Section& from, std::size_t count, std::vector<std::int64_t>& values)
{
    return readNumbers(from, count, values);
}

namespace {

/// Texts, each behind its size.
bool readTexts(std::string_view stream, std::size_t count, std::vector<std::string_view>& texts)
{
    ByteReader reader(stream);
    for (std::size_t i = 0; i < count && reader.isGood(); ++i)
        texts.push_back(reader.text());
    return reader.isGood();
}

bool readChoices(StreamBlob::Section& from, std::size_t count, TextList& values)
{
    const std::uint64_t choices = from.head.number();
    const auto stream = from.stream();
    if (!stream || choices > maxChoices)
        return false;
    const std::string kept(*stream);
    std::vector<std::string_view> texts;
    const auto indexes = from.stream();
    if (!indexes || indexes->size() != count || !readTexts(kept, choices, texts))
        return false;
    for (const char c : *indexes) {
        const auto index = static_cast<unsigned char>(c);
        if (index >= texts.size() || values.bytes().size() + texts[index].size() > StreamBlob::maxBytes)
            return false;
        values.add(texts[index]);
    }
    return true;
}

bool readNumberTexts(StreamBlob::Section& from, std::size_t count, std::vector<std::int64_t>& numbers, TextList& values)
{
    const std::uint64_t width = from.head.number();
    if (width > 18 || !readNumbers(from, count, numbers))
        return false;
    for (const std::int64_t number : numbers) {
        std::array<char, 24> digits;
        std::size_t at = digits.size();
        std::uint64_t left = number < 0 ? 0 - static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number);
        do {
            digits[--at] = static_cast<char>('0' + left % 10);
            left /= 10;
        } while (left > 0);
        while (digits.size() - at < width)
            digits[--at] = '0';
        if (number < 0)
            digits[--at] = '-';
        values.add(std::string_view(digits.data() + at, digits.size() - at));
    }
    return true;
}

bool readHex(StreamBlob::Section& from, std::size_t count, TextList& values)
{
    constexpr std::string_view digits = "0123456789abcdef";
    const std::uint64_t width = from.head.number();
    const auto stream = from.stream();
    if (!stream || width == 0 || width > 128 || stream->size() != count * ((width + 1) / 2))
        return false;
    std::size_t next = 0;
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t at = 0; at < width; at += 2) {
            const auto byte = static_cast<unsigned char>((*stream)[next++]);
            values.bytes() += digits[byte >> 4];
            if (at + 1 < width)
                values.bytes() += digits[byte & 15];
        }
        values.end();
    }
    return true;
}

bool readUlids(StreamBlob::Section& from, std::size_t count, TextList& values)
{
    std::vector<std::int64_t> times;
    std::vector<std::int64_t> steps;
    if (!readNumbers(from, count, times) || !readNumbers(from, count, steps))
        return false;
    const auto beginnings = from.stream();
    if (!beginnings)
        return false;
    UlidReader reader(*beginnings);
    for (std::size_t i = 0; i < count; ++i) {
        const auto text = reader.next(times[i], steps[i]);
        if (!text)
            return false;
        values.add(*text);
    }
    return true;
}

bool readPlainTexts(StreamBlob::Section& from, std::size_t count, std::vector<std::int64_t>& sizes, TextList& values)
{
    if (!readNumbers(from, count, sizes))
        return false;
    const auto stream = from.stream();
    if (!stream)
        return false;
    ByteReader reader(*stream);
    for (const std::int64_t size : sizes) {
        if (size < 0)
            return false;
        values.add(reader.take(static_cast<std::size_t>(size)));
    }
    return reader.isGood();
}

} // namespace

bool ColumnReader::read(StreamBlob::Section& from, std::size_t count, TextList& values)
{
    values.clear();
    if (count == 0)
        return true;
    switch (from.head.number()) {
    case Same: {
        const std::string_view text = from.head.text();
        if (text.size() * count > StreamBlob::maxBytes)
            return false;
        for (std::size_t i = 0; i < count; ++i)
            values.add(text);
        return from.head.isGood();
    }
    case Choices:
        return readChoices(from, count, values);
    case Numbers:
        return readNumberTexts(from, count, m_numbers, values);
    case Hex:
        return readHex(from, count, values);
    case Ulids:
        return readUlids(from, count, values);
    case Form::Templates:
        return readTemplates(from, count, values);
    case Texts:
        return readPlainTexts(from, count, m_numbers, values);
    default:
        return false;
    }
}

bool ColumnReader::readTemplates(StreamBlob::Section& from, std::size_t count, TextList& values)
{
    if (m_depth > 0)
        return false;
    const std::uint64_t size = from.head.number();
    const auto texts = from.stream();
    if (!texts || size == 0 || size > maxTemplates)
        return false;
    m_templates->texts = *texts;
    const auto indexes = from.stream();
    if (!indexes || indexes->size() != count)
        return false;
    m_templates->indexes = *indexes;
    struct Template
    {
        std::vector<std::string_view> pieces; // between its variables
        std::size_t firstColumn = 0;
        std::size_t uses = 0;
        std::size_t next = 0; // use
    };
    std::vector<std::string_view> plain;
    if (!readTexts(m_templates->texts, size, plain))
        return false;
    std::vector<Template> templates;
    for (const std::string_view text : plain) {
        Template& one = templates.emplace_back();
        std::size_t begin = 0;
        for (std::size_t at = text.find(variable); at != std::string_view::npos; at = text.find(variable, begin)) {
            one.pieces.push_back(text.substr(begin, at - begin));
            begin = at + 1;
        }
        one.pieces.push_back(text.substr(begin));
    }
    for (const char c : m_templates->indexes) {
        if (static_cast<unsigned char>(c) >= templates.size())
            return false;
        ++templates[static_cast<unsigned char>(c)].uses;
    }
    std::vector<TextList>& columns = m_templates->columns;
    std::size_t used = 0;
    ++m_depth;
    bool isGood = true;
    for (Template& one : templates) {
        one.firstColumn = used;
        for (std::size_t left = one.pieces.size() - 1; left > 0 && isGood; --left) {
            if (columns.size() == used)
                columns.emplace_back();
            isGood = read(from, one.uses, columns[used++]);
        }
    }
    --m_depth;
    for (const char c : m_templates->indexes) {
        if (!isGood)
            break;
        Template& one = templates[static_cast<unsigned char>(c)];
        std::size_t column = one.firstColumn;
        values.bytes().append(one.pieces.front());
        for (std::size_t i = 1; i < one.pieces.size(); ++i)
            values.bytes().append(columns[column++][one.next]).append(one.pieces[i]);
        values.end();
        ++one.next;
        isGood = values.bytes().size() <= StreamBlob::maxBytes;
    }
    return isGood;
}

} // namespace vigie
