// SPDX-License-Identifier: GPL-3.0-or-later
// The access dialog's pages, operated by clicks in the window of the whole program: clients, tokens, applications, audit.
#include "sharedwindow.h"
#include "storage/access/accessfile.h"
#include "testmain.h"

#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QFile>
#include <QFileDialog>
#include <QGuiApplication>
#include <QInputDialog>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QRegularExpression>
#include <QTabWidget>
#include <QTest>

using namespace vigie;
using namespace vigie::test;
using namespace Qt::StringLiterals;

class TestAccessPages : public SharedWindow
{
    Q_OBJECT

private Q_SLOTS:
    void clientsAreShownAndDisconnected();
    void theLastUseOfATokenIsShown();
    void revokingAnInvitationEndsIt();
    void aTokenIsMadeByTheWindow();
    void applicationsComeAndGo();
    void theAuditIsShownAndExported();
    void aLongAuditSaysHowMuchOfItIsShown();
};

void TestAccessPages::clientsAreShownAndDisconnected()
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

void TestAccessPages::theLastUseOfATokenIsShown()
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

void TestAccessPages::revokingAnInvitationEndsIt()
{
    const QString token = makeLink().queryItemValue(u"token"_s);
    Peer colleague(networkUrl());
    QVERIFY(colleague.signIn(token));
    action(u"actionTokens"_s)->trigger();
    QVERIFY(choose(u"tokensPageTable"_s, u"guest"_s));
    constexpr int revoke = 7;
    QTreeWidgetItem* line = table(u"tokensPageTable"_s)->currentItem();
    QCOMPARE(line->text(3), u"Invitation"_s);
    auto* button = table(u"tokensPageTable"_s)->itemWidget(line, revoke)->findChild<QPushButton*>();
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(colleague.closeCode(), 4001);
    QTRY_COMPARE(table(u"tokensPageTable"_s)->topLevelItemCount(), 0);
    Peer again(networkUrl());
    QVERIFY(!again.signIn(token));
}

void TestAccessPages::aTokenIsMadeByTheWindow()
{
    makeLink();
    action(u"actionTokens"_s)->trigger();
    click(u"addTokenButton"_s);
    auto* dialog = find<QDialog>(u"tokenDialog"_s);
    QVERIFY(dialog);
    QTest::keyClicks(find<QLineEdit>(u"tokenUser"_s), u"robot"_s);
    find<QComboBox>(u"tokenApplication"_s)->setEditText(u".."_s);
    click(u"makeTokenButton"_s, dialog); // shows why not
    QVERIFY(find<QLabel>(u"tokenProblem"_s)->text().contains(u"“..”"_s));
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

void TestAccessPages::applicationsComeAndGo()
{
    const QString token = makeLink().queryItemValue(u"token"_s);
    Peer colleague(networkUrl());
    QVERIFY(colleague.signIn(token));
    action(u"actionTokens"_s)->trigger();
    find<QTabWidget>(u"accessTabs"_s)->setCurrentIndex(2);
    click(u"addAppButton"_s);
    find<QInputDialog>(u"addAppDialog"_s)->setTextValue(u"."_s);
    find<QInputDialog>(u"addAppDialog"_s)->accept();
    auto* rule = find<QMessageBox>(u"nameRuleBox"_s);
    QVERIFY(rule);
    rule->reject();
    QTRY_VERIFY(!find<QInputDialog>(u"addAppDialog"_s));
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

void TestAccessPages::theAuditIsShownAndExported()
{
    const QString token = makeLink().queryItemValue(u"token"_s);
    Peer colleague(networkUrl());
    QVERIFY(colleague.signIn(token));
    action(u"actionAudit"_s)->trigger();
    for (const QString& event : {u"Sharing turned on"_s, u"Token added"_s, u"Signed in"_s})
        QTRY_VERIFY2_WITH_TIMEOUT(!table(u"auditPageTable"_s)->findItems(event, Qt::MatchExactly, 1).isEmpty(), qPrintable(event),
                                  10'000);
    // The owner's own actions, too.
    Peer producer(localUrl());
    QVERIFY(producer.signIn({}, u"shop"_s, u"till"_s));
    producer.send(u"logs"_s, {{u"ack"_s, true}, {u"level"_s, u"info"_s}, {u"message"_s, u"to be cleared"_s}});
    QVERIFY(!producer.take(u"logs_ack"_s).isEmpty());
    Q_EMIT m_window->clearRequested(u"shop"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!table(u"auditPageTable"_s)->findItems(u"Deleted stored entries"_s, Qt::MatchExactly, 1).isEmpty(), 10'000);
    find<QLineEdit>(u"auditFind"_s)->setText(u"signed"_s);
    QCOMPARE(table(u"auditPageTable"_s)->topLevelItemCount(), 2);
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

void TestAccessPages::aLongAuditSaysHowMuchOfItIsShown()
{
    action(u"actionAudit"_s)->trigger();
    auto* note = find<QLabel>(u"auditPageNote"_s);
    const auto add = [this](std::size_t count) {
        const AuditEvent event{AuditEvent::Kind::SignedIn, 1, "ann", "shop", "::1", "viewer"};
        auto file = AccessFile::open(m_folder->filePath(u"access.db"_s));
        return file && file->append(std::vector<AuditEvent>(count, event));
    };
    QVERIFY(add(1));
    QTRY_VERIFY_WITH_TIMEOUT(table(u"auditPageTable"_s)->topLevelItemCount() > 0, 10'000);
    QVERIFY(!note->isVisible());
    QVERIFY(add(2'100));
    QTRY_VERIFY_WITH_TIMEOUT(note->isVisible(), 10'000);
    QTRY_COMPARE_WITH_TIMEOUT(table(u"auditPageTable"_s)->topLevelItemCount(), 2'000, 10'000);
    const QRegularExpressionMatch said = QRegularExpression(u"^Of (2,?1\\d\\d) events, the newest 2,?000 "_s).match(note->text());
    QVERIFY2(said.hasMatch(), qPrintable(note->text()));
    // The filter also applies to them.
    find<QLineEdit>(u"auditFind"_s)->setText(u"nobody"_s);
    QVERIFY(note->isVisible());
}

VIGIE_WINDOW_TEST(TestAccessPages)
#include "tst_accesspages.moc"
