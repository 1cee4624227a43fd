// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/texttable.h"

#include "core/visibletext.h"

#include <algorithm>
#include <cstdio>

namespace vigie {

void printTable(QList<QStringList> rows)
{
    QList<qsizetype> widths;
    for (QStringList& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (qsizetype column = 0; column < row.size(); ++column) {
            row[column] = visibleText(row[column]);
            widths[column] = std::max(widths[column], row[column].size());
        }
    }
    for (const QStringList& row : rows) {
        QString line;
        for (qsizetype column = 0; column < row.size(); ++column)
            line += row[column].leftJustified(widths[column] + 2);
        while (line.endsWith(u' '))
            line.chop(1);
        std::printf("%s\n", qPrintable(line));
    }
}

} // namespace vigie
