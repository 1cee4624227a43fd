// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/spoolfile.h"

#include "core/entryid.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <cerrno>
#include <charconv>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

// The head: a line with the place of what was not delivered, in hexadecimal digits, and a line with the target.
constexpr std::string_view mark = "vigie-spool 1 ";
constexpr std::size_t digits = 16;
constexpr std::size_t placeLine = mark.size() + digits + 1;
constexpr std::size_t longestHead = 64 * 1024;
constexpr std::uint64_t inMemoryBytes = 16 * 1024 * 1024;
constexpr std::size_t step = 1024 * 1024; // read at once
constexpr std::uint64_t parts = 16; // of the room, one of which is made or filled at once
constexpr std::uint64_t pageBytes = 4096;
const QString ending = u".spool"_s;
const QString unfinished = u".new"_s; // which nobody takes up

std::string placeText(std::uint64_t place)
{
    std::string text(digits, '0');
    for (auto digit = text.rbegin(); digit != text.rend(); ++digit, place >>= 4)
        *digit = "0123456789abcdef"[place & 15];
    return text;
}

bool writeAll(int file, std::string_view bytes, std::uint64_t place)
{
    while (!bytes.empty()) {
        const ssize_t written = ::pwrite(file, bytes.data(), bytes.size(), off_t(place));
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes.remove_prefix(std::size_t(written));
        place += std::uint64_t(written);
    }
    return true;
}

std::string readUpTo(int file, std::uint64_t place, std::size_t bytes)
{
    std::string text(bytes, '\0');
    std::size_t done = 0;
    while (done < bytes) {
        const ssize_t read = ::pread(file, text.data() + done, bytes - done, off_t(place + done));
        if (read < 0 && errno == EINTR)
            continue;
        if (read <= 0)
            break;
        done += std::size_t(read);
    }
    text.resize(done);
    return text;
}

} // namespace

SpoolFile::SpoolFile(const QString& folder, SpoolTarget target, std::uint64_t maxBytes)
    : m_target(std::move(target)), m_maxBytes(maxBytes)
{
    if (makeFile(folder) && writeHead() && giveName())
        return;
    m_problem = qt_error_string(errno);
    makeInMemory();
}

std::unique_ptr<SpoolFile> SpoolFile::takeUp(const QString& path, bool* isNone)
{
    // A file in use is opened for reading only: a folder that is watched tells of all others.
    const int probe = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    const bool isFree = probe >= 0 && ::flock(probe, LOCK_EX | LOCK_NB) == 0;
    if (probe >= 0)
        ::close(probe);
    if (!isFree)
        return nullptr;
    std::unique_ptr<SpoolFile> spool(new SpoolFile);
    spool->m_path = path;
    spool->m_file = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    struct stat status = {};
    const bool isOurs = spool->m_file >= 0 && ::flock(spool->m_file, LOCK_EX | LOCK_NB) == 0
        && ::fstat(spool->m_file, &status) == 0 && S_ISREG(status.st_mode) && status.st_nlink > 0; // not removed meanwhile
    if (!isOurs)
        return nullptr;
    spool->m_end = std::uint64_t(status.st_size);
    if (spool->readHead())
        return spool;
    if (status.st_size == 0)
        spool->remove();
    else if (isNone)
        *isNone = true;
    return nullptr;
}

QStringList SpoolFile::pathsIn(const QString& folder)
{
    QStringList paths;
    for (const QString& name : QDir(folder).entryList({u'*' + ending}, QDir::Files | QDir::Hidden, QDir::Name))
        paths += folder + u'/' + name;
    return paths;
}

SpoolFile::~SpoolFile()
{
    if (m_file >= 0)
        ::close(m_file); // and with it goes the lock
}

bool SpoolFile::makeFile(const QString& folder)
{
    if (!QDir().mkpath(folder))
        return false;
    EntryIdSource names;
    const std::string_view name = names.next(QDateTime::currentMSecsSinceEpoch());
    m_path = folder + u'/' + QString::fromLatin1(name.data(), qsizetype(name.size())) + ending + unfinished;
    m_file = ::open(QFile::encodeName(m_path).constData(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    return m_file >= 0 && ::flock(m_file, LOCK_EX | LOCK_NB) == 0;
}

/// From now on others see it: it is whole, and locked.
bool SpoolFile::giveName()
{
    const QString path = m_path.chopped(unfinished.size());
    if (::rename(QFile::encodeName(m_path).constData(), QFile::encodeName(path).constData()) != 0)
        return false;
    m_path = path;
    return true;
}

void SpoolFile::makeInMemory()
{
    remove();
    if (m_file >= 0)
        ::close(m_file);
    m_maxBytes = std::min(m_maxBytes, inMemoryBytes);
    m_file = ::memfd_create("vigie-spool", MFD_CLOEXEC);
    if (!writeHead())
        m_first = m_start = m_end = placeLine;
}

bool SpoolFile::writeHead()
{
    const QJsonObject target{{u"app"_s, m_target.appId},
                             {u"to"_s, m_target.url},
                             {u"tokenFile"_s, m_target.tokenFile},
                             {u"caFile"_s, m_target.caFile}};
    const QByteArray line = QJsonDocument(target).toJson(QJsonDocument::Compact) + '\n';
    m_first = m_start = m_end = placeLine + std::size_t(line.size());
    return writeAll(m_file, std::string(mark) + placeText(m_start) + '\n' + line.toStdString(), 0);
}

bool SpoolFile::readHead()
{
    const std::string head = readUpTo(m_file, 0, longestHead);
    const std::size_t targetEnd = head.size() > placeLine ? head.find('\n', placeLine) : std::string::npos;
    if (!head.starts_with(mark) || targetEnd == std::string::npos)
        return false;
    const char* const place = head.data() + mark.size();
    if (std::from_chars(place, place + digits, m_start, 16).ptr != place + digits)
        return false;
    const QJsonObject target =
        QJsonDocument::fromJson(QByteArray(head.data() + placeLine, qsizetype(targetEnd - placeLine))).object();
    m_target = {target["app"_L1].toString(), target["to"_L1].toString(), target["tokenFile"_L1].toString(),
                target["caFile"_L1].toString()};
    m_first = targetEnd + 1;
    if (m_target.appId.isEmpty() || m_start < m_first)
        return false;
    if (m_start > m_end)
        m_start = m_end = m_first;
    // A process that is killed may leave half of a line.
    while (m_end > m_start) {
        const std::uint64_t from = m_end - std::min<std::uint64_t>(step, m_end - m_start);
        const std::size_t newline = readUpTo(m_file, from, std::size_t(m_end - from)).rfind('\n');
        m_end = newline == std::string::npos ? from : from + newline + 1;
        if (newline != std::string::npos)
            break;
    }
    return true;
}

void SpoolFile::setStart(std::uint64_t start)
{
    const std::uint64_t before = std::exchange(m_start, start);
    if (isEmpty()) {
        // Begun anew: what was delivered at once mostly never reaches the disk. A place beyond the end says that nothing waits.
        if (::ftruncate(m_file, off_t(m_first)) == 0)
            m_start = m_end = m_first;
        writeAll(m_file, placeText(m_start), mark.size());
        return;
    }
    writeAll(m_file, placeText(m_start), mark.size());
    const std::uint64_t from = (before + pageBytes - 1) / pageBytes * pageBytes;
    const std::uint64_t to = m_start / pageBytes * pageBytes;
    if (to > from)
        (void)::fallocate(m_file, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, off_t(from), off_t(to - from));
}

std::uint64_t SpoolFile::append(std::string_view lines)
{
    std::uint64_t dropped = 0;
    while (!lines.empty()) {
        // In steps, as all of them together may be more than there is room for.
        std::size_t end = lines.size();
        if (end > m_maxBytes / parts) {
            const std::size_t within = lines.rfind('\n', std::size_t(m_maxBytes / parts));
            end = (within != std::string_view::npos ? within : std::min(lines.find('\n'), lines.size() - 1)) + 1;
        }
        dropped += appendSome(lines.substr(0, end));
        lines.remove_prefix(end);
    }
    return dropped;
}

std::uint64_t SpoolFile::appendSome(std::string_view lines)
{
    if (lines.size() > m_maxBytes)
        return std::uint64_t(std::ranges::count(lines, '\n'));
    const std::uint64_t dropped = makeRoom(lines.size());
    if (writePending() && writeAll(m_file, lines, m_end)) {
        m_end += lines.size();
        return dropped;
    }
    (void)::ftruncate(m_file, off_t(m_end)); // the disk is full, or gone
    m_pending += lines;
    return dropped + makeRoomInMemory();
}

bool SpoolFile::writePending()
{
    if (!writeAll(m_file, m_pending, m_end)) {
        (void)::ftruncate(m_file, off_t(m_end));
        return false;
    }
    m_end += m_pending.size();
    m_pending = {};
    return true;
}

/// Drops the oldest, which lie on the disk, and may so make room there; then those in memory.
std::uint64_t SpoolFile::makeRoomInMemory()
{
    const std::uint64_t most = std::min(inMemoryBytes, m_maxBytes);
    std::uint64_t dropped = 0;
    while (m_pending.size() > most) {
        if (written() > 0) {
            const std::uint64_t to = lineStartFrom(std::min(m_end, m_start + m_maxBytes / parts));
            dropped += countLinesTo(to);
            setStart(to);
            if (writePending())
                break;
            continue;
        }
        const std::size_t least = std::min<std::size_t>(m_pending.size() - most + most / parts, m_pending.size()) - 1;
        const std::size_t cut = std::min(m_pending.find('\n', least), m_pending.size() - 1) + 1;
        dropped += std::uint64_t(std::count(m_pending.begin(), m_pending.begin() + std::ptrdiff_t(cut), '\n'));
        m_pending.erase(0, cut);
        m_end += cut; // places stay: a part may be on its way
        setStart(m_end);
    }
    return dropped;
}

std::string SpoolFile::readFrom(std::uint64_t place, std::size_t bytes) const
{
    return place < m_end ? readUpTo(m_file, place, bytes) : m_pending.substr(std::size_t(place - m_end), bytes);
}

std::uint64_t SpoolFile::countPending() const
{
    return std::uint64_t(std::ranges::count(m_pending, '\n'));
}

/// Drops the oldest, in large steps, so that it is rare.
std::uint64_t SpoolFile::makeRoom(std::uint64_t bytes)
{
    std::uint64_t dropped = 0;
    while (written() > 0 && written() + bytes > m_maxBytes) {
        const std::uint64_t excess = written() + bytes - m_maxBytes;
        const std::uint64_t to = lineStartFrom(std::min(m_end, m_start + std::max(excess, m_maxBytes / parts)));
        dropped += countLinesTo(to);
        setStart(to);
    }
    return dropped;
}

std::uint64_t SpoolFile::lineStartFrom(std::uint64_t place) const
{
    while (place < m_end) {
        const std::string text = readUpTo(m_file, place, std::size_t(std::min<std::uint64_t>(step, m_end - place)));
        const std::size_t newline = text.find('\n');
        if (newline != std::string::npos)
            return place + newline + 1;
        if (text.empty())
            return m_end;
        place += text.size();
    }
    return m_end;
}

std::uint64_t SpoolFile::countLinesTo(std::uint64_t end) const
{
    std::uint64_t count = 0;
    for (std::uint64_t place = m_start; place < end;) {
        const std::string text = readUpTo(m_file, place, std::size_t(std::min<std::uint64_t>(step, end - place)));
        if (text.empty())
            break;
        count += std::uint64_t(std::ranges::count(text, '\n'));
        place += text.size();
    }
    return count;
}

std::uint64_t SpoolFile::countLines() const
{
    return countLinesTo(m_end) + countPending();
}

SpoolFile::Part SpoolFile::read(std::size_t maxBytes, std::size_t maxLines) const
{
    Part part;
    const std::uint64_t there = written() > 0 ? written() : m_pending.size();
    std::size_t wanted = std::size_t(std::min<std::uint64_t>(maxBytes, there));
    part.lines = readFrom(m_start, wanted);
    if (part.lines.rfind('\n') == std::string::npos && there > wanted) { // a long one
        wanted = std::size_t(std::min<std::uint64_t>(longestLine, there));
        part.lines = readFrom(m_start, wanted);
        maxLines = 1;
    }
    std::size_t end = 0;
    for (; part.count < maxLines; ++part.count) {
        const std::size_t newline = part.lines.find('\n', end);
        if (newline == std::string::npos)
            break;
        end = newline + 1;
    }
    // What has no end within that is no entry of ours: it is passed over.
    if (part.count > 0 || isEmpty())
        part.end = m_start + end;
    else
        part.end = written() > 0 ? lineStartFrom(m_start) : m_end + std::min(m_pending.find('\n'), m_pending.size() - 1) + 1;
    part.lines.resize(end);
    return part;
}

void SpoolFile::setDelivered(std::uint64_t end)
{
    if (end <= m_start)
        return; // it was dropped meanwhile
    if (end > m_end) {
        const std::size_t cut = std::min<std::size_t>(std::size_t(end - m_end), m_pending.size());
        m_pending.erase(0, cut);
        m_end += cut;
    }
    setStart(std::min(end, m_end));
    if (!m_pending.empty())
        writePending(); // it may have made room
}

void SpoolFile::remove()
{
    if (!m_path.isEmpty())
        ::unlink(QFile::encodeName(m_path).constData());
    m_path.clear();
}

} // namespace vigie
