// SPDX-License-Identifier: GPL-3.0-or-later
// Sharing as the owner does it, by clicks in the window of a whole program, and as others on the network find it.
#include "app/application.h"
#include "core/language.h"
#include "fakedesktop.h"
#include "gui/accessdialog.h"
#include "gui/elidedlabel.h"
#include "gui/joinbanner.h"
#include "gui/mainwindow.h"
#include "gui/qrcode.h"
#include "gui/recordtable.h"
#include "gui/secretfield.h"
#include "server/selfsigned.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QFileDialog>
#include <QInputDialog>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QNetworkInterface>
#include <QPushButton>
#include <QSignalSpy>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTabWidget>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QToolButton>
#include <QUrlQuery>
#include <QWebSocket>
#include <functional>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

/// An IPv4 address of this machine that is not loopback; empty: it has none.
QString networkAddress()
{
    for (const QHostAddress& address : QNetworkInterface::allAddresses()) {
        if (address.protocol() == QAbstractSocket::IPv4Protocol && !address.isLoopback() && !address.isLinkLocal())
            return address.toString();
    }
    return {};
}

/// The addresses that a port is listened on (/proc/net/tcp and tcp6, proc(5)); "::" may be IPv4 as well.
QStringList listenedOn(quint16 port)
{
    QStringList addresses;
    for (const QString& path : {u"/proc/self/net/tcp"_s, u"/proc/self/net/tcp6"_s}) {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            continue;
        for (const QByteArray& line : file.readAll().split('\n')) {
            const QList<QByteArray> words = line.simplified().split(' ');
            constexpr int listening = 0x0a;
            if (words.size() < 4 || words[3].toInt(nullptr, 16) != listening
                || words[1].mid(words[1].indexOf(':') + 1).toUInt(nullptr, 16) != port)
                continue;
            const QByteArray address = words[1].left(words[1].indexOf(':'));
            addresses.append(address == "0100007F"                           ? u"127.0.0.1"_s
                             : address == "00000000"                         ? u"0.0.0.0"_s
                             : address == "00000000000000000000000001000000" ? u"::1"_s
                             : address == QByteArray(32, '0')                ? u"::"_s
                                                                             : QString::fromLatin1(address));
        }
    }
    return addresses;
}

/// A colleague's client, which does not mind who signed the certificate.
class Peer
{
public:
    explicit Peer(const QUrl& url)
    {
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
        m_socket.setSslConfiguration(configuration);
        QObject::connect(&m_socket, &QWebSocket::textMessageReceived, &m_socket, [this](const QString& text) {
            m_messages.append(QJsonDocument::fromJson(text.toUtf8()).object());
        });
        m_socket.open(url);
    }

    bool isOpen() { return QTest::qWaitFor([this] { return m_socket.state() == QAbstractSocket::ConnectedState; }, 5'000); }
    bool isRefused()
    {
        return QTest::qWaitFor([this] { return m_socket.state() == QAbstractSocket::UnconnectedState; }, 5'000)
               && m_messages.isEmpty();
    }
    /// 0: it goes on.
    int closeCode()
    {
        const bool isOver = QTest::qWaitFor([this] { return m_socket.state() == QAbstractSocket::UnconnectedState; }, 5'000);
        return isOver ? int(m_socket.closeCode()) : 0;
    }
    void send(const QString& type, const QJsonObject& data)
    {
        m_socket.sendTextMessage(
            QString::fromUtf8(QJsonDocument(QJsonObject{{u"type"_s, type}, {u"data"_s, data}}).toJson(QJsonDocument::Compact)));
    }
    /// The payload of the next message of that type.
    QJsonObject take(const QString& type)
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
        }, 5'000);
        return payload;
    }
    bool signIn(const QString& token, const QString& app = u"shop"_s, const QString& user = u"guest"_s)
    {
        if (!isOpen())
            return false;
        send(u"auth"_s, {{u"appId"_s, app}, {u"userId"_s, user}, {u"token"_s, token}});
        return !take(u"auth_success"_s).isEmpty();
    }
    void close() { m_socket.close(); }

private:
    QWebSocket m_socket;
    QList<QJsonObject> m_messages;
};

/// A browser that keeps its connection for the next page.
class Reader
{
public:
    Reader(const QString& address, quint16 port)
    {
        m_socket.setPeerVerifyMode(QSslSocket::VerifyNone);
        m_socket.connectToHostEncrypted(address, port);
        m_request = "GET / HTTP/1.1\r\nHost: " + address.toLatin1() + ":" + QByteArray::number(port) + "\r\n\r\n";
    }

    bool isAnswered()
    {
        m_socket.write(m_request);
        QByteArray answer;
        return QTest::qWaitFor([&] { return (answer += m_socket.readAll()).contains("\r\n\r\n"); }, 5'000);
    }
    bool isEnded()
    {
        return QTest::qWaitFor([this] { return m_socket.state() == QAbstractSocket::UnconnectedState; }, 5'000);
    }

private:
    QSslSocket m_socket;
    QByteArray m_request;
};

} // namespace

class TestSharing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void aLinkTakesThreeClicks();
    void namesComeBeforeAddresses();
    void whoSpeaksTlsAnywayIsSharedToo_data();
    void whoSpeaksTlsAnywayIsSharedToo();
    void whatIsWrongIsSaidAndMayBeTriedAgain();
    void whatTheCommandLineBindsIsNotWidened_data();
    void whatTheCommandLineBindsIsNotWidened();
    void thisMachineGoesOnAsBefore();
    void theLastUseOfATokenIsShown();
    void revokingAnInvitationEndsIt();
    void sharingEndsAndComesBack();
    void whoAsksIsLetInOnce();
    void whoAsksIsLetInForLonger_data();
    void whoAsksIsLetInForLonger();
    void whoAsksMayBeTurnedAway();
    void theDesktopSaysWhoAsks();
    void whoIsBlockedStaysOut();
    void nobodyCanBuryTheOwnerInQuestions();
    void askingCanBeSwitchedOff();
    void clientsAreShownAndDisconnected();
    void aTokenIsMadeByTheWindow();
    void applicationsComeAndGo();
    void theAuditIsShownAndExported();
    void theCodeHoldsTheLink();

private:
    void start(const std::function<void(Application::Config&)>& change = {});
    void stop();
    /// `meanwhile`: what happens while the click is still at work, such as in the menu that it opens.
    void click(const QString& button, QWidget* in = nullptr, const std::function<void()>& meanwhile = {});
    QAction* action(const QString& name) { return m_window->findChild<QAction*>(name); }
    template <typename T> T* find(const QString& name) { return m_window->findChild<T*>(name); }
    RecordTable* table(const QString& name) { return find<RecordTable>(name); }
    bool choose(const QString& table, const QString& text);
    QPushButton* revokeButton(QTreeWidgetItem* line)
    {
        return table(u"tokensPageTable"_s)->itemWidget(line, 7)->findChild<QPushButton*>();
    }
    /// Makes a link, and gives its fragment.
    QUrlQuery makeLink();
    QUrl networkUrl() const { return QUrl(u"wss://%1:%2/"_s.arg(m_address).arg(m_port)); }
    QUrl localUrl() const { return QUrl(u"ws://127.0.0.1:%1/"_s.arg(m_port)); }

    test::FakeDesktop m_desktop;
    QString m_address;
    quint16 m_port = 0;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Application> m_application;
    MainWindow* m_window = nullptr;
    Settings m_saved;
};

void TestSharing::initTestCase()
{
    m_address = networkAddress();
    if (m_address.isEmpty())
        QSKIP("This machine has no address beyond loopback.");
    QApplication::setQuitOnLastWindowClosed(false);
    QVERIFY(m_desktop.startBus());
    QVERIFY(m_desktop.appear());
}

void TestSharing::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    start();
}

void TestSharing::start(const std::function<void(Application::Config&)>& change)
{
    Application::Config config;
    config.line.port = m_port;
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
    QVERIFY(QTest::qWaitFor([address] { return address->text().contains(u"://"_s); }, 10'000));
    m_port = quint16(QUrl(address->text().section(u' ', -1)).port());
}

void TestSharing::stop()
{
    m_application.reset();
    m_port = 0; // any that is free: somebody else may have the old one by now
}

void TestSharing::cleanup()
{
    if (m_application)
        stop();
}

void TestSharing::click(const QString& name, QWidget* in, const std::function<void()>& meanwhile)
{
    QAbstractButton* button = nullptr;
    QVERIFY2(QTest::qWaitFor([&] {
        button = (in ? in : m_window)->findChild<QAbstractButton*>(name);
        return button && button->isVisible() && button->isEnabled();
    }, 5'000), qPrintable(name));
    if (meanwhile)
        QTimer::singleShot(0, this, meanwhile);
    QTest::mouseClick(button, Qt::LeftButton);
}

bool TestSharing::choose(const QString& name, const QString& text)
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
        5'000);
}

QUrlQuery TestSharing::makeLink()
{
    click(u"shareButton"_s);
    find<QComboBox>(u"shareApplication"_s)->setEditText(u"shop"_s);
    click(u"makeLinkButton"_s);
    click(u"copySecretButton"_s, find<QDialog>(u"shareDialog"_s));
    const QUrl link(QGuiApplication::clipboard()->text());
    find<QDialog>(u"shareDialog"_s)->reject();
    return QUrlQuery(link.fragment());
}

void TestSharing::aLinkTakesThreeClicks()
{
    // Somebody on this machine has sent something, so its application is offered.
    Peer local(localUrl());
    QVERIFY(local.signIn({}));
    local.send(u"logs"_s, {{u"logs"_s, QJsonArray{QJsonObject{{u"level"_s, u"info"_s}, {u"message"_s, u"hello"_s}}}}});
    auto* apps = find<QComboBox>(u"appBox"_s);
    QTRY_COMPARE(apps->findText(u"shop"_s) >= 0, true);

    click(u"shareButton"_s);
    auto* dialog = find<QDialog>(u"shareDialog"_s);
    QVERIFY(dialog);
    QCOMPARE(find<QComboBox>(u"shareApplication"_s)->currentText(), u"shop"_s);
    const QDate today = QDate::currentDate();
    click(u"makeLinkButton"_s, dialog);
    click(u"copySecretButton"_s, dialog);

    const QUrl link(QGuiApplication::clipboard()->text());
    QCOMPARE(link.scheme(), u"https"_s);
    QCOMPARE(link.host(), m_address);
    QVERIFY(!link.hasQuery()); // nothing of it reaches the server
    const QUrlQuery given(link.fragment());
    QCOMPARE(given.queryItemValue(u"appId"_s), u"shop"_s);
    const QString fingerprint = find<QLabel>(u"shareFingerprint"_s)->text().remove(u'\n');
    QCOMPARE(fingerprint.count(u':'), 31);
    // All of it as text, for a message to the colleague.
    click(u"copyInvitationButton"_s, dialog);
    const QString invitation = QGuiApplication::clipboard()->text();
    for (const QString& part : {link.toString(QUrl::FullyEncoded), fingerprint, u"shop"_s})
        QVERIFY2(invitation.contains(part), qPrintable(invitation));
    QVERIFY(invitation.contains(QLocale().toString(today.addDays(1), QLocale::ShortFormat))
            || invitation.contains(QLocale().toString(QDate::currentDate().addDays(1), QLocale::ShortFormat)));
    // The code that is seen is the link's, module by module.
    const QPixmap seen = find<QLabel>(u"shareCode"_s)->pixmap();
    const QImage code = qrCode(link.toString(QUrl::FullyEncoded));
    const int times = seen.width() / code.width();
    QVERIFY(times >= 1);
    QCOMPARE(seen.size(), code.size() * times);
    const QImage shown = seen.toImage();
    for (int y = 0; y < code.height(); ++y) {
        for (int x = 0; x < code.width(); ++x)
            QCOMPARE(shown.pixelColor(x * times + times / 2, y * times + times / 2), code.pixelColor(x, y));
    }

    Peer colleague(networkUrl());
    QVERIFY(colleague.signIn(given.queryItemValue(u"token"_s), u"shop"_s, given.queryItemValue(u"userId"_s)));
    // Read-only, and of this application only.
    colleague.send(u"clear"_s, {});
    QCOMPARE(colleague.take(u"error"_s)["code"_L1].toString(), u"forbidden"_s);
    Peer curious(networkUrl());
    QVERIFY(!curious.signIn(given.queryItemValue(u"token"_s), u"bank"_s, given.queryItemValue(u"userId"_s)));
    QVERIFY(find<QLabel>(u"addressLabel"_s)->text().contains(m_address));
    QVERIFY(find<QLabel>(u"addressLabel"_s)->toolTip().contains(fingerprint));
    dialog->reject();
    // Later, too, it can be compared.
    action(u"actionCertificate"_s)->trigger();
    auto* certificate = find<QDialog>(u"certificateDialog"_s);
    QCOMPARE(certificate->findChild<QLabel*>(u"certificateFingerprint"_s)->text().remove(u'\n'), fingerprint);
    click(u"copyFingerprintButton"_s, certificate);
    QCOMPARE(QGuiApplication::clipboard()->text(), fingerprint);
    certificate->reject();
    action(u"actionStopSharing"_s)->trigger();
    QTRY_VERIFY(!action(u"actionCertificate"_s)->isEnabled());
}

void TestSharing::namesComeBeforeAddresses()
{
    const auto pair = makeSelfSigned({u"till.example"_s});
    QVERIFY(pair);
    const QString paths[] = {m_folder->filePath(u"my-certificate.pem"_s), m_folder->filePath(u"my-key.pem"_s)};
    for (const auto& [path, content] : {std::pair(paths[0], pair->certificate), std::pair(paths[1], pair->key)}) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
    }
    stop();
    start([&](Application::Config& config) {
        config.line.tls = true;
        config.line.tlsCertificate = paths[0];
        config.line.tlsKey = paths[1];
        config.line.allowedHosts = {u"logs.example"_s};
        config.tls = *loadTlsIdentity(paths[0], paths[1]);
    });
    makeLink();
    QVERIFY(find<QLabel>(u"addressLabel"_s)->text().contains(u"https://till.example:"_s));
    // What the certificate is for is a name of ours.
    QSslSocket browser;
    browser.setPeerVerifyMode(QSslSocket::VerifyNone);
    browser.connectToHostEncrypted(m_address, m_port);
    browser.write("GET / HTTP/1.1\r\nHost: till.example:" + QByteArray::number(m_port) + "\r\n\r\n");
    QTRY_VERIFY(browser.bytesAvailable() > 12);
    QVERIFY(browser.read(12) != "HTTP/1.1 421");
}

void TestSharing::whoSpeaksTlsAnywayIsSharedToo_data()
{
    QTest::addColumn<bool>("isOwnersPair");
    QTest::newRow("--tls") << false;
    QTest::newRow("--tls-cert and --tls-key") << true;
}

void TestSharing::whoSpeaksTlsAnywayIsSharedToo()
{
    QFETCH(bool, isOwnersPair);
    const QTemporaryDir elsewhere;
    const QString folder = isOwnersPair ? elsewhere.path() : m_folder->path();
    const auto pair = ownTlsIdentity(folder, machineNames());
    QVERIFY(pair);
    stop();
    start([&](Application::Config& config) {
        config.tls = *pair;
        config.line.tls = true;
        if (isOwnersPair) {
            config.line.tlsCertificate = folder + u"/tls-certificate.pem"_s;
            config.line.tlsKey = folder + u"/tls-key.pem"_s;
        }
    });
    QVERIFY(!m_window->settings().isShared);
    const QString token = makeLink().queryItemValue(u"token"_s);
    QVERIFY(!token.isEmpty());
    QVERIFY(m_window->settings().isShared);
    Peer colleague(networkUrl());
    QVERIFY(colleague.signIn(token));
    // By the certificate that it had, which may be known to the browsers.
    QSslSocket look;
    look.setPeerVerifyMode(QSslSocket::VerifyNone);
    look.connectToHostEncrypted(m_address, m_port);
    QTRY_VERIFY(look.isEncrypted());
    QCOMPARE(look.peerCertificate(), pair->chain.first());
    // This machine goes on as before: by TLS, without a token, and by no other name.
    const QUrl local(u"wss://127.0.0.1:%1/"_s.arg(m_port));
    Peer own(local);
    QVERIFY(own.signIn({}));
    Peer plain(localUrl());
    QVERIFY(plain.isRefused());
    QSslSocket rebound;
    rebound.setPeerVerifyMode(QSslSocket::VerifyNone);
    rebound.connectToHostEncrypted(u"127.0.0.1"_s, m_port);
    rebound.write("GET / HTTP/1.1\r\nHost: " + m_address.toLatin1() + ":" + QByteArray::number(m_port) + "\r\n\r\n");
    QTRY_VERIFY(rebound.bytesAvailable() > 12);
    QCOMPARE(rebound.read(12), "HTTP/1.1 421");
    action(u"actionStopSharing"_s)->trigger();
    QCOMPARE(colleague.closeCode(), 1001);
    Peer after(local);
    QVERIFY(after.signIn({}));
    QVERIFY(!m_window->settings().isShared);
}

void TestSharing::whatIsWrongIsSaidAndMayBeTriedAgain()
{
    const auto spoil = [this](const QString& name) {
        QFile file(m_folder->filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write("x") == 1;
    };
    const QStringList files{u"tls-certificate.pem"_s, u"tls-key.pem"_s};
    for (const QString& name : files)
        QVERIFY(spoil(name));
    click(u"shareButton"_s);
    find<QComboBox>(u"shareApplication"_s)->setEditText(u"shop"_s);
    auto* dialog = find<QDialog>(u"shareDialog"_s);
    auto* problem = find<QLabel>(u"shareProblem"_s);
    click(u"makeLinkButton"_s, dialog);
    QTRY_VERIFY(problem->text().contains(u"tls-certificate.pem"_s));
    QVERIFY(!m_window->settings().isShared);
    QVERIFY(!action(u"actionStopSharing"_s)->isEnabled());
    for (const QString& name : files)
        QVERIFY(QFile::remove(m_folder->filePath(name)));
    click(u"makeLinkButton"_s, dialog);
    click(u"copySecretButton"_s, dialog);
    QVERIFY(m_window->settings().isShared);
    QVERIFY(!find<QWidget>(u"ListenBanner"_s)->isVisible());
    dialog->reject();
}

void TestSharing::whatTheCommandLineBindsIsNotWidened_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QStringList>("before");
    QTest::addColumn<QStringList>("after");
    QTest::newRow("nothing said") << QStringList{} << QStringList{u"::"_s} << QStringList{u"::"_s};
    QTest::newRow("127.0.0.1") << QStringList{u"--host"_s, u"127.0.0.1"_s} << QStringList{u"127.0.0.1"_s}
                               << QStringList{u"0.0.0.0"_s};
    QTest::newRow("::1") << QStringList{u"--host"_s, u"::1"_s} << QStringList{u"::1"_s} << QStringList{u"::"_s};
}

/// Starts with sharing remembered; `before`: what it then listens on, `after`: once the owner has shared it by hand.
void TestSharing::whatTheCommandLineBindsIsNotWidened()
{
    QFETCH(QStringList, arguments);
    QFETCH(QStringList, before);
    QFETCH(QStringList, after);
    if (arguments.contains(u"::1"_s) && !QNetworkInterface::allAddresses().contains(QHostAddress::LocalHostIPv6))
        QSKIP("This machine has no IPv6.");
    const auto line = parseCommandLine(QStringList{u"vigie"_s} + arguments);
    QVERIFY(line);
    stop();
    start([&](Application::Config& config) {
        config.line.host = line->host;
        config.settings.isShared = true;
    });
    auto* banner = find<QWidget>(u"ListenBanner"_s);
    if (!arguments.isEmpty()) {
        QTRY_VERIFY(banner->isVisible());
        QVERIFY(banner->findChild<QLabel*>(u"textLabel"_s)->text().contains(u"--host "_s + arguments.last()));
    }
    QTRY_COMPARE(listenedOn(m_port), before);
    QVERIFY(m_window->settings().isShared); // what the owner chose holds for when nothing else is said
    click(u"shareButton"_s);
    find<QComboBox>(u"shareApplication"_s)->setEditText(u"shop"_s);
    click(u"makeLinkButton"_s);
    QTRY_COMPARE(listenedOn(m_port), after);
    QTRY_VERIFY(!banner->isVisible());
    QTcpSocket other;
    other.connectToHost(QHostAddress::LocalHost, m_port);
    QCOMPARE(other.waitForConnected(), !arguments.contains(u"::1"_s)); // of the same family only
}

void TestSharing::thisMachineGoesOnAsBefore()
{
    Peer before(localUrl());
    QVERIFY(before.signIn({}));
    makeLink();
    before.send(u"request_metrics"_s, {});
    QVERIFY(!before.take(u"metrics"_s).isEmpty());
    Peer after(localUrl());
    QVERIFY(after.signIn({}));
    // Not so from elsewhere: neither in the clear nor without a token.
    Peer plain(QUrl(u"ws://%1:%2/"_s.arg(m_address).arg(m_port)));
    QVERIFY(plain.isRefused());
    Peer tokenless(networkUrl());
    QVERIFY(!tokenless.signIn({}));
    // Nor by a name that could be led to loopback by somebody else.
    QTcpSocket rebound;
    rebound.connectToHost(QHostAddress::LocalHost, m_port);
    QVERIFY(rebound.waitForConnected());
    rebound.write("GET / HTTP/1.1\r\nHost: " + m_address.toLatin1() + ":" + QByteArray::number(m_port) + "\r\n\r\n");
    QTRY_VERIFY(rebound.bytesAvailable() > 12);
    QCOMPARE(rebound.read(12), "HTTP/1.1 421");
}

void TestSharing::theLastUseOfATokenIsShown()
{
    constexpr int lastUsed = 5;
    const QString token = makeLink().queryItemValue(u"token"_s);
    action(u"actionTokens"_s)->trigger();
    QVERIFY(choose(u"tokensPageTable"_s, u"guest"_s));
    const QTreeWidgetItem* line = table(u"tokensPageTable"_s)->currentItem();
    QCOMPARE(line->text(lastUsed), u"Never"_s);
    Peer colleague(networkUrl());
    QVERIFY(colleague.signIn(token));
    QTRY_VERIFY_WITH_TIMEOUT(line->text(lastUsed) != u"Never"_s, 10'000);
}

void TestSharing::revokingAnInvitationEndsIt()
{
    const QString token = makeLink().queryItemValue(u"token"_s);
    Peer colleague(networkUrl());
    QVERIFY(colleague.signIn(token));
    action(u"actionTokens"_s)->trigger();
    QVERIFY(choose(u"tokensPageTable"_s, u"guest"_s));
    QCOMPARE(table(u"tokensPageTable"_s)->currentItem()->text(3), u"Invitation"_s);
    QTest::mouseClick(revokeButton(table(u"tokensPageTable"_s)->currentItem()), Qt::LeftButton);
    QCOMPARE(colleague.closeCode(), 4001);
    QTRY_COMPARE(table(u"tokensPageTable"_s)->topLevelItemCount(), 0);
    Peer again(networkUrl());
    QVERIFY(!again.signIn(token));
}

void TestSharing::sharingEndsAndComesBack()
{
    const QString token = makeLink().queryItemValue(u"token"_s);
    Peer colleague(networkUrl());
    QVERIFY(colleague.signIn(token));
    Reader reader(m_address, m_port);
    QVERIFY(reader.isAnswered());
    QVERIFY(reader.isAnswered());
    Peer local(localUrl());
    QVERIFY(local.signIn({}));
    action(u"actionStopSharing"_s)->trigger();
    QCOMPARE(colleague.closeCode(), 1001);
    QVERIFY(reader.isEnded());
    Peer late(networkUrl());
    QVERIFY(late.isRefused());
    local.send(u"request_metrics"_s, {});
    QVERIFY(!local.take(u"metrics"_s).isEmpty());
    QTRY_VERIFY(!action(u"actionStopSharing"_s)->isEnabled());
    stop();
    // Who left it shared finds it shared.
    start([](Application::Config& config) { config.settings.isShared = true; });
    QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>(u"addressLabel"_s)->text().contains(m_address), 10'000);
    Peer back(networkUrl());
    QVERIFY(back.signIn(token));
}

void TestSharing::whoAsksIsLetInOnce()
{
    makeLink();
    auto* banner = find<JoinBanner>(u"joinBanner"_s);
    QVERIFY(!banner->isVisible());
    Peer colleague(networkUrl());
    QVERIFY(colleague.isOpen());
    colleague.send(u"request_access"_s, {{u"appId"_s, u"shop"_s}, {u"userId"_s, u"bob <b>"_s}});
    QTRY_VERIFY(banner->isVisible());
    QCOMPARE(find<ElidedLabel>(u"joinUser"_s)->text(), u"bob <b>"_s);
    QCOMPARE(find<ElidedLabel>(u"joinApplication"_s)->text(), u"shop"_s);
    QCOMPARE(find<ElidedLabel>(u"joinAddress"_s)->text(), m_address);
    action(u"actionJoinOnce"_s)->trigger();
    const QString token = colleague.take(u"access_granted"_s)["token"_L1].toString();
    QVERIFY(!token.isEmpty());
    QVERIFY(!banner->isVisible());
    QVERIFY(colleague.signIn(token, u"shop"_s, u"bob <b>"_s));
    colleague.close();
    // Once is once.
    QVERIFY(QTest::qWaitFor([&] {
        Peer again(networkUrl());
        return !again.signIn(token, u"shop"_s, u"bob <b>"_s);
    }, 10'000));
}

void TestSharing::whoAsksIsLetInForLonger_data()
{
    QTest::addColumn<QString>("answer");
    QTest::addColumn<bool>("ends");
    QTest::newRow("For a Day") << u"actionJoinDay"_s << true;
    QTest::newRow("Always") << u"actionJoinAlways"_s << false;
}

void TestSharing::whoAsksIsLetInForLonger()
{
    QFETCH(QString, answer);
    QFETCH(bool, ends);
    makeLink();
    Peer colleague(networkUrl());
    QVERIFY(colleague.isOpen());
    colleague.send(u"request_access"_s, {{u"appId"_s, u"shop"_s}, {u"userId"_s, u"bob"_s}});
    // By the menu, as a person does it.
    click(u"joinAllowButton"_s, nullptr, [this, answer] {
        const auto* menu = find<QToolButton>(u"joinAllowButton"_s)->menu();
        QVERIFY(QTest::qWaitFor([menu] { return menu->isVisible(); }));
        QTest::mouseClick(const_cast<QMenu*>(menu), Qt::LeftButton, {}, menu->actionGeometry(action(answer)).center());
    });
    const QString token = colleague.take(u"access_granted"_s)["token"_L1].toString();
    QVERIFY(colleague.signIn(token, u"shop"_s, u"bob"_s));
    colleague.close();
    Peer again(networkUrl());
    QVERIFY(again.signIn(token, u"shop"_s, u"bob"_s));
    action(u"actionTokens"_s)->trigger();
    QVERIFY(choose(u"tokensPageTable"_s, u"bob"_s));
    const QTreeWidgetItem* line = table(u"tokensPageTable"_s)->currentItem();
    QCOMPARE(line->text(3), u"Asked to join"_s);
    QCOMPARE(line->text(6) != u"You revoke it"_s, ends);
}

void TestSharing::theDesktopSaysWhoAsks()
{
    makeLink();
    m_desktop.shown.clear();
    Peer colleague(networkUrl());
    QVERIFY(colleague.isOpen());
    colleague.send(u"request_access"_s, {{u"appId"_s, u"shop"_s}, {u"userId"_s, u"bob\u2028From: 10.0.0.5"_s}});
    QTRY_COMPARE(m_desktop.shown.size(), 1);
    QCOMPARE(m_desktop.shown[0].text, u"Name: bob\ufffdFrom: 10.0.0.5\nTo read: shop\nFrom: %1"_s.arg(m_address));
    QTRY_VERIFY(find<JoinBanner>(u"joinBanner"_s)->isVisible());
    m_desktop.closed.clear();
    click(u"joinNoButton"_s);
    QTRY_COMPARE(m_desktop.closed.size(), 1);
    // Likewise when the question is withdrawn.
    {
        Peer hasty(networkUrl());
        QVERIFY(hasty.isOpen());
        hasty.send(u"request_access"_s, {{u"appId"_s, u"shop"_s}, {u"userId"_s, u"eve"_s}});
        QTRY_COMPARE(m_desktop.shown.size(), 2);
    }
    QTRY_COMPARE(m_desktop.closed.size(), 2);
    QVERIFY(m_desktop.closed[0] != m_desktop.closed[1]);
}

void TestSharing::whoAsksMayBeTurnedAway()
{
    makeLink();
    Peer colleague(networkUrl());
    QVERIFY(colleague.isOpen());
    colleague.send(u"request_access"_s, {{u"appId"_s, u"shop"_s}, {u"userId"_s, u"bob"_s}});
    click(u"joinNoButton"_s);
    QCOMPARE(colleague.take(u"access_denied"_s)["code"_L1].toString(), u"denied"_s);
    // One who goes away asks no more.
    {
        Peer hasty(networkUrl());
        QVERIFY(hasty.isOpen());
        hasty.send(u"request_access"_s, {{u"appId"_s, u"shop"_s}, {u"userId"_s, u"eve"_s}});
        QTRY_VERIFY(find<JoinBanner>(u"joinBanner"_s)->isVisible());
    }
    QTRY_VERIFY(!find<JoinBanner>(u"joinBanner"_s)->isVisible());
}

void TestSharing::whoIsBlockedStaysOut()
{
    makeLink();
    Peer colleague(networkUrl());
    QVERIFY(colleague.isOpen());
    colleague.send(u"request_access"_s, {{u"appId"_s, u"shop"_s}, {u"userId"_s, u"eve"_s}});
    Reader reader(m_address, m_port);
    QVERIFY(reader.isAnswered());
    click(u"joinBlockButton"_s);
    QCOMPARE(colleague.closeCode(), 4003);
    QVERIFY(reader.isEnded());
    Peer again(networkUrl());
    QVERIFY(again.isRefused());
    Peer local(localUrl());
    QVERIFY(local.signIn({}));
    action(u"actionTokens"_s)->trigger();
    find<QTabWidget>(u"accessTabs"_s)->setCurrentIndex(3);
    QVERIFY(choose(u"blocksPageTable"_s, m_address));
    QCOMPARE(table(u"blocksPageTable"_s)->currentItem()->text(1), u"eve"_s);
    click(u"unblockButton"_s);
    QVERIFY(QTest::qWaitFor([&] { return Peer(networkUrl()).isOpen(); }, 10'000));
}

void TestSharing::nobodyCanBuryTheOwnerInQuestions()
{
    makeLink();
    std::vector<std::unique_ptr<Peer>> peers;
    for (int i = 0; i < 3; ++i) {
        peers.push_back(std::make_unique<Peer>(networkUrl()));
        QVERIFY(peers.back()->isOpen());
        peers.back()->send(u"request_access"_s, {{u"appId"_s, u"shop"_s}, {u"userId"_s, u"bob"_s}});
    }
    QCOMPARE(peers.back()->take(u"access_denied"_s)["code"_L1].toString(), u"too_many_requests"_s);
    QVERIFY(find<QLabel>(u"joinTitle"_s)->text().endsWith(u"1 more waits."_s));
}

void TestSharing::askingCanBeSwitchedOff()
{
    makeLink();
    action(u"actionTakeRequests"_s)->trigger();
    Peer colleague(networkUrl());
    QVERIFY(colleague.isOpen());
    colleague.send(u"request_access"_s, {{u"appId"_s, u"shop"_s}, {u"userId"_s, u"bob"_s}});
    QCOMPARE(colleague.take(u"access_denied"_s)["code"_L1].toString(), u"nobody_there"_s);
    QVERIFY(!find<JoinBanner>(u"joinBanner"_s)->isVisible());
    QVERIFY(!m_window->settings().takesRequests);
}

void TestSharing::clientsAreShownAndDisconnected()
{
    const QString token = makeLink().queryItemValue(u"token"_s);
    Peer colleague(networkUrl());
    QVERIFY(colleague.signIn(token));
    Peer local(localUrl());
    QVERIFY(local.signIn({}, u"bank"_s, u"ann"_s));
    action(u"actionClients"_s)->trigger();
    QVERIFY(choose(u"clientsPageTable"_s, u"ann"_s));
    const QTreeWidgetItem* line = table(u"clientsPageTable"_s)->currentItem();
    QCOMPARE(line->text(1), u"bank"_s);
    QCOMPARE(line->text(3), u"127.0.0.1"_s);
    QVERIFY(!find<QPushButton>(u"blockButton"_s)->isEnabled()); // this machine
    QVERIFY(choose(u"clientsPageTable"_s, u"guest"_s));
    QCOMPARE(table(u"clientsPageTable"_s)->currentItem()->text(2), u"Viewer"_s);
    click(u"disconnectButton"_s);
    QCOMPARE(colleague.closeCode(), 4002);
    QTRY_COMPARE(table(u"clientsPageTable"_s)->topLevelItemCount(), 1);

    Peer back(networkUrl());
    QVERIFY(back.signIn(token));
    QVERIFY(choose(u"clientsPageTable"_s, u"guest"_s));
    click(u"blockButton"_s);
    auto* box = find<QMessageBox>(u"blockBox"_s);
    QVERIFY(box);
    QTest::mouseClick(box->buttons().last()->text() == u"Block"_s ? box->buttons().last() : box->buttons().first(),
                      Qt::LeftButton);
    QVERIFY(back.closeCode() == 4001 || back.closeCode() == 4003);
    Peer out(networkUrl());
    QVERIFY(out.isRefused());
}

void TestSharing::aTokenIsMadeByTheWindow()
{
    makeLink();
    action(u"actionTokens"_s)->trigger();
    click(u"addTokenButton"_s);
    auto* dialog = find<QDialog>(u"tokenDialog"_s);
    QVERIFY(dialog);
    QTest::keyClicks(find<QLineEdit>(u"tokenUser"_s), u"robot"_s);
    find<QComboBox>(u"tokenApplication"_s)->setEditText(u"bank"_s);
    find<QComboBox>(u"tokenRole"_s)->setCurrentIndex(1);
    click(u"makeTokenButton"_s, dialog);
    click(u"copySecretButton"_s, dialog);
    const QString token = QGuiApplication::clipboard()->text();
    QVERIFY(token.startsWith(u"vigie_"_s));
    dialog->reject();
    Peer robot(networkUrl());
    QVERIFY(robot.signIn(token, u"bank"_s, u"robot"_s));
    robot.send(u"logs"_s,
               {{u"logs"_s, QJsonArray{QJsonObject{{u"level"_s, u"info"_s}, {u"message"_s, u"hello"_s}}}}, {u"ack"_s, true}});
    QCOMPARE(robot.take(u"logs_ack"_s)["count"_L1].toInt(), 1);
    QVERIFY(choose(u"tokensPageTable"_s, u"robot"_s));
    QCOMPARE(table(u"tokensPageTable"_s)->currentItem()->text(2), u"Producer"_s);
}

void TestSharing::applicationsComeAndGo()
{
    const QString token = makeLink().queryItemValue(u"token"_s);
    Peer colleague(networkUrl());
    QVERIFY(colleague.signIn(token));
    action(u"actionTokens"_s)->trigger();
    find<QTabWidget>(u"accessTabs"_s)->setCurrentIndex(2);
    click(u"addAppButton"_s);
    auto* question = find<QInputDialog>(u"addAppDialog"_s);
    QVERIFY(question);
    question->setTextValue(u"bank"_s);
    question->accept();
    QVERIFY(choose(u"appsPageTable"_s, u"bank"_s));
    QVERIFY(choose(u"appsPageTable"_s, u"shop"_s));
    click(u"removeAppButton"_s);
    auto* box = find<QMessageBox>(u"removeAppBox"_s);
    QVERIFY(box);
    for (QAbstractButton* button : box->buttons()) {
        if (button->text() == u"Remove"_s)
            QTest::mouseClick(button, Qt::LeftButton);
    }
    QCOMPARE(colleague.closeCode(), 4001);
    QTRY_COMPARE(table(u"appsPageTable"_s)->topLevelItemCount(), 1);
}

void TestSharing::theAuditIsShownAndExported()
{
    const QString token = makeLink().queryItemValue(u"token"_s);
    Peer colleague(networkUrl());
    QVERIFY(colleague.signIn(token));
    action(u"actionAudit"_s)->trigger();
    for (const QString& event : {u"Sharing began"_s, u"Token added"_s, u"Signed in"_s})
        QTRY_VERIFY2_WITH_TIMEOUT(!table(u"auditPageTable"_s)->findItems(event, Qt::MatchExactly, 1).isEmpty(), qPrintable(event),
                                  10'000);
    // The owner's own doings, too.
    Q_EMIT m_window->clearRequested(u"shop"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!table(u"auditPageTable"_s)->findItems(u"Cleared the log"_s, Qt::MatchExactly, 1).isEmpty(), 10'000);
    find<QLineEdit>(u"auditFind"_s)->setText(u"signed"_s);
    QCOMPARE(table(u"auditPageTable"_s)->topLevelItemCount(), 1);
    click(u"exportAuditButton"_s);
    auto* dialog = find<QFileDialog>(u"exportAuditDialog"_s);
    QVERIFY(dialog);
    const QString path = m_folder->filePath(u"audit.jsonl"_s);
    Q_EMIT dialog->fileSelected(path);
    dialog->reject();
    QTRY_VERIFY(QFile::exists(path));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray all = file.readAll();
    QVERIFY(all.contains("\"event\":\"signed_in\""));
    QVERIFY(!all.contains(token.toLatin1())); // it tells no secrets
    for (const QByteArray& line : all.trimmed().split('\n'))
        QVERIFY(QJsonDocument::fromJson(line).isObject());
}

void TestSharing::theCodeHoldsTheLink()
{
    const QImage code =
        qrCode(u"https://192.0.2.7:3001/#appId=shop&userId=guest&token=vigie_0123456789012345678901234567890123456789012"_s);
    QVERIFY(!code.isNull());
    QCOMPARE(code.width(), code.height());
    // The quiet zone, and the corner of the first finder pattern (ISO/IEC 18004).
    QCOMPARE(code.pixelColor(3, 3), QColor(Qt::white));
    for (int i = 4; i < 11; ++i) {
        QCOMPARE(code.pixelColor(i, 4), QColor(Qt::black));
        QCOMPARE(code.pixelColor(4, i), QColor(Qt::black));
    }
    QVERIFY(qrCode(QString(4'000, u'x')).isNull());
}

QTEST_MAIN(TestSharing)
#include "tst_sharing.moc"
