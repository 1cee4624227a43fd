// SPDX-License-Identifier: GPL-3.0-or-later
// Stands before malloc. The sanitizers stand there themselves.
#include "allocations.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define VIGIE_MALLOC_IS_TAKEN
#endif
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define VIGIE_MALLOC_IS_TAKEN
#endif

#ifdef VIGIE_MALLOC_IS_TAKEN
const bool canCountAllocations = false;
std::size_t allocationCount()
{
    return 0;
}
#else
const bool canCountAllocations = true;

namespace {

thread_local std::size_t allocations = 0;

} // namespace

std::size_t allocationCount()
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
