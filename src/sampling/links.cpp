// SPDX-License-Identifier: GPL-3.0-or-later
#include "sampling/links.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <unordered_map>

namespace vigie {

namespace {

enum class Place {
    Card, ///< bytes leave the machine there
    Span, ///< leads into another namespace or a virtual machine
    Over, ///< its bytes are those of others
    Last  ///< counts where nothing else does
};

class Paths
{
public:
    explicit Paths(std::span<const Link> links) : m_links(links), m_places(links.size()), m_meetsCard(links.size())
    {
        for (std::size_t i = 0; i < links.size(); ++i)
            m_byIndex.emplace(links[i].index, i);
        for (const Link& link : links) {
            if (const auto master = find(link.master))
                m_ports[*master].push_back(find(link.index).value_or(0));
            if (const auto lower = lowerOf(link))
                m_uppers[*lower].push_back(find(link.index).value_or(0));
        }
        for (std::size_t i = 0; i < links.size(); ++i)
            m_places[i] = placeOf(i);
    }

    std::vector<bool> counted()
    {
        const bool hasCards =
            markCards([this](std::size_t i) { return m_places[i] == Place::Card; })
            || markCards([this](std::size_t i) { return m_places[i] == Place::Span && m_links[i].master == 0; });
        std::vector<bool> counts = m_isCard;
        for (std::size_t i = 0; i < m_links.size(); ++i) {
            const std::size_t top = topOf(i);
            if (m_places[i] == Place::Span && !m_meetsCard[top] && !(hasCards && m_links[top].forwards))
                counts[i] = true;
        }
        if (std::find(counts.begin(), counts.end(), true) == counts.end()) {
            for (std::size_t i = 0; i < m_links.size(); ++i)
                counts[i] = m_places[i] == Place::Last;
        }
        return counts;
    }

private:
    std::optional<std::size_t> find(int index) const
    {
        const auto found = index != 0 ? m_byIndex.find(index) : m_byIndex.end();
        return found == m_byIndex.end() ? std::nullopt : std::optional(found->second);
    }

    /// What the interface is built on, where that is here.
    std::optional<std::size_t> lowerOf(const Link& link) const
    {
        const bool isPair = link.kind == "veth" || link.kind == "netkit" || link.kind == "vxcan";
        if (link.lowerIsElsewhere || isPair || link.lower == link.index)
            return std::nullopt;
        return find(link.lower);
    }

    Place placeOf(std::size_t i) const
    {
        // Of those that have a kind, these move bytes to and from the outside all the same.
        static constexpr std::array<std::string_view, 3> cards = {"wwan", "can", "ipoib"};
        const Link& link = m_links[i];
        if (lowerOf(link))
            return Place::Over;
        if (link.kind.empty() || std::find(cards.begin(), cards.end(), link.kind) != cards.end()) {
            // A virtual function below Hyper-V's or a failover card, which has its bytes too.
            const auto master = find(link.master);
            return master && m_links[*master].kind.empty() ? Place::Over : Place::Card;
        }
        if (m_ports.contains(i))
            return Place::Over;
        if (link.lower != 0 && link.lowerIsElsewhere)
            return Place::Span;
        return link.kind == "tun" && link.master != 0 ? Place::Span : Place::Last;
    }

    /// Makes cards of those that `isCard` says, and marks what leads to them. False when there are none.
    template <typename IsCard> bool markCards(IsCard isCard)
    {
        m_isCard.assign(m_links.size(), false);
        std::vector<std::size_t> toMark;
        for (std::size_t i = 0; i < m_links.size(); ++i) {
            m_isCard[i] = isCard(i);
            if (m_isCard[i])
                toMark.push_back(i);
        }
        const bool hasCards = !toMark.empty();
        while (!toMark.empty()) {
            const std::size_t i = toMark.back();
            toMark.pop_back();
            if (m_meetsCard[i])
                continue;
            m_meetsCard[i] = true;
            if (const auto master = find(m_links[i].master))
                toMark.push_back(*master);
            if (const auto uppers = m_uppers.find(i); uppers != m_uppers.end())
                toMark.insert(toMark.end(), uppers->second.begin(), uppers->second.end());
        }
        return hasCards;
    }

    /// The bridge that the interface is a port of, the bridge's own master, and so on; without one, itself.
    std::size_t topOf(std::size_t i) const
    {
        for (std::size_t steps = 0; steps < m_links.size(); ++steps) {
            const auto master = find(m_links[i].master);
            if (!master)
                break;
            i = *master;
        }
        return i;
    }

    std::span<const Link> m_links;
    std::unordered_map<int, std::size_t> m_byIndex;
    std::unordered_map<std::size_t, std::vector<std::size_t>> m_ports;
    std::unordered_map<std::size_t, std::vector<std::size_t>> m_uppers;
    std::vector<Place> m_places;
    std::vector<bool> m_meetsCard;
    std::vector<bool> m_isCard;
};

} // namespace

std::vector<std::string> repeatingLinks(std::span<const Link> links)
{
    const std::vector<bool> counted = Paths(links).counted();
    std::vector<std::string> names;
    for (std::size_t i = 0; i < links.size(); ++i) {
        if (!counted[i])
            names.push_back(links[i].name);
    }
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace vigie
