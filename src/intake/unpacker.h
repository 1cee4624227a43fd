// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <string_view>

namespace vigie {

/// Unpacks the bytes of a file as they are read. One thread.
class Unpacker
{
public:
    using Take = std::function<void(std::string_view bytes)>;

    virtual ~Unpacker() = default;
    /// Gives what the next bytes unpack to, in pieces. False: they are damaged, and no more can be read.
    virtual bool add(std::string_view packed, const Take& take) = 0;

    /// What came so far is whole: nothing is cut off.
    virtual bool isAtEnd() const = 0;

    /// The unpacker of a file that begins so: gzip's or Zstandard's. Null: it is not packed.
    static std::unique_ptr<Unpacker> of(std::string_view beginning);
};

} // namespace vigie
