// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <csignal>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace vigie {

/// A program whose standard output and error are read by us. It is in our process group and has our standard input, so that what a
/// terminal does for one, such as Ctrl+C, it does for both. Where our output is a terminal it gets one, too, else a pipe. One thread.
class ChildProcess
{
public:
    /// What could not be started, as a shell would end.
    struct StartError
    {
        int code; ///< 127: there is no such program; 126: it cannot be run
        std::string why;
    };

    /// `mask`: the signals that it finds blocked. To be called before there is any other thread.
    std::optional<StartError> start(const std::vector<std::string>& words, const sigset_t& mask);

    pid_t id() const { return m_id; }
    /// What is to be read of it, and closed by the reader.
    int output() const { return m_output; }
    int error() const { return m_error; }

    void send(int signal) const;
    /// Gives its terminals the size of ours.
    void adoptWindowSize() const;
    /// How it ended, as waitpid(2) says; nothing: it runs.
    std::optional<int> status();

private:
    pid_t m_id = -1;
    int m_output = -1;
    int m_error = -1;
    int m_outputTerminal = -1; // a descriptor of our own to the terminal that is its output; -1: it is none
    int m_errorTerminal = -1;
    std::optional<int> m_status;
};

/// Ends this process as another ended: with its code, or by its signal.
int endAs(int status);

} // namespace vigie
