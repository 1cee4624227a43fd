// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>
#include <cstdint>
#include <optional>

namespace vigie {

/// For how long something is to be good.
class LifeBox : public QComboBox
{
    Q_OBJECT

public:
    /// `offersForEver`: until it is revoked, too; that is then the choice to begin with, else a day.
    explicit LifeBox(bool offersForEver, QWidget* parent = nullptr);

    /// When it ends if it begins at `nowMs`; nothing: when it is revoked.
    std::optional<std::int64_t> endMs(std::int64_t nowMs) const;
};

} // namespace vigie
