// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logviewsettings.h"

#include <QJsonArray>
#include <algorithm>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

QJsonArray termsJson(const std::vector<FieldTerm>& terms)
{
    QJsonArray array;
    for (const FieldTerm& term : terms)
        array.append(QJsonObject{{u"key"_s, QString::fromStdString(term.key)}, {u"value"_s, QString::fromStdString(term.value)}});
    return array;
}

std::vector<FieldTerm> termsOf(const QJsonValue& value)
{
    std::vector<FieldTerm> terms;
    for (const QJsonValue& one : value.toArray()) {
        if (const std::string key = one["key"_L1].toString().toStdString(); !key.empty())
            terms.push_back({key, one["value"_L1].toString().toStdString()});
    }
    return terms;
}

QJsonObject choiceJson(const LogChoice& choice)
{
    QJsonArray levels;
    for (int i = 0; i < severityCount; ++i) {
        if (choice.severities.test(static_cast<std::size_t>(i))) {
            const std::string_view name = severityName(static_cast<Severity>(i));
            levels.append(QString::fromLatin1(name.data(), qsizetype(name.size())));
        }
    }
    return {{u"app"_s, QString::fromStdString(choice.appId)},
            {u"levels"_s, levels},
            {u"q"_s, QString::fromStdString(choice.search)},
            {u"regex"_s, choice.isRegex},
            {u"where"_s, termsJson(choice.terms.where)},
            {u"not"_s, termsJson(choice.terms.without)}};
}

LogChoice choiceOf(const QJsonObject& object)
{
    LogChoice choice;
    choice.appId = object["app"_L1].toString().toStdString();
    if (const QJsonValue levels = object["levels"_L1]; levels.isArray()) {
        choice.severities.reset();
        const QJsonArray names = levels.toArray();
        for (int i = 0; i < severityCount; ++i) {
            const std::string_view name = severityName(static_cast<Severity>(i));
            choice.severities.set(static_cast<std::size_t>(i), names.contains(QString::fromLatin1(name.data(), qsizetype(name.size()))));
        }
    }
    choice.search = object["q"_L1].toString().toStdString();
    choice.isRegex = object["regex"_L1].toBool();
    choice.terms = {termsOf(object["where"_L1]), termsOf(object["not"_L1])};
    return choice;
}

} // namespace

LogViewSettings LogViewSettings::fromJson(const QJsonObject& object)
{
    LogViewSettings settings;
    settings.wrapsLines = object["wrapsLines"_L1].toBool();
    for (const QJsonValue& one : object["highlights"_L1].toArray()) {
        const QString text = one["text"_L1].toString();
        if (!text.isEmpty() && settings.hasRoomForRule())
            settings.highlights.append({text, std::clamp(one["colour"_L1].toInt(), 0, HighlightRule::colours - 1)});
    }
    for (const QJsonValue& one : object["searches"_L1].toArray()) {
        const QString name = one["name"_L1].toString();
        if (!name.isEmpty() && settings.searches.size() < maxSearches)
            settings.searches.append({name, choiceOf(one.toObject())});
    }
    return settings;
}

void LogViewSettings::highlight(const QString& text)
{
    const QString wanted = text.trimmed().left(HighlightRule::maxText);
    const auto isIt = [&wanted](const HighlightRule& rule) { return rule.text.compare(wanted, Qt::CaseInsensitive) == 0; };
    if (wanted.isEmpty() || !hasRoomForRule() || std::ranges::any_of(highlights, isIt))
        return;
    const auto uses = [this](int colour) { return std::ranges::count(highlights, colour, &HighlightRule::colour); };
    int colour = 0;
    for (int i = 1; i < HighlightRule::colours; ++i)
        colour = uses(i) < uses(colour) ? i : colour;
    highlights.append({wanted, colour});
}

bool LogViewSettings::save(const SavedSearch& search)
{
    searches.removeIf([&search](const SavedSearch& one) { return one.name == search.name; });
    if (searches.size() >= maxSearches)
        return false;
    searches.append(search);
    return true;
}

QJsonObject LogViewSettings::toJson() const
{
    QJsonArray rules;
    for (const HighlightRule& rule : highlights)
        rules.append(QJsonObject{{u"text"_s, rule.text}, {u"colour"_s, rule.colour}});
    QJsonArray saved;
    for (const SavedSearch& search : searches) {
        QJsonObject one = choiceJson(search.choice);
        one.insert(u"name"_s, search.name);
        saved.append(one);
    }
    return {{u"wrapsLines"_s, wrapsLines}, {u"highlights"_s, rules}, {u"searches"_s, saved}};
}

} // namespace vigie
