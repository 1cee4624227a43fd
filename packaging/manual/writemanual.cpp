// SPDX-License-Identifier: GPL-3.0-or-later
// Writes the manual and the shells' completions into a folder, at build time: writemanual FOLDER

#include "app/completions.h"
#include "app/manualpage.h"
#include "core/language.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <cstdio>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

bool write(const QString& path, const QByteArray& text)
{
    QFile file(path);
    if (QDir().mkpath(QFileInfo(path).path()) && file.open(QIODevice::WriteOnly) && file.write(text) == text.size())
        return true;
    std::fprintf(stderr, "writemanual: cannot write %s\n", qPrintable(path));
    return false;
}

bool writePages(const QString& folder)
{
    QList<CommandHelp> helps = commandHelps();
    helps.prepend(programHelp());
    bool isWritten = true;
    for (const CommandHelp& help : helps)
        isWritten = write(u"%1/man1/%2.1"_s.arg(folder, manualPageName(help)), manualPage(help)) && isWritten;
    return isWritten;
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const QString folder = application.arguments().value(1);
    if (folder.isEmpty())
        return 2;
    applyLanguage(application, u"fr"_s);
    bool isWritten = writePages(folder + u"/man/fr"_s);
    applyLanguage(application, u"en"_s);
    isWritten = writePages(folder + u"/man"_s) && isWritten;
    isWritten = write(folder + u"/completions/vigie"_s, bashCompletion()) && isWritten;
    isWritten = write(folder + u"/completions/_vigie"_s, zshCompletion()) && isWritten;
    isWritten = write(folder + u"/completions/vigie.fish"_s, fishCompletion()) && isWritten;
    return isWritten ? 0 : 1;
}
