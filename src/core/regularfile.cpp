// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/regularfile.h"

#include <QCoreApplication>
#include <QFile>
#include <optional>
#include <sys/stat.h>

namespace vigie {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RegularFile)
};

std::optional<mode_t> modeOf(const QString& path)
{
    struct stat status = {};
    return ::stat(QFile::encodeName(path).constData(), &status) == 0 ? std::optional(status.st_mode) : std::nullopt;
}

} // namespace

bool isOtherThanRegularFile(const QString& path)
{
    const auto mode = modeOf(path);
    return mode && !S_ISREG(*mode);
}

bool isCharacterDevice(const QString& path)
{
    const auto mode = modeOf(path);
    return mode && S_ISCHR(*mode);
}

QString notRegularFileText()
{
    return Text::tr("it is not a regular file");
}

Result<QByteArray> contentOfRegularFile(const QString& path)
{
    if (isOtherThanRegularFile(path))
        return Error{notRegularFileText()};
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{file.errorString()};
    return file.readAll();
}

} // namespace vigie
