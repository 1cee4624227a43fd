// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/database/databasefile.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

const QString besides[] = {u"-wal"_s, u"-shm"_s};

} // namespace

QString moveDatabaseAside(const QString& path)
{
    const QString aside = path + u".broken-"_s + QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-hhmmss"_s);
    for (const QString& beside : besides)
        QFile::rename(path + beside, aside + beside);
    return QFile::rename(path, aside) ? aside : QString();
}

void removeDatabase(const QString& path)
{
    QFile::remove(path);
    for (const QString& beside : besides)
        QFile::remove(path + beside);
}

std::int64_t databaseBytes(const QString& path)
{
    std::int64_t sum = QFileInfo(path).size();
    for (const QString& beside : besides)
        sum += QFileInfo(path + beside).size();
    return sum;
}

} // namespace vigie
