// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/net/safetyfields.h"

#include <QByteArray>
#include <QByteArrayView>

namespace vigie {

/// What is answered to an HTTP request.
struct HttpAnswer
{
    int status = 200;
    QByteArray fields; ///< whole lines of the head
    QByteArray body; ///< of a status that has one; also to HEAD, which gets no more than its length

    void add(QByteArrayView name, QByteArrayView value);
    void add(const HttpField& field) { add(field.first, field.second); }

    /// Plain text, with what every answer has that is no file of the page's. `text`: a newline is added where none ends it.
    static HttpAnswer refusal(int status, const QByteArray& text);
};

/// "404 Not Found"; the bare number where the status is none that Vigie gives.
QByteArray statusText(int status);

/// What an answer means for the connection, and is told in its head.
enum class HttpAfter {
    Keep,
    Close
};

/// The bytes before the body, the empty line included.
QByteArray headOf(const HttpAnswer& answer, HttpAfter after);

} // namespace vigie
