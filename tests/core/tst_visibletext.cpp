// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/visibletext.h"
#include "testmain.h"

#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestVisibleText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatPretendsIsSeen_data();
    void whatPretendsIsSeen();
    void everyControlIsSeen();
};

void TestVisibleText::whatPretendsIsSeen_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    QTest::newRow("plain") << u"ann"_s << u"ann"_s;
    QTest::newRow("empty") << QString() << QString();
    QTest::newRow("of many scripts") << u"Zoë 株式会社 עדי हिन्दी 🙂"_s
                                     << u"Zoë 株式会社 עדי हिन्दी 🙂"_s;
    QTest::newRow("quotes and markup are text") << u"ann” at <b>10.0.0.5</b>"_s << u"ann” at <b>10.0.0.5</b>"_s;
    QTest::newRow("figures of a locale") << u"1\u202f234,5\u00a0Kio"_s << u"1\u202f234,5\u00a0Kio"_s;
    QTest::newRow("right to left override") << u"\u202ebob"_s << u"\ufffdbob"_s;
    QTest::newRow("isolates") << u"a\u2066b\u2069"_s << u"a\ufffdb\ufffd"_s;
    QTest::newRow("zero width") << u"an\u200bn\u200d\ufeff"_s << u"an\ufffdn\ufffd\ufffd"_s;
    QTest::newRow("soft hyphen") << u"an\u00adn"_s << u"an\ufffdn"_s;
    QTest::newRow("lines") << u"a\nb\u2028c\u2029d\u0085"_s << u"a\ufffdb\ufffdc\ufffdd\ufffd"_s;
    QTest::newRow("a terminal's command") << u"\u001b[31m\u009b31m"_s << u"\ufffd[31m\ufffd31m"_s;
    QTest::newRow("fillers") << u"\u3164\u2800\u115f"_s << u"\ufffd\ufffd\ufffd"_s;
    QTest::newRow("variation selectors") << u"a\ufe0f\U000e0100"_s << u"a\ufffd\ufffd"_s;
    QTest::newRow("tags") << u"a\U000e0041"_s << u"a\ufffd"_s;
    QTest::newRow("nobody's characters") << u"\ue000\U000f0000\uffff"_s << u"\ufffd\ufffd\ufffd"_s;
    QTest::newRow("half of a pair") << QString(QChar(0xd83d)) << u"\ufffd"_s;
    QTest::newRow("spaces at the ends") << u" ann \u00a0"_s << u"\u2423ann\u2423\u2423"_s;
    QTest::newRow("nothing but spaces") << u"  "_s << u"\u2423\u2423"_s;
    QTest::newRow("a tower of marks") << u"e"_s + QString(6, QChar(0x0301))
                                      << u"e"_s + QString(4, QChar(0x0301)) + u"\ufffd\ufffd"_s;
}

void TestVisibleText::whatPretendsIsSeen()
{
    QFETCH(QString, text);
    QFETCH(QString, shown);
    QCOMPARE(visibleText(text), shown);
    QCOMPARE(visibleText(shown), shown);
}

void TestVisibleText::everyControlIsSeen()
{
    for (int c = 0; c < 0xa0; ++c) {
        if (c < 0x20 || c >= 0x7f)
            QCOMPARE(visibleText(u"a"_s + QChar(c) + u'b'), u"a\ufffdb"_s);
    }
}

VIGIE_TEST(TestVisibleText)
#include "tst_visibletext.moc"
