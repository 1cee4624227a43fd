// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/logs/firstentrycode.h"

#include <QWidget>
#include <array>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QToolButton;

namespace vigie {

/// Tells how an application sends its first log entry: the address, and code to copy in one of three languages. Opens the page in
/// the browser. GUI thread.
class ConnectHint : public QWidget
{
    Q_OBJECT

public:
    explicit ConnectHint(QWidget* parent = nullptr);

    /// The server's address ("http://127.0.0.1:3001/"); empty: it cannot be reached now. `othersNeedToken`: other users' programs
    /// on this machine need a token.
    void setUrl(const QString& url, bool othersNeedToken = false);
    /// Replaces “No logs yet”.
    void setTitle(const QString& title);
    /// Whether to say that the charts are kept already.
    void setKeepsCharts(bool keeps);

Q_SIGNALS:
    /// The other ways are wanted.
    void addSourceWanted();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void setIcons();
    void showCode();
    void showText(const QString& where); ///< where the code is to be pasted

    QString m_url;
    bool m_othersNeedToken = false;
    bool m_keepsCharts = false;
    QString m_ownTitle;
    CodeLanguage m_language = CodeLanguage::Shell;
    QLabel* m_title;
    QLabel* m_text;
    QLabel* m_kept;
    std::array<QToolButton*, 3> m_languages{}; ///< by CodeLanguage
    QPlainTextEdit* m_code;
    QPushButton* m_copy;
    QPushButton* m_open;
    QPushButton* m_add;
};

} // namespace vigie
