// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/filewriting.h"

namespace vigie {

bool writeAll(QFileDevice& file, std::string_view bytes)
{
    while (!bytes.empty()) {
        // The rest of what was taken in part fails as a whole, with a reason.
        const qint64 written = file.write(bytes.data(), qint64(bytes.size()));
        if (written <= 0)
            return false;
        bytes.remove_prefix(std::size_t(written));
    }
    return true;
}

} // namespace vigie
