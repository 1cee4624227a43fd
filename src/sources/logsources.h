// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sources/containerengine.h"
#include "sources/logsource.h"

#include <memory>
#include <vector>

namespace vigie {

class Intake;

/// All that Vigie reads by itself. Lives on the sources' thread.
class LogSources : public QObject
{
    Q_OBJECT

public:
    /// `intake` must outlive it. It is entered by IntakeQueues, and its board says how each source is.
    /// `spoolFolder`: where ended commands leave entries; empty: nowhere.
    explicit LogSources(Intake& intake, QString spoolFolder = {});
    ~LogSources() override;

public Q_SLOTS:
    /// The sources are made by the first call.
    void apply(const vigie::SourceSettings& settings);

private:
    Intake& m_intake;
    QString m_spoolFolder;
    ReadContainers m_readContainers;
    std::vector<std::unique_ptr<LogSource>> m_sources;
};

} // namespace vigie

Q_DECLARE_METATYPE(vigie::SourceSettings)
