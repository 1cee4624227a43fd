// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/httpparser.h"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <charconv>
#include <functional>
#include <limits>
#include <utility>

namespace vigie {

namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::beast::error_code;
using Text = boost::beast::string_view;

namespace {

constexpr std::uint32_t maxHeadBytes = 1024 * 1024; // whoever gives us a head has bounded it

QByteArrayView viewOf(Text text)
{
    return {text.data(), qsizetype(text.size())};
}

bool isSame(Text text, const char* other)
{
    return beast::iequals(text, other);
}

} // namespace

/// What Beast finds, put into an HttpHead. Beast takes some forms that are refused here: a Content-Length that stands twice, or
/// twice in one field, other codings than "chunked", folded lines. Readers on the way understand these differently, which is how
/// one request is hidden in another.
class HttpParser::Beast : public http::basic_parser<true>
{
public:
    Beast()
    {
        header_limit(maxHeadBytes);
        body_limit(std::numeric_limits<std::uint64_t>::max()); // whoever takes the body bounds it
    }

    HttpHead head;
    std::optional<HeadProblem> problem; // of a head that is whole
    BodyBytes* taker = nullptr;
    bool hasTakenAll = true; // of what was offered to `taker` last
    bool waitsForMore = false; // of a chunk's length, or of what is behind the last
    const char* end = nullptr; // of the bytes that are being read

protected:
    void on_request_impl(http::verb, Text method, Text target, int version, error_code&) override
    {
        head.method = viewOf(method).toByteArray();
        head.target = viewOf(target).toByteArray();
        head.isHttp11 = version == 11;
    }

    void on_response_impl(int, Text, int, error_code&) override {}

    void on_field_impl(http::field field, Text name, Text value, error_code& error) override
    {
        if (isFolded(name, value) || (!m_isHeadRead && !take(field, viewOf(name), value)))
            error = http::error::bad_field;
    }

    void on_header_impl(error_code& error) override
    {
        m_isHeadRead = true;
        if (head.isChunked && !head.isHttp11)
            error = http::error::bad_transfer_encoding;
        head.keepsAlive = keep_alive();
    }

    void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
    std::size_t on_body_impl(Text bytes, error_code&) override { return offer(bytes); }
    void on_chunk_header_impl(std::uint64_t, Text, error_code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, Text bytes, error_code&) override { return offer(bytes); }
    void on_finish_impl(error_code&) override {}

private:
    /// Beast joins folded lines: in a copy, or by passing over an empty first one.
    bool isFolded(Text name, Text value) const
    {
        const char* const from = name.data() + name.size();
        const bool isCopy = std::less<>()(value.data(), from) || std::less<>()(end, value.data());
        return isCopy || std::find(from, value.data(), '\r') != value.data();
    }

    bool take(http::field field, QByteArrayView name, Text text)
    {
        const QByteArrayView value = viewOf(text);
        head.fields.emplace_back(name, value);
        switch (field) {
        case http::field::host:
            if (std::exchange(m_hasHost, true))
                problem = HeadProblem::TwoHosts; // the rest is read all the same, as it may be worse
            head.host = value.toByteArray();
            break;
        case http::field::origin:
            if (head.origin && !problem)
                problem = HeadProblem::TwoOrigins;
            head.origin = value.toByteArray();
            break;
        case http::field::content_length: {
            std::uint64_t length = 0;
            const auto [stop, failure] = std::from_chars(value.begin(), value.end(), length);
            if (head.contentLength || failure != std::errc() || stop != value.end())
                return false;
            head.contentLength = length;
            break;
        }
        case http::field::transfer_encoding:
            if (head.isChunked || !isSame(text, "chunked"))
                return false;
            head.isChunked = true;
            break;
        case http::field::expect:
            head.expectsContinue = isSame(text, "100-continue");
            break;
        case http::field::upgrade:
            head.wantsWebSocket = isSame(text, "websocket");
            break;
        case http::field::sec_websocket_key:
            head.webSocketKey = value.toByteArray();
            break;
        case http::field::sec_websocket_version:
            head.webSocketVersion = value.toByteArray();
            break;
        case http::field::sec_websocket_protocol:
            for (const QByteArray& protocol : value.toByteArray().split(','))
                head.protocols.append(protocol.trimmed());
            break;
        default:
            head.isPassedOn = head.isPassedOn || isProxyField(name);
        }
        return true;
    }

    std::size_t offer(Text bytes)
    {
        const std::size_t taken = taker->takeBody({bytes.data(), bytes.size()});
        hasTakenAll = taken == bytes.size();
        return taken;
    }

    bool m_hasHost = false;
    bool m_isHeadRead = false;
};

HttpParser::HttpParser() : m_beast(std::make_unique<Beast>()) {}
HttpParser::~HttpParser() = default;
HttpParser::HttpParser(HttpParser&&) noexcept = default;
HttpParser& HttpParser::operator=(HttpParser&&) noexcept = default;

std::variant<HttpHead, HeadProblem> HttpParser::readHead(QByteArrayView bytes)
{
    HttpHead& head = m_beast->head;
    head.text = bytes.first(std::max<qsizetype>(headLength(bytes), 0)).toByteArray();
    m_beast->end = head.text.constData() + head.text.size();
    error_code error;
    m_beast->put(boost::asio::const_buffer(head.text.constData(), std::size_t(head.text.size())), error);
    if (error || !m_beast->is_header_done())
        return HeadProblem::Broken;
    if (m_beast->problem)
        return *m_beast->problem;
    return std::move(head);
}

std::pair<std::size_t, HttpParser::BodyState> HttpParser::readBody(std::span<const char> bytes, BodyBytes& taker)
{
    // No chunk's length is followed by less to the body's end, and Beast asserts that it gets so much when it is asked again.
    constexpr std::size_t lastChunkBytes = 5;
    if (m_beast->waitsForMore && bytes.size() < lastChunkBytes)
        return {0, BodyState::NeedsMore};
    m_beast->waitsForMore = false;
    m_beast->taker = &taker;
    m_beast->hasTakenAll = true;
    m_beast->end = bytes.data() + bytes.size();
    std::size_t done = 0;
    while (!m_beast->is_done()) {
        if (done == bytes.size() || !m_beast->hasTakenAll)
            return {done, BodyState::NeedsMore};
        error_code error;
        done += m_beast->put(boost::asio::const_buffer(bytes.data() + done, bytes.size() - done), error);
        if (error == http::error::need_more) {
            m_beast->waitsForMore = true;
            return {done, BodyState::NeedsMore};
        }
        if (error)
            return {done, BodyState::Broken};
    }
    return {done, BodyState::Whole};
}

} // namespace vigie
