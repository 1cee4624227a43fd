// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/busmessage.h"

#include "core/entryid.h"
#include "core/names.h"
#include "core/utf8.h"
#include "protocol/entryline.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <zstd.h>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t worthPacking = 512; // bytes of entries
constexpr int packingLevel = 1;
constexpr std::size_t maxUnpacked = 64 * 1024 * 1024; // what a message may say that it holds
constexpr int maxDepth = 256; // as the largest that a machine may be set to

QString base64(const std::string& bytes)
{
    return QString::fromLatin1(QByteArray::fromStdString(bytes).toBase64());
}

std::string fromBase64(const QJsonValue& value)
{
    return QByteArray::fromBase64(value.toString().toLatin1()).toStdString();
}

QJsonObject headOf(const BusOrigin& origin, const std::string& appId)
{
    return {{u"v"_s, BusMessage::version},
            {u"node"_s, QString::fromStdString(origin.node)},
            {u"id"_s, QString::fromStdString(origin.nodeId)},
            {u"epoch"_s, QString::fromStdString(origin.epoch)},
            {u"n"_s, qint64(origin.number)},
            {u"app"_s, QString::fromStdString(appId)}};
}

std::string textOf(const QJsonObject& head)
{
    return QJsonDocument(head).toJson(QJsonDocument::Compact).toStdString() + '\n';
}

char markOf(const LogBatch& batch, std::size_t i)
{
    return char('0' + (batch.idIsProducers(i) ? 1 : 0) + (batch.timeIsOurs(i) ? 2 : 0));
}

std::string packed(const std::string& text)
{
    std::string bytes(ZSTD_compressBound(text.size()), '\0');
    bytes.resize(ZSTD_compress(bytes.data(), bytes.size(), text.data(), text.size(), packingLevel));
    return bytes;
}

Result<std::string> unpacked(std::string_view bytes)
{
    const unsigned long long size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
    if (size > maxUnpacked) // which unknown and broken sizes are, too
        return Error{u"the entries are not packed as they should be"_s};
    std::string text(std::size_t(size), '\0');
    if (ZSTD_decompress(text.data(), text.size(), bytes.data(), bytes.size()) != size)
        return Error{u"the packed entries are damaged"_s};
    return text;
}

struct Head
{
    BusMessage message;
    std::string marks;
    bool isPacked = false;
    std::string_view rest;
};

Result<Head> readHead(std::string_view bytes)
{
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromRawData(bytes.data(), qsizetype(end))).object();
    const int version = object.value("v"_L1).toInt();
    if (version < 1)
        return Error{u"it is no message of Vigie's"_s};
    if (version > BusMessage::version)
        return Error{u"it is of a later Vigie (form %1)"_s.arg(version)};
    Head head;
    head.rest = bytes.substr(std::min(end + 1, bytes.size()));
    BusMessage& message = head.message;
    message.origin = {object.value("node"_L1).toString().toStdString(), object.value("id"_L1).toString().toStdString(),
                      object.value("epoch"_L1).toString().toStdString(), std::uint64_t(object.value("n"_L1).toInteger())};
    message.appId = object.value("app"_L1).toString().toStdString();
    if (!appIdProblem(message.appId, maxNameBytes).empty() || message.origin.epoch.empty())
        return Error{u"it does not say of which application or program it is"_s};
    message.isClearing = object.contains("clearedBy"_L1);
    message.clearedBy = object.value("clearedBy"_L1).toString().toStdString();
    for (const QJsonValue& place : object.value("places"_L1).toArray()) {
        auto checkpoint = std::make_shared<const Checkpoint>(Checkpoint{fromBase64(place[0]), fromBase64(place[1])});
        if (checkpoint->isValid())
            message.places.push_back(std::move(checkpoint));
    }
    head.marks = object.value("marks"_L1).toString().toStdString();
    head.isPacked = object.value("packed"_L1).toString() == "zstd"_L1;
    message.batch = LogBatch(message.appId);
    return head;
}

/// `text` in pieces of at most `maxBytes`, none of which begins within a character.
std::vector<std::string_view> piecesOf(std::string_view text, std::size_t maxBytes)
{
    std::vector<std::string_view> pieces;
    while (!text.empty()) {
        pieces.push_back(text.substr(0, utf8CutAt(text, maxBytes)));
        text.remove_prefix(pieces.back().size());
    }
    return pieces;
}

} // namespace

std::string encodeBus(const BusOrigin& origin, const LogBatch& batch, const std::vector<CheckpointPtr>& places)
{
    std::string marks;
    std::string lines;
    lines.reserve(batch.json().size() + 1);
    for (std::size_t i = 0; i < batch.size(); ++i) {
        marks += markOf(batch, i);
        lines.append(batch.json(i)) += '\n';
    }
    if (!marks.empty() && marks.find_first_not_of(marks[0]) == std::string::npos)
        marks.resize(1);
    QJsonObject head = headOf(origin, batch.appId());
    head.insert(u"marks"_s, QString::fromStdString(marks));
    if (!places.empty()) {
        QJsonArray array;
        for (const CheckpointPtr& place : places)
            array.append(QJsonArray{base64(place->source), base64(place->place)});
        head.insert(u"places"_s, array);
    }
    if (lines.size() < worthPacking)
        return textOf(head) + lines;
    head.insert(u"packed"_s, u"zstd"_s);
    return textOf(head) + packed(lines);
}

std::string encodeBus(const BusOrigin& origin, const AppCleared& cleared)
{
    QJsonObject head = headOf(origin, cleared.appId);
    head.insert(u"clearedBy"_s, QString::fromStdString(cleared.userId));
    return textOf(head);
}

Result<BusMessage> readBusHead(std::string_view bytes)
{
    Result<Head> head = readHead(bytes);
    if (!head)
        return head.error();
    return std::move(head->message);
}

Result<BusMessage> readBus(std::string_view bytes, std::size_t& refused)
{
    Result<Head> head = readHead(bytes);
    if (!head)
        return head.error();
    std::string text;
    if (head->isPacked) {
        Result<std::string> whole = unpacked(head->rest);
        if (!whole)
            return whole.error();
        text = std::move(*whole);
        head->rest = text;
    }
    BusMessage& message = head->message;
    DecodeLimits limits;
    limits.depth = maxDepth;
    EntryLineReader reader(message.appId, limits);
    message.batch.reserve(std::size_t(std::ranges::count(head->rest, '\n')), head->rest.size() + 128);
    for (std::size_t i = 0; !head->rest.empty(); ++i) {
        const std::size_t end = std::min(head->rest.find('\n'), head->rest.size());
        const char mark = head->marks.empty() ? '1' : head->marks[head->marks.size() == 1 ? 0 : std::min(i, head->marks.size() - 1)];
        const Outcome added =
            reader.append(head->rest.substr(0, end), {.idIsProducers = (mark & 1) != 0, .timeIsOurs = (mark & 2) != 0}, message.batch);
        refused += !added;
        head->rest.remove_prefix(std::min(end + 1, head->rest.size()));
    }
    return std::move(message);
}

LogBatch cutForBus(LogBatch batch, std::size_t maxBytes)
{
    const auto fits = [&](std::size_t i) {
        return batch.json(i).size() <= maxBytes || packed(std::string(batch.json(i))).size() <= maxBytes;
    };
    bool allFit = true;
    for (std::size_t i = 0; i < batch.size() && allFit; ++i)
        allFit = fits(i);
    if (allFit)
        return batch;
    LogBatch cut(batch.appId());
    cut.setCheckpoint(batch.checkpoint());
    for (std::size_t i = 0; i < batch.size(); ++i) {
        const LogOrigin sender(batch.appId(), std::string(batch.userId(i)));
        NewLogEntry entry = batch.entry(i);
        if (fits(i)) {
            cut.append(entry, sender);
            continue;
        }
        // JSON may write a byte as six.
        const std::string text = std::string(entry.message) + (entry.metadataJson.empty() ? "" : '\n' + std::string(entry.metadataJson));
        const std::vector<std::string_view> pieces = piecesOf(text, std::max<std::size_t>(maxBytes / 8, 1));
        for (std::size_t part = 0; part < pieces.size(); ++part) {
            NewLogEntry piece = entry;
            const std::string which =
                R"({"part":)" + std::to_string(part + 1) + R"(,"parts":)" + std::to_string(pieces.size()) + '}';
            piece.message = pieces[part];
            piece.metadataJson = which;
            piece.isPlain = false;
            const std::string id = part == 0 ? std::string(entry.id) : substituteEntryId(piece, batch.userId(i));
            piece.id = id;
            cut.append(piece, sender);
        }
    }
    return cut;
}

} // namespace vigie
