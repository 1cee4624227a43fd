// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sourcestate.h"
#include "intake/sourceboard.h"

#include <QHostAddress>
#include <cstddef>
#include <list>
#include <string>
#include <string_view>

namespace vigie {

/// The accounts of those who post entries, one for an application at an address. The ones that were used last stay open, as who posts
/// mostly posts again. The server's thread.
class PeerAccounts
{
public:
    static constexpr std::size_t maxOpen = 100;

    /// `road`: how their ids begin ("http"). `board` must outlive it.
    PeerAccounts(SourceBoard& board, SourceKind kind, std::string road)
        : m_board(board), m_kind(kind), m_road(std::move(road)) {}

    /// Good until the next call. `agent`: the program that sends, for people; of the first that does. Empty: it is not known.
    SourceAccount& of(const std::string& appId, const QHostAddress& peer, const std::string& agent = {});

private:
    struct Open
    {
        std::string id;
        SourceAccount account;
    };

    SourceBoard& m_board;
    SourceKind m_kind;
    std::string m_road;
    std::list<Open> m_open; // those used last come last
};

/// Notes that entries of a peer were not let in, under its address: nobody knows yet whose they are. `reason`: "no_token",
/// "not_allowed". Any thread.
void noteNotLetIn(SourceBoard& board, SourceKind kind, const QHostAddress& peer, std::string_view reason, std::string_view appId,
                  std::int64_t nowMs);

} // namespace vigie
