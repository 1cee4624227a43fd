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

/// A colleague's client, which accepts any certificate. Waits 30 s at most.
class Peer
{
public:
    explicit Peer(const QUrl& url);

    bool isOpen();
    bool isRefused();
    /// 0: still open.
    int closeCode();
    void send(const QString& type, const QJsonObject& data);
    /// The payload of the next message of this type; empty: none arrived.
    QJsonObject take(const QString& type);
    /// Requests access to read "shop".
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

/// Base class for tests that click in the window of the whole program, on a machine with a network. Each test function gets a
/// newly started program with an empty data folder and a fake desktop for notifications.
class SharedWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

protected:
    /// `change`: modifies the program's configuration.
    void start(const std::function<void(Application::Config&)>& change = {});
    void stop() { m_application.reset(); }
    /// `meanwhile`: runs during the click, for example in the menu that it opens.
    void click(const QString& button, QWidget* in = nullptr, const std::function<void()>& meanwhile = {});
    QAction* action(const QString& name) { return m_window->findChild<QAction*>(name); }
    template <typename T> T* find(const QString& name) { return m_window->findChild<T*>(name); }
    RecordTable* table(const QString& name) { return find<RecordTable>(name); }
    /// Selects the row that contains `text`, once it exists.
    bool choose(const QString& table, const QString& text);
    /// Makes a link for "shop" and returns its fragment.
    QUrlQuery makeLink();
    QUrl networkUrl() const { return QUrl(QStringLiteral("wss://%1:%2/").arg(m_address).arg(m_port)); }
    QUrl localUrl() const { return QUrl(QStringLiteral("ws://127.0.0.1:%1/").arg(m_port)); }

    FakeDesktop m_desktop;
    QString m_address; ///< of this machine on its network
    quint16 m_port = 0;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Application> m_application;
    MainWindow* m_window = nullptr;
};

} // namespace vigie::test
