// SPDX-License-Identifier: GPL-3.0-or-later
// What the owner asks of the whole program from outside its window, and what comes of the settings.
#include "app/autostart.h"
#include "app/instancemessage.h"
#include "gui/logs/logpanel.h"
#include "patience.h"
#include "sharedwindow.h"
#include "testmain.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QFile>
#include <QJsonDocument>
#include <QLineEdit>
#include <QListWidget>
#include <QLocalSocket>

using namespace vigie;
using namespace vigie::test;
using namespace Qt::StringLiterals;

class TestOwnersWishes : public SharedWindow
{
    Q_OBJECT

private Q_SLOTS:
    void shareOpensItsDialog();
    void aSecondStartShowsTheHiddenWindow();
    void settingsAreKept();
    void whatTheCommandLineSaysIsNotKept();
    void itStartsWithTheSession();
    void thePortIsChangedLive();

private:
    QJsonObject kept() const
    {
        QFile file(m_folder->filePath(u"settings.json"_s));
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
    }
    void openSettings(int page)
    {
        action(u"actionSettings"_s)->trigger();
        find<QListWidget>(u"settingsList"_s)->setCurrentRow(page);
    }
    void enter(const QString& name, const QString& text)
    {
        auto* edit = find<QLineEdit>(name);
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, text);
        QTest::keyClick(edit, Qt::Key_Return);
    }
};

void TestOwnersWishes::shareOpensItsDialog()
{
    stop();
    start([](Application::Config& config) { config.line.share = true; });
    QTRY_VERIFY(find<QDialog>(u"shareDialog"_s) && find<QDialog>(u"shareDialog"_s)->isVisible());
}

void TestOwnersWishes::aSecondStartShowsTheHiddenWindow()
{
    stop();
    const QString path = m_folder->filePath(u"socket"_s);
    start([&path](Application::Config& config) { config.socketPath = path; });
    m_window->hide();
    QLocalSocket second;
    second.connectToServer(path);
    InstanceRequest request;
    second.write(request.toLine()); // asks who it is, and no more
    QTRY_VERIFY(second.canReadLine());
    const auto answer = InstanceAnswer::fromLine(second.readLine());
    QVERIFY(answer && answer->hasWindow);
    QCOMPARE(answer->processId, QCoreApplication::applicationPid());
    QCOMPARE(answer->url, u"http://127.0.0.1:%1/"_s.arg(m_port));
    QVERIFY(!m_window->isVisible());
    request.raises = request.shares = true;
    request.activation = u"leave"_s;
    request.view = u"#app=shop&levels=error,fatal&q=refused&range=900"_s;
    QLocalSocket third;
    third.connectToServer(path);
    third.write(request.toLine());
    QTRY_VERIFY(m_window->isVisible());
    QTRY_VERIFY(find<QDialog>(u"shareDialog"_s) && find<QDialog>(u"shareDialog"_s)->isVisible());
    QVERIFY(!qEnvironmentVariableIsSet("XDG_ACTIVATION_TOKEN")); // which was for this time
    // A colleague's link.
    const LogChoice& shown = m_window->logs().viewFilter();
    QCOMPARE(shown.appId, "shop");
    QCOMPARE(shown.search, "refused");
    QCOMPARE(shown.severities.count(), std::size_t(2));
    QCOMPARE(m_window->timeline().rangeMs(), 900'000);
    QVERIFY(m_window->timeline().isLive());
}

void TestOwnersWishes::settingsAreKept()
{
    openSettings(1);
    enter(u"logRetentionDays"_s, u"3"_s);
    QTRY_COMPARE(kept()["logRetentionDays"_L1].toInt(), 3);
    auto* interval = find<QComboBox>(u"sampleIntervalMs"_s);
    interval->setFocus();
    QTest::keyClick(interval, Qt::Key_End);
    QTRY_COMPARE(kept()["sampleIntervalMs"_L1].toInt(), 250);
    QCOMPARE(kept()["logRetentionDays"_L1].toInt(), 3);
}

void TestOwnersWishes::whatTheCommandLineSaysIsNotKept()
{
    stop();
    start([](Application::Config& config) {
        config.kept.theme = u"dark"_s;
        config.line.theme = u"light"_s;
    });
    openSettings(1);
    enter(u"logRetentionDays"_s, u"4"_s);
    QTRY_COMPARE(kept()["logRetentionDays"_L1].toInt(), 4);
    QCOMPARE(kept()["theme"_L1].toString(), u"dark"_s);
}

void TestOwnersWishes::itStartsWithTheSession()
{
    qputenv("XDG_CONFIG_HOME", QFile::encodeName(m_folder->filePath(u"config"_s)));
    const Autostart autostart({}, {});
    openSettings(0);
    auto* box = find<QCheckBox>(u"startsWithSession"_s);
    QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(8, box->height() / 2));
    QTRY_VERIFY(autostart.isOn());
    QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(8, box->height() / 2));
    QTRY_VERIFY(!autostart.isOn());
}

void TestOwnersWishes::thePortIsChangedLive()
{
    stop();
    const quint16 first = m_port;
    start([first](Application::Config& config) {
        config.line.port.reset();
        config.settings.port = config.kept.port = first;
    });
    openSettings(2);
    const quint16 before = m_port;
    const quint16 wanted = before == 29'999 ? 20'001 : quint16(before + 1);
    enter(u"port"_s, QString::number(wanted));
    Peer gone(QUrl(u"ws://127.0.0.1:%1/"_s.arg(before)));
    QVERIFY(gone.isRefused());
    Peer viewer(QUrl(u"ws://127.0.0.1:%1/"_s.arg(wanted)));
    QVERIFY(viewer.isOpen());
    QTRY_COMPARE(kept()["port"_L1].toInt(), int(wanted));
}

VIGIE_WINDOW_TEST(TestOwnersWishes)
#include "tst_ownerswishes.moc"
