// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/logmodel.h"
#include "guidata.h"
#include "testmain.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestLogModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void appendsAtTheEnd();
    void holdsTheNewestOnly();
    void showsWhatTheChoiceLetsPass();
    void trimsUnderAChoice();
    void forgetsOneApplication();
    void namesTheApplications();
};

namespace {

std::vector<LogEntryRef> entries(const std::string& appId, int from, int to)
{
    const LogBatchPtr batch = test::madeUpBatch(appId, from, to);
    std::vector<LogEntryRef> refs;
    for (std::size_t i = 0; i < batch->size(); ++i)
        refs.push_back({batch, static_cast<std::uint32_t>(i)});
    return refs;
}

} // namespace

void TestLogModel::appendsAtTheEnd()
{
    LogModel model;
    QAbstractItemModelTester tester(&model);
    QSignalSpy inserted(&model, &LogModel::rowsInserted);
    model.append(entries("a", 0, 10));
    model.append(entries("a", 10, 14));
    QCOMPARE(inserted.count(), 2);
    QCOMPARE(model.rowCount(), 14);
    QCOMPARE(model.entry(13).id(), std::string_view("01J1000013"));
    QCOMPARE(model.rowOf(model.entry(12)), 12);
}

void TestLogModel::holdsTheNewestOnly()
{
    LogModel model;
    for (int i = 0; i < 30000; i += 1500)
        model.append(entries("a", i, i + 1500));
    QCOMPARE(model.heldCount(), LogModel::maximumEntries);
    QCOMPARE(model.rowCount(), int(LogModel::maximumEntries));
    QCOMPARE(model.entry(0).id(), std::string_view("01J1010000"));
}

void TestLogModel::showsWhatTheChoiceLetsPass()
{
    LogModel model;
    QAbstractItemModelTester tester(&model);
    model.append(entries("a", 0, 100));
    model.append(entries("b", 100, 200));
    LogChoice choice;
    choice.appId = "b";
    choice.severities.reset();
    choice.severities.set(static_cast<std::size_t>(Severity::Error));
    choice.search = "GATEWAY";
    model.setChoice(choice);
    QVERIFY(model.rowCount() > 0 && model.rowCount() < 100);
    for (int row = 0; row < model.rowCount(); ++row) {
        QCOMPARE(model.entry(row).batch->appId(), std::string("b"));
        QCOMPARE(model.entry(row).batch->severity(model.entry(row).index), Severity::Error);
    }
    const int before = model.rowCount();
    model.append(entries("a", 200, 300));
    QCOMPARE(model.rowCount(), before);
    model.setChoice({});
    QCOMPARE(model.rowCount(), 300);
}

void TestLogModel::trimsUnderAChoice()
{
    LogModel model;
    LogChoice choice;
    choice.appId = "a";
    model.setChoice(choice);
    model.append(entries("a", 0, 100));
    model.append(entries("b", 100, 20050));
    QCOMPARE(model.rowCount(), 50);
    QCOMPARE(model.entry(0).id(), std::string_view("01J1000050"));
    model.append(entries("b", 20050, 30000));
    QCOMPARE(model.rowCount(), 0);
}

void TestLogModel::forgetsOneApplication()
{
    LogModel model;
    model.append(entries("a", 0, 10));
    model.append(entries("b", 10, 14));
    model.forget("a");
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(model.entry(0).id(), std::string_view("01J1000010"));
    model.append(entries("a", 20, 21));
    QCOMPARE(model.rowCount(), 5);
    model.clear();
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.heldCount(), std::size_t(0));
}

void TestLogModel::namesTheApplications()
{
    LogModel model;
    QSignalSpy changed(&model, &LogModel::applicationsChanged);
    model.append(entries("shop", 0, 10));
    model.append(entries("billing", 10, 14));
    model.append(entries("shop", 14, 20));
    QCOMPARE(changed.count(), 2);
    QCOMPARE(model.applications(), (QStringList{u"billing"_s, u"shop"_s}));
}

VIGIE_TEST(TestLogModel)
#include "tst_logmodel.moc"
