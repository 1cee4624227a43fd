// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace vigie {

/// Tells which lines of one stream belong to the line before: indented ones, and the stack traces of Java, Python, Node.js, Go,
/// .NET and Rust. One thread.
class Continuation
{
public:
    enum class Verdict {
        Begins, ///< an entry of its own
        Belongs, ///< to the lines before
        Empty ///< nothing is said: it belongs where the next line does
    };

    /// `line`: without style codes. `hasTime`: it begins with a time, as only the first line of an entry does.
    Verdict judge(std::string_view line, bool hasTime);
    /// Whether the lines are those that a program ends with when it crashes.
    bool isCrash() const { return m_trace != Trace::None; }
    /// What comes next belongs to nothing before.
    void reset() { *this = {}; }

private:
    enum class Trace { None, PythonFrames, PythonEnd, PythonLink, Go, Rust, RustMessage, NodeSource, Node };

    bool belongs(std::string_view line);
    bool goesOn(std::string_view line);
    void begin(std::string_view line, bool hasTime);

    Trace m_trace = Trace::None;
    bool m_hasEntry = false;
    bool m_entryHasTime = false;
    bool m_isFirstLine = false; // what came last was the entry's first
    bool m_wasIndented = false;
    bool m_wasEmpty = false;
};

} // namespace vigie
