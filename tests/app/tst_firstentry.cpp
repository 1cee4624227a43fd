// SPDX-License-Identifier: GPL-3.0-or-later
// What the empty window offers to copy does what it says, on this machine.
#include "gui/logs/connecthint.h"
#include "gui/logs/logpanel.h"
#include "sharedwindow.h"
#include "testmain.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QProcess>
#include <QPushButton>
#include <QStandardPaths>
#include <QTest>
#include <QToolButton>

using namespace vigie;
using namespace vigie::test;
using namespace Qt::StringLiterals;

class TestFirstEntry : public SharedWindow
{
    Q_OBJECT

private Q_SLOTS:
    void theCodeSendsAnEntry_data();
    void theCodeSendsAnEntry();
    void thePageIsOpened();
    void withTlsOnlyJavaScriptIsOffered();

public Q_SLOTS:
    void keepUrl(const QUrl& url) { m_opened = url; }

private:
    QUrl m_opened;
};

void TestFirstEntry::theCodeSendsAnEntry_data()
{
    QTest::addColumn<QString>("button");
    QTest::addColumn<QStringList>("interpreter");
    QTest::addColumn<QString>("needs");
    QTest::addColumn<QString>("message");
    QTest::newRow("shell") << u"shellCodeButton"_s << QStringList{u"sh"_s, u"-c"_s} << u"curl"_s << u"Hello from the shell"_s;
    QTest::newRow("Python") << u"pythonCodeButton"_s << QStringList{u"sh"_s, u"-c"_s} << u"python3"_s << u"Hello from Python"_s;
    QTest::newRow("JavaScript") << u"javascriptCodeButton"_s << QStringList{u"node"_s, u"-e"_s} << u"node"_s
                                << u"Hello from JavaScript"_s;
}

void TestFirstEntry::theCodeSendsAnEntry()
{
    QFETCH(QString, button);
    QFETCH(QStringList, interpreter);
    QFETCH(QString, needs);
    QFETCH(QString, message);
    if (QStandardPaths::findExecutable(needs).isEmpty())
        QSKIP("this machine has no such interpreter");
    if (needs == "node"_L1) {
        QProcess node;
        node.start(u"node"_s, {u"-e"_s, u"fetch"_s});
        if (!node.waitForFinished() || node.exitCode() != 0)
            QSKIP("this Node.js has no fetch");
    }
    click(button);
    click(u"copyCodeButton"_s);
    const QString code = QGuiApplication::clipboard()->text();
    QVERIFY(!code.isEmpty());
    QProcess process;
    process.start(interpreter.first(), interpreter.sliced(1) + QStringList{code});
    QVERIFY(process.waitForStarted());
    LogModel& model = m_window->findChild<LogPanel*>()->model();
    QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 1, 20'000);
    QCOMPARE(model.index(0).data().toString(), message);
    QVERIFY(process.state() == QProcess::NotRunning || process.waitForFinished());
    QVERIFY(!process.readAllStandardError().contains("rror"));
    const QByteArray answer = process.readAllStandardOutput(); // which curl shows
    QVERIFY2(answer.isEmpty() || answer.contains("\"accepted\":1"), answer.constData());
}

void TestFirstEntry::thePageIsOpened()
{
    QDesktopServices::setUrlHandler(u"http"_s, this, "keepUrl");
    click(u"openBrowserButton"_s);
    QDesktopServices::unsetUrlHandler(u"http"_s);
    QCOMPARE(m_opened, QUrl(u"http://127.0.0.1:%1/"_s.arg(m_port)));
}

void TestFirstEntry::withTlsOnlyJavaScriptIsOffered()
{
    ConnectHint hint;
    hint.setUrl(u"https://127.0.0.1:3001/"_s);
    hint.show();
    QVERIFY(!hint.findChild<QToolButton*>(u"shellCodeButton"_s)->isVisible());
    QVERIFY(hint.findChild<QToolButton*>(u"javascriptCodeButton"_s)->isChecked());
    QVERIFY(hint.findChild<QPlainTextEdit*>(u"codeText"_s)->toPlainText().contains(u"https://127.0.0.1:3001/"_s));
}

VIGIE_WINDOW_TEST(TestFirstEntry)
#include "tst_firstentry.moc"
