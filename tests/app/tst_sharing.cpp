// SPDX-License-Identifier: GPL-3.0-or-later
// Sharing on the network, operated by clicks in the window of the whole program, and seen from other machines.
#include "gui/sharing/accesstexts.h"
#include "gui/widgets/qrcode.h"
#include "server/net/selfsigned.h"
#include "sharedwindow.h"
#include "testmain.h"

#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QFile>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QNetworkInterface>
#include <QSslSocket>
#include <QTcpSocket>
#include <QTest>

using namespace vigie;
using namespace vigie::test;
using namespace Qt::StringLiterals;

namespace {

/// The addresses that a port is listening on (/proc/net/tcp and tcp6, proc(5)); "::" may include IPv4.
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

/// The status line of the answer to a request with this Host, such as "HTTP/1.1 200"; empty: none within 5 s.
QByteArray statusFrom(QTcpSocket& socket, const QString& name, quint16 port)
{
    socket.write("GET / HTTP/1.1\r\nHost: " + name.toLatin1() + ':' + QByteArray::number(port) + "\r\n\r\n");
    constexpr qsizetype length = 12;
    (void)QTest::qWaitFor([&socket] { return socket.bytesAvailable() > length; });
    return socket.read(length);
}

} // namespace

class TestSharing : public SharedWindow
{
    Q_OBJECT

private Q_SLOTS:
    void aLinkTakesThreeClicks();
    void behindAProxyLinksGoByIt();
    void namesComeBeforeAddresses();
    void whoSpeaksTlsAnywayIsSharedToo_data();
    void whoSpeaksTlsAnywayIsSharedToo();
    void aNameThatCannotBeSharesNothing();
    void whatIsWrongIsSaidAndMayBeTriedAgain();
    void aFailedSecondShareIsStillRenewed();
    void closingTheWindowTakesLeave();
    void whatTheCommandLineBindsIsNotWidened_data();
    void whatTheCommandLineBindsIsNotWidened();
    void thisMachineGoesOnAsBefore();
    void sharingEndsAndComesBack();
};

void TestSharing::aLinkTakesThreeClicks()
{
    // An application on this machine has sent something, so it is offered.
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
    QCOMPARE(given.queryItemValue(u"app"_s), u"shop"_s);
    const QString fingerprint = find<QLabel>(u"shareFingerprint"_s)->text().remove(u'\n');
    QCOMPARE(fingerprint.count(u':'), 31);
    // The complete invitation as text, for a message to the colleague.
    click(u"copyInvitationButton"_s, dialog);
    const QString invitation = QGuiApplication::clipboard()->text();
    for (const QString& part : {link.toString(QUrl::FullyEncoded), fingerprint, u"shop"_s})
        QVERIFY2(invitation.contains(part), qPrintable(invitation));
    QVERIFY(invitation.contains(QLocale().toString(today.addDays(1), u"d MMM yyyy"_s))
            || invitation.contains(QLocale().toString(QDate::currentDate().addDays(1), u"d MMM yyyy"_s)));
    // The QR code shown is that of the link, module by module.
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
    QVERIFY(colleague.signIn(given.queryItemValue(u"token"_s), u"shop"_s, given.queryItemValue(u"user"_s)));
    // Read-only, and of this application only.
    colleague.send(u"clear"_s, {});
    QCOMPARE(colleague.take(u"error"_s)["code"_L1].toString(), u"forbidden"_s);
    Peer curious(networkUrl());
    QVERIFY(!curious.signIn(given.queryItemValue(u"token"_s), u"bank"_s, given.queryItemValue(u"user"_s)));
    QVERIFY(find<QLabel>(u"addressLabel"_s)->text().contains(m_address));
    QVERIFY(find<QLabel>(u"addressLabel"_s)->toolTip().contains(fingerprint));
    dialog->reject();
    // It can also be compared later.
    action(u"actionCertificate"_s)->trigger();
    auto* certificate = find<QDialog>(u"certificateDialog"_s);
    QCOMPARE(certificate->findChild<QLabel*>(u"certificateFingerprint"_s)->text().remove(u'\n'), fingerprint);
    click(u"copyFingerprintButton"_s, certificate);
    QCOMPARE(QGuiApplication::clipboard()->text(), fingerprint);
    certificate->reject();
    action(u"actionStopSharing"_s)->trigger();
    QTRY_VERIFY(!action(u"actionCertificate"_s)->isEnabled());
}

void TestSharing::behindAProxyLinksGoByIt()
{
    const QString publicUrl = u"https://ops.example/vigie/"_s;
    stop();
    std::optional<quint16> port;
    start([&](Application::Config& config) {
        config.line.publicUrl = publicUrl;
        port = config.line.port;
    });
    QCOMPARE(find<QLabel>(u"addressLabel"_s)->text(), publicUrl);
    click(u"shareButton"_s);
    auto* dialog = find<QDialog>(u"shareDialog"_s);
    find<QComboBox>(u"shareApplication"_s)->setEditText(u"shop"_s);
    click(u"makeLinkButton"_s, dialog);
    click(u"copySecretButton"_s, dialog);
    const QString link = QGuiApplication::clipboard()->text();
    QVERIFY2(link.startsWith(publicUrl + u"#app=shop&"_s), qPrintable(link));
    const QImage code = qrCode(link);
    QCOMPARE(find<QLabel>(u"shareCode"_s)->pixmap().toImage().scaled(code.size()).convertToFormat(code.format()), code);
    // The certificate is the proxy's, and this machine is no more reachable from the network than before.
    QVERIFY(find<QLabel>(u"shareFingerprint"_s)->isHidden());
    click(u"copyInvitationButton"_s, dialog);
    const QString invitation = QGuiApplication::clipboard()->text();
    QVERIFY2(invitation.contains(link) && !invitation.contains(u"SHA-256"_s), qPrintable(invitation));
    QCOMPARE(listenedOn(*port), QStringList{u"127.0.0.1"_s});
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
    // The certificate is valid for one of our names.
    QSslSocket browser;
    browser.setPeerVerifyMode(QSslSocket::VerifyNone);
    browser.connectToHostEncrypted(m_address, m_port);
    QCOMPARE(statusFrom(browser, u"till.example"_s, m_port), "HTTP/1.1 404"); // no page is installed, but 421 it is not
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
    // The certificate is the earlier one, which browsers may already trust.
    QSslSocket look;
    look.setPeerVerifyMode(QSslSocket::VerifyNone);
    look.connectToHostEncrypted(m_address, m_port);
    QTRY_VERIFY(look.isEncrypted());
    QCOMPARE(look.peerCertificate(), pair->chain.first());
    // This machine's clients continue as before: with TLS, without a token, and with no other host name.
    const QUrl local(u"wss://127.0.0.1:%1/"_s.arg(m_port));
    Peer own(local);
    QVERIFY(own.signIn({}));
    Peer plain(localUrl());
    QVERIFY(plain.isRefused());
    QSslSocket rebound;
    rebound.setPeerVerifyMode(QSslSocket::VerifyNone);
    rebound.connectToHostEncrypted(u"127.0.0.1"_s, m_port);
    QCOMPARE(statusFrom(rebound, m_address, m_port), "HTTP/1.1 421");
    action(u"actionStopSharing"_s)->trigger();
    QCOMPARE(colleague.closeCode(), 1001);
    Peer after(local);
    QVERIFY(after.signIn({}));
    QVERIFY(!m_window->settings().isShared);
}

void TestSharing::aNameThatCannotBeSharesNothing()
{
    click(u"shareButton"_s);
    auto* dialog = find<QDialog>(u"shareDialog"_s);
    auto* application = find<QComboBox>(u"shareApplication"_s);
    auto* user = find<QLineEdit>(u"shareUser"_s);
    const std::pair<QString, QString> wrong[] = {{u".."_s, u"ann"_s}, {u"shop"_s, QString(129, u'x')}};
    for (const auto& [app, name] : wrong) {
        application->setEditText(app);
        user->setText(name);
        click(u"makeLinkButton"_s, dialog);
        QCOMPARE(find<QLabel>(u"shareProblem"_s)->text(), nameRuleText());
        QVERIFY(!m_window->settings().isShared);
    }
    dialog->reject();
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

/// If sharing again fails to make a certificate, the present one stays in use and is still renewed when due.
void TestSharing::aFailedSecondShareIsStillRenewed()
{
    makeLink();
    const auto fingerprint = [this] { return find<QLabel>(u"addressLabel"_s)->toolTip().section(u"SHA-256"_s, 1); };
    const QString before = fingerprint();
    QVERIFY(before.size() > 60);
    const QStringList files{u"tls-certificate.pem"_s, u"tls-key.pem"_s};
    for (const QString& name : files) {
        QFile file(m_folder->filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("x") == 1);
    }
    QTRY_VERIFY(!find<QDialog>(u"shareDialog"_s)); // the first is gone
    click(u"shareButton"_s);
    QTRY_VERIFY(find<QDialog>(u"shareDialog"_s));
    auto* dialog = find<QDialog>(u"shareDialog"_s);
    click(u"makeLinkButton"_s, dialog);
    QTRY_VERIFY(find<QLabel>(u"shareProblem"_s)->text().contains(u"tls-certificate.pem"_s));
    dialog->reject();
    for (const QString& name : files)
        QVERIFY(QFile::remove(m_folder->filePath(name)));
    auto* daily = m_application->findChild<QTimer*>(u"certificateTimer"_s);
    QVERIFY(daily);
    daily->start(0); // a day is over
    QTRY_VERIFY_WITH_TIMEOUT(fingerprint().size() > 60 && fingerprint() != before, 20'000);
    daily->stop();
    Peer colleague(networkUrl());
    QVERIFY(colleague.isOpen());
}

void TestSharing::closingTheWindowTakesLeave()
{
    Peer peer(localUrl());
    QVERIFY(peer.signIn({}));
    m_window->close();
    QCOMPARE(peer.closeCode(), 1001);
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

/// Starts with sharing stored in the settings. `before`: where it then listens; `after`: where it listens once the owner shares
/// by hand.
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
    // Not so from other machines: neither without TLS nor without a token.
    Peer plain(QUrl(u"ws://%1:%2/"_s.arg(m_address).arg(m_port)));
    QVERIFY(plain.isRefused());
    Peer tokenless(networkUrl());
    QVERIFY(!tokenless.signIn({}));
    // Nor by a host name that somebody else could point to loopback (DNS rebinding).
    QTcpSocket rebound;
    rebound.connectToHost(QHostAddress::LocalHost, m_port);
    QVERIFY(rebound.waitForConnected());
    QCOMPARE(statusFrom(rebound, m_address, m_port), "HTTP/1.1 421");
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
    // Sharing is restored at the next start.
    start([](Application::Config& config) { config.settings.isShared = true; });
    QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>(u"addressLabel"_s)->text().contains(m_address), 10'000);
    Peer back(networkUrl());
    QVERIFY(back.signIn(token));
}

VIGIE_WINDOW_TEST(TestSharing)
#include "tst_sharing.moc"
