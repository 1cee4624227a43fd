// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/setuplines.h"

#include <QRegularExpression>
#include <QUrl>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

/// The place as the lines need it: each part quoted where it stands in a shell.
struct Parts
{
    explicit Parts(const SetupPlace& place)
        : url(place.url.endsWith(u'/') ? place.url.chopped(1) : place.url), appId(place.appId), word(shellWord(place.appId)),
          token(place.needsToken), certificate(place.certificate)
    {
        // Vigie's own commands find the Vigie of their machine by its data folder.
        if (place.isHere()) {
            if (!place.dataDir.isEmpty())
                options = u" --data-dir "_s + shellWord(place.dataDir);
        } else {
            options = u" --to "_s + shellWord(url);
            if (token)
                options += u" --token-file token"_s;
            if (!certificate.isEmpty())
                options += u" --ca "_s + shellWord(certificate);
        }
    }

    QString logsUrl() const
    {
        return url + u"/api/apps/"_s + QString::fromLatin1(QUrl::toPercentEncoding(appId)) + u"/logs"_s;
    }

    QString url; ///< without the last slash
    QString appId;
    QString word; ///< appId, for the shell
    bool token;
    QString certificate;
    QString options; ///< of `vigie log`, `vigie run` and `vigie watch`
};

QString curlLine(const Parts& to)
{
    QString line = u"curl "_s;
    if (!to.certificate.isEmpty())
        line += u"--cacert "_s + shellWord(to.certificate) + u' ';
    if (to.token)
        line += u"-H 'Authorization: Bearer TOKEN' "_s;
    return line + u"-H 'Content-Type: text/plain' --data-binary 'Hello from curl' "_s + shellWord(to.logsUrl());
}

/// For programs with OpenTelemetry, in the variables that its specification names.
QString otelVariables(const Parts& to)
{
    QString text = u"export OTEL_SERVICE_NAME=%1\nexport OTEL_EXPORTER_OTLP_ENDPOINT=%2\nexport OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf\n"_s
                       .arg(to.word, shellWord(to.url));
    if (to.token)
        text += u"export OTEL_EXPORTER_OTLP_HEADERS='Authorization=Bearer%20TOKEN'\n"_s;
    if (!to.certificate.isEmpty())
        text += u"export NODE_EXTRA_CA_CERTS=%1\nexport OTEL_EXPORTER_OTLP_CERTIFICATE=%1\n"_s.arg(shellWord(to.certificate));
    return text;
}

/// The usual detectors of resources ask the metadata servers of all clouds; those named here do not leave the machine.
QString otelNode(const Parts& to)
{
    // Without its transport, winston's entries are not sent, and nothing is said of it.
    return u"npm install @opentelemetry/api @opentelemetry/auto-instrumentations-node @opentelemetry/winston-transport\n"_s + otelVariables(to)
        + u"export OTEL_LOGS_EXPORTER=otlp OTEL_METRICS_EXPORTER=otlp OTEL_TRACES_EXPORTER=otlp\n"
          "export OTEL_NODE_RESOURCE_DETECTORS=env,host,process\n"
          "node --require @opentelemetry/auto-instrumentations-node/register app.js"_s;
}

/// It knows no header of ours: the token is the password of its address.
QString journalUpload(const Parts& to)
{
    QString url = to.url;
    if (to.token)
        url.replace(u"://"_s, u"://any:TOKEN@"_s);
    QString line = u"/usr/lib/systemd/systemd-journal-upload --url="_s + shellWord(url);
    if (!to.certificate.isEmpty())
        line += u" --trust="_s + shellWord(to.certificate);
    if (url.startsWith("https:"_L1))
        line += u" --key=- --cert=-"_s; // else it ends if it has no certificate of its own
    return line;
}

/// `text` as a literal of Python; its escapes are those of JSON where JSON has them, and it is never within a shell's quotes.
QString pythonText(const QString& text)
{
    QString literal = text;
    literal.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
    return u'"' + literal + u'"';
}

/// A handler for Python's own logging, with nothing but what comes with Python.
QString pythonHandler(const Parts& to)
{
    QString text = u"import json, logging, ssl, urllib.request\n\n"
                   "class VigieHandler(logging.Handler):\n"
                   "    def emit(self, record):\n"
                   "        entry = {\"level\": record.levelname, \"message\": self.format(record), \"logger\": record.name,\n"
                   "                 \"time\": int(record.created * 1000)}\n"
                   "        request = urllib.request.Request(\n"
                   "            %1,\n"
                   "            json.dumps(entry).encode() + b\"\\n\", {\"Content-Type\": \"application/x-ndjson\"%2})\n"
                   "        try:\n"
                   "            urllib.request.urlopen(request, timeout=10%3).close()\n"
                   "        except OSError:\n"
                   "            self.handleError(record)\n\n"
                   "logging.basicConfig(level=logging.INFO, format=\"%(message)s\", handlers=[VigieHandler()])\n"
                   "logging.info(\"Hello from Python\")"_s;
    const QString context = to.certificate.isEmpty()
        ? QString()
        : u", context=ssl.create_default_context(cafile=%1)"_s.arg(pythonText(to.certificate));
    return text.arg(pythonText(to.logsUrl()), to.token ? u", \"Authorization\": \"Bearer TOKEN\""_s : QString(), context);
}

} // namespace

bool SetupPlace::isHere() const
{
    const QString host = QUrl(url).host();
    return host == "localhost"_L1 || host == "::1"_L1 || host.startsWith("127."_L1);
}

QString shellWord(const QString& text)
{
    static const QRegularExpression plain(u"^[A-Za-z0-9_./:@%+,=-]+$"_s);
    if (plain.match(text).hasMatch())
        return text;
    return u'\'' + QString(text).replace(u'\'', u"'\\''"_s) + u'\'';
}

std::vector<SetupLine> setupLines(const SetupPlace& place)
{
    const Parts to(place);
    std::vector<SetupLine> lines;
    // Vigie's own commands send no token in the clear.
    const bool canCommand = place.isHere() || !place.needsToken || QUrl(place.url).scheme() == "https"_L1;
    if (canCommand) {
        if (place.needsToken && !place.isHere())
            lines.push_back({"token", u"(umask 077; echo TOKEN > token)"_s});
        lines.push_back({"pipe", u"echo 'Hello from a pipe' 2>&1 | vigie log --app %1%2"_s.arg(to.word, to.options)});
        lines.push_back({"run", u"vigie run --app %1%2 -- echo 'Hello from a program'"_s.arg(to.word, to.options)});
    }
    lines.push_back({"curl", curlLine(to)});
    lines.push_back({"node-otel", otelNode(to)});
    if (canCommand)
        lines.push_back({"node-pino", u"node app.js 2>&1 | vigie log --app %1%2"_s.arg(to.word, to.options)});
    lines.push_back({"python", pythonHandler(to)});
    if (canCommand)
        lines.push_back({"python-run", u"vigie run --app %1%2 -- python3 -u app.py"_s.arg(to.word, to.options)});
    if (place.isHere()) {
        lines.push_back({"files", u"vigie watch add --app %1%2 '/var/log/nginx/*.log'"_s.arg(to.word, to.options)});
        lines.push_back({"containers", u"vigie watch add --containers"_s + to.options});
        lines.push_back({"journal", u"vigie watch add --journal"_s + to.options});
    }
    lines.push_back({"journal-upload", journalUpload(to)});
    return lines;
}

} // namespace vigie
