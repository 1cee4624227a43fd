// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/severity.h"

#include <QTest>

using namespace vigie;

class TestSeverity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void levelsMean_data();
    void levelsMean();
    void namesMeanThemselves();
    void errorsAreErrorAndFatal();
};

void TestSeverity::levelsMean_data()
{
    QTest::addColumn<Severity>("severity");
    const auto row = [](Severity severity, std::initializer_list<const char*> levels) {
        for (const char* level : levels)
            QTest::newRow(level) << severity;
    };
    row(Severity::Trace, {"trace", "TRACE", "verbose", "silly", "finest"});
    row(Severity::Debug, {"debug", "Debug", "fine"});
    row(Severity::Info, {"info", "INFO", "iNfO", "log", "notice", "information", "success"});
    row(Severity::Warn, {"warn", "warning", "WARNING"});
    row(Severity::Error, {"error", "err", "severe", "ERR"});
    row(Severity::Fatal, {"fatal", "critical", "crit", "alert", "emerg", "emergency", "panic", "PANIC"});
    row(Severity::Other, {"", " ", "info ", " info", "inf", "infos", "audit", "30", "erreur", "ÉRROR", "other", "warn\n"});
}

void TestSeverity::levelsMean()
{
    QFETCH(Severity, severity);
    QCOMPARE(severityOf(QTest::currentDataTag()), severity);
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

QTEST_GUILESS_MAIN(TestSeverity)
#include "tst_severity.moc"
