// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

/// False under the sanitizers, which count for themselves: allocationCount() is 0 then.
extern const bool canCountAllocations;
/// How often the calling thread has asked malloc, calloc or realloc for memory. Takes allocations.cpp in the program.
std::size_t allocationCount();
