// SPDX-License-Identifier: GPL-3.0-or-later
// What the log shows of an entry: in the list, in the details, to a screen reader, and what is copied of it.
#include "core/language.h"
#include "gui/widgets/daytext.h"
#include "gui/logs/logdays.h"
#include "gui/logs/logdetails.h"
#include "gui/logs/logfeed.h"
#include "gui/logs/logpanel.h"
#include "gui/logs/logtextview.h"
#include "gui/logs/terminalformat.h"
#include "gui/widgets/theme.h"
#include "testmain.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QDateTime>
#include <QLabel>
#include <QListView>
#include <QTest>
#include <QTextBlock>
#include <QTextLayout>
#include <ctime>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 day = 86'400'000;

LogBatchPtr batchOf(const std::vector<std::pair<qint64, std::string>>& entries, std::string_view metadata = {})
{
    auto batch = std::make_shared<LogBatch>("shop");
    int number = 0;
    for (const auto& [timeMs, message] : entries)
        batch->append({"id-" + std::to_string(++number), timeMs, "error", message, metadata}, LogOrigin("shop", "ann"));
    return batch;
}

/// Blanks of one kind: Qt's locales use others from version to version.
QString plain(QString text)
{
    return text.replace(QChar(0x202f), u' ').replace(QChar(0x00a0), u' ');
}

} // namespace

class TestLogView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void figuresAreShownAndCopiedToTheLetter();
    void whatTurnsTextRoundIsASign();
    void whatIsSelectedIsCopiedAsItWasSent();
    void coloursAreDrawn();
    void coloursCanBeReadInEitherTheme_data();
    void coloursCanBeReadInEitherTheme();
    void detailsAreColouredToo();
    void daysAreToldWhereTheyDiffer();
    void aDayThatEndsIsToldFromThenOn();
    void theLineBetweenDaysIsDrawn();
    void momentsAreTold_data();
    void momentsAreTold();
    void shortDatesHaveTheWholeYear();
    void aScreenReaderReadsLineByLine();

private:
    template <typename T> T* child(const QString& name) { return m_panel->findChild<T*>(name); }
    QListView* list() { return child<QListView>(u"logList"_s); }
    void push(const LogBatchPtr& batch);
    void choose(int row);
    QString detailsText() { return child<LogTextView>(u"entryText"_s)->toPlainText(); }
    /// The pixels of a row that have a hue within `range` of it, and are no grey.
    int pixelsOfHue(const QImage& picture, int hue, int range);
    QImage pictureOf(int row);

    std::unique_ptr<LogFeed> m_feed;
    std::unique_ptr<LogPanel> m_panel;
};

void TestLogView::init()
{
    applyTheme(*qApp, u"light"_s);
    applyLanguage(*qApp, u"en"_s);
    m_feed = std::make_unique<LogFeed>();
    m_panel = std::make_unique<LogPanel>(*m_feed);
    m_panel->resize(1000, 400);
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
}

void TestLogView::cleanup()
{
    m_panel.reset();
    m_feed.reset();
}

void TestLogView::push(const LogBatchPtr& batch)
{
    m_feed->push(batch);
    QTRY_COMPARE(m_panel->model().heldCount(), batch->size());
}

void TestLogView::choose(int row)
{
    list()->setCurrentIndex(m_panel->model().index(row));
}

QImage TestLogView::pictureOf(int row)
{
    QCoreApplication::processEvents();
    return list()->viewport()->grab(list()->visualRect(m_panel->model().index(row))).toImage();
}

int TestLogView::pixelsOfHue(const QImage& picture, int hue, int range)
{
    int count = 0;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 4; x < picture.width(); ++x) { // beside the mark of an error
            const QColor color = picture.pixelColor(x, y);
            const int apart = std::abs(color.hslHue() - hue);
            count += color.hslSaturation() > 60 && std::min(apart, 360 - apart) <= range;
        }
    }
    return count;
}

void TestLogView::figuresAreShownAndCopiedToTheLetter()
{
    push(batchOf({{1, "order"}},
                 R"({"id":9007199254740993,"n":12345678901234567890,"p":1.10,"b":1,"a":{"z":1e400},"b":2})"));
    choose(0);
    const QString metadata = u"{\n    \"id\": 9007199254740993,\n    \"n\": 12345678901234567890,\n    \"p\": 1.10,\n"
                             "    \"b\": 1,\n    \"a\": {\n        \"z\": 1e400\n    },\n    \"b\": 2\n}"_s;
    QCOMPARE(detailsText(), u"order\n\n"_s + metadata);
    m_panel->findChild<LogDetails*>()->copy();
    QVERIFY(QGuiApplication::clipboard()->text().contains(QString(metadata).replace(u"\n"_s, u"\n    "_s)));
}

void TestLogView::whatTurnsTextRoundIsASign()
{
    auto batch = std::make_shared<LogBatch>("sh\u202eop");
    batch->append({"id\u200b", 1, "err\u202e", "open \u202egnp.exe\r50%", "{\"f\":\"\u202ex\"}"},
                  LogOrigin("sh\u202eop", "an\u2066n"));
    push(batch);
    choose(0);
    QCOMPARE(m_panel->model().index(0).data().toString(), u"open ‹U+202E›gnp.exe‹CR›50%"_s);
    QVERIFY(detailsText().startsWith(u"open ‹U+202E›gnp.exe‹CR›50%\n\n{\n    \"f\": \"‹U+202E›x\""_s));
    QStringList labels;
    for (const QLabel* label : m_panel->findChild<LogDetails*>()->findChildren<QLabel*>())
        labels.append(label->text());
    for (const QString& part : {u"sh‹U+202E›op"_s, u"an‹U+2066›n"_s, u"id‹U+200B›"_s, u"ERR‹U+202E›"_s})
        QVERIFY2(labels.contains(part), qPrintable(labels.join(u' ')));
}

void TestLogView::whatIsSelectedIsCopiedAsItWasSent()
{
    push(batchOf({{1, "\x1b[31mred\x1b[0m\r\n\xe2\x80\xae" "end"}}, R"({"n":1})"));
    choose(0);
    auto* view = child<LogTextView>(u"entryText"_s);
    QCOMPARE(view->toPlainText(), u"red\n‹U+202E›end\n\n{\n    \"n\": 1\n}"_s);
    view->selectAll();
    view->copy();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"\u001b[31mred\u001b[0m\r\n\u202eend\n\n{\n    \"n\": 1\n}"_s);
    QTextCursor cursor = view->textCursor();
    cursor.setPosition(int(view->toPlainText().indexOf(u"\"n\""_s)));
    cursor.movePosition(QTextCursor::EndOfLine, QTextCursor::KeepAnchor);
    view->setTextCursor(cursor);
    view->copy();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"\"n\": 1"_s);
}

void TestLogView::coloursAreDrawn()
{
    const std::string text(40, 'M');
    push(batchOf({{1, text}, {2, "\x1b[32m" + text + "\x1b[0m"}, {3, "\x1b[38;2;200;0;200m" + text}, {4, "\x1b[44m" + text}}));
    // The level is red in each.
    QCOMPARE(pixelsOfHue(pictureOf(0), 135, 20), 0);
    QVERIFY(pixelsOfHue(pictureOf(1), 135, 20) > 100);
    QVERIFY(pixelsOfHue(pictureOf(2), 300, 15) > 100);
    QCOMPARE(pixelsOfHue(pictureOf(2), 135, 20), 0);
    QVERIFY(pixelsOfHue(pictureOf(3), 219, 15) > 1'000); // behind all of it
    QCOMPARE(m_panel->model().index(1).data().toString(), QString::fromStdString(text));
}

void TestLogView::coloursCanBeReadInEitherTheme_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestLogView::coloursCanBeReadInEitherTheme()
{
    QFETCH(bool, dark);
    const Theme& theme = dark ? Theme::darkTheme() : Theme::light();
    const auto check = [&](const TerminalStyle& style) {
        for (const QColor& ground : {theme.card, theme.hover, theme.selection}) {
            const QTextCharFormat format = formatOf({0, 1, style, false}, theme, ground);
            const QColor behind = format.hasProperty(QTextFormat::BackgroundBrush) ? format.background().color() : ground;
            QVERIFY2(contrast(format.foreground().color(), behind) >= 4.5,
                     qPrintable(format.foreground().color().name() + behind.name()));
        }
    };
    for (int index = 0; index < 256; ++index) {
        for (const char* kind : {"38", "48", "2;38", "7;38", "1;33;48"}) {
            TerminalStyle style;
            style.apply(std::string(kind) + ";5;" + std::to_string(index));
            check(style);
        }
    }
    QCOMPARE(formatOf({0, 1, {}, true}, theme, theme.card).foreground().color(), theme.mutedText);
    QVERIFY(contrast(theme.text, theme.card) > contrast(theme.mutedText, theme.card));
    QVERIFY(std::abs(contrast(Qt::white, Qt::black) - 21) < 0.01);
}

void TestLogView::detailsAreColouredToo()
{
    push(batchOf({{1, "first\nsec\x1b[1;31mond\nth\x1b[0mird"}}));
    choose(0);
    const QTextDocument* text = child<LogTextView>(u"entryText"_s)->document();
    const auto formats = [&](int block) { return text->findBlockByNumber(block).layout()->formats(); };
    QVERIFY(formats(0).isEmpty());
    QCOMPARE(formats(1).size(), 1);
    QCOMPARE(formats(1)[0].start, 3);
    QCOMPARE(formats(1)[0].length, 3);
    QCOMPARE(formats(2).size(), 1);
    QCOMPARE(formats(2)[0].start, 0);
    QCOMPARE(formats(2)[0].length, 2);
    QVERIFY(formats(2)[0].format.fontWeight() >= QFont::Bold);
}

void TestLogView::daysAreToldWhereTheyDiffer()
{
    const QDate today = QDate::currentDate();
    const qint64 nowMs = today.startOfDay().toMSecsSinceEpoch() + 3'600'000;
    LogModel model;
    LogDays days(model);
    using Needed = LogDays::Needed;
    model.append({{batchOf({{nowMs, "now"}}), 0}});
    QVERIFY(days.needed() == Needed::Nothing);
    model.append({{batchOf({{QDateTime(QDate(today.year() - 1, 6, 1), {}).toMSecsSinceEpoch(), "last year"}}), 0}});
    QVERIFY(days.needed() == Needed::DayAndYear);
    model.removeOldest(1);
    QVERIFY(days.needed() == Needed::DayAndYear);
    model.append({{batchOf({{nowMs, "now"}}), 0}});
    model.removeOldest(1);
    QVERIFY(days.needed() == Needed::Nothing);
    const QDate inThisYear = today.dayOfYear() == 1 ? today.addDays(1) : today.addDays(-1);
    model.append({{batchOf({{inThisYear.startOfDay().toMSecsSinceEpoch(), "another day"}}), 0}});
    QVERIFY(days.needed() == Needed::Day);
    model.clear();
    QVERIFY(days.needed() == Needed::Nothing);
    QCOMPARE(dayText({2026, 11, 29}, {2026, 11, 30}, QLocale::c()), u"29 Nov"_s);
    QCOMPARE(dayText({2025, 11, 29}, {2026, 11, 30}, QLocale::c()), u"29 Nov 2025"_s);
    QCOMPARE(dayText({58883, 12, 19}, {2026, 11, 30}, QLocale::c()), u"19 Dec 58883"_s);
}

void TestLogView::aDayThatEndsIsToldFromThenOn()
{
    const QDate today = QDate::currentDate();
    LogModel model;
    model.append({{batchOf({{today.startOfDay().toMSecsSinceEpoch() + 1, "now"}}), 0}});
    LogDays days(model);
    QVERIFY(days.needed() == LogDays::Needed::Nothing);
    days.setToday(today.addDays(1));
    QVERIFY(days.needed() != LogDays::Needed::Nothing);
}

void TestLogView::theLineBetweenDaysIsDrawn()
{
    const qint64 noonMs = QDateTime(QDate::currentDate(), QTime(12, 0)).toMSecsSinceEpoch();
    push(batchOf({{noonMs - 400 * day, "a"}, {noonMs - day, "b"}, {noonMs, "c"}, {noonMs + 1, "d"}}));
    const QColor line = Theme::light().mutedText;
    const auto hasLine = [&](int row) {
        const QImage picture = pictureOf(row);
        return picture.pixelColor(picture.width() - 20, 0) == line;
    };
    QVERIFY(!hasLine(0));
    QVERIFY(hasLine(1));
    QVERIFY(hasLine(2));
    QVERIFY(!hasLine(3));
}

void TestLogView::momentsAreTold_data()
{
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<qint64>("timeMs");
    QTest::addColumn<QString>("text");
    const auto row = [](const char* zone, qint64 timeMs, const QString& text) {
        QTest::addRow("%s, %lld", zone, timeMs) << QByteArray(zone) << timeMs << text;
    };
    row("UTC", 1'764'499'140'792, u"30 Nov 2025, 10:39:00.792 UTC"_s);
    row("Europe/Paris", 1'764'499'140'792, u"30 Nov 2025, 11:39:00.792 UTC+1"_s);
    // The two hours of that name.
    row("Europe/Paris", 1'792'887'300'000, u"25 Oct 2026, 02:15:00.000 UTC+2"_s);
    row("Europe/Paris", 1'792'890'900'000, u"25 Oct 2026, 02:15:00.000 UTC+1"_s);
    row("America/St_Johns", 1'764'499'140'792, u"30 Nov 2025, 07:09:00.792 UTC−3:30"_s);
    row("UTC", 1'756'832'768'924'716, u"24 Oct 57641, 14:28:44.716 UTC"_s);
}

void TestLogView::momentsAreTold()
{
    QFETCH(QByteArray, zone);
    QFETCH(qint64, timeMs);
    QFETCH(QString, text);
    const QByteArray before = qgetenv("TZ");
    qputenv("TZ", zone);
    tzset();
    const QString told = momentText(timeMs, QLocale(QLocale::English, QLocale::UnitedStates));
    before.isEmpty() ? qunsetenv("TZ") : qputenv("TZ", before);
    tzset();
    QCOMPARE(plain(told), text);
}

void TestLogView::shortDatesHaveTheWholeYear()
{
    for (const QLocale& locale : {QLocale(QLocale::English, QLocale::UnitedStates), QLocale(QLocale::French, QLocale::France),
                                  QLocale(QLocale::German, QLocale::Germany), QLocale::c()}) {
        QVERIFY(locale.toString(QDate(2026, 11, 29), shortDateFormat(locale)).contains(u"2026"_s));
    }
}

void TestLogView::aScreenReaderReadsLineByLine()
{
    push(batchOf({{1'764'499'140'792, "first"}, {1'764'499'141'000, "\x1b[31msecond"}, {1'764'499'142'000, "third"}}));
    QAccessibleInterface* face = QAccessible::queryAccessibleInterface(list());
    QCOMPARE(face->role(), QAccessible::List);
    QCOMPARE(face->childCount(), 3);
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(1'764'499'140'792);
    const QString when = dayText(time.date(), QDate::currentDate(), QLocale()) + time.time().toString(u" HH:mm:ss.zzz"_s);
    QCOMPARE(face->child(0)->role(), QAccessible::ListItem);
    QCOMPARE(face->child(0)->text(QAccessible::Name), when + u", error, shop, ann: first"_s);
    m_panel->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
    list()->setFocus();
    choose(0);
    QTest::keyClick(list(), Qt::Key_Down);
    // Qt tells a reader of the row that has the focus: the list's current one.
    QVERIFY(face->child(1)->state().focused && face->child(1)->state().selected);
    QVERIFY(!face->child(0)->state().focused);
    QVERIFY2(face->child(1)->text(QAccessible::Name).endsWith(u"error, shop, ann: second"_s),
             qPrintable(face->child(1)->text(QAccessible::Name)));
    QCOMPARE(face->indexOfChild(face->child(1)), 1);
    QTest::keyClick(list(), Qt::Key_Down);
    QVERIFY(face->child(2)->state().focused && !face->child(1)->state().focused);
}

VIGIE_WINDOW_TEST(TestLogView)
#include "tst_logview.moc"
