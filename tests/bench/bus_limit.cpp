// SPDX-License-Identifier: GPL-3.0-or-later
// The limit of what a bus can take: publishes messages of entries to the stream of log entries and counts those that the servers have
// confirmed, with nothing of Vigie around. Prints one JSON object. Usage:
//   bus_limit --bus URL[,URL…] [--batch ENTRIES] [--bytes OF_AN_ENTRY] [--window IN_FLIGHT] [--seconds S]

#include "cluster/logstream.h"
#include "cluster/natslink.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <cstdio>

using namespace vigie;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Keeps so many messages on their way.
class Publisher
{
public:
    Publisher(NatsLink& link, std::string message, int window) : m_link(link), m_message(std::move(message)), m_window(window) {}

    void start()
    {
        m_clock.start();
        m_sinceLast.start();
        for (int i = 0; i < m_window; ++i)
            publish();
    }
    quint64 confirmed() const { return m_confirmed; }
    double seconds() const { return double(m_clock.nsecsElapsed()) / 1e9; }
    qint64 longestPauseMs() const { return m_longestPauseMs; }

private:
    void publish()
    {
        m_link.request(m_subject, m_message, 5s, [this](const NatsMessage* answer) {
            const bool isConfirmed = answer && answer->status == 0 && answer->data.find("\"error\"") == std::string::npos;
            if (isConfirmed) {
                ++m_confirmed;
                m_longestPauseMs = std::max(m_longestPauseMs, m_sinceLast.restart());
                return publish();
            }
            QTimer::singleShot(100ms, &m_link, [this] { publish(); });
        });
    }

    NatsLink& m_link;
    const std::string m_subject = LogStream::subjectOf("limit");
    const std::string m_message;
    const int m_window;
    QElapsedTimer m_clock;
    QElapsedTimer m_sinceLast;
    quint64 m_confirmed = 0;
    qint64 m_longestPauseMs = 0;
};

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addOptions({{u"bus"_s, {}, u"urls"_s}, {u"batch"_s, {}, u"n"_s, u"50"_s}, {u"bytes"_s, {}, u"n"_s, u"250"_s},
                       {u"window"_s, {}, u"n"_s, u"64"_s}, {u"seconds"_s, {}, u"s"_s, u"5"_s}});
    parser.process(app);
    const int batch = parser.value(u"batch"_s).toInt();
    NatsServers servers;
    for (const QString& url : parser.value(u"bus"_s).split(u','))
        servers.urls.push_back(url.toStdString());
    servers.name = "bus_limit";
    NatsLink link(servers);
    LogStream stream(link, std::int64_t(1) << 30);
    Publisher publisher(link, std::string(std::size_t(batch) * parser.value(u"bytes"_s).toULong(), 'x'), parser.value(u"window"_s).toInt());
    QObject::connect(&link, &NatsLink::wentUp, &stream, &LogStream::find);
    bool isStarted = false;
    QObject::connect(&stream, &LogStream::ready, &app, [&] {
        if (std::exchange(isStarted, true))
            return;
        publisher.start();
        QTimer::singleShot(1000 * parser.value(u"seconds"_s).toInt(), &app, &QCoreApplication::quit);
    });
    link.open();
    QCoreApplication::exec();
    std::printf("{\"entriesPerSecond\": %.0f, \"longestPauseMs\": %lld}\n", double(publisher.confirmed()) * batch / publisher.seconds(),
                static_cast<long long>(publisher.longestPauseMs()));
    return 0;
}
