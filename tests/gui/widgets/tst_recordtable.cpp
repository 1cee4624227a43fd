// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/recordtable.h"
#include "testmain.h"

#include <QApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestRecordTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void namesCannotPretend();
    void twoOfOneKeyAreTwoLines();
    void theChosenOneStaysChosen();
    void eachHasItsButton();
    void buttonsAreReachedByTheKeyboard();

private:
    static RecordTable::Record record(int id, const QString& name, const QString& button = u"Revoke"_s)
    {
        return {id, {{name}, {QString()}}, false, button};
    }
    QPushButton* button(int line)
    {
        const QWidget* const cell = m_table->itemWidget(m_table->topLevelItem(line), 1);
        return cell ? cell->findChild<QPushButton*>() : nullptr;
    }

    std::unique_ptr<RecordTable> m_table;
};

void TestRecordTable::init()
{
    m_table = std::make_unique<RecordTable>();
    m_table->setColumns({u"Name"_s, QString()});
    m_table->setButtons(u"Revoke"_s, u"At once"_s);
    m_table->sortByColumn(0, Qt::AscendingOrder);
    m_table->resize(400, 200);
    m_table->show();
}

void TestRecordTable::namesCannotPretend()
{
    m_table->setRecords({record(1, u"<b>\u202eann</b>"_s)});
    QCOMPARE(m_table->topLevelItem(0)->text(0), u"<b>\ufffdann</b>"_s);
    QCOMPARE(m_table->topLevelItem(0)->toolTip(0), u"<span>&lt;b&gt;\ufffdann&lt;/b&gt;</span>"_s);
}

void TestRecordTable::twoOfOneKeyAreTwoLines()
{
    const QList<RecordTable::Record> twins{record(1, u"ann"_s), record(1, u"ann"_s)};
    for (int round = 0; round < 3; ++round) {
        m_table->setRecords(twins);
        QCOMPARE(m_table->topLevelItemCount(), 2);
    }
    m_table->setRecords({twins.first()});
    QCOMPARE(m_table->topLevelItemCount(), 1);
}

void TestRecordTable::theChosenOneStaysChosen()
{
    m_table->setRecords({record(1, u"bob"_s), record(2, u"eve"_s)});
    m_table->setCurrentItem(m_table->topLevelItem(1));
    m_table->setRecords({record(2, u"eve"_s), record(3, u"ann"_s)});
    QCOMPARE(m_table->chosenKey().toInt(), 2);
    QCOMPARE(m_table->topLevelItem(0)->text(0), u"ann"_s);
}

void TestRecordTable::eachHasItsButton()
{
    QSignalSpy clicked(m_table.get(), &RecordTable::buttonClicked);
    m_table->setRecords({record(1, u"bob"_s), record(2, u"ann"_s), record(3, u"eve"_s, {})});
    QVERIFY(!button(2));
    QCOMPARE(button(0)->text(), u"Revoke"_s);
    QTest::mouseClick(button(0), Qt::LeftButton);
    QCOMPARE(clicked.takeFirst().first().toInt(), 2);
    QTest::mouseClick(button(1), Qt::LeftButton);
    QCOMPARE(clicked.takeFirst().first().toInt(), 1);
    // It goes when there is nothing to do any more, and comes back.
    m_table->setRecords({record(1, u"bob"_s, {}), record(3, u"eve"_s)});
    QVERIFY(!button(0));
    QVERIFY(button(1));
    // In another order they are still their own lines'.
    m_table->setRecords({record(1, u"bob"_s), record(3, u"eve"_s)});
    m_table->sortByColumn(0, Qt::DescendingOrder);
    QTest::mouseClick(button(0), Qt::LeftButton);
    QCOMPARE(clicked.takeFirst().first().toInt(), 3);
}

void TestRecordTable::buttonsAreReachedByTheKeyboard()
{
    m_table->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_table.get()));
    m_table->setRecords({record(1, u"bob"_s), record(2, u"eve"_s), record(3, u"ann"_s)});
    QSignalSpy clicked(m_table.get(), &RecordTable::buttonClicked);
    m_table->setFocus();
    for (const int id : {3, 1, 2}) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QCOMPARE(m_table->chosenKey().toInt(), id);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QCOMPARE(clicked.takeFirst().first().toInt(), id);
    }
    m_table->setRecords({record(1, u"bob"_s), record(3, u"ann"_s)});
    QVERIFY(m_table->hasFocus()); // the one that had it is gone
    m_table->sortByColumn(0, Qt::DescendingOrder);
    QTRY_COMPARE(m_table->nextInFocusChain(), m_table->viewport());
    QTRY_VERIFY(
        (m_table->setFocus(), QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab), m_table->chosenKey().toInt() == 1));
}

VIGIE_WINDOW_TEST(TestRecordTable)
#include "tst_recordtable.moc"
