// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/access/peeraccounts.h"

#include <utility>

namespace vigie {

SourceAccount& PeerAccounts::of(const std::string& appId, const QHostAddress& peer, const std::string& agent)
{
    const std::string address = peer.toString().toStdString();
    SourceState state;
    state.id = m_road + ':' + appId + '@' + address;
    state.kind = m_kind;
    state.name = agent.empty() ? address : address + " (" + agent + ')';
    state.appId = appId;
    return of(std::move(state));
}

SourceAccount& PeerAccounts::of(SourceState state)
{
    if (const auto known = m_open.find(state.id); known != m_open.end()) {
        m_order.splice(m_order.end(), m_order, known->second.place);
        return known->second.account;
    }
    if (m_open.size() >= maxOpen) {
        m_open.erase(m_order.front());
        m_order.pop_front();
    }
    std::string id = state.id;
    const auto place = m_order.insert(m_order.end(), id);
    return m_open.emplace(std::move(id), Open{m_board.open(std::move(state)), place}).first->second.account;
}

void noteNotLetIn(SourceBoard& board, SourceKind kind, const QHostAddress& peer, std::string_view reason, std::string_view appId,
                  std::int64_t nowMs)
{
    SourceState state;
    state.name = peer.toString().toStdString();
    state.id = std::string(nameOf(kind)) + ":@" + state.name;
    state.kind = kind;
    state.status = SourceStatus::Failing;
    board.open(std::move(state)).note(SourceNote::Kind::Refused, reason, 1, nowMs, appId);
}

} // namespace vigie
