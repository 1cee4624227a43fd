// SPDX-License-Identifier: GPL-3.0-or-later
#include "intake/continuation.h"

#include <algorithm>
#include <cstddef>

namespace vigie {

namespace {

constexpr std::string_view pythonTraceback = "Traceback (most recent call last):";

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' || c == '.';
}

/// "java.lang.IllegalStateException: why", "TypeError: why", "MyException".
bool looksLikeException(std::string_view line)
{
    const auto length = std::size_t(std::ranges::find_if_not(line, isNameCharacter) - line.begin());
    const std::string_view name = line.substr(0, length);
    const bool isOne = name.ends_with("Exception") || name.ends_with("Error") || name.ends_with("Throwable");
    return isOne && (length == line.size() || line[length] == ':' || line.substr(length).starts_with(" ["));
}

/// Only what closes brackets: the end of an object that was printed over several lines.
bool closesBrackets(std::string_view line)
{
    return !line.empty() && line.find_first_not_of("}]),;") == std::string_view::npos;
}

/// "    ^^^^^": where in the line above it the error is.
bool marksPlace(std::string_view line)
{
    return line.find('^') != std::string_view::npos && line.find_first_not_of(" \t^~") == std::string_view::npos;
}

/// "goroutine 1 [running]:"
bool isGoroutine(std::string_view line)
{
    return line.starts_with("goroutine ") && line.ends_with("]:");
}

/// "main.main()", "net/http.(*conn).serve(0xc000…)"
bool isGoFunction(std::string_view line)
{
    const std::string_view name = line.substr(0, std::min(line.find('('), line.size()));
    return line.ends_with(')') && name.size() < line.size() && name.find(' ') == std::string_view::npos
        && name.find('.') != std::string_view::npos;
}

/// "/app/index.js:3", "node:internal/process:12": what Node.js begins with when nobody catches an error.
bool isNodePlace(std::string_view line)
{
    const std::size_t colon = line.rfind(':');
    const bool isPath = line.starts_with('/') || line.starts_with("file://") || line.starts_with("node:");
    return isPath && colon != std::string_view::npos && colon + 1 < line.size()
        && line.find_first_not_of("0123456789", colon + 1) == std::string_view::npos
        && line.find(' ') == std::string_view::npos;
}

} // namespace

Continuation::Verdict Continuation::judge(std::string_view line, bool hasTime)
{
    const bool isIndented = !line.empty() && isBlank(line.front());
    if (std::ranges::all_of(line, isBlank)) {
        m_wasEmpty = true;
        return Verdict::Empty;
    }
    const bool isOfEntry = m_hasEntry && !hasTime && belongs(line);
    if (!isOfEntry)
        begin(line, hasTime);
    m_isFirstLine = !isOfEntry;
    m_wasIndented = isIndented;
    m_wasEmpty = false;
    return isOfEntry ? Verdict::Belongs : Verdict::Begins;
}

bool Continuation::belongs(std::string_view line)
{
    if (m_trace != Trace::None && goesOn(line))
        return true;
    // Above them stands what they explain.
    if (line.starts_with("Caused by") || line.starts_with("Suppressed: ") || line.starts_with("--- End of "))
        return true;
    if (line == pythonTraceback) {
        if (m_trace == Trace::PythonEnd)
            return false;
        m_trace = Trace::PythonFrames;
        return true;
    }
    if (isGoroutine(line)) {
        m_trace = Trace::Go;
        return true;
    }
    if (m_isFirstLine && m_entryHasTime && !m_wasEmpty && looksLikeException(line))
        return true;
    if (m_wasIndented && !m_wasEmpty && closesBrackets(line))
        return true;
    if (!isBlank(line.front()))
        return false;
    // Behind an empty line only what is part of a trace: some loggers indent their entries and leave lines between them.
    const std::string_view text = line.substr(std::min(line.find_first_not_of(" \t"), line.size()));
    return !m_wasEmpty || text.starts_with("at ") || text.starts_with("[cause]") || text.starts_with("Caused by");
}

bool Continuation::goesOn(std::string_view line)
{
    const bool isIndented = isBlank(line.front());
    switch (m_trace) {
    case Trace::PythonFrames:
        // The first line that is not indented is the exception itself.
        if (!isIndented)
            m_trace = Trace::PythonEnd;
        return true;
    case Trace::PythonEnd:
        if (!line.starts_with("During handling of the above exception") && !line.starts_with("The above exception was"))
            return false;
        m_trace = Trace::PythonLink;
        return true;
    case Trace::PythonLink:
        if (line != pythonTraceback)
            return false;
        m_trace = Trace::PythonFrames;
        return true;
    case Trace::Go:
        return isIndented || isGoroutine(line) || isGoFunction(line) || line.starts_with("created by ")
            || line.starts_with("[signal ") || line.starts_with("exit status ") || line.starts_with("panic: ");
    case Trace::RustMessage:
        m_trace = Trace::Rust;
        return true;
    case Trace::Rust:
        return isIndented || line.starts_with("note: ") || line == "stack backtrace:";
    case Trace::NodeSource:
        m_trace = Trace::Node; // the source's line, indented or not
        return true;
    case Trace::Node:
        if (marksPlace(line))
            return true;
        return isIndented || looksLikeException(line) || closesBrackets(line) || line.starts_with("Node.js v")
            || line.starts_with("Thrown at:");
    case Trace::None:
        break;
    }
    return false;
}

void Continuation::begin(std::string_view line, bool hasTime)
{
    m_hasEntry = true;
    m_entryHasTime = hasTime;
    m_trace = Trace::None;
    if (line == pythonTraceback)
        m_trace = Trace::PythonFrames;
    else if (line.starts_with("panic: ") || line.starts_with("fatal error: ") || isGoroutine(line))
        m_trace = Trace::Go;
    else if (line.starts_with("thread '") && line.find(" panicked at ") != std::string_view::npos)
        m_trace = line.ends_with(':') ? Trace::RustMessage : Trace::Rust;
    else if (isNodePlace(line))
        m_trace = Trace::NodeSource;
}

} // namespace vigie
