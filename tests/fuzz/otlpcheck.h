// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/names.h"
#include "protocol/entryline.h"
#include "protocol/otlpentries.h"
#include "protocol/otlpfigures.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <cstdio>
#include <cstdlib>

namespace vigie::fuzz {

inline void require(bool isSo, int line = __builtin_LINE())
{
    if (isSo)
        return;
    std::fprintf(stderr, "line %d does not hold\n", line);
    std::abort();
}

/// Whatever a request was, what became of it is valid: entries are read back from their JSON to the letter.
inline void check(OtlpEntries& entries)
{
    for (OtlpEntries::App& app : entries.apps()) {
        require(appIdProblem(app.batch.appId()).empty());
        EntryLineReader reader(app.batch.appId());
        for (std::size_t i = 0; i < app.batch.size(); ++i) {
            const std::string_view json = app.batch.json(i);
            const Result<LogBatch> again = reader.read(json);
            if (!again || again->size() != 1 || again->json(0) != json)
                std::fprintf(stderr, "%s\n%.*s\n", again ? std::string(again->json(0)).c_str() : qPrintable(again.error().message),
                             int(json.size()), json.data());
            require(again && again->size() == 1 && again->json(0) == json);
            require(idProblem(app.batch.id(i)).empty() && !app.batch.level(i).empty());
        }
    }
    for (const OtlpRefused& one : entries.refused())
        require(one.count > 0 && !one.reason.empty());
}

inline void check(OtlpFigures& figures)
{
    for (const OtlpFigures::App& app : figures.apps()) {
        require(appIdProblem(app.resource.appId).empty());
        QJsonParseError problem;
        QJsonDocument::fromJson(QByteArray::fromStdString("{" + app.json + "}"), &problem);
        require(problem.error == QJsonParseError::NoError);
    }
}

} // namespace vigie::fuzz
