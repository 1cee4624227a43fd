// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>
#include <cstdint>
#include <optional>

namespace vigie {

/// A choice of validity periods.
class ValidityBox : public QComboBox
{
    Q_OBJECT

public:
    /// `offersForEver`: also offers "until revoked", as the default; otherwise the default is a day.
    explicit ValidityBox(bool offersForEver, QWidget* parent = nullptr);

    /// The end of the period that starts at `nowMs`; nothing: until revoked.
    std::optional<std::int64_t> endMs(std::int64_t nowMs) const;
};

} // namespace vigie
