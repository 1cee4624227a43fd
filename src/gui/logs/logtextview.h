// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logtext.h"

#include <QPlainTextEdit>
#include <string_view>

namespace vigie {

/// Shows a log text in several lines, in its own colours. Copies the selection as it was sent. GUI thread.
class LogTextView : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit LogTextView(QWidget* parent = nullptr);

    /// Shows a message (UTF-8) and, below, its metadata (JSON text, may be empty).
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
