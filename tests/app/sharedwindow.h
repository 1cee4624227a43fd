// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/application.h"
#include "fakedesktop.h"
#include "gui/window/mainwindow.h"
#include "gui/widgets/recordtable.h"

#include <QAction>
#include <QJsonObject>
#include <QList>
#include <QObject>
#include <QSslSocket>
#include <QTemporaryDir>
#include <QUrl>
#include <QUrlQuery>
#include <QWebSocket>
#include <functional>
#include <memory>

namespace vigie::test {

/// A colleague's client, which does not mind who signed the certificate. What it waits for takes 30 s at most.
class Peer
{
public:
    explicit Peer(const QUrl& url);

    bool isOpen();
    bool isRefused();
    /// 0: it goes on.
    int closeCode();
    void send(const QString& type, const QJsonObject& data);
    /// The payload of the next message of that type; empty: none came.
    QJsonObject take(const QString& type);
    /// To be let in, to read "shop".
    bool ask(const QString& user);
    bool signIn(const QString& token, const QString& app = QStringLiteral("shop"), const QString& user = QStringLiteral("guest"));
    void close() { m_socket.close(); }

private:
    QWebSocket m_socket;
    QList<QJsonObject> m_messages;
};

/// A browser that keeps its connection for the next page.
class Reader
{
public:
    Reader(const QString& address, quint16 port);

    bool isAnswered();
    bool isEnded();

private:
    QSslSocket m_socket;
    QByteArray m_request;
};

/// The base of tests of a whole program with its window, which they click in, on a machine with a network: each test function
/// finds one that has just been started, with an empty data folder, and a desktop of its own to be notified by.
class SharedWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

protected:
    /// `change`: of what the program is started with.
    void start(const std::function<void(Application::Config&)>& change = {});
    void stop() { m_application.reset(); }
    /// `meanwhile`: what happens while the click is still at work, such as in the menu that it opens.
    void click(const QString& button, QWidget* in = nullptr, const std::function<void()>& meanwhile = {});
    QAction* action(const QString& name) { return m_window->findChild<QAction*>(name); }
    template <typename T> T* find(const QString& name) { return m_window->findChild<T*>(name); }
    RecordTable* table(const QString& name) { return find<RecordTable>(name); }
    /// Makes the line that holds `text` the current one, once it is there.
    bool choose(const QString& table, const QString& text);
    /// Makes a link for "shop", and gives its fragment.
    QUrlQuery makeLink();
    QUrl networkUrl() const { return QUrl(QStringLiteral("wss://%1:%2/").arg(m_address).arg(m_port)); }
    QUrl localUrl() const { return QUrl(QStringLiteral("ws://127.0.0.1:%1/").arg(m_port)); }

    FakeDesktop m_desktop;
    QString m_address; ///< of this machine in its network
    quint16 m_port = 0;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Application> m_application;
    MainWindow* m_window = nullptr;
};

} // namespace vigie::test
