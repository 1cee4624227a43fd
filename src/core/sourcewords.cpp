// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sourcewords.h"

#include <QCoreApplication>
#include <QHash>
#include <QLocale>
#include <algorithm>
#include <limits>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SourceWords)
};

} // namespace

QString kindText(const SourceState& source)
{
    switch (source.kind) {
    case SourceKind::WebSocket:
        return u"WebSocket"_s;
    case SourceKind::Http:
        return u"HTTP"_s;
    case SourceKind::Otlp:
        return u"OpenTelemetry"_s;
    case SourceKind::Upload:
        return Text::tr("Journal of another machine");
    case SourceKind::File:
        return Text::tr("File");
    case SourceKind::Journal:
        return Text::tr("Journal");
    case SourceKind::Container:
        return QString::fromStdString(source.id).startsWith("containers:"_L1) ? Text::tr("Container engine") : Text::tr("Container");
    }
    return {};
}

QString statusText(const SourceState& source)
{
    switch (source.status) {
    case SourceStatus::Waiting:
        return source.entries > 0 ? Text::tr("Idle") : Text::tr("Waiting");
    case SourceStatus::Reading:
        return Text::tr("Reading older entries");
    case SourceStatus::Following:
        return Text::tr("Following");
    case SourceStatus::Failing:
        return Text::tr("Failing");
    case SourceStatus::Ended:
        return Text::tr("Ended");
    }
    return {};
}

QString reasonText(const std::string& reason)
{
    const QHash<QByteArray, QString> words{
        {"no_token", Text::tr("no token")},
        {"not_allowed", Text::tr("the token does not allow it")},
        {"too_large", Text::tr("too large")},
        {"malformed", Text::tr("not understood")},
        {"no_time_zone", Text::tr("no time zone")},
        {"cut_line", Text::tr("a line that was probably cut by its sender")},
        {"vacuumed", Text::tr("removed from the journal before it was read")},
        {"truncated", Text::tr("the file was cut before it was read")},
        {"too_many_apps", Text::tr("one application too many")},
        {"unsupported", Text::tr("not supported")},
        {"no_log_kept", Text::tr("the container keeps no log")},
        {"unreadable", Text::tr("could not be read")},
        {"too_many_applications", Text::tr("one application too many")},
        {"too_many_containers", Text::tr("too many containers")},
        {"no_service_name", Text::tr("no service.name, so the program's name is used")},
        {"not_an_object", Text::tr("no JSON object")},
        {"damaged", Text::tr("a packed file is damaged")},
        {"too_many_attempts", Text::tr("too many failed sign-ins")},
        {"wrong_path", Text::tr("an address that takes nothing")},
        {"wrong_type", Text::tr("neither JSON nor protobuf")},
        {"repeat", Text::tr("sent twice")},
        {"not_inspected", Text::tr("containers that could not be looked at")},
        {"other", Text::tr("other reasons")},
    };
    return words.value(QByteArray::fromStdString(reason), QString::fromStdString(reason));
}

QString problemText(const std::string& problem)
{
    const QHash<QByteArray, QString> words{
        {"no_engine", Text::tr("There is no container engine here: its socket is missing")},
        {"engine_ended", Text::tr("The engine has ended")},
        {"engine_unreachable", Text::tr("The engine cannot be reached")},
        {"engine_no_http", Text::tr("What the engine answers is not HTTP")},
        {"engine_cut_off", Text::tr("The engine closed the connection too early")},
        {"engine_refuses", Text::tr("The engine refuses")},
        {"no_log_kept", Text::tr("It keeps no log that can be read")},
        {"no_journal", Text::tr("There is no journal here that you may read")},
        {"no_libsystemd", Text::tr("libsystemd is not installed")},
        {"unreadable", Text::tr("It cannot be read")},
        {"too_many_applications", Text::tr("One more application may not send")},
        {"not_told", Text::tr("The system does not tell when it changes: it is looked at every 2 seconds")},
        {"port_in_use", Text::tr("Its port is in use by another program")},
        {"cannot_listen", Text::tr("Vigie cannot listen there")},
    };
    const std::size_t end = problem.find(": ");
    const auto known = words.constFind(QByteArray::fromStdString(problem.substr(0, end)));
    if (known == words.cend())
        return QString::fromStdString(problem);
    return end == std::string::npos ? *known : Text::tr("%1: %2").arg(*known, QString::fromStdString(problem.substr(end + 2)));
}

QString noteText(const SourceNote& note)
{
    const int count = int(std::min<std::uint64_t>(note.count, std::numeric_limits<int>::max()));
    const QString why = reasonText(note.reason);
    switch (note.kind) {
    case SourceNote::Kind::Refused:
        return Text::tr("%Ln refused: %1", nullptr, count).arg(why);
    case SourceNote::Kind::Dropped:
        return Text::tr("%Ln lost: %1", nullptr, count).arg(why);
    case SourceNote::Kind::Guessed:
        return Text::tr("%Ln guessed: %1", nullptr, count).arg(why);
    }
    return {};
}

QString setupText(const QByteArray& id)
{
    const QHash<QByteArray, QString> words{
        {"token", Text::tr("First: the token's file")},
        {"pipe", Text::tr("Shell: pipe")},
        {"run", Text::tr("Shell: program")},
        {"curl", u"curl"_s},
        {"node-otel", Text::tr("Node.js: OpenTelemetry")},
        {"node-pino", Text::tr("Node.js: pino, winston")},
        {"python", Text::tr("Python: logging")},
        {"python-run", Text::tr("Python: program")},
        {"files", Text::tr("Log files")},
        {"containers", u"Docker, Podman"_s},
        {"journal", Text::tr("systemd: journal")},
        {"journal-upload", u"systemd-journal-upload"_s},
    };
    return words.value(id);
}

QString setupHint(const QByteArray& id)
{
    const QHash<QByteArray, QString> hints{
        {"token", Text::tr("Put the token in place of TOKEN; the other lines read it from the file.")},
        {"pipe", Text::tr("Put your program in place of echo. What it writes while Vigie is not running is kept and sent later.")},
        {"run", Text::tr("Put your program in place of echo. Its output stays on the terminal, and its exit status is passed on.")},
        {"node-otel", Text::tr("Logs, metrics and traces, without changing the program app.js.")},
        {"node-pino", Text::tr("Their JSON lines are understood; app.js is your program.")},
        {"python", Text::tr("Put it at the beginning of your program.")},
        {"python-run", Text::tr("What app.py prints, as it is printed.")},
        {"files", Text::tr("Formats and rotation are found by looking. Of several files, put the pattern in quotes.")},
        {"containers", Text::tr("Each container is an application; your user must be allowed to use the socket.")},
        {"journal", Text::tr("Each unit is an application.")},
        {"journal-upload", Text::tr("For another machine's journal, as root there, with the address at which it reaches this one.")},
    };
    return hints.value(id);
}

} // namespace vigie
