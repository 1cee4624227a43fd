// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/httpanswer.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace vigie {

void HttpAnswer::add(QByteArrayView name, QByteArrayView value)
{
    fields.append(name).append(": ").append(value).append("\r\n");
}

HttpAnswer HttpAnswer::refusal(int status, const QByteArray& text)
{
    HttpAnswer answer{status, {}, text.endsWith('\n') ? text : text + '\n'};
    for (const HttpField& field : safetyFields)
        answer.add(field);
    answer.add("Content-Type", "text/plain; charset=utf-8");
    return answer;
}

QByteArray statusText(int status)
{
    static const std::pair<int, const char*> texts[] = {
        {200, "200 OK"},
        {202, "202 Accepted"},
        {204, "204 No Content"},
        {304, "304 Not Modified"},
        {308, "308 Permanent Redirect"},
        {400, "400 Bad Request"},
        {401, "401 Unauthorized"},
        {403, "403 Forbidden"},
        {404, "404 Not Found"},
        {405, "405 Method Not Allowed"},
        {408, "408 Request Timeout"},
        {413, "413 Content Too Large"},
        {415, "415 Unsupported Media Type"},
        {421, "421 Misdirected Request"},
        {426, "426 Upgrade Required"},
        {429, "429 Too Many Requests"},
        {431, "431 Request Header Fields Too Large"},
        {503, "503 Service Unavailable"},
    };
    const auto found = std::ranges::find(texts, status, &std::pair<int, const char*>::first);
    return found != std::end(texts) ? QByteArray(found->second) : QByteArray::number(status) + ' ';
}

QByteArray headOf(const HttpAnswer& answer, HttpAfter after)
{
    QByteArray head;
    head.reserve(answer.fields.size() + 128);
    head.append("HTTP/1.1 ").append(statusText(answer.status)).append("\r\n").append(answer.fields);
    if (answer.status != 304) // of which it would be the length of what is not sent
        head.append("Content-Length: ").append(QByteArray::number(answer.body.size())).append("\r\n");
    if (after == HttpAfter::Close)
        head.append("Connection: close\r\n");
    return head.append("\r\n");
}

} // namespace vigie
