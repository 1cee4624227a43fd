// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/watchcommand.h"

#include "app/datafolder.h"
#include "app/instancedoor.h"
#include "app/texttable.h"
#include "core/sourcesettings.h"
#include "core/sysloglevel.h"
#include "core/visibletext.h"
#include "sources/filepattern.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <algorithm>
#include <cstdio>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;
using What = WatchRequest::What;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(WatchCommand)
};

void say(const QString& line)
{
    std::fprintf(stdout, "%s\n", qPrintable(line));
}

/// An absolute pattern. A file of this very name is meant itself, whatever its name looks like.
QString patternOf(const QString& word)
{
    const QFileInfo info(word);
    const QString path = QDir::cleanPath(info.absoluteFilePath());
    if (info.exists() && !info.isDir())
        return QString::fromStdString(FilePattern::literal(path.toStdString()));
    return path;
}

QString matchText(const QString& pattern)
{
    const auto count = int(FilePattern(pattern.toStdString()).look().files.size());
    return count == 0 ? Text::tr("no file matches yet") : Text::tr("%Ln file(s) match", nullptr, count);
}

/// Each kind takes some of the options only.
Outcome refuseOthers(const QCommandLineParser& parser, const WatchRequest& request)
{
    QStringList taken;
    if (request.action == "add"_L1 && request.what == What::Files)
        taken = {u"app"_s, u"format"_s, u"time-zone"_s, u"past"_s};
    else if (request.action == "add"_L1 && request.what == What::Journal)
        taken = {u"app"_s, u"unit"_s, u"priority"_s, u"boot"_s, u"past"_s, u"directory"_s};
    else if (request.action == "add"_L1 && request.what == What::Containers)
        taken = {u"socket"_s, u"name"_s};
    for (const QString& option : {u"app"_s, u"format"_s, u"time-zone"_s, u"past"_s, u"unit"_s, u"priority"_s, u"boot"_s, u"directory"_s, u"socket"_s,
                                  u"name"_s}) {
        if (parser.isSet(option) && !taken.contains(option))
            return Error{Text::tr("--%1 does not go with this.").arg(option)};
    }
    return std::monostate{};
}

Outcome addFiles(const WatchRequest& request, SourceSettings& settings)
{
    for (const QString& pattern : request.patterns) {
        const WatchedFiles files{pattern, request.appId, request.format, request.timeZone, request.takesPast};
        if (const Outcome checked = check(files); !checked)
            return checked;
        const auto same = std::ranges::find(settings.files, pattern, &WatchedFiles::pattern);
        if (same == settings.files.end())
            settings.files.push_back(files);
        else
            *same = files;
    }
    return std::monostate{};
}

Outcome removeFiles(const WatchRequest& request, SourceSettings& settings)
{
    for (const QString& pattern : request.patterns) {
        // A file that is gone by now was added as itself.
        const std::string literal = FilePattern::literal(pattern.toStdString());
        const auto removed = std::erase_if(settings.files, [&](const WatchedFiles& files) {
            return files.pattern == pattern || files.pattern.toStdString() == literal;
        });
        if (removed == 0)
            return Error{Text::tr("%1 is not watched. vigie watch list shows what is.").arg(visibleText(pattern))};
    }
    return std::monostate{};
}

Outcome change(const WatchRequest& request, SourceSettings& settings)
{
    const bool adds = request.action == "add"_L1;
    switch (request.what) {
    case What::Files:
        return adds ? addFiles(request, settings) : removeFiles(request, settings);
    case What::Journal:
        settings.journal = {};
        if (adds)
            settings.journal = {true, request.directory, request.units, request.appId, request.thisBootOnly, request.maxPriority, request.takesPast};
        break;
    case What::Containers:
        settings.containers = {};
        if (adds)
            settings.containers = {true, request.sockets, request.names};
        break;
    case What::Otlp:
        settings.listensForOtlp = adds;
        break;
    }
    return std::monostate{};
}

void list(const SourceSettings& settings)
{
    QList<QStringList> rows{{Text::tr("What"), Text::tr("Application"), Text::tr("Details")}};
    for (const WatchedFiles& files : settings.files) {
        QStringList details{matchText(files.pattern)};
        if (!files.format.isEmpty())
            details.append(files.format);
        if (!files.timeZone.isEmpty())
            details.append(files.timeZone);
        rows.append({files.pattern, files.appId, details.join(u", "_s)});
    }
    if (settings.journal.isOn)
        rows.append({Text::tr("the journal"), settings.journal.appId.isEmpty() ? Text::tr("by unit") : settings.journal.appId,
                     settings.journal.units.isEmpty() ? Text::tr("all units") : settings.journal.units.join(u", "_s)});
    if (settings.containers.isOn)
        rows.append({Text::tr("containers"), Text::tr("by container"),
                     settings.containers.names.isEmpty() ? Text::tr("all") : settings.containers.names.join(u", "_s)});
    if (settings.listensForOtlp)
        rows.append({Text::tr("OpenTelemetry"), Text::tr("by service"), Text::tr("port %1").arg(4318)});
    if (rows.size() > 1)
        printTable(rows);
    else
        std::fprintf(stderr, "%s\n", qPrintable(Text::tr("Nothing is watched.")));
}

void sayWhatWasDone(const WatchRequest& request)
{
    const bool adds = request.action == "add"_L1;
    for (const QString& pattern : request.patterns) {
        const QString shown = visibleText(pattern);
        say(adds ? Text::tr("Watching %1 for %2: %3.").arg(shown, visibleText(request.appId), matchText(pattern))
                 : Text::tr("%1 is watched no more.").arg(shown));
    }
    if (request.what == What::Journal)
        say(adds ? Text::tr("Watching the journal.") : Text::tr("The journal is watched no more."));
    else if (request.what == What::Containers)
        say(adds ? Text::tr("Watching containers.") : Text::tr("Containers are watched no more."));
    else if (request.what == What::Otlp)
        say(adds ? Text::tr("Listening for OpenTelemetry on port %1.").arg(4318) : Text::tr("Port %1 is not listened on any more.").arg(4318));
}

} // namespace

QList<QCommandLineOption> watchOptions()
{
    return {
        {u"app"_s, Text::tr("The entries are those of <application>; must be given for files."), Text::tr("application")},
        {u"format"_s, Text::tr("The lines are in <format>, one of %1; without it, that is found by looking.").arg(lineFormats().join(u", "_s)), Text::tr("format")},
        {u"time-zone"_s, Text::tr("Times that name no zone are those of <zone>, such as Europe/Paris; without it, this machine's."), Text::tr("zone")},
        {u"past"_s, Text::tr("Read also what is there already, packed files (.gz, .zst) included.")},
        {u"journal"_s, Text::tr("Watch systemd's journal.")},
        {u"unit"_s, Text::tr("Only of <unit>; may be given several times."), Text::tr("unit")},
        {u"priority"_s, Text::tr("Only entries of <priority>, from emerg (0) to debug (7), and more important ones."), Text::tr("priority")},
        {u"boot"_s, Text::tr("Only since the machine was started.")},
        {u"directory"_s, Text::tr("The journal in <folder> in place of the machine's own."), Text::tr("folder")},
        {u"containers"_s, Text::tr("Watch the containers of Docker and Podman.")},
        {u"socket"_s, Text::tr("By <socket>; may be given several times. Without it, by those that are usual."), Text::tr("socket")},
        {u"name"_s, Text::tr("Only containers named <name>, with * and ?; may be given several times."), Text::tr("name")},
        {u"otlp"_s, Text::tr("Listen on port 4318 as well, where OpenTelemetry's exporters send to.")},
    };
}

Result<WatchRequest> parseWatch(const QCommandLineParser& parser, const QStringList& words)
{
    WatchRequest request;
    request.action = words.value(0);
    if (request.action.isEmpty())
        return Error{Text::tr("vigie watch needs to know what to do: add, list, remove.")};
    if (request.action != "add"_L1 && request.action != "list"_L1 && request.action != "remove"_L1)
        return Error{Text::tr("vigie watch has no action “%1”. Use add, list, remove.").arg(request.action)};
    const std::pair<QString, What> kinds[] = {{u"journal"_s, What::Journal}, {u"containers"_s, What::Containers}, {u"otlp"_s, What::Otlp}};
    int given = words.size() > 1 ? 1 : 0;
    for (const auto& [option, what] : kinds) {
        if (parser.isSet(option)) {
            request.what = what;
            ++given;
        }
    }
    if (request.action == "list"_L1 && given > 0)
        return Error{Text::tr("vigie watch list takes nothing else.")};
    if (request.action != "list"_L1 && given != 1)
        return Error{Text::tr("Either files, or one of --journal, --containers and --otlp must be given.")};
    if (const Outcome refused = refuseOthers(parser, request); !refused)
        return refused.error();
    for (const QString& word : words.mid(1)) {
        if (word.isEmpty())
            return Error{Text::tr("A file must have a name.")};
        if (const QFileInfo info(word); info.isDir() && request.action == "add"_L1)
            return Error{Text::tr("%1 is a folder. Its files are watched by '%2'.").arg(visibleText(word), visibleText(QDir(word).filePath(u"*"_s)))};
        request.patterns.append(patternOf(word));
    }
    request.appId = parser.value(u"app"_s);
    request.format = parser.value(u"format"_s);
    if (!request.format.isEmpty() && !lineFormats().contains(request.format))
        return Error{Text::tr("--%1 must be one of: %2; not “%3”.").arg(u"format"_s, lineFormats().join(u", "_s), visibleText(request.format))};
    request.timeZone = parser.value(u"time-zone"_s);
    request.takesPast = parser.isSet(u"past"_s);
    request.units = parser.values(u"unit"_s);
    request.thisBootOnly = parser.isSet(u"boot"_s);
    request.directory = parser.isSet(u"directory"_s) ? QDir(parser.value(u"directory"_s)).absolutePath() : QString();
    request.sockets = parser.values(u"socket"_s);
    request.names = parser.values(u"name"_s);
    if (request.action == "add"_L1 && request.what == What::Files && request.appId.isEmpty())
        return Error{Text::tr("--app must name an application.")};
    if (parser.isSet(u"priority"_s)) {
        static const QStringList names{u"emerg"_s, u"alert"_s, u"crit"_s, u"err"_s, u"warning"_s, u"notice"_s, u"info"_s, u"debug"_s};
        const QString priority = parser.value(u"priority"_s);
        bool isNumber = false;
        const int number = priority.toInt(&isNumber);
        request.maxPriority = isNumber ? number : int(names.indexOf(priority));
        if (request.maxPriority < 0 || request.maxPriority > 7)
            return Error{Text::tr("--%1 must be one of: %2; not “%3”.").arg(u"priority"_s, names.join(u", "_s), priority)};
    }
    return request;
}

Outcome changeWatched(const WatchRequest& request, const DataFolder& folder)
{
    if (request.action == "list"_L1) {
        const Result<SourceSettings> settings = SourceSettings::load(folder.sourcesPath());
        if (!settings)
            return settings.error();
        list(*settings);
        return std::monostate{};
    }
    // Only adding creates the folder, so that a mistyped path is noticed.
    if (request.action == "remove"_L1 && !QFileInfo(folder.path()).isDir())
        return Error{Text::tr("There is no data folder %1.").arg(folder.path())};
    if (const Outcome prepared = folder.prepare(); !prepared)
        return prepared.error();
    const Outcome changed = SourceSettings::change(folder.sourcesPath(), [&request](SourceSettings& settings) { return change(request, settings); });
    if (!changed)
        return changed;
    sayWhatWasDone(request);
    InstanceRequest told;
    told.rereadsSources = true;
    if (!askInstance(folder.socketPath(), told) && request.action == "add"_L1)
        say(Text::tr("It is read as soon as Vigie runs."));
    return std::monostate{};
}

} // namespace vigie
