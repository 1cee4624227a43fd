// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/accesscommand.h"

#include "core/localtime.h"
#include "core/visibletext.h"
#include "storage/access/accessfile.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>
#include <algorithm>
#include <cstdio>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(AccessCommand)
};

void say(std::FILE* stream, const QString& line)
{
    std::fprintf(stream, "%s\n", qPrintable(line));
}

/// Only adding creates the folder, so that a mistyped path is noticed.
Result<AccessFile> openFile(const DataFolder& folder, bool adds)
{
    if (!adds && !QFileInfo(folder.path()).isDir())
        return Error{Text::tr("There is no data folder %1.").arg(folder.path())};
    if (const Outcome prepared = folder.prepare(); !prepared)
        return prepared.error();
    DatabaseResult<AccessFile> file = AccessFile::open(folder.accessPath());
    if (!file)
        return Error{Text::tr("%1 cannot be used: %2").arg(folder.accessPath(), file.error().message)};
    return std::move(*file);
}

Error failed(const DatabaseError& error)
{
    return {Text::tr("That could not be written: %1").arg(error.message)};
}

QString timeText(const std::optional<std::int64_t>& ms, const QString& none)
{
    return ms ? utcTime(*ms).toString(Qt::ISODate) : none;
}

QString appText(const std::string& appId)
{
    return appId.empty() ? Text::tr("(every application)") : QString::fromStdString(appId);
}

/// Prints rows with the same number of cells, in aligned columns. Cells may contain untrusted text.
void sayTable(QList<QStringList> rows)
{
    for (QStringList& row : rows)
        std::transform(row.begin(), row.end(), row.begin(), visibleText);
    for (const QStringList& row : rows) {
        QString line;
        for (qsizetype column = 0; column < row.size(); ++column) {
            qsizetype width = 0;
            for (const QStringList& other : rows)
                width = std::max(width, other[column].size());
            line += column + 1 < row.size() ? row[column].leftJustified(width + 2) : row[column];
        }
        say(stdout, line);
    }
}

Outcome listTokens(AccessFile& file, std::int64_t nowMs)
{
    const DatabaseResult<AccessTablePtr> table = file.table();
    if (!table)
        return failed(table.error());
    QList<QStringList> rows{{Text::tr("id"), Text::tr("user"), Text::tr("application"), Text::tr("role"), Text::tr("kind"),
                             Text::tr("added"), Text::tr("last used"), Text::tr("good until")}};
    for (const Grant& grant : (*table)->grants) {
        const QString end = grant.revokedMs ? Text::tr("revoked %1").arg(timeText(grant.revokedMs, {}))
            : grant.isGood(nowMs)           ? timeText(grant.expiresMs, Text::tr("it is revoked"))
                                            : Text::tr("expired %1").arg(timeText(grant.expiresMs, {}));
        rows.append({QString::number(grant.id), QString::fromStdString(grant.userId), appText(grant.appId),
                     QString::fromUtf8(roleName(grant.role)), QString::fromUtf8(originName(grant.origin)),
                     timeText(grant.createdMs, {}), timeText(grant.lastUsedMs, Text::tr("never")), end});
    }
    sayTable(rows);
    return std::monostate{};
}

Outcome addToken(AccessFile& file, const Subcommand& command, std::int64_t nowMs)
{
    TokenRequest request{command.userId.toStdString(), command.appId.toStdString(), command.role, {}};
    if (command.lifeMs)
        request.expiresMs = nowMs + *command.lifeMs;
    if (!request.appId.empty()) {
        if (const auto added = file.addApp(request.appId, nowMs); !added)
            return failed(added.error());
    }
    const DatabaseResult<NewToken> made = file.addToken(request, nowMs);
    if (!made)
        return failed(made.error());
    say(stderr, Text::tr("Token %1 for %2, %3 of %4. It is shown only this once:")
                    .arg(made->id)
                    .arg(command.userId, QString::fromUtf8(roleName(command.role)), appText(request.appId)));
    say(stdout, QString::fromLatin1(made->token));
    return std::monostate{};
}

} // namespace

Outcome changeApps(const Subcommand& command, const DataFolder& folder)
{
    Result<AccessFile> file = openFile(folder, command.action == "add"_L1);
    if (!file)
        return file.error();
    const std::int64_t nowMs = QDateTime::currentMSecsSinceEpoch();
    if (command.action == "list"_L1) {
        const DatabaseResult<AccessTablePtr> table = file->table();
        if (!table)
            return failed(table.error());
        for (const std::string& app : (*table)->apps)
            say(stdout, visibleText(QString::fromStdString(app)));
        return std::monostate{};
    }
    const bool adds = command.action == "add"_L1;
    const std::string app = command.appId.toStdString();
    const DatabaseResult<bool> done = adds ? file->addApp(app, nowMs) : file->removeApp(app, nowMs);
    if (!done)
        return failed(done.error());
    if (!*done)
        return Error{(adds ? Text::tr("There is an application %1 already.") : Text::tr("There is no application %1."))
                         .arg(command.appId)};
    return std::monostate{};
}

Outcome changeTokens(const Subcommand& command, const DataFolder& folder)
{
    Result<AccessFile> file = openFile(folder, command.action == "add"_L1);
    if (!file)
        return file.error();
    const std::int64_t nowMs = QDateTime::currentMSecsSinceEpoch();
    if (command.action == "list"_L1)
        return listTokens(*file, nowMs);
    if (command.action == "add"_L1)
        return addToken(*file, command, nowMs);
    const DatabaseResult<bool> revoked = file->revoke(command.tokenId, nowMs);
    if (!revoked)
        return failed(revoked.error());
    if (!*revoked)
        return Error{Text::tr("There is no token %1 that is not revoked.").arg(command.tokenId)};
    return std::monostate{};
}

Outcome writeAudit(const DataFolder& folder)
{
    Result<AccessFile> file = openFile(folder, false);
    if (!file)
        return file.error();
    const DatabaseOutcome done = file->forEachEvent([](const AuditEvent& event) {
        std::printf("%s\n", auditJson(event).c_str());
    });
    return done ? Outcome(std::monostate{}) : failed(done.error());
}

std::optional<std::int64_t> durationMs(const QString& text)
{
    constexpr std::int64_t second = 1'000;
    constexpr std::int64_t minute = 60 * second;
    constexpr std::int64_t longest = 36'525 * 24 * 60 * minute;
    const std::int64_t unit = text.endsWith(u's') ? second
        : text.endsWith(u'm')                     ? minute
        : text.endsWith(u'h')                     ? 60 * minute
        : text.endsWith(u'd')                     ? 24 * 60 * minute
                                                  : 0;
    bool isNumber = false;
    const std::int64_t count = text.chopped(text.isEmpty() ? 0 : 1).toInt(&isNumber);
    if (!isNumber || unit == 0 || count <= 0 || count > longest / unit)
        return std::nullopt;
    return count * unit;
}

} // namespace vigie
