// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/servicesight.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <algorithm>
#include <unistd.h>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ServiceSight)
};

QString lineWith(const QString& line, const QString& what)
{
    return u"%1 (%2)"_s.arg(line, what);
}

/// By PrivateTmp=, which mounts a folder of the service's own there (proc_pid_mountinfo(5)).
bool hasOwnTmp(const QString& root)
{
    QFile mounts(root + u"/proc/self/mountinfo"_s);
    if (!mounts.open(QIODevice::ReadOnly))
        return false;
    const QList<QByteArray> lines = mounts.readAll().split('\n');
    return std::ranges::any_of(lines, [](const QByteArray& line) {
        const QList<QByteArray> fields = line.split(' ');
        return fields.value(4) == "/tmp" && fields.value(3).contains("/systemd-private-");
    });
}

} // namespace

QStringList linesToSeeMore(const QString& root, const std::function<bool(const QString& path)>& canRead)
{
    const auto isKeptFrom = [&](const QString& path) { return QFileInfo::exists(root + path) && !canRead(root + path); };
    QStringList lines;
    QStringList journals;
    for (const QString& folder : {u"/var/log/journal"_s, u"/run/log/journal"_s}) {
        for (const QString& machine : QDir(root + folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot))
            journals.append(folder + u'/' + machine + u"/system.journal"_s);
    }
    if (std::ranges::any_of(journals, isKeptFrom))
        lines.append(lineWith(u"SupplementaryGroups=systemd-journal"_s, Text::tr("the journal")));
    const QStringList logs{u"/var/log/syslog"_s, u"/var/log/messages"_s, u"/var/log/auth.log"_s, u"/var/log/kern.log"_s};
    if (std::ranges::any_of(logs, isKeptFrom))
        lines.append(lineWith(u"SupplementaryGroups=adm"_s, Text::tr("log files in %1").arg(u"/var/log"_s)));
    if (isKeptFrom(u"/run/docker.sock"_s))
        lines.append(lineWith(u"SupplementaryGroups=docker"_s, Text::tr("containers")));
    if (isKeptFrom(u"/home"_s))
        lines.append(lineWith(u"ProtectHome=read-only"_s, Text::tr("log files in %1").arg(u"/home"_s)));
    if (hasOwnTmp(root))
        lines.append(lineWith(u"PrivateTmp=no"_s, Text::tr("log files in %1").arg(u"/tmp"_s)));
    return lines;
}

QString serviceSightText()
{
    if (!qEnvironmentVariableIsSet("STATE_DIRECTORY")) // only the machine's service has one
        return {};
    const QStringList lines =
        linesToSeeMore({}, [](const QString& path) { return ::access(QFile::encodeName(path).constData(), R_OK) == 0; });
    if (lines.isEmpty())
        return {};
    return Text::tr("This service may not see all of the machine. Lines that let it, for “systemctl edit vigie”, below [Service]:")
        + u"\n  "_s + lines.join(u"\n  "_s);
}

} // namespace vigie
