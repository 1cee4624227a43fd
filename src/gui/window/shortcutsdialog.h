// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QGridLayout;

namespace vigie {

/// Lists the keys and the gestures of window and page, as docs/design-language.md has them.
class ShortcutsDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ShortcutsDialog(QWidget* parent = nullptr);

private:
    void addHeading(const QString& text);
    void addRow(const QString& what, const QString& does);

    QGridLayout* m_rows;
};

} // namespace vigie
