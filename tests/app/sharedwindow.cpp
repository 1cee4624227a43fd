// SPDX-License-Identifier: GPL-3.0-or-later
#include "sharedwindow.h"

#include "patience.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QJsonDocument>
#include <QLabel>
#include <QNetworkInterface>
#include <QRandomGenerator>
#include <QSslConfiguration>
#include <QTcpServer>
#include <QTimer>
#include <algorithm>

namespace vigie::test {

using namespace Qt::StringLiterals;

namespace {

/// A non-loopback IPv4 address of this machine; empty: none.
QString networkAddress()
{
    for (const QHostAddress& address : QNetworkInterface::allAddresses()) {
        if (address.protocol() == QAbstractSocket::IPv4Protocol && !address.isLoopback() && !address.isLinkLocal())
            return address.toString();
    }
    return {};
}

/// A port that is free at every address and is not ephemeral: a Vigie on loopback must be able to listen everywhere later. The
/// kernel hands out ports from 32768 on (ip(7), ip_local_port_range). 0: none found.
quint16 portFreeEverywhere()
{
    QTcpServer server;
    for (int tries = 0; tries < 1'000; ++tries) {
        if (server.listen(QHostAddress::Any, quint16(QRandomGenerator::global()->bounded(20'000, 30'000))))
            return server.serverPort();
    }
    return 0;
}

} // namespace

Peer::Peer(const QUrl& url)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    m_socket.setSslConfiguration(configuration);
    QObject::connect(&m_socket, &QWebSocket::textMessageReceived, &m_socket, [this](const QString& text) {
        m_messages.append(QJsonDocument::fromJson(text.toUtf8()).object());
    });
    m_socket.open(url);
}

bool Peer::isOpen()
{
    return QTest::qWaitFor([this] { return m_socket.state() == QAbstractSocket::ConnectedState; }, patienceMs);
}

bool Peer::isRefused()
{
    return QTest::qWaitFor([this] { return m_socket.state() == QAbstractSocket::UnconnectedState; }, patienceMs)
           && m_messages.isEmpty();
}

int Peer::closeCode()
{
    const bool isOver = QTest::qWaitFor([this] { return m_socket.state() == QAbstractSocket::UnconnectedState; }, patienceMs);
    return isOver ? int(m_socket.closeCode()) : 0;
}

void Peer::send(const QString& type, const QJsonObject& data)
{
    const QJsonObject message{{u"type"_s, type}, {u"data"_s, data}};
    m_socket.sendTextMessage(QString::fromUtf8(QJsonDocument(message).toJson(QJsonDocument::Compact)));
}

QJsonObject Peer::take(const QString& type)
{
    QJsonObject payload;
    (void)QTest::qWaitFor([&] {
        for (qsizetype i = 0; i < m_messages.size(); ++i) {
            if (m_messages[i]["type"_L1].toString() == type) {
                payload = m_messages.takeAt(i)["payload"_L1].toObject();
                return true;
            }
        }
        return false;
    }, patienceMs);
    return payload;
}

bool Peer::ask(const QString& user)
{
    if (!isOpen())
        return false;
    send(u"request_access"_s, {{u"appId"_s, u"shop"_s}, {u"userId"_s, user}});
    return true;
}

bool Peer::signIn(const QString& token, const QString& app, const QString& user)
{
    if (!isOpen())
        return false;
    const auto isOf = [](QLatin1StringView type) { return [type](const QJsonObject& message) { return message["type"_L1] == type; }; };
    m_messages.removeIf(isOf("auth_error"_L1));
    send(u"auth"_s, {{u"appId"_s, app}, {u"userId"_s, user}, {u"token"_s, token}});
    const auto isIn = [&] { return std::ranges::any_of(m_messages, isOf("auth_success"_L1)); };
    (void)QTest::qWaitFor([&] {
        return isIn() || std::ranges::any_of(m_messages, isOf("auth_error"_L1)) || m_socket.state() == QAbstractSocket::UnconnectedState;
    }, patienceMs);
    return isIn() && !take(u"auth_success"_s).isEmpty();
}

Reader::Reader(const QString& address, quint16 port)
{
    m_socket.setPeerVerifyMode(QSslSocket::VerifyNone);
    m_socket.connectToHostEncrypted(address, port);
    m_request = "GET / HTTP/1.1\r\nHost: " + address.toLatin1() + ":" + QByteArray::number(port) + "\r\n\r\n";
}

bool Reader::isAnswered()
{
    m_socket.write(m_request);
    QByteArray answer;
    return QTest::qWaitFor([&] { return (answer += m_socket.readAll()).contains("\r\n\r\n"); }, patienceMs);
}

bool Reader::isEnded()
{
    return QTest::qWaitFor([this] { return m_socket.state() == QAbstractSocket::UnconnectedState; }, patienceMs);
}

void SharedWindow::initTestCase()
{
    m_address = networkAddress();
    if (m_address.isEmpty())
        QSKIP("This machine has no address beyond loopback.");
    QApplication::setQuitOnLastWindowClosed(false);
    QVERIFY(m_desktop.startBus());
    QVERIFY(m_desktop.appear());
}

void SharedWindow::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    start();
}

void SharedWindow::start(const std::function<void(Application::Config&)>& change)
{
    Application::Config config;
    config.line.port = portFreeEverywhere();
    QVERIFY(config.line.port != 0);
    config.settings.language = u"en"_s;
    config.settings.theme = u"light"_s;
    config.dataDir = m_folder->path();
    config.settingsPath = m_folder->filePath(u"settings.json"_s);
    config.accessPath = m_folder->filePath(u"access.db"_s);
    config.withWindow = true;
    if (change)
        change(config);
    m_application = std::make_unique<Application>(config);
    m_application->start();
    for (QWidget* widget : QApplication::topLevelWidgets()) {
        if (auto* window = qobject_cast<MainWindow*>(widget))
            m_window = window;
    }
    const auto* address = find<QLabel>(u"addressLabel"_s);
    QVERIFY(QTest::qWaitFor([address] { return address->text().contains(u"://"_s); }, patienceMs));
    m_port = quint16(QUrl(address->text().section(u' ', -1)).port());
}

void SharedWindow::cleanup()
{
    stop();
}

void SharedWindow::click(const QString& name, QWidget* in, const std::function<void()>& meanwhile)
{
    QAbstractButton* button = nullptr;
    QVERIFY2(QTest::qWaitFor([&] {
        button = (in ? in : m_window)->findChild<QAbstractButton*>(name);
        return button && button->isVisible() && button->isEnabled();
    }, patienceMs), qPrintable(name));
    if (meanwhile)
        QTimer::singleShot(0, this, meanwhile);
    QTest::mouseClick(button, Qt::LeftButton);
}

bool SharedWindow::choose(const QString& name, const QString& text)
{
    return QTest::qWaitFor(
        [&] {
            const QList<QTreeWidgetItem*> lines =
                table(name) ? table(name)->findItems(text, Qt::MatchContains) : QList<QTreeWidgetItem*>();
            if (lines.isEmpty())
                return false;
            table(name)->setCurrentItem(lines.first());
            return true;
        },
        patienceMs);
}

QUrlQuery SharedWindow::makeLink()
{
    click(u"shareButton"_s);
    find<QComboBox>(u"shareApplication"_s)->setEditText(u"shop"_s);
    click(u"makeLinkButton"_s);
    click(u"copySecretButton"_s, find<QDialog>(u"shareDialog"_s));
    const QUrl link(QGuiApplication::clipboard()->text());
    find<QDialog>(u"shareDialog"_s)->reject();
    return QUrlQuery(link.fragment());
}

} // namespace vigie::test
