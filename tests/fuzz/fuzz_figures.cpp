// SPDX-License-Identifier: GPL-3.0-or-later
// Chunks of figures and of processes, as a damaged file may hold them: what is read is bounded, and comes back when it is written.
// The first byte says how the rest is wrapped: as it is, deflated, or, so that checksums are no wall, as the head and the streams of
// a blob, each behind a byte with its size.
#include "storage/blocks/streams.h"
#include "storage/database/varint.h"
#include "storage/figures/metricchunk.h"
#include "storage/figures/processchunk.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

using namespace vigie;

namespace {

void require(bool isSo, int line = __builtin_LINE())
{
    if (isSo)
        return;
    std::fprintf(stderr, "line %d does not hold\n", line);
    std::abort();
}

std::string_view view(const QByteArray& bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

/// The next part of `bytes`, behind a byte with its size.
std::string_view takePart(std::string_view& bytes)
{
    const std::size_t size = std::min<std::size_t>(static_cast<unsigned char>(bytes.front()), bytes.size() - 1);
    const std::string_view part = bytes.substr(1, size);
    bytes.remove_prefix(1 + size);
    return part;
}

QByteArray packed(std::string_view bytes)
{
    StreamWriter to;
    to.beginSection();
    if (!bytes.empty())
        to.head() = takePart(bytes);
    while (!bytes.empty())
        to.stream() = takePart(bytes);
    std::string blob(1, 1);
    to.pack(blob);
    return {blob.data(), static_cast<qsizetype>(blob.size())};
}

void readProcesses(std::string_view bytes)
{
    static LookFinder finder;
    const auto chunk = decodeProcesses(bytes);
    const auto look = finder.lookAt(bytes, 1'000'000);
    if (!chunk)
        return;
    require(chunk->looks.size() <= ProcessChunk::maxLooks);
    for (const ProcessChunk::Look& one : chunk->looks) {
        require(one.processes.topByCpu.size() <= ProcessChunk::maxInList);
        require(one.processes.topByMemory.size() <= ProcessChunk::maxInList);
    }
    const QByteArray again = encodeProcesses(*chunk);
    const auto read = decodeProcesses(view(again));
    require(read && read->looks.size() == chunk->looks.size() && encodeProcesses(*read) == again);
}

void readFigures(std::string_view bytes)
{
    const auto chunk = decodeChunk(bytes);
    if (!chunk)
        return;
    for (const MetricColumn& column : chunk->columns)
        require(column.average.size() == chunk->times.size());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 1)
        return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    const QByteArray wrapped = data[0] % 3 == 0 ? QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size()))
        : data[0] % 3 == 1                      ? deflated(QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())))
                                                : packed(bytes);
    readProcesses(view(wrapped));
    readFigures(view(wrapped));
    return 0;
}
