// SPDX-License-Identifier: GPL-3.0-or-later
#include "allocations.h"
#include "figures/figurereader.h"
#include "figures/framebuilder.h"
#include "testmain.h"

#include <QTest>
#include <cmath>
#include <functional>

using namespace vigie;
using namespace Qt::StringLiterals;

/// How frames and their catalogues come about, and how they are read.
class TestFrameBuilder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesAreMadeOfKindAndInstance();
    void oneCatalogueForOneShape();
    void changes_data();
    void changes();
    void aFrameKeepsItsCatalogue();
    void allocatesNothingInTheSteadyState();
    void readersFollowTheCatalogue();
};

namespace {

constexpr SeriesKind heat{"heat", Unit::Celsius, "Heat of it all", Quantum::Tenth, -100, 200};
constexpr SeriesKind speed{"fan.*.speed", Unit::Count, "Speed of fan %1"};

using Tell = std::function<void(FrameBuilder&)>;

Frame frameOf(FrameBuilder& builder, const Tell& tell)
{
    Frame frame;
    builder.begin(frame);
    tell(builder);
    builder.end();
    return frame;
}

QStringList namesIn(const Frame& frame)
{
    QStringList names;
    for (const Series& series : frame.catalogue->series())
        names.append(QString::fromStdString(series.name));
    return names;
}

void twoFans(FrameBuilder& out)
{
    out.add(heat, 40);
    out.add(speed, u"1"_s, 900);
    out.add(speed, u"2"_s, 700);
}

} // namespace

void TestFrameBuilder::namesAreMadeOfKindAndInstance()
{
    FrameBuilder builder;
    const SeriesLabel labels[] = {{"place", u"front"_s}};
    const Frame frame = frameOf(builder, [&](FrameBuilder& out) {
        out.add(heat, 40);
        out.add(speed, u"left"_s, 900, labels);
    });
    QCOMPARE(namesIn(frame), (QStringList{u"heat"_s, u"fan.left.speed"_s}));
    const Series& fan = frame.catalogue->series()[1];
    QCOMPARE(fan.label("place"), u"front"_s);
    QCOMPARE(fan.label("colour"), QString());
    QCOMPARE(wordsOf(fan), "Speed of fan left");
    QCOMPARE(wordsOf(frame.catalogue->series()[0]), "Heat of it all");
    QCOMPARE(frame.catalogue->find("fan.left.speed"), std::optional<std::size_t>(1));
    QVERIFY(!frame.catalogue->find("fan.left"));
    QCOMPARE(frame.catalogue->ofKind("fan.*.speed"), std::vector<std::size_t>{1});
    QCOMPARE(frame.values, (std::vector<double>{40, 900}));
}

void TestFrameBuilder::oneCatalogueForOneShape()
{
    FrameBuilder builder;
    const Frame first = frameOf(builder, twoFans);
    const Frame second = frameOf(builder, twoFans); // texts of its own, but the same
    QCOMPARE(second.catalogue, first.catalogue);
}

void TestFrameBuilder::changes_data()
{
    QTest::addColumn<QStringList>("fans");
    QTest::addColumn<QString>("label");
    QTest::addColumn<bool>("isNew");
    QTest::newRow("the same") << QStringList{u"1"_s, u"2"_s} << u"x"_s << false;
    QTest::newRow("one more") << QStringList{u"1"_s, u"2"_s, u"3"_s} << u"x"_s << true;
    QTest::newRow("the last gone") << QStringList{u"1"_s} << u"x"_s << true;
    QTest::newRow("the first gone") << QStringList{u"2"_s} << u"x"_s << true;
    QTest::newRow("another") << QStringList{u"1"_s, u"7"_s} << u"x"_s << true;
    QTest::newRow("another order") << QStringList{u"2"_s, u"1"_s} << u"x"_s << true;
    QTest::newRow("another label") << QStringList{u"1"_s, u"2"_s} << u"y"_s << true;
    QTest::newRow("none") << QStringList() << u"x"_s << true;
}

void TestFrameBuilder::changes()
{
    QFETCH(QStringList, fans);
    QFETCH(QString, label);
    QFETCH(bool, isNew);
    FrameBuilder builder;
    const auto tell = [](const QStringList& names, const QString& text) {
        return [names, text](FrameBuilder& out) {
            const SeriesLabel labels[] = {{"of", text}};
            out.add(heat, 1);
            for (const QString& name : names)
                out.add(speed, name, name.toDouble(), labels);
        };
    };
    const Frame before = frameOf(builder, tell({u"1"_s, u"2"_s}, u"x"_s));
    const Frame after = frameOf(builder, tell(fans, label));
    QCOMPARE(after.catalogue != before.catalogue, isNew);
    QCOMPARE(after.catalogue->version() != before.catalogue->version(), isNew);
    QCOMPARE(after.values.size(), after.catalogue->size());
    QStringList names{u"heat"_s};
    for (const QString& fan : fans)
        names.append(u"fan."_s + fan + u".speed"_s);
    QCOMPARE(namesIn(after), names);
    for (const QString& fan : fans)
        QCOMPARE(after.value(after.catalogue->find("fan." + fan.toStdString() + ".speed")), fan.toDouble());
    // And it stays so.
    QCOMPARE(frameOf(builder, tell(fans, label)).catalogue, after.catalogue);
}

void TestFrameBuilder::aFrameKeepsItsCatalogue()
{
    FrameBuilder builder;
    const Frame before = frameOf(builder, twoFans);
    frameOf(builder, [](FrameBuilder& out) { out.add(heat, 1); });
    QCOMPARE(namesIn(before), (QStringList{u"heat"_s, u"fan.1.speed"_s, u"fan.2.speed"_s}));
}

void TestFrameBuilder::allocatesNothingInTheSteadyState()
{
    if (!canCountAllocations)
        QSKIP("Sanitizers count for themselves.");
    FrameBuilder builder;
    Frame frame;
    const QString one = u"1"_s;
    const SeriesLabel labels[] = {{"of", u"x"_s}};
    FigureReader reader({"heat", "fan.1.speed", "none"});
    const auto look = [&] {
        builder.begin(frame);
        builder.add(heat, 1);
        builder.add(speed, one, 2, labels);
        builder.end();
        reader.read(frame);
    };
    look();
    const std::size_t before = allocationCount();
    look();
    look();
    QCOMPARE(allocationCount(), before);
}

void TestFrameBuilder::readersFollowTheCatalogue()
{
    FrameBuilder builder;
    FigureReader reader({"fan.2.speed", "heat"});
    QVERIFY(reader.read(Frame()));
    QVERIFY(!reader.isKnown(0));
    QVERIFY(!reader.read(Frame()));
    QVERIFY(reader.read(frameOf(builder, twoFans)));
    QCOMPARE(reader.value(0), 700.0);
    QVERIFY(!reader.read(frameOf(builder, twoFans)));
    QVERIFY(reader.read(frameOf(builder, [](FrameBuilder& out) { out.add(speed, u"2"_s, 5); })));
    QCOMPARE(reader.value(0), 5.0);
    QVERIFY(!reader.isKnown(1));
    QCOMPARE(reader.valueOr(1, -1), -1.0);
    reader.read(frameOf(builder, [](FrameBuilder& out) { out.add(speed, u"2"_s, unknown); }));
    QVERIFY(!reader.isKnown(0));
}

VIGIE_TEST(TestFrameBuilder)
#include "tst_framebuilder.moc"
