// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pattern.h"

#include <QList>
#include <QString>
#include <memory>

namespace vigie {

/// Finds what is searched for in a line that is drawn. GUI thread.
class SearchMarks
{
public:
    struct Mark
    {
        int from = 0;
        int length = 0;
    };

    SearchMarks() = default;
    SearchMarks(const QString& text, bool isRegex);

    /// In their order, not overlapping, at most a few dozen.
    QList<Mark> in(const QString& line) const;

private:
    QString m_text;
    std::shared_ptr<const Pattern> m_pattern;
};

} // namespace vigie
