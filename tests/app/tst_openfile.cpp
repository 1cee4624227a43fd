// SPDX-License-Identifier: GPL-3.0-or-later
// Log files in the window of the whole program.
#include "gui/logs/logmodel.h"
#include "gui/logs/logpanel.h"
#include "gui/window/mainwindow.h"
#include "patience.h"
#include "sharedwindow.h"
#include "testmain.h"

#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>

using namespace vigie;
using namespace vigie::test;
using namespace Qt::StringLiterals;

class TestOpenFile : public SharedWindow
{
    Q_OBJECT

private Q_SLOTS:
    void aFileIsShownSearchedAndFollowed();
    void withoutAHistoryToo();
    void oldEntriesAreReached();
    void aBinaryFileIsSaidToBeOne();
    void itIsSentToNobody();
    void itCanBeClosed();
    void nothingStoredIsDeleted();

private:
    QString file(const QByteArray& text, const QString& name = u"app.log"_s, QIODevice::OpenMode mode = QIODevice::WriteOnly)
    {
        QFile target(m_folder->filePath(name));
        if (!target.open(mode) || target.write(text) != text.size())
            qFatal("cannot write");
        return target.fileName();
    }
    void openFile(const QString& path) { Q_EMIT m_window->filesChosen({path}); }
    LogModel& model() { return m_window->logs().model(); }
    bool hasRows(int rows)
    {
        return QTest::qWaitFor([this, rows] { return model().rowCount() == rows; }, patienceMs);
    }
    QString row(int index) { return model().data(model().index(index), Qt::DisplayRole).toString(); }
};

void TestOpenFile::aFileIsShownSearchedAndFollowed()
{
    openFile(file("2026-01-31T12:00:00Z ERROR alpha\n2026-01-31T12:00:01Z INFO beta\n"));
    QVERIFY(hasRows(2));
    QCOMPARE(find<QComboBox>(u"appBox"_s)->currentData().toString(), u"file:app.log"_s);
    QVERIFY(row(0).contains(u"alpha"_s) && row(1).contains(u"beta"_s));
    QVERIFY(find<QLabel>(u"fileBarText"_s)->text().startsWith(u"app.log: all 2 lines."_s));
    // Opened again, it is shown again.
    find<QComboBox>(u"appBox"_s)->setCurrentIndex(0);
    openFile(m_folder->filePath(u"app.log"_s));
    QVERIFY(QTest::qWaitFor([this] { return find<QComboBox>(u"appBox"_s)->currentData().toString() == u"file:app.log"_s; },
                            patienceMs));
    file("gamma\n", u"app.log"_s, QIODevice::Append);
    QVERIFY(hasRows(3));
    QVERIFY(row(2).contains(u"gamma"_s));
    auto* search = find<QLineEdit>(u"searchEdit"_s);
    search->setFocus();
    QTest::keyClicks(search, u"alph"_s);
    QTest::keyClick(search, Qt::Key_Return);
    QVERIFY(hasRows(1));
}

void TestOpenFile::withoutAHistoryToo()
{
    stop();
    start([](Application::Config& config) { config.line.noHistory = true; });
    openFile(file("one\ntwo\nthree\n"));
    QVERIFY(hasRows(3));
}

void TestOpenFile::oldEntriesAreReached()
{
    QByteArray text;
    for (int i = 0; i < 60'000; ++i)
        text += "2026-01-31T12:00:00Z line " + QByteArray::number(i) + '\n';
    openFile(file(text));
    QVERIFY(QTest::qWaitFor([this] { return model().rowCount() > 0 && row(model().rowCount() - 1).endsWith(u"line 59999"_s); },
                            patienceMs));
    // What is no longer near is found all the same.
    auto* search = find<QLineEdit>(u"searchEdit"_s);
    search->setFocus();
    QTest::keyClicks(search, u"line 17"_s);
    QTest::keyClick(search, Qt::Key_Return);
    QVERIFY(QTest::qWaitFor([this] { return model().rowCount() > 0 && row(0).contains(u"line 17"_s); }, patienceMs));
}

void TestOpenFile::aBinaryFileIsSaidToBeOne()
{
    openFile(file(QByteArray("\x7f""ELF\0\1\2", 7), u"program"_s));
    const auto isSaid = [this] { return find<QLabel>(u"fileBarText"_s)->text().contains(u"program is not a text file"_s); };
    QVERIFY(QTest::qWaitFor(isSaid, patienceMs));
    QVERIFY(find<QLabel>(u"fileBarText"_s)->isVisible());
}

void TestOpenFile::itIsSentToNobody()
{
    openFile(file("secret\n"));
    QVERIFY(hasRows(1));
    // Nobody can go by its name, to read or to add to it.
    Peer viewer(localUrl());
    QVERIFY(!viewer.signIn({}, u"file:app.log"_s));
    QVERIFY(viewer.signIn({}, u"shop"_s));
    file("more\n", u"app.log"_s, QIODevice::Append);
    QVERIFY(hasRows(2));
    viewer.send(u"check_status"_s, {});
    QVERIFY(!viewer.take(u"status_response"_s).isEmpty());
    stop();
    // Nothing of it was stored either.
    for (const QString& name : {u"logs/logs-000001.db"_s, u"logs/logs-000001.db-wal"_s}) {
        QFile stored(m_folder->filePath(name));
        QVERIFY(!stored.open(QIODevice::ReadOnly) || !stored.readAll().contains("secret"));
    }
}

void TestOpenFile::itCanBeClosed()
{
    const QString path = file("one\ntwo\n");
    openFile(path);
    QVERIFY(hasRows(2));
    QAction* const close = action(u"actionCloseFile"_s);
    auto* apps = find<QComboBox>(u"appBox"_s);
    QVERIFY(close->isEnabled());
    QCOMPARE(close->shortcut(), QKeySequence(u"Ctrl+W"_s));
    close->trigger();
    QVERIFY(QTest::qWaitFor([apps] { return apps->findData(u"file:app.log"_s) < 0; }, patienceMs));
    QVERIFY(hasRows(0));
    QVERIFY(!close->isEnabled());
    QVERIFY(find<QLabel>(u"fileBarText"_s)->isHidden() || !find<QLabel>(u"fileBarText"_s)->isVisible());
    // And opened again.
    openFile(path);
    QVERIFY(hasRows(2));
    file("three\n", u"app.log"_s, QIODevice::Append);
    QVERIFY(hasRows(3));
    QVERIFY(row(2).contains(u"three"_s));
}

void TestOpenFile::nothingStoredIsDeleted()
{
    openFile(file("one\n"));
    QVERIFY(hasRows(1));
    QVERIFY(!action(u"actionDeleteStored"_s)->isEnabled());
}

VIGIE_WINDOW_TEST(TestOpenFile)
#include "tst_openfile.moc"
