// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <utility>

namespace vigie {

/// The files that browsers load, compressed when the program was built: for each there may be one with `.br` and one
/// with `.gz` beside it. Those under `assets` have the hash of their content in their name. Any thread.
class StaticFiles
{
public:
    struct Request
    {
        QString path; ///< of the URL, decoded
        QByteArray acceptEncoding;
        QByteArray ifNoneMatch;
    };
    struct Answer
    {
        int status = 404; ///< 200, 304 or 404
        QByteArray body;
        QList<std::pair<QByteArray, QByteArray>> headers;
    };

    explicit StaticFiles(QString root = QStringLiteral(":/web")) : m_root(std::move(root)) {}

    Answer answer(const Request& request) const;

private:
    QString m_root;
};

} // namespace vigie
