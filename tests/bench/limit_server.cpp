// SPDX-License-Identifier: GPL-3.0-or-later
// The limit: a bare loop of send() over ready-made frames. It accepts --viewers connections, answers their
// handshakes with a fixed text (the client's key is fixed too), and then sends to each in turn for ever; a full
// socket is passed over until it takes bytes again. Prints its port. Usage:
//   limit_server --viewers N --frame BYTES

#include "wsclient.h"

#include <arpa/inet.h>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string>
#include <sys/resource.h>
#include <sys/socket.h>
#include <vector>

namespace {

struct Peer
{
    int descriptor;
    std::size_t sent = 0; // of the frame it is at
};

void answerHandshake(int descriptor)
{
    std::string request;
    char byte = 0;
    while (!request.ends_with("\r\n\r\n") && ::recv(descriptor, &byte, 1, 0) == 1)
        request += byte;
    // The answer to the key of RFC 6455 §1.3, which our load generator always sends.
    const std::string answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                               "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
    ::send(descriptor, answer.data(), answer.size(), MSG_NOSIGNAL);
}

} // namespace

int main(int argc, char** argv)
{
    std::size_t viewers = 1, frameBytes = 300;
    for (int i = 1; i + 1 < argc; i += 2) {
        if (std::strcmp(argv[i], "--viewers") == 0)
            viewers = std::strtoul(argv[i + 1], nullptr, 10);
        else if (std::strcmp(argv[i], "--frame") == 0)
            frameBytes = std::strtoul(argv[i + 1], nullptr, 10);
    }
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);

    // A frame as a server writes it: like a client's, without the mask.
    std::string frame = wsclient::maskedFrame(std::string(frameBytes, 'x'));
    const std::size_t head = frame.size() - frameBytes - 4;
    frame.erase(head, 4);
    frame[1] = static_cast<char>(frame[1] & 0x7f);

    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (bind(listener, reinterpret_cast<sockaddr*>(&address), size) < 0 || listen(listener, 1024) < 0)
        return 1;
    getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
    std::printf("at %d\n", ntohs(address.sin_port));
    std::fflush(stdout);

    std::vector<Peer> peers;
    while (peers.size() < viewers) {
        const int descriptor = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (descriptor < 0)
            return 1;
        answerHandshake(descriptor);
        fcntl(descriptor, F_SETFL, O_NONBLOCK);
        const int one = 1;
        setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        peers.push_back({descriptor});
    }
    for (;;) {
        bool anySent = false;
        for (Peer& peer : peers) {
            const ssize_t sent =
                ::send(peer.descriptor, frame.data() + peer.sent, frame.size() - peer.sent, MSG_NOSIGNAL);
            if (sent > 0) {
                peer.sent = (peer.sent + static_cast<std::size_t>(sent)) % frame.size();
                anySent = true;
            } else if (errno != EAGAIN) {
                return 0; // the load generator has had enough
            }
        }
        if (!anySent) {
            pollfd waiting{peers.front().descriptor, POLLOUT, 0};
            poll(&waiting, 1, 1);
        }
    }
}
