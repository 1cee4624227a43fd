// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/display.h"

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace vigie {

namespace {

std::string variable(const char* name)
{
    const char* value = std::getenv(name);
    return value ? value : "";
}

/// `isAbstract`: a name of Linux's own that is no file (unix(7)).
bool answers(const std::string& path, bool isAbstract = false)
{
    sockaddr_un address{};
    if (path.size() + 2 > sizeof address.sun_path)
        return false;
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path + (isAbstract ? 1 : 0), path.data(), path.size());
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size() + 1);
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0)
        return false;
    const bool connected = ::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), length) == 0;
    ::close(descriptor);
    return connected;
}

bool hasWayland(const std::string& name)
{
    if (name.empty())
        return false;
    return answers(name.front() == '/' ? name : variable("XDG_RUNTIME_DIR") + '/' + name);
}

/// `name` as in X(7): [host]:display[.screen]
bool hasX11(const std::string& name)
{
    const std::size_t colon = name.rfind(':');
    if (colon == std::string::npos)
        return false;
    const std::string host = name.substr(0, colon);
    if (!host.empty() && host != "unix")
        return true;
    const std::string number = name.substr(colon + 1, name.find('.', colon) - colon - 1);
    const std::string path = "/tmp/.X11-unix/X" + number;
    return answers(path) || answers(path, true);
}

} // namespace

bool hasDisplay()
{
    return !variable("QT_QPA_PLATFORM").empty() || hasWayland(variable("WAYLAND_DISPLAY")) || hasX11(variable("DISPLAY"));
}

} // namespace vigie
