// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/viewchoice.h"

#include "core/names.h"

namespace vigie {

namespace {

constexpr const char* allApplications = "*"; // in an address; in a choice, no name

QList<ViewAddress::Field> fieldsOf(const std::vector<FieldTerm>& terms)
{
    QList<ViewAddress::Field> fields;
    for (const FieldTerm& term : terms)
        fields.append({QString::fromStdString(term.key), QString::fromStdString(term.value)});
    return fields;
}

std::vector<FieldTerm> termsOf(const QList<ViewAddress::Field>& fields)
{
    std::vector<FieldTerm> terms;
    for (const ViewAddress::Field& field : fields)
        terms.push_back({field.key.toStdString(), field.value.toStdString()});
    return terms;
}

} // namespace

void describe(const LogChoice& choice, ViewAddress& address)
{
    // A log file is here only, and its name is nobody else's business.
    if (choice.appId.starts_with(filePrefix))
        address.app.clear();
    else
        address.app = QString::fromStdString(choice.appId.empty() ? allApplications : choice.appId);
    address.levels = choice.severities;
    address.q = QString::fromStdString(choice.search);
    address.regex = choice.isRegex;
    address.where = fieldsOf(choice.terms.where);
    address.without = fieldsOf(choice.terms.without);
}

LogChoice choiceOf(const ViewAddress& address)
{
    LogChoice choice;
    if (address.app != QLatin1String(allApplications))
        choice.appId = address.app.toStdString();
    choice.severities = address.levels;
    choice.search = address.q.toStdString();
    choice.isRegex = address.regex && !address.q.isEmpty();
    choice.terms = {termsOf(address.where), termsOf(address.without)};
    return choice;
}

} // namespace vigie
