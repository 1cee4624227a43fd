// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/sharing/validitybox.h"

namespace vigie {

ValidityBox::ValidityBox(bool offersForEver, QWidget* parent) : QComboBox(parent)
{
    constexpr qint64 hour = 3'600'000;
    addItem(tr("1 hour"), hour);
    addItem(tr("1 day"), 24 * hour);
    addItem(tr("1 week"), 7 * 24 * hour);
    addItem(tr("30 days"), 30 * 24 * hour);
    if (offersForEver)
        addItem(tr("Until revoked"));
    setCurrentIndex(offersForEver ? count() - 1 : 1);
}

std::optional<std::int64_t> ValidityBox::endMs(std::int64_t nowMs) const
{
    const QVariant life = currentData();
    return life.isValid() ? std::optional<std::int64_t>(nowMs + life.toLongLong()) : std::nullopt;
}

} // namespace vigie
