// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logbatch.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace vigie {

/// The senders of the application that was asked for last, each made once. One thread.
class OriginCache
{
public:
    const LogOrigin& origin(const std::string& appId, std::string_view userId)
    {
        if (m_appId != appId) {
            m_origins.clear();
            m_appId = appId;
        }
        const auto found = m_origins.find(userId);
        return found != m_origins.end() ? found->second : m_origins.emplace(userId, LogOrigin(appId, std::string(userId))).first->second;
    }

private:
    std::map<std::string, LogOrigin, std::less<>> m_origins;
    std::string m_appId;
};

} // namespace vigie
