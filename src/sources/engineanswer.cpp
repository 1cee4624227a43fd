// SPDX-License-Identifier: GPL-3.0-or-later
#include "sources/engineanswer.h"

#include <boost/beast/http/basic_parser.hpp>
#include <limits>

namespace vigie {

namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::beast::error_code;
using Text = boost::beast::string_view;

class EngineAnswer::Beast : public http::basic_parser<false>
{
public:
    Beast() { body_limit(std::numeric_limits<std::uint64_t>::max()); }

    int status = 0;
    bool isPodmans = false;
    const Take* take = nullptr;

protected:
    void on_request_impl(http::verb, Text, Text, int, error_code&) override {}
    void on_response_impl(int code, Text, int, error_code&) override { status = code; }
    void on_field_impl(http::field, Text name, Text, error_code&) override
    {
        isPodmans = isPodmans || beast::iequals(name, "Libpod-API-Version");
    }
    void on_header_impl(error_code&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
    std::size_t on_body_impl(Text bytes, error_code&) override { return give(bytes); }
    void on_chunk_header_impl(std::uint64_t, Text, error_code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, Text bytes, error_code&) override { return give(bytes); }
    void on_finish_impl(error_code&) override {}

private:
    std::size_t give(Text bytes)
    {
        if (!bytes.empty())
            (*take)({bytes.data(), bytes.size()});
        return bytes.size();
    }
};

EngineAnswer::EngineAnswer() : m_beast(std::make_unique<Beast>()) {}
EngineAnswer::~EngineAnswer() = default;

bool EngineAnswer::add(std::string_view bytes, const Take& take)
{
    // Beast asserts that there is so much when it is asked again within a chunk's head; no chunk ends the answer with less.
    constexpr std::size_t lastChunkBytes = 5;
    m_beast->take = &take;
    const bool wasPending = !m_pending.empty();
    if (wasPending) {
        m_pending.append(bytes);
        bytes = m_pending;
        if (m_beast->is_header_done() && bytes.size() < lastChunkBytes)
            return true;
    }
    std::size_t done = 0;
    while (done < bytes.size() && !m_beast->is_done()) {
        error_code error;
        const std::size_t taken = m_beast->put(boost::asio::const_buffer(bytes.data() + done, bytes.size() - done), error);
        done += taken;
        if (error == http::error::need_more)
            break;
        if (error)
            return false;
        if (taken == 0 && m_beast->is_header_done() && m_beast->is_done())
            break;
    }
    if (m_beast->is_done())
        done = bytes.size(); // we ask one thing a connection
    const std::string rest(bytes.substr(done));
    m_pending = rest;
    return true;
}

bool EngineAnswer::finish()
{
    if (m_beast->is_done())
        return true;
    const Take none = [](std::string_view) {};
    m_beast->take = &none;
    if (!m_beast->is_header_done() || !m_beast->need_eof())
        return false;
    error_code error;
    m_beast->put_eof(error);
    return !error && m_beast->is_done();
}

bool EngineAnswer::isHeadThere() const
{
    return m_beast->is_header_done();
}

bool EngineAnswer::isWhole() const
{
    return m_beast->is_done();
}

int EngineAnswer::status() const
{
    return m_beast->status;
}

bool EngineAnswer::isPodmans() const
{
    return m_beast->isPodmans;
}

} // namespace vigie
