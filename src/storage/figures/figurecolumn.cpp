// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/figures/figurecolumn.h"

#include "storage/blocks/numbers.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>

namespace vigie {

namespace {

// In the head: how many values, if there are any; the form; for choices the number of them and each.
enum Form : std::uint64_t { Plain, Choices };

constexpr std::size_t maxChoices = 256; // a byte each
constexpr double choiceBits = 16; // for its value, and for its code

} // namespace

void FigureColumnWriter::write(const std::vector<std::int64_t>& values, StreamWriter& to)
{
    appendNumber(to.head(), values.size());
    if (values.empty() || writeChoices(values, to))
        return;
    appendNumber(to.head(), Plain);
    writeNumbers(values, m_buffer, to);
}

bool FigureColumnWriter::writeChoices(const std::vector<std::int64_t>& values, StreamWriter& to)
{
    struct Choice
    {
        std::size_t index = 0;
        std::size_t count = 0;
    };
    std::map<std::int64_t, Choice> choices;
    std::vector<std::int64_t> inOrder;
    for (const std::int64_t value : values) {
        const auto [place, isNew] = choices.try_emplace(value, Choice{inOrder.size(), 0});
        ++place->second.count;
        if (!isNew)
            continue;
        if (inOrder.size() == maxChoices)
            return false;
        inOrder.push_back(value);
    }
    if (inOrder.size() == 1)
        return false; // writeNumbers() has a form for that
    double bits = choiceBits * static_cast<double>(inOrder.size());
    for (const auto& [value, choice] : choices) {
        const auto count = static_cast<double>(choice.count);
        bits += count * std::log2(static_cast<double>(values.size()) / count);
    }
    if (bits >= costOfNumbers(values, m_buffer).least())
        return false;
    appendNumber(to.head(), Choices);
    appendNumber(to.head(), inOrder.size());
    for (const std::int64_t value : inOrder)
        appendSigned(to.head(), value);
    std::string& indexes = to.stream();
    for (const std::int64_t value : values)
        indexes += static_cast<char>(choices.at(value).index);
    return true;
}

void FigureColumnWriter::writeMultiples(std::vector<std::int64_t> values, StreamWriter& to)
{
    std::int64_t factor = 0;
    for (const std::int64_t value : values)
        factor = std::gcd(factor, value);
    factor = std::max<std::int64_t>(1, factor);
    for (std::int64_t& value : values)
        value /= factor;
    appendNumber(to.head(), static_cast<std::uint64_t>(factor));
    write(values, to);
}

bool readFigureColumn(StreamBlob::Section& from, std::size_t most, std::vector<std::int64_t>& values)
{
    values.clear();
    const std::uint64_t count = from.head.number();
    if (!from.head.isGood() || count > most)
        return false;
    if (count == 0)
        return true;
    const std::uint64_t form = from.head.number();
    if (form == Plain)
        return readNumbers(from, count, values);
    std::array<std::int64_t, maxChoices> choices;
    const std::size_t choiceCount = from.head.count();
    if (form != Choices || choiceCount > maxChoices)
        return false;
    for (std::size_t i = 0; i < choiceCount; ++i)
        choices[i] = from.head.signedNumber();
    const auto indexes = from.stream();
    if (!from.head.isGood() || !indexes || indexes->size() != count)
        return false;
    values.reserve(count);
    for (const char c : *indexes) {
        const auto index = static_cast<unsigned char>(c);
        if (index >= choiceCount)
            return false;
        values.push_back(choices[index]);
    }
    return true;
}

bool readMultiplesColumn(StreamBlob::Section& from, std::size_t most, std::vector<std::int64_t>& values)
{
    const std::uint64_t factor = from.head.number();
    if (!readFigureColumn(from, most, values))
        return false;
    for (std::int64_t& value : values)
        value = static_cast<std::int64_t>(static_cast<std::uint64_t>(value) * factor);
    return true;
}

} // namespace vigie
