// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/staticfiles.h"

#include <QCryptographicHash>
#include <QFile>
#include <optional>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;

struct Coding
{
    QByteArray name;
    QString suffix;
};

const Coding codings[] = {{"br", u".br"_s}, {"gzip", u".gz"_s}, {"identity", QString()}}; // the smallest first

QByteArray typeOf(const QString& path)
{
    static const std::pair<QString, QByteArray> types[] = {
        {u".html"_s, "text/html; charset=utf-8"},
        {u".js"_s, "text/javascript; charset=utf-8"},
        {u".css"_s, "text/css; charset=utf-8"},
        {u".svg"_s, "image/svg+xml"},
    };
    for (const auto& [suffix, type] : types) {
        if (path.endsWith(suffix))
            return type;
    }
    return {};
}

/// How welcome a coding is, as RFC 9110 section 12.5.3 has it: 0 is not at all.
double weightOf(const QByteArray& coding, const QByteArray& acceptEncoding)
{
    std::optional<double> ofAll;
    for (const QByteArray& item : acceptEncoding.split(',')) {
        const QList<QByteArray> parts = item.split(';');
        const QByteArray name = parts[0].trimmed().toLower();
        double weight = 1;
        for (const QByteArray& parameter : parts.mid(1)) {
            if (const QByteArray text = parameter.trimmed().toLower(); text.startsWith("q="))
                weight = text.mid(2).toDouble(); // what is no number is 0
        }
        if (name == coding)
            return weight;
        if (name == "*")
            ofAll = weight;
    }
    // What is not named is not wanted, but the plain file always is, unless it is excluded.
    return coding == "identity" ? (ofAll && *ofAll == 0 ? 0 : 0.001) : ofAll.value_or(0);
}

std::optional<QByteArray> contentOf(const QString& resource)
{
    QFile file(resource);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    return file.readAll();
}

bool matches(const QByteArray& ifNoneMatch, const QByteArray& tag)
{
    for (const QByteArray& item : ifNoneMatch.split(',')) {
        QByteArray one = item.trimmed();
        if (one.startsWith("W/")) // RFC 9110 section 13.1.2: compared weakly
            one = one.mid(2);
        if (one == tag || one == "*")
            return true;
    }
    return false;
}

} // namespace

StaticFiles::Answer StaticFiles::answer(const Request& request) const
{
    const QString path = request.path == u"/"_s ? u"/index.html"_s : request.path;
    const QByteArray type = typeOf(path);
    // The resources know no folder above their root, and nothing else is named like this.
    if (type.isEmpty() || path.contains(u".."_s) || !QFile::exists(m_root + path))
        return {};
    const Coding* best = nullptr;
    double bestWeight = 0;
    for (const Coding& coding : codings) {
        const double weight = weightOf(coding.name, request.acceptEncoding);
        if (weight > bestWeight && QFile::exists(m_root + path + coding.suffix)) {
            best = &coding;
            bestWeight = weight;
        }
    }
    if (!best)
        best = std::end(codings) - 1; // who wants nothing that there is gets the plain file all the same
    const std::optional<QByteArray> content = contentOf(m_root + path + best->suffix);
    if (!content)
        return {};

    const QByteArray tag = '"' + QCryptographicHash::hash(*content, QCryptographicHash::Sha256).toHex().left(24) + '"';
    Answer answer{200, {}, {{"ETag", tag}, {"Vary", "Accept-Encoding"}}};
    answer.headers.emplaceBack("Cache-Control",
                               path.startsWith(u"/assets/") ? "public, max-age=31536000, immutable" : "no-cache");
    if (matches(request.ifNoneMatch, tag)) {
        answer.status = 304;
        return answer;
    }
    answer.headers.emplaceBack("Content-Type", type);
    if (!best->suffix.isEmpty())
        answer.headers.emplaceBack("Content-Encoding", best->name);
    answer.body = *content;
    return answer;
}

} // namespace vigie
