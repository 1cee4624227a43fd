// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocations.h"
#include "machinelook.h"
#include "sampling/temperaturesource.h"
#include "testmain.h"
#include "testtree.h"

#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestTemperatureSource : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void machines_data();
    void machines();
    void oddTemperatures_data();
    void oddTemperatures();
    void aLateDriverIsFound();
    void aZoneStandsInForADriver();
    void allocatesNothing();
};

namespace {

Frame lookAt(TemperatureSource& source, FrameBuilder& builder, std::chrono::nanoseconds at = 1s)
{
    Frame frame;
    builder.begin(frame);
    source.look({at, 1s}, builder);
    builder.end();
    return frame;
}

} // namespace

void TestTemperatureSource::machines_data()
{
    QTest::addColumn<std::vector<double>>("degrees");
    QTest::newRow("server-72") << std::vector<double>{46, 51}; // coretemp, two packages
    QTest::newRow("workstation") << std::vector<double>{48.25}; // k10temp, whose Tctl is shifted
    QTest::newRow("board-arm64") << std::vector<double>{52.582}; // cpu_thermal, without a label
    QTest::newRow("vm-x86") << std::vector<double>(); // an hwmon of a disk only
    QTest::newRow("empty") << std::vector<double>();
}

void TestTemperatureSource::machines()
{
    QFETCH(std::vector<double>, degrees);
    TemperatureSource source(machineRoot(QLatin1String(QTest::currentDataTag())));
    FrameBuilder builder;
    const Frame frame = lookAt(source, builder);
    QCOMPARE(frame.values, degrees);
    for (std::size_t i = 0; i < degrees.size(); ++i) {
        const Series& series = frame.catalogue->series()[i];
        QCOMPARE(series.name, "temperature.cpu." + std::to_string(i));
        QCOMPARE(wordsOf(series), "Temperature of processor " + std::to_string(i));
        QCOMPARE(unitText(series.kind->unit), std::string_view("°C"));
        QVERIFY(series.kind->stored);
    }
}

void TestTemperatureSource::oddTemperatures_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<double>("degrees");
    QTest::newRow("usual") << QByteArray("40500\n") << 40.5;
    QTest::newRow("frost") << QByteArray("-20000\n") << -20.0;
    QTest::newRow("asleep") << QByteArray() << unknown;
    QTest::newRow("no number") << QByteArray("hot\n") << unknown;
    QTest::newRow("beyond reason") << QByteArray("2147483647\n") << unknown;
}

void TestTemperatureSource::oddTemperatures()
{
    QFETCH(QByteArray, text);
    QFETCH(double, degrees);
    TestTree tree;
    tree.write(u"sys/class/hwmon/hwmon0/name"_s, "cpu_thermal\n");
    tree.write(u"sys/class/hwmon/hwmon0/temp1_input"_s, "30000\n");
    TemperatureSource source(tree.root());
    FrameBuilder builder;
    const CataloguePtr before = lookAt(source, builder).catalogue;
    tree.write(u"sys/class/hwmon/hwmon0/temp1_input"_s, text.toStdString());
    const Frame frame = lookAt(source, builder, 2s);
    QCOMPARE(frame.catalogue, before); // a sensor that says nothing is still there
    QCOMPARE(frame.values[0], degrees);
}

void TestTemperatureSource::aLateDriverIsFound()
{
    TestTree tree;
    TemperatureSource source(tree.root());
    FrameBuilder builder;
    QVERIFY(lookAt(source, builder).values.empty());
    tree.write(u"sys/class/hwmon/hwmon3/name"_s, "coretemp\n");
    tree.write(u"sys/class/hwmon/hwmon3/temp1_label"_s, "Package id 0\n");
    tree.write(u"sys/class/hwmon/hwmon3/temp1_input"_s, "41000\n");
    QVERIFY(lookAt(source, builder, 2s).values.empty());
    QCOMPARE(lookAt(source, builder, 1s + TemperatureSource::searchPeriod).values, std::vector<double>{41});
}

void TestTemperatureSource::aZoneStandsInForADriver()
{
    TestTree tree;
    tree.write(u"sys/class/thermal/thermal_zone0/type"_s, "acpitz\n");
    tree.write(u"sys/class/thermal/thermal_zone0/temp"_s, "27800\n");
    tree.write(u"sys/class/thermal/thermal_zone1/type"_s, "x86_pkg_temp\n");
    tree.write(u"sys/class/thermal/thermal_zone1/temp"_s, "45000\n");
    TemperatureSource source(tree.root());
    FrameBuilder builder;
    QCOMPARE(lookAt(source, builder).values, std::vector<double>{45});
}

void TestTemperatureSource::allocatesNothing()
{
    if (!canCountAllocations)
        QSKIP("Sanitizers count for themselves.");
    TemperatureSource source(machineRoot(u"server-72"_s));
    FrameBuilder builder;
    Frame frame;
    const auto look = [&] {
        builder.begin(frame);
        source.look({1s, 1s}, builder);
        builder.end();
    };
    look();
    const std::size_t before = allocationCount();
    look();
    QCOMPARE(allocationCount(), before);
}

VIGIE_TEST(TestTemperatureSource)
#include "tst_temperaturesource.moc"
