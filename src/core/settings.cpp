// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings.h"

#include "core/filewriting.h"
#include "core/publicurl.h"
#include "core/regularfile.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QUrl>
#include <algorithm>

namespace vigie {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Settings)
};

using namespace Qt::StringLiterals;

constexpr qsizetype longestFontName = 200;

QString oneOf(const QJsonValue& value, const QStringList& allowed, const QString& fallback)
{
    return allowed.contains(value.toString()) ? value.toString() : fallback;
}

/// The value as it stands in the file, cut to a line.
QString textOf(const QJsonValue& value)
{
    const QByteArray json = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(json.sliced(1, json.size() - 2)).left(60);
}

int within(const QJsonValue& value, int min, int max, int fallback)
{
    const int number = value.toInt(fallback);
    return number >= min && number <= max ? number : fallback;
}

/// The file's object; empty if there is no file.
Result<QJsonObject> objectIn(const QString& path)
{
    if (!QFile::exists(path))
        return QJsonObject();
    const Result<QByteArray> content = contentOfRegularFile(path);
    if (!content)
        return Error{Text::tr("Cannot read %1: %2").arg(path, content.error().message)};
    QJsonParseError parse;
    const QJsonDocument document = QJsonDocument::fromJson(*content, &parse);
    if (!document.isObject()) {
        return Error{Text::tr("%1 is not a settings file (%2). Mend it or move it away.")
                         .arg(path, parse.errorString())};
    }
    return document.object();
}

} // namespace

bool isWebOrigin(const QString& text)
{
    const QUrl url(text, QUrl::StrictMode);
    return url.isValid() && !url.host().isEmpty() && url.userInfo().isEmpty() && url.path().isEmpty() && !url.hasQuery()
        && !url.hasFragment() && (url.scheme() == "http"_L1 || url.scheme() == "https"_L1);
}

Result<Settings> Settings::load(const QString& path)
{
    const Result<QJsonObject> object = objectIn(path);
    return object ? Result<Settings>(fromJson(*object)) : object.error();
}

Settings Settings::fromJson(const QJsonObject& object)
{
    Settings settings;
    settings.language = oneOf(object["language"_L1], {u"en"_s, u"fr"_s}, settings.language);
    settings.theme = oneOf(object["theme"_L1], {u"system"_s, u"light"_s, u"dark"_s}, settings.theme);
    const int port = object["port"_L1].toInt(settings.port);
    if (port >= 0 && port <= 65535)
        settings.port = static_cast<quint16>(port);
    settings.windowGeometry = QByteArray::fromBase64(object["windowGeometry"_L1].toString().toLatin1());
    settings.sourcesGeometry = QByteArray::fromBase64(object["sourcesGeometry"_L1].toString().toLatin1());
    settings.showsSources = object["showsSources"_L1].toBool(settings.showsSources);
    settings.splitterState = QByteArray::fromBase64(object["splitterState"_L1].toString().toLatin1());
    if (const int range = object["rangeMinutes"_L1].toInt(); std::ranges::find(chartRanges, range) != chartRanges.end())
        settings.rangeMinutes = range;
    settings.perCore = object["perCore"_L1].toBool(settings.perCore);
    settings.logFont = object["logFont"_L1].toString().left(longestFontName);
    if (object["logFontPoints"_L1].toInt() != 0)
        settings.logFontPoints = within(object["logFontPoints"_L1], 6, 32, settings.logFontPoints);
    settings.onClose = oneOf(object["onClose"_L1], {u"ask"_s, u"quit"_s, u"tray"_s}, settings.onClose);
    settings.sampleIntervalMs = within(object["sampleIntervalMs"_L1], 250, 1'000, settings.sampleIntervalMs);
    settings.logRetentionDays = within(object["logRetentionDays"_L1], 1, 3650, settings.logRetentionDays);
    settings.logRetentionMiB = within(object["logRetentionMiB"_L1], 64, 16 * 1024 * 1024, settings.logRetentionMiB);
    settings.metricRetentionDays = within(object["metricRetentionDays"_L1], 1, 3650, settings.metricRetentionDays);
    settings.metricRetentionMiB = within(object["metricRetentionMiB"_L1], 16, 16 * 1024 * 1024, settings.metricRetentionMiB);
    for (const QJsonValue& origin : object["allowedOrigins"_L1].toArray()) {
        if (isWebOrigin(origin.toString()))
            settings.allowedOrigins.append(origin.toString());
    }
    if (const QString url = object["publicUrl"_L1].toString(); PublicUrl::parse(url))
        settings.publicUrl = url;
    settings.bus = object["bus"_L1].toString();
    settings.busCredentials = object["busCredentials"_L1].toString();
    settings.busTlsCa = object["busTlsCa"_L1].toString();
    settings.node = object["node"_L1].toString();
    settings.isShared = object["isShared"_L1].toBool(settings.isShared);
    settings.takesRequests = object["takesRequests"_L1].toBool(settings.takesRequests);
    settings.logView = LogViewSettings::fromJson(object["logView"_L1].toObject());
    const QJsonObject given = object["limits"_L1].toObject();
    for (const LimitRow& row : limitRows)
        settings.limits.*row.value = within(given[QLatin1StringView(row.name)], row.min, row.max, settings.limits.*row.value);
    settings.limits.limitsLoopback = given["limitsLoopback"_L1].toBool(settings.limits.limitsLoopback);
    return settings;
}

QStringList Settings::complaints(const QString& path)
{
    const Result<QJsonObject> given = objectIn(path);
    if (!given)
        return {};
    const QJsonObject taken = fromJson(*given).toJson();
    QStringList complaints;
    const auto compare = [&complaints](const QJsonObject& theirs, const QJsonObject& ours, const QString& of) {
        for (auto one = theirs.begin(); one != theirs.end(); ++one) {
            const QJsonValue held = ours[one.key()];
            if (held.isUndefined())
                complaints.append(Text::tr("there is no setting “%1”").arg(of + one.key()));
            else if (held != one.value() && !(held.isObject() && one.value().isObject()))
                complaints.append(
                    Text::tr("“%1” cannot be %2; %3 holds").arg(of + one.key(), textOf(one.value()), textOf(held)));
        }
    };
    compare(*given, taken, {});
    compare((*given)["limits"_L1].toObject(), taken["limits"_L1].toObject(), u"limits."_s);
    return complaints;
}

QJsonObject Settings::toJson() const
{
    QJsonObject bounds{{u"limitsLoopback"_s, limits.limitsLoopback}};
    for (const LimitRow& row : limitRows)
        bounds.insert(QLatin1StringView(row.name), limits.*row.value);
    return {
        {u"language"_s, language},
        {u"theme"_s, theme},
        {u"port"_s, port},
        {u"windowGeometry"_s, QString::fromLatin1(windowGeometry.toBase64())},
        {u"sourcesGeometry"_s, QString::fromLatin1(sourcesGeometry.toBase64())},
        {u"showsSources"_s, showsSources},
        {u"splitterState"_s, QString::fromLatin1(splitterState.toBase64())},
        {u"rangeMinutes"_s, rangeMinutes},
        {u"perCore"_s, perCore},
        {u"logFont"_s, logFont},
        {u"logFontPoints"_s, logFontPoints},
        {u"onClose"_s, onClose},
        {u"sampleIntervalMs"_s, sampleIntervalMs},
        {u"logRetentionDays"_s, logRetentionDays},
        {u"logRetentionMiB"_s, logRetentionMiB},
        {u"metricRetentionDays"_s, metricRetentionDays},
        {u"metricRetentionMiB"_s, metricRetentionMiB},
        {u"allowedOrigins"_s, QJsonArray::fromStringList(allowedOrigins)},
        {u"publicUrl"_s, publicUrl},
        {u"bus"_s, bus},
        {u"busCredentials"_s, busCredentials},
        {u"busTlsCa"_s, busTlsCa},
        {u"node"_s, node},
        {u"isShared"_s, isShared},
        {u"takesRequests"_s, takesRequests},
        {u"logView"_s, logView.toJson()},
        {u"limits"_s, bounds},
    };
}

Outcome Settings::save(const QString& path) const
{
    QSaveFile file(path);
    if (!file.open(writingMode) || !writeAll(file, QJsonDocument(toJson()).toJson().toStdString()) || !file.commit())
        return Error{Text::tr("Cannot write %1: %2").arg(path, file.errorString())};
    return std::monostate{};
}

} // namespace vigie
