// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>

namespace vigie {

/// The list of entries. Says when the part in view has another size.
class LogList : public QListView
{
    Q_OBJECT

public:
    using QListView::QListView;

Q_SIGNALS:
    void resized();

protected:
    void resizeEvent(QResizeEvent* event) override
    {
        QListView::resizeEvent(event);
        Q_EMIT resized();
    }
};

} // namespace vigie
