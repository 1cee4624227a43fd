// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/sendcommand.h"

#include "app/childprocess.h"
#include "app/failure.h"
#include "app/sending.h"
#include "app/signalreader.h"

#include <QEventLoop>
#include <QFile>
#include <QTimer>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <string>
#include <unistd.h>
#include <vector>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

constexpr int pipeBytes = 1024 * 1024;
constexpr std::chrono::seconds orphansTime{1}; // in which children of a program that has ended may still print

SpoolTarget targetOf(const Subcommand& command)
{
    return {command.appId, command.url, command.tokenFile, command.caFile};
}

std::uint64_t spoolBytesOf(const Subcommand& command)
{
    return std::uint64_t(command.spoolMiB) * 1024 * 1024;
}

/// The program's words as they were given, in whatever encoding: the last of our own.
std::vector<std::string> programOf(const Subcommand& command)
{
    QFile file(u"/proc/self/cmdline"_s);
    QByteArray line = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    line.chop(line.endsWith('\0') ? 1 : 0);
    const QList<QByteArray> all = line.split('\0');
    std::vector<std::string> words;
    if (all.size() > command.program.size()) {
        for (const QByteArray& word : all.last(command.program.size()))
            words.push_back(word.toStdString());
    } else {
        for (const QString& word : command.program)
            words.push_back(word.toLocal8Bit().toStdString());
    }
    return words;
}

} // namespace

void widenInput()
{
    ::fcntl(STDIN_FILENO, F_SETPIPE_SZ, pipeBytes); // what is no pipe has none
}

int sendInput(const Subcommand& command, const DataFolder& folder)
{
    SignalReader signalReader({SIGTERM, SIGINT, SIGHUP});
    ::signal(SIGPIPE, SIG_IGN);
    Sending sending(folder, targetOf(command), spoolBytesOf(command));
    QEventLoop loop;
    bool isInterrupted = ::isatty(STDIN_FILENO) == 1; // then one Ctrl+C is enough
    QObject::connect(&signalReader, &SignalReader::received, &sending, [&](int signal, bool isTerminals) {
        // Ctrl+C is for the program before the pipe: its last words are still to come.
        if (signal == SIGINT && isTerminals && !std::exchange(isInterrupted, true))
            return;
        sending.stopReading();
        sending.hurry();
    });
    QObject::connect(&sending, &Sending::inputEnded, &sending, &Sending::finish);
    QObject::connect(&sending, &Sending::done, &loop, &QEventLoop::quit, Qt::QueuedConnection);
    sending.addStream(STDIN_FILENO, command.tees ? STDOUT_FILENO : -1, {});
    loop.exec();
    return sending.settle() ? Success : Failure;
}

int runProgram(const Subcommand& command, const DataFolder& folder)
{
    SignalReader signalReader({SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGWINCH, SIGCHLD});
    const std::vector<std::string> words = programOf(command);
    ChildProcess child;
    if (const auto problem = child.start(words, signalReader.maskBefore())) {
        fail(QString::fromStdString(words.front() + ": " + problem->why), Failure);
        return problem->code;
    }
    ::signal(SIGPIPE, SIG_IGN);
    Sending sending(folder, targetOf(command), spoolBytesOf(command));
    QEventLoop loop;
    const auto finishAfterBoth = [&] {
        if (child.status() && sending.isInputAtEnd())
            sending.finish();
    };
    QObject::connect(&signalReader, &SignalReader::received, &sending, [&](int signal, bool isTerminals) {
        if (signal == SIGCHLD) {
            if (!child.status())
                return;
            QTimer::singleShot(orphansTime, &sending, &Sending::stopReading);
            return finishAfterBoth();
        }
        if (child.status())
            return signal == SIGWINCH ? void() : sending.hurry();
        if (signal == SIGWINCH)
            child.adoptWindowSize();
        if (signal == SIGWINCH || !isTerminals)
            child.send(signal);
    });
    QObject::connect(&sending, &Sending::inputEnded, &sending, finishAfterBoth);
    QObject::connect(&sending, &Sending::done, &loop, &QEventLoop::quit, Qt::QueuedConnection);
    const std::string pid = "\"pid\":" + std::to_string(child.id());
    sending.addStream(child.output(), STDOUT_FILENO, pid);
    sending.addStream(child.error(), STDERR_FILENO, "\"stream\":\"stderr\"," + pid);
    loop.exec();
    sending.settle();
    return endAs(*child.status());
}

} // namespace vigie
