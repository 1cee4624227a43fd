// SPDX-License-Identifier: GPL-3.0-or-later
// A file of figures that is written and read, for tests.
#pragma once

#include "storage/figures/metricreader.h"
#include "storage/figures/metricstore.h"

#include <QTemporaryDir>
#include <QTest>
#include <optional>

namespace vigie::test {

class MetricsFile : public QObject
{
protected:
    /// A new one, in a folder of its own.
    void create()
    {
        m_store.reset();
        m_reader.setPath({});
        m_folder.emplace();
        m_path = m_folder->filePath(QStringLiteral("metrics.db"));
        open();
    }

    void open(MetricRetention retention = {})
    {
        m_store.reset();
        auto opened = MetricStore::open(m_path, retention);
        QVERIFY2(opened, opened ? "" : qPrintable(opened.error().message));
        m_store = std::move(*opened);
        m_reader.setPath(m_path);
    }

    std::optional<QTemporaryDir> m_folder;
    QString m_path;
    std::optional<MetricStore> m_store;
    MetricReader m_reader;
};

} // namespace vigie::test
