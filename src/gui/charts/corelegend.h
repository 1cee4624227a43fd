// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QWidget>
#include <optional>
#include <vector>

namespace vigie {

/// Which colour is which core: a swatch and a number each, in as many rows as they need, at most `maxRows`.
class CoreLegend : public QWidget
{
    Q_OBJECT

public:
    static constexpr int maxRows = 4;

    struct Core
    {
        int number = 0; ///< the N of `cpuN`
        QColor color;

        bool operator==(const Core&) const = default;
    };

    explicit CoreLegend(QWidget* parent = nullptr);

    void setCores(std::vector<Core> cores);
    /// Draws this one's number bold, by its place among the cores; none: no one's.
    void setHighlighted(std::optional<std::size_t> core);
    std::optional<std::size_t> highlighted() const { return m_highlighted; }
    /// Where a core is drawn; empty: there is no room for it.
    QRect placeOf(std::size_t core) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {0, rowHeight()}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

Q_SIGNALS:
    /// The pointer is on this core, or on none.
    void pointed(std::optional<std::size_t> core);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    int rowHeight() const;
    int itemWidth() const;
    int perRow(int width) const;

    std::vector<Core> m_cores;
    std::optional<std::size_t> m_highlighted;
};

} // namespace vigie
