// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/limits.h"
#include "gui/widgets/recordpage.h"

namespace vigie {

/// The limits for peers, and how often each was hit.
class LimitsPage : public RecordPage
{
    Q_OBJECT

public:
    explicit LimitsPage(const Limits& limits, QWidget* parent = nullptr);

    void showCounts(const LimitHits& counts);

protected:
    void retranslate() override;

private:
    QString valueText(LimitHit hit) const;

    Limits m_limits;
    LimitHits m_counts;
};

} // namespace vigie
