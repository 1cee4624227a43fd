// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/severity.h"
#include "testmain.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace vigie;

class TestSeverity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void levelsMean_data();
    void levelsMean();
    void allShortLevelsAreInTheList();
    void theDocumentNamesThem();
    void namesMeanThemselves();
    void errorsAreErrorAndFatal();

private:
    QJsonObject m_levels; // by the severity's name; the client is held to the same
};

void TestSeverity::initTestCase()
{
    QFile file(QStringLiteral(VIGIE_TEST_DATA "/levels.json"));
    QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.errorString()));
    m_levels = QJsonDocument::fromJson(file.readAll()).object();
    QCOMPARE(m_levels.size(), severityCount);
}

void TestSeverity::levelsMean_data()
{
    QTest::addColumn<QByteArray>("level");
    QTest::addColumn<Severity>("severity");
    for (int i = 0; i < severityCount; ++i) {
        const auto severity = static_cast<Severity>(i);
        const QJsonArray levels = m_levels[QLatin1String(severityName(severity))].toArray();
        for (const QJsonValue& level : levels) {
            QTest::addRow("%s", qPrintable(QDebug::toString(level.toString()))) << level.toString().toUtf8() << severity;
        }
    }
}

void TestSeverity::levelsMean()
{
    QFETCH(QByteArray, level);
    QFETCH(Severity, severity);
    QCOMPARE(severityOf({level.constData(), std::size_t(level.size())}), severity);
}

void TestSeverity::allShortLevelsAreInTheList()
{
    // What the list does not name means nothing: so it is complete for all that one or two letters or digits can say, and three.
    QSet<QByteArray> known;
    for (int i = 0; i + 1 < severityCount; ++i) {
        for (const QJsonValue& level : m_levels[QLatin1String(severityName(static_cast<Severity>(i)))].toArray())
            known.insert(level.toString().toLower().toUtf8());
    }
    const QByteArray letters = "abcdefghijklmnopqrstuvwxyz0123456789";
    QByteArrayList words{QByteArray()};
    for (int length = 1; length <= 3; ++length) {
        QByteArrayList longer;
        for (const QByteArray& word : words) {
            for (const char letter : letters)
                longer.append(word + letter);
        }
        words = longer;
        for (const QByteArray& word : words) {
            if (severityOf(word.toStdString()) != Severity::Other && !known.contains(word))
                QFAIL(word.constData());
        }
    }
}

void TestSeverity::theDocumentNamesThem()
{
    QFile file(QStringLiteral(VIGIE_SOURCE_DIR "/docs/protocol.md"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(file.readAll());
    static const QRegularExpression row(QStringLiteral("^\\| (trace|debug|info|warn|error|fatal) \\| (`.*`) \\|$"),
                                        QRegularExpression::MultilineOption);
    static const QRegularExpression quoted(QStringLiteral("`([^`]+)`"));
    static const QRegularExpression plain(QStringLiteral("^[a-z0-9]+\\z"), QRegularExpression::CaseInsensitiveOption);
    int rows = 0;
    for (auto found = row.globalMatch(text); found.hasNext(); ++rows) {
        const QRegularExpressionMatch match = found.next();
        QSet<QString> named;
        for (auto word = quoted.globalMatch(match.captured(2)); word.hasNext();)
            named.insert(word.next().captured(1));
        QSet<QString> listed;
        for (const QJsonValue& level : m_levels[match.captured(1)].toArray()) {
            if (plain.match(level.toString()).hasMatch())
                listed.insert(level.toString().toLower());
        }
        if (named != listed)
            QCOMPARE(QStringList((named - listed).values() + (listed - named).values()), QStringList());
    }
    QCOMPARE(rows, severityCount - 1);
}

void TestSeverity::namesMeanThemselves()
{
    for (int i = 0; i < severityCount; ++i) {
        const auto severity = static_cast<Severity>(i);
        QCOMPARE(severityOf(severityName(severity)), severity);
        QVERIFY(!severityName(severity).empty());
    }
}

void TestSeverity::errorsAreErrorAndFatal()
{
    for (int i = 0; i < severityCount; ++i) {
        const auto severity = static_cast<Severity>(i);
        QCOMPARE(isError(severity), severity == Severity::Error || severity == Severity::Fatal);
    }
}

VIGIE_TEST(TestSeverity)
#include "tst_severity.moc"
