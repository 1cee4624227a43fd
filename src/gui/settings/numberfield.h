// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;

namespace vigie {

/// A field for a whole number within bounds. What cannot be one is said beneath it, and then nothing is emitted: what held before
/// holds. GUI thread.
class NumberField : public QWidget
{
    Q_OBJECT

public:
    /// `unit` stands behind the number; may be empty. The line edit is called `name`, the text beneath `name` + "Problem".
    NumberField(const QString& name, int min, int max, const QString& unit, QWidget* parent = nullptr);

    /// Shows numbers without the language's separators, as is usual for ports.
    void setGrouped(bool isGrouped) { m_isGrouped = isGrouped; }
    void setValue(int value);
    /// The same, unless it holds already: what was entered and is wrong stays, with what is said of it.
    void showValue(int value);
    /// Says what else is wrong with the value; empty: nothing.
    void setProblem(const QString& problem);
    QLineEdit& edit() { return *m_edit; }

Q_SIGNALS:
    /// The person entered another number, or the same again after setProblem().
    void changed(int value);

private:
    void take();
    QString textOf(int value) const;

    bool m_isGrouped = true;
    int m_min;
    int m_max;
    int m_value = 0;
    QLineEdit* m_edit;
    QLabel* m_problem;
};

} // namespace vigie
