// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace vigie {

/// The newest `capacity` values, oldest first. When full, push() drops the oldest. `capacity` is at least 1.
template <typename T>
class RingBuffer
{
public:
    explicit RingBuffer(std::size_t capacity) : m_capacity(capacity) {}

    void push(T value)
    {
        if (m_values.size() < m_capacity) {
            m_values.push_back(std::move(value));
            return;
        }
        m_values[m_first] = std::move(value);
        m_first = (m_first + 1) % m_capacity;
    }

    void clear()
    {
        m_values.clear();
        m_first = 0;
    }

    std::size_t size() const { return m_values.size(); }
    std::size_t capacity() const { return m_capacity; }
    bool empty() const { return m_values.empty(); }

    /// The i-th oldest value; `i < size()`.
    const T& operator[](std::size_t i) const { return m_values[(m_first + i) % m_values.size()]; }
    const T& front() const { return (*this)[0]; }
    const T& back() const { return (*this)[size() - 1]; }

private:
    std::size_t m_capacity;
    std::size_t m_first = 0;
    std::vector<T> m_values;
};

} // namespace vigie
