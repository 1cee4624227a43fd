// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/qrcode.h"
#include "testmain.h"

#include <QColor>
#include <QImage>
#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestQrCode : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theCodeHoldsTheLink();
};

void TestQrCode::theCodeHoldsTheLink()
{
    const QImage code =
        qrCode(u"https://192.0.2.7:3001/#app=shop&user=guest&token=vigie_0123456789012345678901234567890123456789012"_s);
    QVERIFY(!code.isNull());
    QCOMPARE(code.width(), code.height());
    // The quiet zone, and the corner of the first finder pattern (ISO/IEC 18004).
    QCOMPARE(code.pixelColor(3, 3), QColor(Qt::white));
    for (int i = 4; i < 11; ++i) {
        QCOMPARE(code.pixelColor(i, 4), QColor(Qt::black));
        QCOMPARE(code.pixelColor(4, i), QColor(Qt::black));
    }
    QVERIFY(qrCode(QString(4'000, u'x')).isNull());
}

VIGIE_TEST(TestQrCode)
#include "tst_qrcode.moc"
