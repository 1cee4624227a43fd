// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace vigie {

/// Cuts JSON that comes in pieces into its elements: those of one array, one object, or objects one after the other. Only cuts: what
/// an element is, and whether it is JSON, is for who reads it. A line's end within a text, where JSON has none, ends an element that
/// is broken, so that those behind it are found. One thread.
class JsonElements
{
public:
    enum class State {
        Whole,
        Broken, ///< it ended within itself
        TooLong ///< `text` is its beginning
    };
    /// `text` lives as long as the call.
    using Take = std::function<void(std::string_view text, State state)>;

    explicit JsonElements(std::size_t maxBytes) : m_max(maxBytes) {}

    void add(std::string_view bytes, const Take& take);
    /// There is no more.
    void finish(const Take& take);

private:
    enum class Place { Between, Object, Other };

    void addByte(char byte, const Take& take);
    void addToObject(char byte, const Take& take);
    void keep(char byte);
    void end(State state, const Take& take);

    std::size_t m_max;
    std::string m_text;
    Place m_place = Place::Between;
    int m_depth = 0; // of brackets within the object
    bool m_isInArray = false;
    bool m_isInText = false;
    bool m_isEscaped = false;
    bool m_isTooLong = false;
};

} // namespace vigie
