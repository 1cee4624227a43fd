// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace vigie {

/// Whether those who read an application's entries live are so far behind that its sources should wait. Whoever implements it calls
/// Intake::callWaiting() when one of them is no longer. The server's thread.
class Congestion
{
public:
    virtual ~Congestion() = default;
    virtual bool isCongested(const std::string& appId) const = 0;
};

} // namespace vigie
