// SPDX-License-Identifier: GPL-3.0-or-later
#include "files/logfile.h"

#include <QCoreApplication>
#include <algorithm>
#include <utility>

namespace vigie {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LogFile)
};

constexpr std::size_t sampleBytes = 8 * 1024;
constexpr std::size_t stepBytes = 1 << 20; // read at once
constexpr std::size_t packedStepBytes = 4 * 1024; // these may become 128 MiB
constexpr std::size_t batchEntries = 2'000;
constexpr std::size_t batchBytes = 1 << 20;

/// Files that were truncated while they were written begin with NULs; no text has any within.
bool isText(std::string_view sample)
{
    sample.remove_prefix(std::min(sample.find_first_not_of('\0'), sample.size()));
    return sample.find('\0') == std::string_view::npos;
}

} // namespace

LogFile::LogFile(const QString& path, std::string appId, std::function<void(LogBatch)> give)
    : m_path(path), m_appId(std::move(appId)), m_give(std::move(give)), m_batch(m_appId), m_origin(m_appId, {}), m_bytes(path)
{}

Outcome LogFile::open()
{
    Outcome opened = m_bytes.open();
    return opened ? begin() : opened;
}

/// Looks at the beginning of a file of which nothing was read. It belongs to nothing before.
Outcome LogFile::begin()
{
    reset();
    const std::string_view beginning = m_bytes.read(sampleBytes);
    std::string sample(beginning);
    m_unpacker = Unpacker::of(beginning);
    if (m_unpacker) {
        sample.clear();
        const auto unpacker = Unpacker::of(beginning);
        unpacker->add(beginning, [&sample](std::string_view bytes) {
            sample.append(bytes.substr(0, sampleBytes - std::min(sampleBytes, sample.size())));
        });
    }
    m_bytes.seek(0);
    if (!isText(sample))
        return Error{Text::tr("%1 is not a text file.").arg(m_path)};
    m_countTo = !m_unpacker && m_bytes.size() > tailBytes ? m_bytes.size() - tailBytes : 0;
    m_isCounted = m_isCounted || m_countTo > 0;
    return std::monostate{};
}

void LogFile::reset()
{
    m_lines += m_stream.lines();
    m_stream = StreamReader();
    m_countTo = 0;
    m_lastMs = 0;
}

bool LogFile::readOn(Time now)
{
    m_now = now;
    const bool hasMore = step();
    giveBatch();
    return hasMore;
}

bool LogFile::step()
{
    if (!m_problem.isEmpty())
        return false;
    if (m_bytes.position() < m_countTo && countOn())
        return true;
    const std::string_view bytes = m_bytes.read(m_unpacker ? packedStepBytes : stepBytes);
    if (!bytes.empty()) {
        if (!m_unpacker) {
            take(bytes);
        } else if (!m_unpacker->add(bytes, [this](std::string_view unpacked) { take(unpacked); })) {
            endDamaged();
            return false;
        }
        return true;
    }
    if (m_unpacker) {
        m_unpacker->isAtEnd() ? finish() : endDamaged();
        return false;
    }
    const FileBytes::Change change = m_bytes.look();
    if (change == FileBytes::Change::None) {
        m_stream.finishSilent(m_now, m_append);
        return false;
    }
    finish();
    if (change == FileBytes::Change::Truncated) {
        reset();
        return m_bytes.size() > 0; // or at the next look: what the kernel makes up may be shorter each time
    }
    const Outcome begun = begin();
    if (!begun)
        m_problem = begun.error().message;
    return bool(begun);
}

void LogFile::endDamaged()
{
    m_problem = Text::tr("%1 is damaged: not all of it could be unpacked.").arg(m_path);
    finish();
}

/// Counts lines up to where entries begin, which is behind the end of one. False: the file ended before.
bool LogFile::countOn()
{
    const std::uint64_t left = m_countTo - m_bytes.position();
    const std::string_view bytes = m_bytes.read(std::size_t(std::min<std::uint64_t>(left, stepBytes)));
    m_lines += std::uint64_t(std::ranges::count(bytes, '\n'));
    if (m_bytes.position() < m_countTo)
        return !bytes.empty();
    // The line that the cut went through is counted, not shown in part.
    const std::uint64_t start = m_bytes.position();
    const std::string_view next = m_bytes.read(stepBytes);
    const std::size_t newline = next.find('\n');
    m_bytes.seek(newline == std::string_view::npos ? start : start + newline + 1);
    m_lines += newline == std::string_view::npos ? 0 : 1;
    return true;
}

void LogFile::take(std::string_view bytes)
{
    m_stream.add(bytes, m_now, m_append);
}

void LogFile::finish()
{
    m_stream.finish(m_now, m_append);
}

/// An entry without a time is as old as the one before, the first as old as the file.
void LogFile::append(const StreamEntry& read)
{
    NewLogEntry whole = read.entry;
    if (whole.timeIsOurs)
        whole.timestampMs = m_lastMs > 0 ? m_lastMs : m_bytes.modifiedMs();
    m_lastMs = whole.timestampMs;
    whole.id = m_ids.next(whole.timestampMs);
    whole.idIsProducers = false;
    m_batch.append(whole, read.userId.empty() ? m_origin : LogOrigin(m_appId, std::string(read.userId)));
    if (m_batch.size() >= batchEntries || m_batch.json().size() >= batchBytes)
        giveBatch();
}

void LogFile::giveBatch()
{
    if (m_batch.empty())
        return;
    m_batch.shrink();
    m_give(std::exchange(m_batch, LogBatch(m_appId)));
}

} // namespace vigie
