// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace vigie {

/// Tells how an application sends its first log entry: the address, and one line of code to copy.
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

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void setIcons();

    QString m_url;
    bool m_othersNeedToken = false;
    QString m_ownTitle;
    QLabel* m_title;
    QLabel* m_text;
    QLabel* m_code;
    QToolButton* m_copy;
};

/// The line of JavaScript that sends an entry to the server at `url`.
QString firstEntryCode(const QString& url);

} // namespace vigie
