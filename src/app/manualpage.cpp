// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/manualpage.h"

#include <QCoreApplication>
#include <QStringList>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ManualPage)
};

/// Text that roff takes for nothing else.
QString plain(const QString& text)
{
    QString escaped;
    for (const QChar c : text) {
        if (c == u'\\')
            escaped += u"\\e"_s;
        else if (c == u'-')
            escaped += u"\\-"_s; // not a hyphen: it is to be copied
        else if (c == u'\'')
            escaped += u"\\(aq"_s;
        else
            escaped += c;
    }
    return escaped;
}

/// Lines of their own; none of them begins a request.
QString lines(const QString& text)
{
    QString result;
    for (const QString& line : text.split(u'\n'))
        result += (line.startsWith(u'.') ? u"\\&"_s : QString()) + plain(line) + u'\n';
    return result;
}

QString section(const QString& title)
{
    return u".SH \"%1\"\n"_s.arg(title);
}

QString item(const QString& what, const QString& text)
{
    return u".TP\n\\fB%1\\fR\n"_s.arg(plain(what)) + (text.isEmpty() ? u"\\&\n"_s : lines(text));
}

/// "-h, --help", "--app <application>": as Qt writes it in the help.
QString optionAsTyped(const QCommandLineOption& option)
{
    const QString joined = flagsOf(option).join(u", "_s);
    return option.valueName().isEmpty() ? joined : u"%1 <%2>"_s.arg(joined, option.valueName());
}

QString synopsis(const CommandHelp& help)
{
    QStringList words{u"vigie"_s};
    if (!help.usage.isEmpty())
        words.append(help.usage);
    words.append(Text::tr("[options]"));
    for (const CommandHelp::Operand& operand : help.operands)
        words.append(operand.syntax);
    return words.join(u' ');
}

QString seeAlso(const CommandHelp& help)
{
    QStringList pages;
    if (!help.name.isEmpty())
        pages.append(u"\\fBvigie\\fR(1)"_s);
    for (const CommandHelp& other : commandHelps()) {
        if (other.name != help.name)
            pages.append(u"\\fB%1\\fR(1)"_s.arg(plain(manualPageName(other))));
    }
    return pages.join(u",\n"_s) + u'\n';
}

} // namespace

QString manualPageName(const CommandHelp& help)
{
    return help.name.isEmpty() ? u"vigie"_s : u"vigie-"_s + help.name;
}

QByteArray manualPage(const CommandHelp& help)
{
    const bool isProgram = help.name.isEmpty();
    const QString name = manualPageName(help);
    QString page = u".\\\" SPDX-License-Identifier: GPL-3.0-or-later\n"_s;
    page += u".TH \"%1\" 1 \"\" \"Vigie %2\" \"%3\"\n"_s.arg(name.toUpper(), QStringLiteral(VIGIE_VERSION), Text::tr("Vigie's Manual"));
    page += u".nh\n.ad l\n"_s;
    const QString purpose = help.purpose.endsWith(u'.') ? help.purpose.chopped(1) : help.purpose;
    page += section(Text::tr("NAME")) + plain(name) + u" \\- "_s + plain(purpose) + u'\n';
    page += section(Text::tr("SYNOPSIS")) + u".B "_s + plain(synopsis(help)) + u'\n';
    page += section(Text::tr("DESCRIPTION")) + lines(help.purpose);
    if (!help.details.isEmpty())
        page += u".PP\n"_s + lines(help.details);
    page += section(Text::tr("OPTIONS"));
    for (const QCommandLineOption& option : help.options)
        page += item(optionAsTyped(option), option.description());
    const bool hasOperands = !help.operands.isEmpty() && !help.operands.last().text.isEmpty();
    if (hasOperands)
        page += section(Text::tr("ARGUMENTS")) + item(help.operands.last().name, help.operands.last().text);
    if (isProgram) {
        page += section(Text::tr("COMMANDS"));
        for (const CommandHelp& command : commandHelps())
            page += item(command.name, command.purpose);
        page += item(u"help"_s, purposeOfHelp());
    }
    page += section(Text::tr("FILES")) + lines(dataFolderText(u"~/.local/share/vigie"_s));
    if (isProgram)
        page += u".PP\n"_s + lines(Text::tr("The machine's service keeps its data in %1, and takes options from VIGIE_OPTIONS in %2.")
                                       .arg(u"/var/lib/vigie"_s, u"/etc/default/vigie"_s));
    page += section(Text::tr("EXIT STATUS"))
        + lines(Text::tr("0 if all is well, 1 if something is wrong, 2 if called wrongly.")
                + (help.name == "run"_L1 ? u' ' + Text::tr("Once the program runs, its own.") : QString()));
    page += section(Text::tr("SEE ALSO")) + seeAlso(help);
    return page.toUtf8();
}

} // namespace vigie
