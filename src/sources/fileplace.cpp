// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/fileplace.h"

#include "core/checkpoint.h"

#include <QCryptographicHash>
#include <charconv>

namespace vigie {

namespace {

constexpr std::string_view version = "1";

std::string hex(std::uint64_t number)
{
    std::array<char, 16> text;
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number, 16).ptr;
    return {text.data(), end};
}

template <typename Number>
bool read(std::string_view text, Number& number, int base)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
    return error == std::errc() && end == text.data() + text.size() && !text.empty();
}

std::string_view takeWord(std::string_view& text)
{
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return word;
}

} // namespace

std::string FileKey::name() const
{
    return std::string(fileCheckpoints) + hex(device) + ':' + hex(inode);
}

std::optional<FileKey> FileKey::fromName(std::string_view name)
{
    FileKey key;
    if (!name.starts_with(fileCheckpoints))
        return std::nullopt;
    name.remove_prefix(fileCheckpoints.size());
    const std::size_t colon = name.find(':');
    if (colon == std::string_view::npos || !read(name.substr(0, colon), key.device, 16) || !read(name.substr(colon + 1), key.inode, 16))
        return std::nullopt;
    return key;
}

PieceMark PieceMark::of(std::string_view bytes)
{
    constexpr qsizetype hashBytes = 12; // nobody guesses one: what is in a log is often others' to choose
    if (bytes.empty())
        return {};
    const QByteArray hash = QCryptographicHash::hash(QByteArrayView(bytes.data(), qsizetype(bytes.size())), QCryptographicHash::Sha256);
    return {bytes.size(), hash.first(hashBytes).toHex().toStdString()};
}

std::string FilePlace::text() const
{
    std::string text(version);
    for (const std::string& part : {std::to_string(offset), std::to_string(head.length), head.hash, std::to_string(tail.length),
                                    tail.hash, std::string(isPacked ? "packed" : "plain")})
        text.append(1, ' ').append(part);
    if (text.size() + 1 + path.size() <= Checkpoint::maxPlaceBytes)
        text.append(1, ' ').append(path);
    return text;
}

std::optional<FilePlace> FilePlace::fromText(std::string_view text)
{
    FilePlace place;
    if (takeWord(text) != version || !read(takeWord(text), place.offset, 10) || !read(takeWord(text), place.head.length, 10))
        return std::nullopt;
    place.head.hash = takeWord(text);
    if (!read(takeWord(text), place.tail.length, 10))
        return std::nullopt;
    place.tail.hash = takeWord(text);
    place.isPacked = takeWord(text) == "packed";
    place.path = text;
    return place;
}

} // namespace vigie
