// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logtext.h"

#include <QPlainTextEdit>
#include <string_view>

namespace vigie {

/// Shows a log text over many lines, in the colours that it asks for. What is selected is copied as it was sent. GUI thread.
class LogTextView : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit LogTextView(QWidget* parent = nullptr);

    /// A message (UTF-8) and, below, its metadata: JSON text, may be empty.
    void show(std::string_view message, std::string_view metadata);
    void clearText();

protected:
    void changeEvent(QEvent* event) override;
    QMimeData* createMimeDataFromSelection() const override;

private:
    class Highlighter;

    LogText m_shown;
    QString m_original;
    Highlighter* m_highlighter;
};

} // namespace vigie
