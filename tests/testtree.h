// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QString>
#include <QTemporaryDir>
#include <QtGlobal>
#include <string>

/// The captured files of a machine, as the root for a reader.
inline std::string machineRoot(const QString& machine)
{
    return QFile::encodeName(QStringLiteral(VIGIE_TEST_DATA "/proc/") + machine).toStdString();
}

/// One file of a captured machine.
inline std::string machineText(const QString& machine, const QString& path)
{
    QFile file(QStringLiteral(VIGIE_TEST_DATA "/proc/") + machine + QLatin1Char('/') + path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no test data %s", qPrintable(file.fileName()));
    return file.readAll().toStdString();
}

/// A tree of kernel files made by a test. Rewrites files in place, as the kernel does, so that readers with open descriptors see
/// the change.
class TestTree
{
public:
    std::string root() const { return QFile::encodeName(m_directory.path()).toStdString(); }

    void write(const QString& path, const std::string& text)
    {
        const QString full = m_directory.filePath(path);
        QDir().mkpath(QFileInfo(full).path());
        QFile file(full);
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) ||
            file.write(text.data(), static_cast<qint64>(text.size())) != static_cast<qint64>(text.size()))
            qFatal("cannot write %s", qPrintable(full));
    }

    void remove(const QString& path)
    {
        if (!QFile::remove(m_directory.filePath(path)))
            qFatal("cannot remove %s", qPrintable(path));
    }

private:
    QTemporaryDir m_directory;
};
