// SPDX-License-Identifier: GPL-3.0-or-later
// The real Podman, for tests. It takes root and Debian's podman, runc and busybox-static.
#pragma once

#include "harness.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <unistd.h>

namespace vigie::e2e {

using namespace Qt::StringLiterals;

/// A Podman with a storage of its own, and its service.
class Podman
{
public:
    /// Why it cannot run; empty: it does.
    QString start()
    {
        for (const QString& program : {u"podman"_s, u"runc"_s, u"busybox"_s}) {
            if (QStandardPaths::findExecutable(program, {u"/usr/bin"_s, u"/usr/sbin"_s, u"/bin"_s}).isEmpty())
                return program + " is not installed"_L1;
        }
        if (geteuid() != 0)
            return u"it takes root"_s;
        QDir(m_folder.path()).mkpath(u"rootfs/bin"_s);
        QFile::copy(QStandardPaths::findExecutable(u"busybox"_s), m_folder.filePath(u"rootfs/bin/busybox"_s));
        for (const char* const name : {"sh", "seq", "sleep"})
            QFile::link(u"busybox"_s, m_folder.filePath(u"rootfs/bin/"_s) + QLatin1StringView(name));
        QProcess pack;
        pack.start(u"tar"_s, {u"-C"_s, m_folder.filePath(u"rootfs"_s), u"-cf"_s, m_folder.filePath(u"rootfs.tar"_s), u"."_s});
        if (!pack.waitForFinished() || run({u"import"_s, m_folder.filePath(u"rootfs.tar"_s), u"tiny"_s}) != 0)
            return u"it imports no image: "_s + m_output;
        if (runContainer(u"probe"_s, u"true"_s) != 0)
            return u"it runs no container: "_s + m_output;
        run({u"rm"_s, u"-f"_s, u"probe"_s});
        m_service.start(u"podman"_s, options() + QStringList({u"system"_s, u"service"_s, u"--time=0"_s, u"unix://"_s + socket()}));
        return waitUntil([this] { return QFile::exists(socket()); }) ? QString() : u"its service does not start"_s;
    }
    ~Podman()
    {
        if (m_service.state() == QProcess::NotRunning)
            return;
        run({u"rm"_s, u"-fa"_s, u"--time=0"_s});
        m_service.terminate();
        m_service.waitForFinished();
    }

    QString socket() const { return m_folder.filePath(u"podman.sock"_s); }
    int run(const QStringList& arguments)
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(u"podman"_s, options() + arguments);
        if (!waitUntil([&process] { return process.state() == QProcess::NotRunning; }, 4 * longWaitMs))
            return -1;
        m_output = QString::fromUtf8(process.readAll().right(500));
        return process.exitCode();
    }
    /// Runs a container until it ends, or with -d beside.
    int runContainer(const QString& name, const QString& script, const QStringList& more = {})
    {
        return run(QStringList({u"run"_s, u"--network=host"_s, u"--ulimit"_s, u"nofile=1024:1024"_s, u"--ulimit"_s, u"nproc=1000:1000"_s,
                                u"--log-driver"_s, u"k8s-file"_s, u"--name"_s, name})
                   + more + QStringList({u"tiny"_s, u"/bin/sh"_s, u"-c"_s, script}));
    }

private:
    QStringList options() const
    {
        return {u"--root"_s, m_folder.filePath(u"root"_s), u"--runroot"_s, m_folder.filePath(u"run"_s), u"--runtime"_s, u"runc"_s,
                u"--storage-driver"_s, u"vfs"_s, u"--cgroup-manager"_s, u"cgroupfs"_s};
    }

    QTemporaryDir m_folder{u"/var/tmp/vigie-podman-XXXXXX"_s};
    QProcess m_service;
    QString m_output;
};

} // namespace vigie::e2e
