// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/access/peeraccounts.h"

#include <algorithm>

namespace vigie {

SourceAccount& PeerAccounts::of(const std::string& appId, const QHostAddress& peer, const std::string& agent)
{
    const std::string address = peer.toString().toStdString();
    std::string id = m_road + ':' + appId + '@' + address;
    const auto found = std::ranges::find(m_open, id, &Open::id);
    if (found != m_open.end()) {
        m_open.splice(m_open.end(), m_open, found);
        return found->account;
    }
    if (m_open.size() >= maxOpen)
        m_open.pop_front();
    SourceState state;
    state.id = id;
    state.kind = m_kind;
    state.name = agent.empty() ? address : address + " (" + agent + ')';
    state.appId = appId;
    return m_open.emplace_back(Open{std::move(id), m_board.open(std::move(state))}).account;
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
