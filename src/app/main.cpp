// SPDX-License-Identifier: GPL-3.0-or-later
// The command line and the exit code: 0, 1 (failure), 2 (wrong usage).

#include "app/application.h"
#include "app/commandline.h"
#include "app/display.h"
#include "app/endsignals.h"
#include "core/language.h"
#include "core/settings.h"
#ifdef VIGIE_GUI
#include "gui/theme.h"

#include <QApplication>
#endif

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QLockFile>
#include <QStandardPaths>
#include <cstdio>
#include <cstring>
#include <memory>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

enum ExitCode { Success = 0, Failure = 1, WrongUsage = 2 };

int fail(const QString& why, ExitCode code)
{
    std::fprintf(stderr, "%s\n", qPrintable(QCoreApplication::translate("main", "vigie: %1").arg(why)));
    return code;
}

/// Whether a window is wanted, asked before anything else: it decides what kind of program Qt starts.
bool wantsWindow(int argc, char** argv)
{
#ifdef VIGIE_GUI
    for (int i = 1; i < argc; ++i) {
        for (const char* windowless : {"--headless", "--help", "-h", "--version", "-v"}) {
            if (std::strcmp(argv[i], windowless) == 0)
                return false;
        }
    }
    return hasDisplay();
#else
    Q_UNUSED(argc)
    Q_UNUSED(argv)
    return false;
#endif
}

std::unique_ptr<QCoreApplication> makeApplication(bool withWindow, int& argc, char** argv)
{
#ifdef VIGIE_GUI
    if (withWindow)
        return std::make_unique<QApplication>(argc, argv);
#endif
    Q_UNUSED(withWindow)
    return std::make_unique<QCoreApplication>(argc, argv);
}

/// The folder that holds what the program keeps, made when it is not there.
Result<QString> prepareDataDir(const QString& wanted)
{
    const QString path = wanted.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation)
                                          : QDir(wanted).absolutePath();
    if (!QDir().mkpath(path))
        return Error{QCoreApplication::translate("main", "Cannot make the data folder %1.").arg(path)};
    const QFileInfo folder(path);
    if (!folder.isReadable() || !folder.isWritable() || !folder.isExecutable())
        return Error{QCoreApplication::translate("main", "Cannot read and write the data folder %1.").arg(path)};
    return path;
}

QString lockProblem(const QLockFile& lock, const QString& dataDir)
{
    qint64 pid = 0;
    QString host;
    QString program;
    if (lock.error() == QLockFile::LockFailedError && lock.getLockInfo(&pid, &host, &program))
        return QCoreApplication::translate("main", "The data folder %1 is in use by another Vigie (process %2 on %3).")
            .arg(dataDir)
            .arg(pid)
            .arg(host);
    return QCoreApplication::translate("main", "Cannot read and write the data folder %1.").arg(dataDir);
}

} // namespace

int main(int argc, char** argv)
{
    EndSignals::block();
    const bool withWindow = wantsWindow(argc, argv);
    const std::unique_ptr<QCoreApplication> qt = makeApplication(withWindow, argc, argv);
    QCoreApplication::setApplicationName(u"vigie"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(VIGIE_VERSION));

    applyLanguage(*qt, {});
    const Result<CommandLine> line = parseCommandLine(qt->arguments());
    if (!line)
        return fail(line.error().message + u' ' + QCoreApplication::translate("main", "Try vigie --help."), WrongUsage);
    if (line->language)
        applyLanguage(*qt, *line->language);
    if (line->help || line->version) {
        const QString text = line->help ? helpText() : u"vigie %1\n"_s.arg(qt->applicationVersion());
        std::fputs(qPrintable(text), stdout);
        return Success;
    }

    const Result<QString> dataDir = prepareDataDir(line->dataDir);
    if (!dataDir)
        return fail(dataDir.error().message, Failure);
    // One program writes the store and the settings at a time; the lock of one that was killed does not count.
    QLockFile lock(*dataDir + u"/lock"_s);
    lock.setStaleLockTime(0);
    if (!lock.tryLock(0))
        return fail(lockProblem(lock, *dataDir), Failure);
    Application::Config config{*line, {}, *dataDir, *dataDir + u"/settings.json"_s, withWindow, {}};
    const Result<Settings> settings = Settings::load(config.settingsPath);
    if (!settings)
        return fail(settings.error().message, Failure);
    config.settings = *settings;
    config.settings.language = line->language.value_or(settings->language);
    config.settings.theme = line->theme.value_or(settings->theme);
    applyLanguage(*qt, config.settings.language);
    if (!withWindow && !line->headless)
        config.note = QCoreApplication::translate("main", "No display: running without a window.");

    EndSignals endSignals;
    Application application(std::move(config));
    QObject::connect(&endSignals, &EndSignals::received, &application, [&application] { application.shutDown(); });
#ifdef VIGIE_GUI
    // Closing the window ends the program, but clients are told first.
    if (auto* gui = qobject_cast<QApplication*>(qt.get())) {
        gui->setQuitOnLastWindowClosed(false);
        QObject::connect(gui, &QGuiApplication::lastWindowClosed, &application, [&application] { application.shutDown(); });
    }
#endif
    application.start();
    return qt->exec();
}
