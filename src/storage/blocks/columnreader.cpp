// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/blocks/column.h"

#include "storage/blocks/columnforms.h"
#include "storage/blocks/numbers.h"
#include "storage/blocks/outlinedtexts.h"
#include "storage/blocks/ulid.h"

#include <algorithm>
#include <array>
#include <span>

namespace vigie {

struct ColumnReader::Templates
{
    std::string bytes;
    std::vector<std::string_view> texts;
    OutlinedTexts outlined;
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
    const char* next = stream->data();
    std::array<char, 128> text;
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t at = 0; at < width; at += 2) {
            const auto byte = static_cast<unsigned char>(*next++);
            text[at] = digits[byte >> 4];
            text[at + 1] = digits[byte & 15]; // of an odd width, one too many
        }
        values.add({text.data(), width});
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

bool ColumnReader::read(StreamBlob::Section& from, std::size_t count, TextList& values, const OutlineTest& needed)
{
    values.clear();
    if (count == 0)
        return true;
    switch (from.head.number()) {
    case ColumnForm::Same: {
        const std::string_view text = from.head.text();
        if (text.size() * count > StreamBlob::maxBytes)
            return false;
        for (std::size_t i = 0; i < count; ++i)
            values.add(text);
        return from.head.isGood();
    }
    case ColumnForm::Choices:
        return readChoices(from, count, values);
    case ColumnForm::Numbers:
        return readNumberTexts(from, count, m_numbers, values);
    case ColumnForm::Hex:
        return readHex(from, count, values);
    case ColumnForm::Ulids:
        return readUlids(from, count, values);
    case ColumnForm::Templates:
        return readTemplates(from, count, needed, values);
    case ColumnForm::Texts:
        return readPlainTexts(from, count, m_numbers, values);
    default:
        return false;
    }
}

bool ColumnReader::readTemplates(StreamBlob::Section& from, std::size_t count, const OutlineTest& needed, TextList& values)
{
    if (m_depth > 0)
        return false;
    const std::uint64_t size = from.head.number();
    const auto texts = from.stream();
    if (!texts || size == 0 || size > maxTemplates)
        return false;
    m_templates->bytes = *texts;
    m_templates->texts.clear();
    const auto indexes = from.stream();
    if (!indexes || indexes->size() != count || !readTexts(m_templates->bytes, size, m_templates->texts))
        return false;
    const std::span numbers(reinterpret_cast<const unsigned char*>(indexes->data()), indexes->size());
    if (!m_templates->outlined.setOutlines(std::span<const std::string_view>(m_templates->texts), numbers))
        return false;
    ++m_depth;
    const bool isGood = m_templates->outlined.read(from, *this, needed, values);
    --m_depth;
    return isGood;
}

std::optional<ByteSet> ColumnReader::pass(StreamBlob::Section& from)
{
    ByteSet bytes;
    bool isGood = true;
    switch (from.head.number()) {
    case ColumnForm::Same:
        addBytes(from.head.text(), bytes);
        break;
    case ColumnForm::Choices: {
        const std::uint64_t choices = from.head.number();
        const auto stream = from.stream();
        std::vector<std::string_view> texts;
        isGood = stream && choices <= maxChoices && readTexts(*stream, choices, texts) && from.passStream();
        for (const std::string_view text : texts)
            addBytes(text, bytes);
        break;
    }
    case ColumnForm::Numbers:
        from.head.number(); // how wide
        addBytes("-0123456789", bytes);
        isGood = passNumbers(from);
        break;
    case ColumnForm::Hex:
        from.head.number(); // how wide
        addBytes("0123456789abcdef", bytes);
        isGood = from.passStream();
        break;
    case ColumnForm::Ulids:
        addBytes(ulidDigits, bytes);
        isGood = passNumbers(from) && passNumbers(from) && from.passStream();
        break;
    case ColumnForm::Templates:
        return passTemplates(from);
    case ColumnForm::Texts:
        bytes.set();
        isGood = passNumbers(from) && from.passStream();
        break;
    default:
        return std::nullopt;
    }
    return isGood && from.head.isGood() ? std::optional(bytes) : std::nullopt;
}

std::optional<ByteSet> ColumnReader::passTemplates(StreamBlob::Section& from)
{
    if (m_depth > 0)
        return std::nullopt;
    ByteSet bytes;
    const std::uint64_t size = from.head.number();
    const auto stream = from.stream();
    std::vector<std::string_view> texts;
    if (!stream || size > maxTemplates || !readTexts(*stream, size, texts))
        return std::nullopt;
    std::ptrdiff_t variables = 0;
    for (const std::string_view text : texts) {
        addBytes(text, bytes);
        variables += std::ranges::count(text, OutlinedTexts::variable);
    }
    bytes.reset(static_cast<unsigned char>(OutlinedTexts::variable));
    bool isGood = from.passStream();
    ++m_depth;
    for (; variables > 0 && isGood; --variables) {
        const auto column = pass(from);
        isGood = column.has_value();
        if (isGood)
            bytes |= *column;
    }
    --m_depth;
    return isGood ? std::optional(bytes) : std::nullopt;
}

} // namespace vigie
