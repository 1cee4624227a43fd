// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/figures/metricchunk.h"

#include "storage/database/varint.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vigie {

namespace {

constexpr double maxSteps = 2e18; // so that a difference of two fits 63 bits
constexpr std::size_t maxRows = 10'000; // far more than any tier's
constexpr int autoDigits = 7;
constexpr int unitCode = static_cast<int>(Quantum::Unit);

double stepOf(Quantum quantum)
{
    return quantum == Quantum::Kibi ? 1024 : std::pow(10.0, static_cast<int>(quantum) - unitCode);
}

/// The step that keeps seven digits of the largest value.
Quantum chooseQuantum(const MetricColumn& column)
{
    double largest = 0;
    bool whole = true;
    for (const auto* values : {&column.average, &column.low, &column.high}) {
        for (const double value : *values) {
            if (std::isnan(value))
                continue;
            largest = std::max(largest, std::abs(value));
            whole = whole && value == std::floor(value);
        }
    }
    if (largest == 0 || (whole && largest < 1e15))
        return Quantum::Unit;
    const int power = static_cast<int>(std::floor(std::log10(largest))) - (autoDigits - 1);
    return static_cast<Quantum>(std::clamp(unitCode + power, 2, 255));
}

std::int64_t toSteps(double value, double step)
{
    return std::llround(std::clamp(value / step, -maxSteps, maxSteps));
}

/// Differences from one known value to the next; 0 stands for an unknown one.
void writeValues(ByteWriter& out, const std::vector<double>& values, double step)
{
    std::int64_t before = 0;
    for (const double value : values) {
        if (std::isnan(value)) {
            out.number(0);
            continue;
        }
        const std::int64_t steps = toSteps(value, step);
        out.number(folded(steps - before) + 1);
        before = steps;
    }
}

void readValues(ByteReader& in, std::size_t rows, double step, std::vector<double>& values)
{
    values.reserve(rows);
    std::uint64_t steps = 0; // wraps on nonsense
    for (std::size_t row = 0; row < rows; ++row) {
        const std::uint64_t code = in.number();
        steps += code > 0 ? static_cast<std::uint64_t>(unfolded(code - 1)) : 0;
        values.push_back(code > 0 ? static_cast<double>(static_cast<std::int64_t>(steps)) * step : unknown);
    }
}

/// How far a bound lies from each known average.
void writeSpread(ByteWriter& out, const MetricColumn& column, const std::vector<double>& bound, double step)
{
    for (std::size_t row = 0; row < bound.size(); ++row) {
        if (!std::isnan(column.average[row])) {
            const double known = std::isnan(bound[row]) ? column.average[row] : bound[row];
            out.number(static_cast<std::uint64_t>(std::abs(toSteps(known, step) - toSteps(column.average[row], step))));
        }
    }
}

void readSpread(ByteReader& in, const std::vector<double>& from, double signedStep, std::vector<double>& values)
{
    values.reserve(from.size());
    for (const double value : from)
        values.push_back(std::isnan(value) ? unknown : value + static_cast<double>(in.number()) * signedStep);
}

QByteArray encodeColumn(const MetricColumn& column, Quantum quantum)
{
    ByteWriter out;
    const double step = stepOf(quantum);
    writeValues(out, column.average, step);
    if (!column.low.empty()) {
        writeSpread(out, column, column.low, step);
        writeSpread(out, column, column.high, step);
    }
    return out.bytes();
}

} // namespace

QByteArray encodeChunk(const MetricChunk& chunk)
{
    ByteWriter out;
    out.number(chunk.isRolledUp() ? 1 : 0);
    out.number(chunk.times.size());
    // The pace is even, so what differs from it is small.
    std::int64_t before = 0;
    std::int64_t pace = 0;
    for (const std::int64_t time : chunk.times) {
        out.signedNumber(time - before - pace);
        pace = before == 0 ? 0 : time - before;
        before = time;
    }
    for (const std::uint32_t count : chunk.counts)
        out.number(count);
    out.number(chunk.columns.size());
    for (const MetricColumn& column : chunk.columns) {
        const Quantum quantum = column.quantum == Quantum::Auto ? chooseQuantum(column) : column.quantum;
        const QByteArray values = encodeColumn(column, quantum);
        out.number(column.series);
        out.number(static_cast<std::uint64_t>(quantum));
        out.text({values.constData(), static_cast<std::size_t>(values.size())});
    }
    return deflated(out.bytes());
}

std::optional<MetricChunk> decodeChunk(std::string_view bytes, const std::vector<std::uint32_t>* wanted)
{
    const std::optional<QByteArray> plain = inflated(bytes);
    if (!plain)
        return std::nullopt;
    ByteReader in({plain->constData(), static_cast<std::size_t>(plain->size())});
    MetricChunk chunk;
    const bool rolledUp = in.number() == 1;
    const std::size_t rows = in.count();
    if (rows > maxRows)
        return std::nullopt;
    chunk.times.reserve(rows);
    std::int64_t before = 0;
    std::int64_t pace = 0;
    for (std::size_t row = 0; row < rows; ++row) {
        const std::int64_t time = wrappingSum(wrappingSum(before, pace), in.signedNumber());
        pace = before == 0 ? 0 : wrappingSum(time, wrappingSum(~before, 1));
        before = time;
        chunk.times.push_back(time);
    }
    for (std::size_t row = 0; rolledUp && row < rows; ++row)
        chunk.counts.push_back(static_cast<std::uint32_t>(in.number()));
    const std::size_t columns = in.count();
    for (std::size_t i = 0; i < columns && in.isGood(); ++i) {
        MetricColumn column;
        column.series = static_cast<std::uint32_t>(in.number());
        column.quantum = static_cast<Quantum>(in.number());
        const std::string_view text = in.text();
        if (wanted && !std::ranges::binary_search(*wanted, column.series))
            continue;
        ByteReader values(text);
        const double step = stepOf(column.quantum);
        readValues(values, rows, step, column.average);
        if (rolledUp) {
            readSpread(values, column.average, -step, column.low);
            readSpread(values, column.average, step, column.high);
        }
        if (!values.isGood())
            return std::nullopt;
        chunk.columns.push_back(std::move(column));
    }
    if (!in.isGood())
        return std::nullopt;
    return chunk;
}

} // namespace vigie
