// SPDX-License-Identifier: GPL-3.0-or-later
#include "figures/framebuilder.h"

#include <algorithm>
#include <utility>

namespace vigie {

namespace {

/// Most often both are one shared text: then no character is looked at. What a catalogue holds is not freed, so no other text
/// can have its address.
bool isSameText(const QString& a, const QString& b)
{
    return (a.constData() == b.constData() && a.size() == b.size()) || a == b;
}

bool isSameLabel(const SeriesLabel& a, const SeriesLabel& b)
{
    return a.name == b.name && isSameText(a.text, b.text);
}

} // namespace

void FrameBuilder::begin(Frame& frame)
{
    m_frame = &frame;
    m_next = 0;
    m_isChanged = false;
    frame.values.clear();
    frame.values.reserve(m_catalogue ? m_catalogue->size() : 0);
}

void FrameBuilder::add(const SeriesKind& kind, double value)
{
    static const QString none;
    add(kind, none, value);
}

void FrameBuilder::add(const SeriesKind& kind, const QString& instance, double value, std::span<const SeriesLabel> labels)
{
    if (!m_isChanged && !isNext(kind, instance, labels))
        startAnew();
    if (m_isChanged) {
        m_changed.push_back({seriesName(kind.pattern, instance.toStdString()), &kind, instance,
                             std::vector<SeriesLabel>(labels.begin(), labels.end())});
    }
    m_frame->values.push_back(value);
    ++m_next;
}

bool FrameBuilder::isNext(const SeriesKind& kind, const QString& instance, std::span<const SeriesLabel> labels) const
{
    if (!m_catalogue || m_next >= m_catalogue->size())
        return false;
    const Series& series = m_catalogue->series()[m_next];
    return series.kind == &kind && isSameText(series.instance, instance)
        && std::ranges::equal(series.labels, labels, isSameLabel);
}

void FrameBuilder::startAnew()
{
    m_isChanged = true;
    m_changed.clear();
    if (m_catalogue)
        m_changed.assign(m_catalogue->series().begin(), m_catalogue->series().begin() + std::ptrdiff_t(m_next));
}

void FrameBuilder::end()
{
    if (!m_isChanged && (!m_catalogue || m_next != m_catalogue->size()))
        startAnew(); // the last ones are gone
    if (m_isChanged)
        m_catalogue = std::make_shared<const Catalogue>(std::exchange(m_changed, {}));
    m_frame->catalogue = m_catalogue;
    m_frame = nullptr;
}

} // namespace vigie
