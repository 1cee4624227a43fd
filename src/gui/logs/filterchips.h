// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fieldterms.h"

#include <QWidget>

namespace vigie {

/// Shows the values that entries must have or must not have, each as a button that takes it away. Hidden while there are none.
/// GUI thread.
class FilterChips : public QWidget
{
    Q_OBJECT

public:
    explicit FilterChips(QWidget* parent = nullptr);

    const FieldTerms& terms() const { return m_terms; }
    void setTerms(const FieldTerms& terms);
    /// Adds a value; for and against the same value, the later wins.
    void add(const FieldTerm& term, bool isFor);

Q_SIGNALS:
    void termsChanged();

protected:
    void changeEvent(QEvent* event) override;

private:
    void rebuild();
    void addChip(const FieldTerm& term, bool isFor);

    FieldTerms m_terms;
};

/// A term for people: "host = pay.example.org", "From ≠ ann".
QString termText(const FieldTerm& term, bool isFor);
/// The same of a value in the metadata, whose key may be `user`, too: by the name that it has there.
QString valueText(const FieldTerm& term, bool isFor);

} // namespace vigie
