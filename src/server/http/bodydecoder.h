// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>
#include <cstddef>
#include <memory>
#include <span>

namespace vigie {

enum class BodyCoding;

/// Undoes the coding of a body's bytes, step by step. It does not bound what these make.
class BodyDecoder
{
public:
    struct Step
    {
        std::size_t used = 0; ///< of the bytes that came
        std::size_t made = 0;
        bool isAtEnd = false; ///< a member or frame is whole
        bool isBroken = false;
    };

    virtual ~BodyDecoder() = default;
    /// Undoes as much of `coded` as there is room for in `out`. It is called again with what is left while all of the room is used.
    virtual Step step(std::span<const char> coded, std::span<char> out) = 0;
    /// Begins the next member behind the end of one. False: this coding has only one, or it cannot.
    virtual bool beginNext() = 0;
    /// Of memory.
    virtual qint64 heldBytes() const = 0;

    /// Of one that has nothing to undo, and of one that cannot be made, null.
    static std::unique_ptr<BodyDecoder> create(BodyCoding coding);
};

} // namespace vigie
