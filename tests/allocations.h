// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

// Counts the allocations of the calling thread by standing before malloc. Include it in one source
// file of a program. Sanitizers stand there themselves, so that under them nothing is counted.

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool canCountAllocations = false;
inline std::size_t allocationCount()
{
    return 0;
}
#else
inline constexpr bool canCountAllocations = true;
inline thread_local std::size_t allocations = 0;
inline std::size_t allocationCount()
{
    return allocations;
}

extern "C" {
void* __libc_malloc(std::size_t bytes);
void* __libc_calloc(std::size_t count, std::size_t bytes);
void* __libc_realloc(void* old, std::size_t bytes);

void* malloc(std::size_t bytes) noexcept
{
    ++allocations;
    return __libc_malloc(bytes);
}

void* calloc(std::size_t count, std::size_t bytes) noexcept
{
    ++allocations;
    return __libc_calloc(count, bytes);
}

void* realloc(void* old, std::size_t bytes) noexcept
{
    ++allocations;
    return __libc_realloc(old, bytes);
}
}
#endif
