// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/access/openquestions.h"

#include "server/net/addresslimits.h"

#include <algorithm>
#include <vector>

namespace vigie {

OpenQuestions::Place OpenQuestions::take(const QHostAddress& address, quint16 port)
{
    std::vector<Key> keys{{address.toString(), port}};
    if (m_limitsLoopback || !address.isLoopback())
        keys.emplace_back(peerNetwork(address), 0);
    const auto isFull = [this](const Key& key) {
        const auto found = m_waiting->find(key);
        return (found != m_waiting->end() ? found->second : 0) >= m_atOnce;
    };
    if (std::any_of(keys.begin(), keys.end(), isFull))
        return nullptr;
    for (const Key& key : keys)
        ++(*m_waiting)[key];
    const auto giveBack = [waiting = m_waiting](const std::vector<Key>* held) {
        for (const Key& key : *held) {
            if (const auto found = waiting->find(key); --found->second == 0)
                waiting->erase(found);
        }
        delete held;
    };
    return std::shared_ptr<const std::vector<Key>>(new std::vector<Key>(std::move(keys)), giveBack);
}

} // namespace vigie
