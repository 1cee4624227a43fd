// SPDX-License-Identifier: GPL-3.0-or-later
// Sends log records by OTLP/HTTP as fast as they are acknowledged, and prints how long that took.
//   otlpgen --port P [--entries N] [--batch N] [--connections N] [--message BYTES] [--pid SERVER] [--json 1]
//   otlpgen --parse 1 [--entries N] [--batch N] [--json 1]     reads and makes entries of them in this process, without a server
#include "protocol/otlpentries.h"
#include "protocol/otlpjson.h"
#include "protocol/otlpproto.h"

#include <arpa/inet.h>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <netinet/in.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

std::string varint(std::uint64_t number)
{
    std::string out;
    for (; number >= 0x80; number >>= 7)
        out += char(number | 0x80);
    return out += char(number);
}
std::string bytes(int field, const std::string& value)
{
    return varint(std::uint64_t(field) << 3 | 2) + varint(value.size()) + value;
}

constexpr std::string_view marker = "0000000000"; // in place of a schema's address: makes each body another, and no entry larger

/// A request, and where its marker is.
std::pair<std::string, std::size_t> makeBody(int batch, std::size_t messageBytes, bool isJson)
{
    const std::string message(messageBytes, 'x');
    std::string body;
    if (isJson) {
        body = R"({"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"bench"}}]},)"
               R"("schemaUrl":")" + std::string(marker) + R"(","scopeLogs":[{"logRecords":[)";
        for (int i = 0; i < batch; ++i)
            body += (i ? "," : "") + (R"({"timeUnixNano":"1796031410141000000","severityNumber":9,"body":{"stringValue":")" + message + R"("}})");
        body += "]}]}]}";
    } else {
        const auto attribute = [](const std::string& key, const std::string& value) {
            return bytes(1, bytes(1, key) + bytes(2, bytes(1, value)));
        };
        std::string time = "\x09"; // time_unix_nano
        for (int i = 0; i < 8; ++i)
            time += char(1'796'031'410'141'000'000ULL >> (8 * i));
        std::string records;
        for (int i = 0; i < batch; ++i)
            records += bytes(2, time + "\x10\x09" + bytes(5, bytes(1, message)));
        body = bytes(1, bytes(1, attribute("service.name", "bench")) + bytes(2, records) + bytes(3, std::string(marker)));
    }
    return {body, body.find(marker)};
}

void mark(std::string& text, std::size_t place, int number)
{
    char digits[16];
    std::snprintf(digits, sizeof digits, "%010d", number);
    text.replace(place, marker.size(), digits, marker.size());
}

double cpuSecondsOf(int pid)
{
    std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
    std::string text((std::istreambuf_iterator<char>(stat)), {});
    double user = 0;
    double system = 0;
    std::sscanf(text.c_str() + text.rfind(')') + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lf %lf", &user, &system);
    return (user + system) / double(sysconf(_SC_CLK_TCK));
}

/// Posts bodies until `left` is used up. False: the server did not answer 200.
bool post(int port, std::atomic<int>& left, std::string request, std::size_t markerAt)
{
    const int peer = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(std::uint16_t(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    bool isGood = ::connect(peer, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    std::string answer(4096, '\0');
    for (int number = left--; isGood && number > 0; number = left--) {
        mark(request, markerAt, number);
        for (std::size_t sent = 0; isGood && sent < request.size();) {
            const ssize_t step = ::send(peer, request.data() + sent, request.size() - sent, MSG_NOSIGNAL);
            isGood = step > 0;
            sent += std::size_t(std::max<ssize_t>(step, 0));
        }
        // Short enough to come at once.
        const ssize_t got = isGood ? ::recv(peer, answer.data(), answer.size(), 0) : -1;
        isGood = got > 0 && std::string_view(answer).starts_with("HTTP/1.1 200 ");
        if (!isGood)
            std::fprintf(stderr, "%.*s\n", int(std::max<ssize_t>(got, 0)), answer.c_str());
    }
    ::close(peer);
    return isGood;
}

} // namespace

int main(int argc, char** argv)
{
    std::map<std::string, int> options{{"--entries", 1'000'000}, {"--batch", 512}, {"--connections", 4}, {"--message", 100}};
    for (int i = 1; i + 1 < argc; i += 2)
        options[argv[i]] = std::atoi(argv[i + 1]);
    const bool isJson = options["--json"] != 0;
    auto [body, markerAt] = makeBody(options["--batch"], std::size_t(options["--message"]), isJson);
    std::atomic<int> left = options["--entries"] / options["--batch"];
    const int requests = left;
    const auto begin = Clock::now();
    double cpuSeconds = 0;
    bool isGood = true;
    if (options["--parse"]) {
        vigie::OtlpJsonReader reader;
        std::size_t entries = 0;
        for (int number = requests; number > 0; --number) {
            mark(body, markerAt, number);
            vigie::OtlpEntries made(std::uint64_t(number), 1'796'031'410'141, "ann", "10.0.0.7");
            isGood = isGood && (isJson ? reader.readLogs(body, made) : vigie::readOtlpProtoLogs(body, made));
            entries += made.apps().at(0).batch.size();
        }
        isGood = isGood && entries == std::size_t(requests) * std::size_t(options["--batch"]);
    } else {
        const std::string head = "POST /v1/logs HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(options["--port"]) + "\r\nContent-Type: application/"
            + (isJson ? "json" : "x-protobuf") + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n";
        const double cpuBefore = options["--pid"] ? cpuSecondsOf(options["--pid"]) : 0;
        std::vector<std::thread> threads;
        std::atomic<int> failed = 0;
        for (int i = 0; i < options["--connections"]; ++i)
            threads.emplace_back([&, request = head + body, at = head.size() + markerAt] {
                failed += !post(options["--port"], left, request, at);
            });
        for (std::thread& thread : threads)
            thread.join();
        isGood = failed == 0;
        cpuSeconds = options["--pid"] ? cpuSecondsOf(options["--pid"]) - cpuBefore : 0;
    }
    const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    std::printf("{\"seconds\":%.4f,\"cpuSeconds\":%.3f,\"entries\":%d,\"bodyBytes\":%zu}\n", seconds, cpuSeconds,
                requests * options["--batch"], body.size());
    return isGood ? 0 : 1;
}
