// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sourcestate.h"
#include "intake/sourceboard.h"

#include <QHostAddress>
#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

namespace vigie {

/// The accounts of those who post entries, one for an application at an address. The ones that were used last stay open, as who posts
/// mostly posts again. The server's thread.
class PeerAccounts
{
public:
    static constexpr std::size_t maxOpen = 300; ///< beyond, the one that posted nothing for longest is closed

    /// `road`: how their ids begin ("http"). `board` must outlive it.
    PeerAccounts(SourceBoard& board, SourceKind kind, std::string road)
        : m_board(board), m_kind(kind), m_road(std::move(road)) {}

    /// Good until the next call. `agent`: the program that sends, for people; of the first that does. Empty: it is not known.
    SourceAccount& of(const std::string& appId, const QHostAddress& peer, const std::string& agent = {});
    /// The same for an account that is described whole, by its id.
    SourceAccount& of(SourceState state);

private:
    struct Open
    {
        SourceAccount account;
        std::list<std::string>::iterator place; // in m_order
    };

    SourceBoard& m_board;
    SourceKind m_kind;
    std::string m_road;
    std::unordered_map<std::string, Open> m_open; // by id
    std::list<std::string> m_order; // ids, the one that was used last comes last
};

/// Notes that entries of a peer were not let in, under its address: nobody knows yet whose they are. `reason`: "no_token",
/// "not_allowed". Any thread.
void noteNotLetIn(SourceBoard& board, SourceKind kind, const QHostAddress& peer, std::string_view reason, std::string_view appId,
                  std::int64_t nowMs);

} // namespace vigie
