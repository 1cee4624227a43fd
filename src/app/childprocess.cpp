// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/childprocess.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

namespace vigie {

namespace {

constexpr int pipeBytes = 1024 * 1024; // what a program that dies at once has written is all in there

/// One stream between the two.
struct Ends
{
    int ours = -1;
    int theirs = -1;
    bool isTerminal = false;
};

void closeOnExec(int descriptor)
{
    ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
}

Ends makeTerminal(int like)
{
    Ends ends;
    termios settings = {};
    winsize size = {};
    ::ioctl(like, TIOCGWINSZ, &size);
    if (::tcgetattr(like, &settings) != 0 || ::openpty(&ends.ours, &ends.theirs, nullptr, nullptr, &size) != 0)
        return {};
    // What comes out goes to our own terminal, which does with it what is to be done, once.
    settings.c_oflag &= ~tcflag_t(OPOST);
    settings.c_lflag &= ~tcflag_t(ECHO);
    ::tcsetattr(ends.theirs, TCSANOW, &settings);
    ends.isTerminal = true;
    return ends;
}

Ends makeStream(int like)
{
    Ends ends;
    if (::isatty(like) == 1)
        ends = makeTerminal(like);
    if (!ends.isTerminal) {
        std::array<int, 2> pipe{-1, -1};
        if (::pipe2(pipe.data(), O_CLOEXEC) != 0)
            return ends;
        ends.ours = pipe[0];
        ends.theirs = pipe[1];
        ::fcntl(ends.theirs, F_SETPIPE_SZ, pipeBytes);
    }
    closeOnExec(ends.ours);
    closeOnExec(ends.theirs);
    return ends;
}

[[noreturn]] void becomeProgram(char* const* words, const Ends& output, const Ends& error, const sigset_t& mask, int report)
{
    ::dup2(output.theirs, STDOUT_FILENO);
    ::dup2(error.theirs, STDERR_FILENO);
    ::signal(SIGPIPE, SIG_DFL);
    ::pthread_sigmask(SIG_SETMASK, &mask, nullptr);
    ::execvp(words[0], words);
    const int problem = errno;
    (void)!::write(report, &problem, sizeof problem);
    ::_exit(127);
}

} // namespace

std::optional<ChildProcess::StartError> ChildProcess::start(const std::vector<std::string>& words, const sigset_t& mask)
{
    const Ends output = makeStream(STDOUT_FILENO);
    const Ends error = makeStream(STDERR_FILENO);
    std::array<int, 2> report{-1, -1};
    if (output.ours < 0 || error.ours < 0 || ::pipe2(report.data(), O_CLOEXEC) != 0)
        return StartError{126, std::strerror(errno)};
    std::vector<char*> argv;
    for (const std::string& word : words)
        argv.push_back(const_cast<char*>(word.c_str())); // execvp() changes none
    argv.push_back(nullptr);
    m_id = ::fork();
    if (m_id < 0)
        return StartError{126, std::strerror(errno)};
    if (m_id == 0)
        becomeProgram(argv.data(), output, error, mask, report[1]);
    ::close(report[1]);
    ::close(output.theirs);
    ::close(error.theirs);
    int problem = 0;
    const bool hasFailed = ::read(report[0], &problem, sizeof problem) == sizeof problem; // else it runs, and the pipe is closed
    ::close(report[0]);
    m_output = output.ours;
    m_error = error.ours;
    if (output.isTerminal)
        m_outputTerminal = ::fcntl(output.ours, F_DUPFD_CLOEXEC, 0);
    if (error.isTerminal)
        m_errorTerminal = ::fcntl(error.ours, F_DUPFD_CLOEXEC, 0);
    if (!hasFailed)
        return std::nullopt;
    ::waitpid(m_id, nullptr, 0);
    return StartError{problem == ENOENT ? 127 : 126, std::strerror(problem)};
}

void ChildProcess::send(int signal) const
{
    if (!m_status)
        ::kill(m_id, signal);
}

void ChildProcess::adoptWindowSize() const
{
    winsize size = {};
    if (m_outputTerminal >= 0 && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        ::ioctl(m_outputTerminal, TIOCSWINSZ, &size);
    if (m_errorTerminal >= 0 && ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0)
        ::ioctl(m_errorTerminal, TIOCSWINSZ, &size);
}

std::optional<int> ChildProcess::status()
{
    int status = 0;
    if (!m_status && ::waitpid(m_id, &status, WNOHANG) == m_id)
        m_status = status;
    return m_status;
}

int endAs(int status)
{
    if (!WIFSIGNALED(status))
        return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
    const int signal = WTERMSIG(status);
    // The program has left its core, if it left any: ours would tell nothing.
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::signal(signal, SIG_DFL);
    sigset_t one;
    sigemptyset(&one);
    sigaddset(&one, signal);
    ::raise(signal);
    ::pthread_sigmask(SIG_UNBLOCK, &one, nullptr);
    return 128 + signal;
}

} // namespace vigie
