// SPDX-License-Identifier: GPL-3.0-or-later
// The load generator: viewers that count what they get, producers that flood or keep a rate, one thread, epoll.
// Prints one JSON object. Usage:
//   loadgen --port P [--viewers N] [--producers N] [--batch N] [--message BYTES] [--rate ENTRIES_PER_S]
//           [--seconds S] [--warmup S] [--raw] [--entries N] [--ack] [--latency] [--pid SERVER]
// --raw: the server sends by itself; no sign-in. --entries: producers send so many in all and wait for the
// acknowledgement of the last, then it ends. --ack: of each message. --latency: each entry carries the moment it was sent.
// --pid: the server's process, whose CPU time over the measured span is reported too.

#include "wsclient.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

std::int64_t nowNs()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now().time_since_epoch()).count();
}

struct Viewer
{
    int descriptor = -1;
    wsclient::FrameCounter counter;
    std::string stream; // only for latency: what is not yet a whole entry
    std::uint64_t frames = 0;
    std::uint64_t bytes = 0;
    std::uint64_t payload = 0; // bytes within frames
};

struct Producer
{
    int descriptor = -1;
    std::string bytes; // frames, over and over again
    std::size_t sent = 0; // of `bytes`
    std::uint64_t messagesLeft = 0;
    bool waitsForAck = false;
    std::string heard; // the end of what came, in which a word may have begun
    std::uint64_t acks = 0;
    std::uint64_t acksWanted = 1;
};

struct Options
{
    std::map<std::string, double> values;
    double get(const std::string& name, double otherwise) const
    {
        const auto found = values.find(name);
        return found == values.end() ? otherwise : found->second;
    }
};

std::string logsMessage(int batch, std::size_t messageBytes, const std::string& stamp, bool ack)
{
    std::string text = R"({"type":"logs","data":{"logs":[)";
    for (int i = 0; i < batch; ++i) {
        std::string message = stamp;
        message.resize(std::max(messageBytes, stamp.size()), 'x');
        text += (i ? "," : "") + (R"({"level":"info","message":")" + message + R"("})");
    }
    return text + (ack ? R"(],"ack":true}})" : "]}}");
}

/// Connects and signs in; returns once the server has said yes.
int signIn(std::uint16_t port, bool producer)
{
    const int descriptor = wsclient::connect(port);
    wsclient::sendAll(descriptor,
                      wsclient::maskedFrame(R"({"type":"auth","data":{"appId":"bench","userId":"load"}})"));
    std::string got;
    char buffer[4096];
    while (got.find("auth_success") == std::string::npos) {
        const ssize_t count = ::recv(descriptor, buffer, sizeof buffer, 0);
        if (count > 0)
            got.append(buffer, static_cast<std::size_t>(count));
        else if (count == 0 || errno != EAGAIN)
            std::exit(1);
    }
    if (producer) {
        // Vigie spares a pure producer its own echo; a server that does not know the message ignores it.
        wsclient::sendAll(descriptor, wsclient::maskedFrame(R"({"type":"subscribe","data":{"logs":false}})"));
    }
    return descriptor;
}

class Load
{
public:
    explicit Load(const Options& options) : m_options(options), m_isPaced(options.get("rate", 0) > 0)
    {
        m_epoll = epoll_create1(EPOLL_CLOEXEC);
        const bool raw = m_options.values.contains("raw");
        const auto port = static_cast<std::uint16_t>(m_options.get("port", 0));
        m_viewers.resize(static_cast<std::size_t>(m_options.get("viewers", 0)));
        for (Viewer& viewer : m_viewers) {
            viewer.descriptor = raw ? wsclient::connect(port) : signIn(port, false);
            if (m_isPaced)
                watch(viewer.descriptor, EPOLLIN, static_cast<std::uint64_t>(&viewer - m_viewers.data()));
        }
        m_producers.resize(static_cast<std::size_t>(m_options.get("producers", 0)));
        for (Producer& producer : m_producers)
            producer.descriptor = signIn(port, true);
    }

    void run()
    {
        const auto warmup = std::chrono::duration<double>(m_options.get("warmup", 1));
        const auto seconds = std::chrono::duration<double>(m_options.get("seconds", 5));
        const bool counted = m_options.values.contains("entries");
        startProducers();
        const Clock::time_point start = Clock::now();
        m_cpuStart = serverCpuSeconds();
        if (counted) {
            while (!producersAreDone())
                turn();
            report(std::chrono::duration<double>(Clock::now() - start).count());
            return;
        }
        while (Clock::now() - start < warmup)
            turn();
        for (Viewer& viewer : m_viewers)
            viewer.frames = viewer.bytes = viewer.payload = 0;
        m_latencies.clear();
        m_cpuStart = serverCpuSeconds();
        const Clock::time_point measured = Clock::now();
        while (Clock::now() - measured < seconds)
            turn();
        report(std::chrono::duration<double>(Clock::now() - measured).count());
    }

private:
    static constexpr std::uint64_t producerBit = std::uint64_t{1} << 40;

    void watch(int descriptor, std::uint32_t events, std::uint64_t data)
    {
        epoll_event event{};
        event.events = events;
        event.data.u64 = data;
        epoll_ctl(m_epoll, EPOLL_CTL_ADD, descriptor, &event);
    }

    void startProducers()
    {
        const int batch = static_cast<int>(m_options.get("batch", 1));
        const auto bytes = static_cast<std::size_t>(m_options.get("message", 150));
        const double entries = m_options.get("entries", 0);
        if (m_isPaced)
            return; // sent by pace(), each with its moment
        const bool acked = m_options.values.contains("ack");
        for (Producer& producer : m_producers) {
            producer.bytes = wsclient::maskedFrame(logsMessage(batch, bytes, "", acked));
            producer.messagesLeft = entries > 0
                ? static_cast<std::uint64_t>(entries / batch / double(m_producers.size()))
                : ~std::uint64_t{0};
            producer.acksWanted = acked ? producer.messagesLeft + 1 : 1;
            watch(producer.descriptor, EPOLLIN | EPOLLOUT,
                  producerBit | static_cast<std::uint64_t>(&producer - m_producers.data()));
        }
    }

    bool producersAreDone() const
    {
        return std::all_of(m_producers.begin(), m_producers.end(),
                           [](const Producer& p) { return p.messagesLeft == 0 && !p.waitsForAck; });
    }

    void turn()
    {
        pace();
        // Where only sums are wanted, every viewer is read once in a while, unasked: one read for many frames,
        // and no epoll entry for the sender to wake. Otherwise the reading would cost more than the sending
        // that is to be measured.
        if (!m_isPaced) {
            // Seldom enough for many to read at once, often enough for few never to be full.
            usleep(static_cast<useconds_t>(std::min<std::size_t>(5000, 20 * m_viewers.size() + 20)));
            for (Viewer& viewer : m_viewers)
                read(viewer);
        }
        epoll_event events[256];
        const int count = epoll_wait(m_epoll, events, 256, 0);
        for (int i = 0; i < count; ++i) {
            if (events[i].data.u64 & producerBit)
                serve(m_producers[events[i].data.u64 & ~producerBit], events[i].events);
            else
                read(m_viewers[events[i].data.u64]);
        }
    }

    void pace()
    {
        if (!m_isPaced)
            return;
        const double rate = m_options.get("rate", 0);
        const std::int64_t now = nowNs();
        if (m_nextSend == 0)
            m_nextSend = now;
        if (now < m_nextSend)
            return;
        m_nextSend += static_cast<std::int64_t>(1e9 / rate);
        Producer& producer = m_producers[m_turn++ % m_producers.size()];
        wsclient::sendAll(producer.descriptor,
                          wsclient::maskedFrame(logsMessage(
                              1, static_cast<std::size_t>(m_options.get("message", 150)),
                              "t=" + std::to_string(now) + ";", false)));
    }

    void serve(Producer& producer, std::uint32_t events)
    {
        if (events & EPOLLIN) {
            const ssize_t got = ::recv(producer.descriptor, m_buffer.data(), m_buffer.size(), 0);
            if (got > 0)
                countAcks(producer, {m_buffer.data(), std::size_t(got)});
        }
        // A few megabytes a turn, so that viewers are read in between.
        const std::size_t max = 4'000'000 / producer.bytes.size();
        for (std::size_t i = 0; i <= max && (events & EPOLLOUT) && producer.messagesLeft > 0; ++i) {
            const ssize_t sent = ::send(producer.descriptor, producer.bytes.data() + producer.sent,
                                        producer.bytes.size() - producer.sent, MSG_NOSIGNAL);
            if (sent <= 0)
                return;
            producer.sent += static_cast<std::size_t>(sent);
            if (producer.sent < producer.bytes.size())
                return;
            producer.sent = 0;
            if (--producer.messagesLeft == 0)
                finish(producer);
        }
    }

    static void countAcks(Producer& producer, std::string_view received)
    {
        static constexpr std::string_view word = "logs_ack";
        producer.heard += received;
        std::size_t from = 0;
        for (std::size_t at = 0; (at = producer.heard.find(word, from)) != std::string::npos; from = at + word.size())
            ++producer.acks;
        producer.heard.erase(0, std::max(from, producer.heard.size() - std::min(producer.heard.size(), word.size() - 1)));
        if (producer.waitsForAck && producer.acks >= producer.acksWanted)
            producer.waitsForAck = false;
    }

    void finish(Producer& producer)
    {
        producer.waitsForAck = true;
        wsclient::sendAll(producer.descriptor, wsclient::maskedFrame(logsMessage(0, 0, "", true)));
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u64 = producerBit | static_cast<std::uint64_t>(&producer - m_producers.data());
        epoll_ctl(m_epoll, EPOLL_CTL_MOD, producer.descriptor, &event);
    }

    void read(Viewer& viewer)
    {
        const ssize_t count = ::recv(viewer.descriptor, m_buffer.data(), m_buffer.size(), 0);
        if (count <= 0) {
            if (count == 0 || errno != EAGAIN) {
                std::fprintf(stderr, "loadgen: a viewer was cut off\n");
                std::exit(1);
            }
            return;
        }
        viewer.bytes += static_cast<std::uint64_t>(count);
        viewer.counter.feed(m_buffer.data(), static_cast<std::size_t>(count), [&viewer](std::uint64_t length) {
            ++viewer.frames;
            viewer.payload += length;
        });
        if (m_options.values.contains("latency"))
            readLatencies(viewer, {m_buffer.data(), static_cast<std::size_t>(count)});
    }

    void readLatencies(Viewer& viewer, std::string_view bytes)
    {
        const std::int64_t now = nowNs();
        viewer.stream.append(bytes);
        std::size_t place = 0;
        for (;;) {
            const std::size_t start = viewer.stream.find("\"t=", place);
            const std::size_t end = start == std::string::npos ? start : viewer.stream.find(';', start);
            if (end == std::string::npos)
                break;
            m_latencies.push_back(now - std::strtoll(viewer.stream.c_str() + start + 3, nullptr, 10));
            place = end;
        }
        // A moment may be cut in two: keep the last bytes.
        const std::size_t kept = std::min<std::size_t>(viewer.stream.size() - place, 64);
        viewer.stream.erase(0, viewer.stream.size() - kept);
    }

    /// User and system time of the server so far (proc(5), /proc/pid/stat fields 14 and 15).
    double serverCpuSeconds() const
    {
        std::ifstream file("/proc/" + std::to_string(static_cast<long>(m_options.get("pid", 0))) + "/stat");
        std::string text((std::istreambuf_iterator<char>(file)), {});
        unsigned long user = 0, system = 0;
        const std::size_t name = text.rfind(')');
        if (name != std::string::npos) {
            std::sscanf(text.c_str() + name + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system);
        }
        return double(user + system) / double(sysconf(_SC_CLK_TCK));
    }

    void report(double seconds)
    {
        const double cpuSeconds = serverCpuSeconds() - m_cpuStart;
        std::uint64_t frames = 0, bytes = 0, payload = 0, least = ~std::uint64_t{0}, max = 0;
        for (const Viewer& viewer : m_viewers) {
            frames += viewer.frames;
            bytes += viewer.bytes;
            payload += viewer.payload;
            least = std::min(least, viewer.bytes);
            max = std::max(max, viewer.bytes);
        }
        std::printf(R"({"seconds":%.4f,"frames":%llu,"bytes":%llu,"payload":%llu,"least":%llu,"max":%llu,"cpuSeconds":%.3f)",
                    seconds,
                    (unsigned long long)frames, (unsigned long long)bytes, (unsigned long long)payload,
                    (unsigned long long)(m_viewers.empty() ? 0 : least), (unsigned long long)max, cpuSeconds);
        if (!m_latencies.empty()) {
            std::sort(m_latencies.begin(), m_latencies.end());
            const auto at = [this](double share) {
                return double(m_latencies[std::size_t(share * double(m_latencies.size() - 1))]) / 1e6;
            };
            std::printf(R"(,"latencies":%zu,"p50":%.4f,"p99":%.4f,"p999":%.4f)", m_latencies.size(), at(0.5), at(0.99),
                        at(0.999));
        }
        std::printf("}\n");
    }

    const Options& m_options;
    bool m_isPaced; // producers keep a rate; otherwise they flood
    int m_epoll;
    std::vector<Viewer> m_viewers;
    std::vector<Producer> m_producers;
    std::vector<char> m_buffer = std::vector<char>(256 * 1024);
    std::vector<std::int64_t> m_latencies; // ns
    std::int64_t m_nextSend = 0;
    double m_cpuStart = 0;
    std::size_t m_turn = 0;
};

} // namespace

int main(int argc, char** argv)
{
    Options options;
    for (int i = 1; i < argc; ++i) {
        const std::string name = argv[i] + 2;
        const bool hasValue = i + 1 < argc && argv[i + 1][0] != '-';
        options.values[name] = hasValue ? std::atof(argv[++i]) : 1;
    }
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    Load load(options);
    load.run();
}
