// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commandline.h"

#include "core/logfilestate.h"
#include "core/publicurl.h"
#include "core/settings.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFileInfo>
#include <QUrl>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

Result<quint16> parsePort(const QString& text)
{
    bool isNumber = false;
    const uint port = text.toUInt(&isNumber);
    if (!isNumber || port > 65535)
        return Error{Text::tr("--port must be a number from 0 to 65535, not “%1”.").arg(text)};
    return static_cast<quint16>(port);
}

Result<QHostAddress> parseHost(const QString& text)
{
    const QHostAddress address = text == "localhost"_L1 ? QHostAddress(QHostAddress::LocalHost) : QHostAddress(text);
    if (address.isNull())
        return Error{Text::tr("--host must be an IP address, not “%1”.").arg(text)};
    return address;
}

Outcome parseOrigins(const QStringList& origins)
{
    for (const QString& origin : origins) {
        if (!isWebOrigin(origin))
            return Error{Text::tr("--allow-origin must look like http://localhost:5173, not “%1”.").arg(origin)};
    }
    return std::monostate{};
}

/// Tells files from the address of a view, which is a page's with what it shows.
Outcome takeWhatToOpen(CommandLine& line)
{
    QStringList files;
    for (const QString& word : std::as_const(line.filesToOpen)) {
        // Desktops pass on what was opened as a URL.
        if (const QUrl url(word); word.startsWith("file:/"_L1) && url.isLocalFile()) {
            files.append(url.toLocalFile());
            continue;
        }
        const bool isAddress = word.startsWith("http://"_L1) || word.startsWith("https://"_L1) || word.startsWith("vigie://"_L1);
        if (!isAddress) {
            files.append(QFileInfo(word).absoluteFilePath());
            continue;
        }
        if (!word.contains(u'#') || !line.view.isEmpty())
            return Error{Text::tr("vigie open takes one address of a view, with a # in it, not “%1”.").arg(word)};
        line.view = word.mid(word.indexOf(u'#'));
    }
    line.filesToOpen = files;
    if (files.size() > maxLogFiles)
        return Error{Text::tr("No more than %n files can be open at once.", nullptr, maxLogFiles)};
    return std::monostate{};
}

} // namespace

QList<QCommandLineOption> programOptions()
{
    return {
        {{u"h"_s, u"help"_s}, Text::tr("Show this help and end.")},
        {{u"v"_s, u"version"_s}, Text::tr("Show the version and end.")},
        {u"headless"_s, Text::tr("Run the server without a window.")},
        {u"share"_s, Text::tr("Begin with the dialog that shares Vigie on the network.")},
        {u"host"_s, Text::tr("Listen on <address> (default 127.0.0.1). Beyond loopback, TLS and tokens are needed."),
         Text::tr("address")},
        {u"port"_s, Text::tr("Listen on <port> (default 3001; 0: any that is free)."), Text::tr("port")},
        {u"data-dir"_s, Text::tr("Keep settings and data in <folder>."), Text::tr("folder")},
        {u"lang"_s, Text::tr("Speak <language>: en or fr."), Text::tr("language")},
        {u"theme"_s, Text::tr("Look: system, light or dark."), Text::tr("theme")},
        {u"allow-origin"_s, Text::tr("Let pages of <origin> (such as http://localhost:5173) connect too; may be repeated."),
         Text::tr("origin")},
        {u"require-token"_s, Text::tr("Let in only those with a token (vigie token add), also on this machine.")},
        {u"open-loopback"_s, Text::tr("Let in all users of this machine, and what a proxy on it passes on, without a token; "
                                      "otherwise only you and root.")},
        {u"tls"_s, Text::tr("Speak TLS on loopback, too.")},
        {u"tls-cert"_s, Text::tr("Prove who you are by the certificate in <file> (PEM). Without it, Vigie makes one."),
         Text::tr("file")},
        {u"tls-key"_s, Text::tr("Its key is in <file> (PEM)."), Text::tr("file")},
        {u"allow-host"_s, Text::tr("<name> is a name of this machine, too, such as in your DNS; may be repeated."),
         Text::tr("name")},
        {u"public-url"_s,
         Text::tr("Behind a reverse proxy: <url> is what browsers open, such as https://ops.example/vigie/."), Text::tr("url")},
        {u"insecure"_s,
         Text::tr("Beyond loopback without TLS and tokens: whoever reaches the port reads and changes everything.")},
        {u"bus"_s, Text::tr("Share logs with the machines at these NATS servers, such as nats://host:4222; several with commas."),
         Text::tr("addresses")},
        {u"bus-credentials"_s, Text::tr("Who this machine is to NATS: a credentials <file>."), Text::tr("file")},
        {u"bus-tls-ca"_s, Text::tr("Speak TLS with NATS; <file> (PEM) says who signs its certificates."), Text::tr("file")},
        {u"node"_s, Text::tr("This machine's <name> on the bus (default: its host name)."), Text::tr("name")},
        {u"no-history"_s, Text::tr("Keep neither logs nor figures on disk, only the newest in memory.")},
    };
}

QStringList choicesOf(const QString& option)
{
    if (option == "lang"_L1)
        return {u"en"_s, u"fr"_s};
    if (option == "theme"_L1)
        return {u"system"_s, u"light"_s, u"dark"_s};
    if (option == "format"_L1)
        return {u"jsonl"_s, u"csv"_s};
    if (option == "role"_L1)
        return {u"viewer"_s, u"producer"_s, u"operator"_s, u"admin"_s};
    return {};
}

Result<QString> chosen(const QString& option, const QString& text)
{
    const QStringList allowed = choicesOf(option);
    if (!allowed.contains(text))
        return Error{Text::tr("--%1 must be one of: %2; not “%3”.").arg(option, allowed.join(u", "_s), text)};
    return text;
}

Result<CommandLine> parseCommandLine(const QStringList& arguments)
{
    QCommandLineParser parser;
    parser.addOptions(programOptions());
    if (!parser.parse(arguments))
        return Error{parser.errorText()};
    CommandLine line;
    line.filesToOpen = parser.positionalArguments();
    if (!line.filesToOpen.isEmpty()) {
        const QString word = line.filesToOpen.takeFirst();
        if (word != "open"_L1)
            return Error{Text::tr("There is no command “%1”.").arg(word)};
        if (line.filesToOpen.isEmpty() && !parser.isSet(u"help"_s))
            return Error{Text::tr("vigie open needs the name of a file or the address of a view.")};
        line.opens = true;
        if (const Outcome taken = takeWhatToOpen(line); !taken)
            return taken.error();
    }
    line.help = parser.isSet(u"help"_s);
    line.version = parser.isSet(u"version"_s);
    line.headless = parser.isSet(u"headless"_s);
    line.share = parser.isSet(u"share"_s);
    if (line.headless && line.opens)
        return Error{Text::tr("--headless has no window to open anything in.")};
    if (line.headless && line.share)
        return Error{Text::tr("--headless and --share exclude one another.")};
    line.requireToken = parser.isSet(u"require-token"_s);
    line.openLoopback = parser.isSet(u"open-loopback"_s);
    if (line.openLoopback && line.requireToken)
        return Error{Text::tr("--open-loopback and --require-token exclude one another.")};
    line.tlsCertificate = parser.value(u"tls-cert"_s);
    line.tlsKey = parser.value(u"tls-key"_s);
    if (line.tlsCertificate.isEmpty() != line.tlsKey.isEmpty())
        return Error{Text::tr("--tls-cert and --tls-key belong together.")};
    line.insecure = parser.isSet(u"insecure"_s);
    line.tls = parser.isSet(u"tls"_s) || !line.tlsCertificate.isEmpty();
    line.allowedHosts = parser.values(u"allow-host"_s);
    if (parser.isSet(u"public-url"_s)) {
        line.publicUrl = parser.value(u"public-url"_s);
        if (const Result<PublicUrl> url = PublicUrl::parse(*line.publicUrl); !url)
            return Error{Text::tr("--public-url cannot be “%1”: %2.").arg(*line.publicUrl, url.error().message)};
    }
    const Result<BusChoice> bus = checkedBus({{parser.value(u"bus"_s)}, parser.value(u"bus-credentials"_s), parser.value(u"bus-tls-ca"_s),
                                              parser.value(u"node"_s)},
                                             line.insecure);
    if (!bus)
        return bus.error();
    line.bus = *bus;
    line.noHistory = parser.isSet(u"no-history"_s);
    line.dataDir = parser.value(u"data-dir"_s);
    line.allowedOrigins = parser.values(u"allow-origin"_s);
    if (parser.isSet(u"data-dir"_s) && line.dataDir.isEmpty())
        return Error{Text::tr("--data-dir must name a folder.")};
    if (parser.isSet(u"port"_s)) {
        const Result<quint16> port = parsePort(parser.value(u"port"_s));
        if (!port)
            return port.error();
        line.port = *port;
    }
    if (parser.isSet(u"host"_s)) {
        const Result<QHostAddress> host = parseHost(parser.value(u"host"_s));
        if (!host)
            return host.error();
        line.host = *host;
    }
    if (line.insecure && line.tls)
        return Error{Text::tr("--insecure and TLS exclude one another.")};
    if (line.openLoopback && line.host && !line.host->isLoopback())
        return Error{Text::tr("--open-loopback is for loopback, not for --host %1.").arg(line.host->toString())};
    if (line.host && !line.host->isLoopback() && !line.insecure) {
        line.tls = true;
        line.requireToken = true;
    }
    if (parser.isSet(u"lang"_s)) {
        const Result<QString> language = chosen(u"lang"_s, parser.value(u"lang"_s));
        if (!language)
            return language.error();
        line.language = *language;
    }
    if (parser.isSet(u"theme"_s)) {
        const Result<QString> theme = chosen(u"theme"_s, parser.value(u"theme"_s));
        if (!theme)
            return theme.error();
        line.theme = *theme;
    }
    if (const Outcome origins = parseOrigins(line.allowedOrigins); !origins)
        return origins.error();
    return line;
}

} // namespace vigie
