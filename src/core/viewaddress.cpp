// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/viewaddress.h"

#include "core/localtime.h"
#include "core/timestamp.h"

#include <QByteArray>
#include <QDateTime>
#include <QRegularExpression>
#include <algorithm>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

constexpr std::int64_t minRangeS = 10;
constexpr std::int64_t maxRangeS = 800 * 86'400;

QString decoded(QStringView text)
{
    // As URLSearchParams has it: a plus sign is a space.
    return QString::fromUtf8(QByteArray::fromPercentEncoding(text.toUtf8().replace('+', ' ')));
}

QString encoded(const QString& text)
{
    // Legible where it may be: these need no escape in a fragment.
    return QString::fromLatin1(text.toUtf8().toPercentEncoding("!*'():,/@"));
}

std::optional<std::int64_t> timeOf(const QString& text)
{
    static const QRegularExpression form(uR"(\A\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z\z)"_s,
                                         QRegularExpression::DontCaptureOption);
    if (!form.match(text).hasMatch())
        return std::nullopt;
    const auto time = timestampFromText(text.toStdString(), TimeRule::Bound);
    return time ? std::optional(*time) : std::nullopt;
}

QString timeText(std::int64_t ms)
{
    return utcTime(ms).toString(u"yyyy-MM-dd'T'HH:mm:ss.zzz'Z'"_s);
}

std::optional<std::int64_t> rangeOf(const QString& text)
{
    static const QRegularExpression form(uR"(\A[0-9]{1,9}\z)"_s);
    const std::int64_t seconds = form.match(text).hasMatch() ? text.toLongLong() : 0;
    return seconds >= minRangeS && seconds <= maxRangeS ? std::optional(seconds * 1'000) : std::nullopt;
}

std::optional<std::bitset<severityCount>> levelsOf(const QString& text)
{
    std::bitset<severityCount> levels;
    for (const QString& name : text.split(u',')) {
        int found = -1;
        for (int i = 0; i < severityCount; ++i) {
            const std::string_view known = severityName(static_cast<Severity>(i));
            if (name == QLatin1StringView(known.data(), qsizetype(known.size())))
                found = i;
        }
        if (found < 0)
            return std::nullopt;
        levels.set(std::size_t(found));
    }
    return levels;
}

/// A key's own equals sign is written as %3D, in what is then written as all values are.
QString writtenKey(QString key)
{
    return key.replace(u'%', u"%25"_s).replace(u'=', u"%3D"_s);
}

std::optional<ViewAddress::Field> fieldOf(const QString& text)
{
    const qsizetype at = text.indexOf(u'=');
    if (at < 0 || text.size() > 2 * ViewAddress::maxText)
        return std::nullopt;
    QString key = text.left(at).replace(u"%3D"_s, u"="_s, Qt::CaseInsensitive).replace(u"%25"_s, u"%"_s);
    return ViewAddress::Field{std::move(key), text.mid(at + 1)};
}

class Reader
{
public:
    explicit Reader(QStringView fragment)
    {
        for (const QStringView part : fragment.split(u'&', Qt::SkipEmptyParts)) {
            const qsizetype at = part.indexOf(u'=');
            m_parts.append({decoded(at < 0 ? part : part.left(at)), at < 0 ? QString() : decoded(part.mid(at + 1))});
        }
    }

    /// What `read` makes of the first part of this name; none: there is none, or it is bad.
    template <typename Read>
    auto part(const QString& name, Read read) -> decltype(read(QString()))
    {
        const auto found = std::ranges::find(m_parts, name, &std::pair<QString, QString>::first);
        if (found == m_parts.cend())
            return std::nullopt;
        auto value = read(found->second);
        if (!value)
            complain(name);
        return value;
    }
    QList<ViewAddress::Field> fields(const QString& name, qsizetype roomFor)
    {
        QList<ViewAddress::Field> fields;
        for (const auto& [own, text] : m_parts) {
            if (own != name)
                continue;
            const auto field = fieldOf(text);
            if (!field || (fields.size() >= roomFor && !fields.contains(*field)))
                complain(name);
            else if (!fields.contains(*field))
                fields.append(*field);
        }
        return fields;
    }
    void complain(const QString& name)
    {
        if (!m_bad.contains(name))
            m_bad.append(name);
    }
    const QStringList& bad() const { return m_bad; }

private:
    QList<std::pair<QString, QString>> m_parts;
    QStringList m_bad;
};

} // namespace

ViewAddress ViewAddress::read(QStringView fragment, QStringList* bad)
{
    if (fragment.startsWith(u'#'))
        fragment = fragment.mid(1);
    if (fragment.size() > maxFragment)
        fragment = {};
    Reader reader(fragment);
    const auto upTo = [](qsizetype max, bool mayBeEmpty) {
        return [max, mayBeEmpty](const QString& text) {
            return text.size() <= max && (mayBeEmpty || !text.isEmpty()) ? std::optional(text) : std::nullopt;
        };
    };
    ViewAddress address;
    address.app = reader.part(u"app"_s, upTo(maxName, false)).value_or(QString());
    const auto fromMs = reader.part(u"from"_s, timeOf);
    const auto toMs = reader.part(u"to"_s, timeOf);
    if (fromMs && toMs && *fromMs < *toMs)
        address.ends = Ends{*fromMs, *toMs};
    else if (fromMs || toMs)
        reader.complain(fromMs ? u"from"_s : u"to"_s);
    if (const auto range = reader.part(u"range"_s, rangeOf); range && !address.ends)
        address.rangeMs = range;
    address.atMs = reader.part(u"at"_s, timeOf);
    address.levels = reader.part(u"levels"_s, levelsOf).value_or(address.levels);
    address.q = reader.part(u"q"_s, upTo(maxText, true)).value_or(QString());
    address.regex = reader.part(u"regex"_s, [](const QString& text) {
        return text == u"1" || text == u"0" ? std::optional(text == u"1") : std::nullopt;
    }).value_or(false);
    address.where = reader.fields(u"where"_s, maxFields);
    address.without = reader.fields(u"not"_s, maxFields - address.where.size());
    if (bad)
        *bad = reader.bad();
    return address;
}

QString ViewAddress::fragment() const
{
    QStringList parts;
    const auto add = [&parts](const QString& name, const QString& value) { parts.append(name + u'=' + encoded(value)); };
    if (!app.isEmpty() && app.size() <= maxName)
        add(u"app"_s, app);
    if (ends) {
        add(u"from"_s, timeText(ends->fromMs));
        add(u"to"_s, timeText(ends->toMs));
    } else if (rangeMs) {
        add(u"range"_s, QString::number(std::clamp((*rangeMs + 500) / 1'000, minRangeS, maxRangeS)));
    }
    if (atMs)
        add(u"at"_s, timeText(*atMs));
    if (!levels.all() && levels.any()) {
        QStringList names;
        for (int i = 0; i < severityCount; ++i) {
            const std::string_view name = severityName(static_cast<Severity>(i));
            if (levels.test(std::size_t(i)))
                names.append(QString::fromLatin1(name.data(), qsizetype(name.size())));
        }
        add(u"levels"_s, names.join(u','));
    }
    if (!q.isEmpty() && q.size() <= maxText) {
        add(u"q"_s, q);
        if (regex)
            add(u"regex"_s, u"1"_s);
    }
    qsizetype count = 0;
    for (const auto& [name, fields] : {std::pair(u"where"_s, &where), {u"not"_s, &without}}) {
        for (const Field& field : *fields) {
            const QString text = writtenKey(field.key) + u'=' + field.value;
            if (text.size() <= 2 * maxText && count++ < maxFields)
                add(name, text);
        }
    }
    return u'#' + parts.join(u'&');
}

} // namespace vigie
