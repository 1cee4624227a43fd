// SPDX-License-Identifier: GPL-3.0-or-later
// What one look costs, reader by reader: time and allocations. Not a test: the figures are for reading.
// Usage: bench_sampling [root], to measure a captured tree instead of this machine.
#include "../allocations.h"
#include "../machinelook.h"
#include "sampling/machinereader.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <string>
#include <sys/resource.h>
#include <vector>

using namespace vigie;

namespace {

constexpr int rounds = 2000;

std::chrono::nanoseconds now()
{
    return std::chrono::steady_clock::now().time_since_epoch();
}

double cpuSeconds()
{
    rusage usage = {};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void measure(const char* name, const std::function<void(const Look&)>& read)
{
    Look look;
    // The clock of the readers runs a second a look, as it does at work.
    const auto step = [&look] {
        look.interval = std::chrono::seconds(1);
        look.at += look.interval;
    };
    for (int i = 0; i < 10; ++i, step())
        read(look);

    std::vector<double> micros;
    micros.reserve(rounds);
    const std::size_t allocationsBefore = allocationCount();
    const double cpuBefore = cpuSeconds();
    for (int i = 0; i < rounds; ++i, step()) {
        const auto begin = now();
        read(look);
        micros.push_back(std::chrono::duration<double, std::micro>(now() - begin).count());
    }
    const double cpuMicros = (cpuSeconds() - cpuBefore) * 1e6 / rounds;
    std::sort(micros.begin(), micros.end());
    std::printf("%-12s %8.1f %8.1f %8.1f %9.2f\n", name, micros[rounds / 2], micros[rounds * 99 / 100],
                cpuMicros, static_cast<double>(allocationCount() - allocationsBefore) / rounds);
}

} // namespace

int main(int argc, char** argv)
{
    std::string root = argc > 1 ? argv[1] : "";
    test::Sample sample;
    Frame frame;
    CpuReader cpu(root);
    MemoryReader memory(root);
    DiskReader disk(root);
    NetworkReader network(root, {});
    ConnectionCounter connections;
    PressureReader pressure(root);
    UptimeReader uptime(root);
    ProcessReader processes(root);
    MachineReader machine(root);

    std::printf("%-12s %8s %8s %8s %9s\n", "reader", "median", "p99", "cpu", "malloc");
    std::printf("%-12s %8s %8s %8s %9s\n", "", "us", "us", "us/look", "/look");
    measure("cpu", [&](const Look& look) { cpu.read(look, sample.cpu); });
    measure("memory", [&](const Look&) { memory.read(sample.memory); });
    measure("disk", [&](const Look& look) { disk.read(look, sample.disk); });
    measure("network", [&](const Look& look) { network.read(look, sample.network); });
    measure("connections", [&](const Look&) { connections.count(); });
    measure("pressure", [&](const Look&) { pressure.read(sample.pressure); });
    measure("uptime", [&](const Look&) { sample.uptimeSeconds = uptime.read(); });
    measure("processes", [&](const Look& look) { processes.read(look, true, sample.processes); });
    measure("machine", [&](const Look& look) { machine.read(look, false, frame); });
    measure("with detail", [&](const Look& look) { machine.read(look, true, frame); });
}
