// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/widgets/theme.h"
#include "testmain.h"

#include <QApplication>
#include <QCheckBox>
#include <QImage>
#include <QTest>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

using namespace vigie;
using namespace Qt::StringLiterals;

namespace {

/// Relative luminance (WCAG 2.1).
double luminance(const QColor& color)
{
    const auto linear = [](double part) { return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

/// From 1, the same, to 21 (WCAG 2.1).
double contrast(const QColor& a, const QColor& b)
{
    const auto [low, high] = std::minmax({luminance(a), luminance(b)});
    return (high + 0.05) / (low + 0.05);
}

} // namespace

class TestTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCheckBoxIsSeen_data();
    void aCheckBoxIsSeen();
    void thePaletteIsWhole();
};

void TestTheme::aCheckBoxIsSeen_data()
{
    QTest::addColumn<QString>("theme");
    QTest::addColumn<bool>("isChecked");
    for (const QString& theme : {u"light"_s, u"dark"_s}) {
        QTest::addRow("%s, off", qPrintable(theme)) << theme << false;
        QTest::addRow("%s, on", qPrintable(theme)) << theme << true;
    }
}

void TestTheme::aCheckBoxIsSeen()
{
    QFETCH(QString, theme);
    QFETCH(bool, isChecked);
    applyTheme(*qApp, theme);
    QWidget window;
    auto* box = new QCheckBox; // without words, so that all that is drawn is the box
    box->setChecked(isChecked);
    box->setFocusPolicy(Qt::NoFocus);
    auto* layout = new QVBoxLayout(&window);
    layout->addWidget(box);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    const QImage image = window.grab().toImage();
    const QColor behind = image.pixelColor(0, 0);
    int seen = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            seen += contrast(image.pixelColor(x, y), behind) >= 3 ? 1 : 0; // what WCAG 2.1 asks of a control's outline
    }
    // The outline, or a box that is full but for its mark.
    QVERIFY2(isChecked ? seen > 100 : seen > 40 && seen < 100, qPrintable(QString::number(seen)));
}

/// Whatever roles this Qt has: one that is left out would be drawn in a colour of Qt's choice.
void TestTheme::thePaletteIsWhole()
{
    for (const Theme* theme : {&Theme::light(), &Theme::darkTheme()}) {
        const QPalette palette = theme->palette();
        for (int role = 0; role < QPalette::NColorRoles; ++role) {
            if (role != QPalette::NoRole) {
                QVERIFY2(palette.isBrushSet(QPalette::Active, QPalette::ColorRole(role)), qPrintable(QString::number(role)));
            }
        }
        QCOMPARE(&Theme::of(palette), theme);
    }
}

VIGIE_WINDOW_TEST(TestTheme)
#include "tst_theme.moc"
