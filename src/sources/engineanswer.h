// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace vigie {

/// Reads one answer of HTTP/1.x, as container engines give it, by Boost.Beast's parser: bytes in, the body's bytes out. No sockets;
/// one thread.
class EngineAnswer
{
public:
    using Take = std::function<void(std::string_view body)>;

    EngineAnswer();
    ~EngineAnswer();

    /// The next bytes, however they are cut. False: they are no such answer; no further call is allowed.
    bool add(std::string_view bytes, const Take& take);
    /// The connection was closed. False: the answer is not whole.
    bool finish();

    bool isHeadThere() const;
    bool isWhole() const;
    int status() const;
    /// Podman says its own version in every answer; its streams leave lines out.
    bool isPodmans() const;

private:
    class Beast;
    std::unique_ptr<Beast> m_beast;
    std::string m_pending; // that the parser could not take yet
};

} // namespace vigie
