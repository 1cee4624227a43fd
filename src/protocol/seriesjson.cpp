// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/seriesjson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <cmath>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8);
}

QJsonObject seriesJson(const Series& series)
{
    QJsonObject json{{u"name"_s, text(series.name)},
                     {u"kind"_s, text(series.kind->pattern)},
                     {u"unit"_s, text(unitText(series.kind->unit))},
                     {u"words"_s, text(wordsOf(series))},
                     {u"stored"_s, series.kind->stored.has_value()}};
    if (std::isfinite(series.kind->low))
        json.insert(u"min"_s, series.kind->low);
    if (std::isfinite(series.kind->high))
        json.insert(u"max"_s, series.kind->high);
    if (!series.instance.isEmpty())
        json.insert(u"instance"_s, series.instance);
    QJsonObject labels;
    for (const SeriesLabel& label : series.labels)
        labels.insert(QLatin1StringView(label.name), label.text);
    if (!labels.isEmpty())
        json.insert(u"labels"_s, labels);
    return json;
}

} // namespace

QByteArray encodeSeries(const Catalogue* catalogue)
{
    QJsonArray all;
    if (catalogue) {
        for (const Series& series : catalogue->series())
            all.append(seriesJson(series));
    }
    return QJsonDocument(QJsonObject{{u"series"_s, all}}).toJson(QJsonDocument::Compact);
}

} // namespace vigie
