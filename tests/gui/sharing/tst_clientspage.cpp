// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/units.h"
#include "gui/sharing/accesstexts.h"
#include "gui/sharing/clientspage.h"
#include "testmain.h"

#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestClientsPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachClientIsAsItIs();
    void theLaggingAreSortedByHowFar();

private:
    static ClientInfo client(quint64 id, double out, std::int64_t unsent, std::uint64_t behind)
    {
        ClientInfo info;
        info.id = id;
        info.isSignedIn = true;
        info.userId = "user" + std::to_string(id);
        info.appId = "shop";
        info.role = Role::Viewer;
        info.address = info.network = "192.0.2.9";
        info.sinceMs = 1'795'000'000'000;
        info.inBytesPerSecond = 310;
        info.outBytesPerSecond = out;
        info.unsentBytes = unsent;
        info.entriesBehind = behind;
        return info;
    }
    static QString cell(ClientsPage& page, int line, int column)
    {
        return page.findChild<RecordTable*>()->topLevelItem(line)->text(column);
    }
    static constexpr int sinceColumn = 4;
    static constexpr int inColumn = 5;
    static constexpr int outColumn = 6;
    static constexpr int lagColumn = 7;
};

void TestClientsPage::eachClientIsAsItIs()
{
    ClientsPage page;
    const QLocale locale;
    const ClientInfo lagging = client(1, 40'100, 5'400'000, 12'480);
    page.showClients(std::make_shared<const std::vector<ClientInfo>>(std::vector{lagging}));
    QCOMPARE(cell(page, 0, sinceColumn), whenText(lagging.sinceMs));
    QCOMPARE(cell(page, 0, inColumn), rateText(310, locale));
    QCOMPARE(cell(page, 0, outColumn), rateText(40'100, locale));
    QVERIFY2(cell(page, 0, lagColumn).startsWith(locale.toString(12'480)), qPrintable(cell(page, 0, lagColumn)));
    // Caught up but for what is on its way, and then wholly.
    page.showClients(std::make_shared<const std::vector<ClientInfo>>(std::vector{client(1, 90'000, 2'048, 0)}));
    QCOMPARE(cell(page, 0, outColumn), rateText(90'000, locale));
    QCOMPARE(cell(page, 0, lagColumn), bytesText(2'048, locale));
    page.showClients(std::make_shared<const std::vector<ClientInfo>>(std::vector{client(1, 0, 0, 0)}));
    QCOMPARE(cell(page, 0, lagColumn), u"None"_s);
}

void TestClientsPage::theLaggingAreSortedByHowFar()
{
    ClientsPage page;
    page.showClients(std::make_shared<const std::vector<ClientInfo>>(
        std::vector{client(1, 0, 0, 0), client(2, 0, 10, 100'000), client(3, 0, 5'000'000, 0), client(4, 0, 4'000'000, 9'000)}));
    page.findChild<RecordTable*>()->sortByColumn(lagColumn, Qt::DescendingOrder);
    QStringList users;
    for (int line = 0; line < 4; ++line)
        users.append(cell(page, line, 0));
    QCOMPARE(users, (QStringList{u"user2"_s, u"user4"_s, u"user3"_s, u"user1"_s}));
}

VIGIE_WINDOW_TEST(TestClientsPage)
#include "tst_clientspage.moc"
