// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sourcesettings.h"

#include "core/filewriting.h"
#include "core/names.h"
#include "core/regularfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLockFile>
#include <QSaveFile>
#include <QTimeZone>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SourceSettings)
};

constexpr int lockPatienceMs = 5'000;
constexpr qsizetype maxPattern = 4'096; // Linux has no longer path

/// Reads an object's members, each at most once, and notes what is wrong.
class MemberReader
{
public:
    MemberReader(const QJsonValue& value, QString place, QString& problem)
        : m_object(value.toObject()), m_place(std::move(place)), m_problem(problem)
    {
        if (!value.isObject())
            complain(Text::tr("it is no object"));
    }
    ~MemberReader()
    {
        if (!m_object.isEmpty())
            complain(Text::tr("it has an unknown member “%1”").arg(m_object.keys().constFirst()));
    }
    Q_DISABLE_COPY_MOVE(MemberReader)

    QJsonValue take(const QString& key) { return m_object.take(key); }
    void read(const QString& key, QString& text)
    {
        const QJsonValue value = take(key);
        if (!value.isUndefined() && !value.isString())
            complain(Text::tr("“%1” is no text").arg(key));
        text = value.toString(text);
    }
    void read(const QString& key, bool& flag)
    {
        const QJsonValue value = take(key);
        if (!value.isUndefined() && !value.isBool())
            complain(Text::tr("“%1” is neither true nor false").arg(key));
        flag = value.toBool(flag);
    }
    void read(const QString& key, QStringList& list)
    {
        const QJsonValue value = take(key);
        if (!value.isUndefined() && !value.isArray())
            complain(Text::tr("“%1” is no list").arg(key));
        for (const QJsonValue& one : value.toArray()) {
            if (!one.isString())
                complain(Text::tr("“%1” holds something else than texts").arg(key));
            list.append(one.toString());
        }
    }
    void complain(const QString& what)
    {
        if (m_problem.isEmpty())
            m_problem = m_place.isEmpty() ? what : u"%1: %2"_s.arg(m_place, what);
    }

private:
    QJsonObject m_object;
    QString m_place;
    QString& m_problem;
};

WatchedFiles filesOf(const QJsonValue& value, const QString& place, QString& problem)
{
    WatchedFiles files;
    MemberReader reader(value, place, problem);
    reader.read(u"pattern"_s, files.pattern);
    reader.read(u"app"_s, files.appId);
    reader.read(u"format"_s, files.format);
    reader.read(u"timeZone"_s, files.timeZone);
    reader.read(u"past"_s, files.takesPast);
    if (const Outcome checked = check(files); !checked)
        reader.complain(checked.error().message);
    return files;
}

QJsonObject jsonOf(const WatchedFiles& files)
{
    QJsonObject object{{u"pattern"_s, files.pattern}, {u"app"_s, files.appId}, {u"past"_s, files.takesPast}};
    if (!files.format.isEmpty())
        object[u"format"_s] = files.format;
    if (!files.timeZone.isEmpty())
        object[u"timeZone"_s] = files.timeZone;
    return object;
}

} // namespace

const QStringList& lineFormats()
{
    static const QStringList formats{u"json"_s, u"docker"_s, u"cri"_s,  u"logfmt"_s, u"access"_s,
                                     u"apache"_s, u"syslog"_s, u"text"_s, u"plain"_s};
    return formats;
}

Outcome check(const WatchedFiles& files)
{
    if (!QDir::isAbsolutePath(files.pattern) || files.pattern.size() > maxPattern || files.pattern.contains(QChar::Null))
        return Error{Text::tr("“%1” is no absolute path").arg(files.pattern.left(60))};
    if (const std::string problem = appIdProblem(files.appId.toStdString()); !problem.empty())
        return Error{Text::tr("“%1” cannot be an application: %2").arg(files.appId.left(60), QString::fromStdString(problem))};
    if (!files.format.isEmpty() && !lineFormats().contains(files.format))
        return Error{Text::tr("There is no format “%1”. These are known: %2").arg(files.format.left(60), lineFormats().join(u", "_s))};
    // QTimeZone takes any word for a rule of POSIX, and is valid.
    if (!files.timeZone.isEmpty() && !QTimeZone::isTimeZoneIdAvailable(files.timeZone.toUtf8()))
        return Error{Text::tr("There is no time zone “%1”").arg(files.timeZone.left(60))};
    return std::monostate{};
}

Result<SourceSettings> SourceSettings::load(const QString& path)
{
    SourceSettings settings;
    if (!QFile::exists(path))
        return settings;
    const Result<QByteArray> content = contentOfRegularFile(path);
    if (!content)
        return Error{Text::tr("Cannot read %1: %2").arg(path, content.error().message)};
    QJsonParseError parse;
    const QJsonDocument document = QJsonDocument::fromJson(*content, &parse);
    QString problem = parse.error == QJsonParseError::NoError ? QString() : parse.errorString();
    if (problem.isEmpty()) {
        MemberReader reader(document.isObject() ? QJsonValue(document.object()) : QJsonValue(), {}, problem);
        const QJsonValue list = reader.take(u"files"_s);
        if (!list.isUndefined() && !list.isArray())
            reader.complain(Text::tr("“%1” is no list").arg(u"files"_s));
        const QJsonArray files = list.toArray();
        for (qsizetype i = 0; i < files.size(); ++i)
            settings.files.push_back(filesOf(files[i], u"files[%1]"_s.arg(i), problem));
        if (const QJsonValue journal = reader.take(u"journal"_s); !journal.isUndefined()) {
            MemberReader of(journal, u"journal"_s, problem);
            of.read(u"on"_s, settings.journal.isOn);
            of.read(u"directory"_s, settings.journal.directory);
            of.read(u"units"_s, settings.journal.units);
            of.read(u"app"_s, settings.journal.appId);
            of.read(u"thisBootOnly"_s, settings.journal.thisBootOnly);
            of.read(u"past"_s, settings.journal.takesPast);
            const QJsonValue priority = of.take(u"maxPriority"_s);
            settings.journal.maxPriority = priority.isUndefined() ? settings.journal.maxPriority : priority.toInt(-1);
            if (settings.journal.maxPriority < 0 || settings.journal.maxPriority > 7)
                of.complain(Text::tr("“maxPriority” is not between 0 and 7"));
        }
        if (const QJsonValue containers = reader.take(u"containers"_s); !containers.isUndefined()) {
            MemberReader of(containers, u"containers"_s, problem);
            of.read(u"on"_s, settings.containers.isOn);
            of.read(u"sockets"_s, settings.containers.sockets);
            of.read(u"names"_s, settings.containers.names);
        }
        reader.read(u"otlpPort"_s, settings.listensForOtlp);
    }
    if (!problem.isEmpty())
        return Error{Text::tr("%1 cannot be used (%2). Mend it or move it away.").arg(path, problem)};
    return settings;
}

Outcome SourceSettings::save(const QString& path) const
{
    QJsonArray watched;
    for (const WatchedFiles& one : files)
        watched.append(jsonOf(one));
    const QJsonObject object{
        {u"files"_s, watched},
        {u"journal"_s, QJsonObject{{u"on"_s, journal.isOn},
                                   {u"directory"_s, journal.directory},
                                   {u"units"_s, QJsonArray::fromStringList(journal.units)},
                                   {u"app"_s, journal.appId},
                                   {u"thisBootOnly"_s, journal.thisBootOnly},
                                   {u"maxPriority"_s, journal.maxPriority},
                                   {u"past"_s, journal.takesPast}}},
        {u"containers"_s, QJsonObject{{u"on"_s, containers.isOn},
                                      {u"sockets"_s, QJsonArray::fromStringList(containers.sockets)},
                                      {u"names"_s, QJsonArray::fromStringList(containers.names)}}},
        {u"otlpPort"_s, listensForOtlp}};
    QSaveFile file(path);
    if (!file.open(writingMode) || !writeAll(file, QJsonDocument(object).toJson().toStdString()) || !file.commit())
        return Error{Text::tr("Cannot write %1: %2").arg(path, file.errorString())};
    return std::monostate{};
}

Outcome SourceSettings::change(const QString& path, const std::function<Outcome(SourceSettings&)>& change)
{
    QLockFile lock(path + u".lock"_s);
    if (!lock.tryLock(lockPatienceMs))
        return Error{Text::tr("%1 is being changed by another program.").arg(path)};
    Result<SourceSettings> settings = load(path);
    if (!settings)
        return settings.error();
    if (const Outcome changed = change(*settings); !changed)
        return changed;
    return settings->save(path);
}

} // namespace vigie
