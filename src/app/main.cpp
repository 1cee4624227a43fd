// SPDX-License-Identifier: GPL-3.0-or-later
// The command line and the exit code: 0, 1 (failure), 2 (wrong usage).

#include "app/application.h"
#include "app/autostart.h"
#include "app/commandhelp.h"
#include "app/commandline.h"
#include "app/datafolder.h"
#include "app/display.h"
#include "app/failure.h"
#include "app/programsignals.h"
#include "app/secondstart.h"
#include "app/sendcommand.h"
#include "app/servicemanager.h"
#include "app/servicesight.h"
#include "app/standardstreams.h"
#include "app/subcommand.h"
#include "core/language.h"
#include "core/settings.h"
#include "core/visibletext.h"
#include "storage/inspection.h"
#ifdef VIGIE_GUI
#include "gui/widgets/theme.h"

#include <QApplication>
#endif

#include <QCoreApplication>
#include <QFileInfo>
#include <cstdio>
#include <cstring>
#include <memory>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

/// Whether a window is wanted, asked before anything else: it decides what kind of program Qt starts.
bool wantsWindow(int argc, char** argv)
{
#ifdef VIGIE_GUI
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "--") == 0)
            break; // what follows are names of files
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

} // namespace

int main(int argc, char** argv)
{
    openMissingStreams();
    QStringList words;
    for (int i = 0; i < argc; ++i)
        words.append(QString::fromLocal8Bit(argv[i]));
    const QString command = words.value(commandPlace(words));
    const auto subcommand = subcommandOf(command);
    if (subcommand == Subcommand::Kind::Log)
        widenInput();
    const bool isTool = subcommand || command == "help"_L1;
    const bool withWindow = !isTool && wantsWindow(argc, argv);
    ServiceManager serviceManager;
    if (!isTool) {
        ProgramSignals::block(!withWindow); // a subcommand is ended by them as any other tool
        serviceManager = ServiceManager::takenFromEnvironment();
    }
    const std::unique_ptr<QCoreApplication> qt = makeApplication(withWindow, argc, argv);
    QCoreApplication::setApplicationName(u"vigie"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(VIGIE_VERSION));

    applyLanguage(*qt, {});
    QStringList arguments = qt->arguments();
    if (isTool) {
        arguments.removeAt(commandPlace(arguments));
        return endOfOutput(subcommand ? runSubcommand(*subcommand, arguments) : runHelp(arguments));
    }
    const Result<CommandLine> line = parseCommandLine(arguments);
    if (!line)
        return fail(line.error().message + u' ' + QCoreApplication::translate("main", "Try vigie --help."), WrongUsage);
    if (line->language)
        applyLanguage(*qt, *line->language);
    if (line->help || line->version) {
        const QString text = line->help ? helpText(line->opens ? openHelp() : programHelp()) : u"vigie %1\n"_s.arg(qt->applicationVersion());
        std::fputs(qPrintable(text), stdout);
        return endOfOutput(Success);
    }

    for (const QString& file : line->filesToOpen) {
        if (!QFileInfo::exists(file))
            return fail(QCoreApplication::translate("main", "There is no file %1.").arg(file), Failure);
    }
    const DataFolder folder(line->dataDir);
    if (const Outcome prepared = folder.prepare(); !prepared)
        return fail(prepared.error().message, Failure);
    // One program writes the store and the settings at a time.
    DataFolderLock lock(folder);
    if (const std::optional<int> over = takeOrHandOver(lock, folder, *line))
        return endOfOutput(*over);
    const bool keepsHistory = !line->noHistory;
    if (const QString later = fileOfLaterVersion(keepsHistory ? folder.logsPath() : QString(),
                                                 keepsHistory ? folder.metricsPath() : QString(), folder.accessPath());
        !later.isEmpty()) {
        return fail(QCoreApplication::translate("main", "%1 was written by a later Vigie, and this one cannot read it. Install that "
                                                        "version again; or start this one with another --data-dir, and bring "
                                                        "entries over by the later one's vigie export.")
                        .arg(later),
                    Failure);
    }
    if (!withWindow && (line->opens || line->share))
        return fail(QCoreApplication::translate("main", "This needs a display, or a Vigie that runs with a window."), Failure);
    Application::Config config{*line, {}, {}, folder.path(), folder.settingsPath(), folder.accessPath(), folder.sourcesPath(), folder.spoolPath(), folder.socketPath(), {}, {},
                               withWindow, {}, serviceManager};
    const Result<Settings> settings = Settings::load(config.settingsPath);
    if (!settings)
        return fail(settings.error().message, Failure);
    for (const QString& complaint : Settings::complaints(config.settingsPath))
        std::fprintf(stderr, "vigie: settings.json: %s\n", qPrintable(visibleText(complaint)));
    config.kept = config.settings = *settings;
    config.settings.startsWithSession = Autostart({}, line->dataDir.isEmpty() ? QString() : folder.path()).isOn();
    config.settings.language = line->language.value_or(settings->language);
    config.settings.theme = line->theme.value_or(settings->theme);
    applyLanguage(*qt, config.settings.language);
    if (line->tls) {
        Result<TlsIdentity> identity = line->tlsCertificate.isEmpty()
                                           ? ownTlsIdentity(folder.path(), machineNames() + line->allowedHosts)
                                           : loadTlsIdentity(line->tlsCertificate, line->tlsKey);
        if (!identity)
            return fail(identity.error().message, Failure);
        config.tls = *identity;
    }
    const Result<BusChoice> choice = checkedBus(withSettings(line->bus, *settings), line->insecure);
    if (!choice)
        return fail(choice.error().message, Failure);
    if (!choice->servers.isEmpty()) {
        const Result<LogBus::Config> bus = busConfig(*choice, folder);
        if (!bus)
            return fail(bus.error().message, Failure);
        config.bus = *bus;
    }
    if (!withWindow && !line->headless)
        config.note = QCoreApplication::translate("main", "No display: running without a window.");

    if (const QString text = serviceSightText(); !text.isEmpty())
        std::fprintf(stderr, "vigie: %s\n", qPrintable(text));

    ProgramSignals programSignals;
    Application application(std::move(config));
    QObject::connect(&programSignals, &ProgramSignals::endAsked, &application, [&application] { application.shutDown(); });
    QObject::connect(&programSignals, &ProgramSignals::reloadAsked, &application, &Application::reload);
#ifdef VIGIE_GUI
    QGuiApplication::setDesktopFileName(u"org.vigie.Vigie"_s); // docks find the icon by it
    // Closing the window ends the program, but clients are told first.
    QGuiApplication::setQuitOnLastWindowClosed(false);
#endif
    application.start();
    return qt->exec();
}
