// SPDX-License-Identifier: GPL-3.0-or-later
// What vigie app, token and audit tell people and programs.
#include "commands.h"
#include "testmain.h"

#include <QJsonDocument>
#include <QRegularExpression>

using namespace vigie::e2e;
using namespace Qt::StringLiterals;

class TestAccessCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void tokensAreListedInWords();
    void tokensAreListedForPrograms();
    void tokensAreListedByTime();
    void whatWasDoneIsSaid();
    void theAuditIsToldInWords();
    void theAuditIsToldForPrograms();
    void theAuditIsToldByTime();
    void frenchHasTheSameWordsAsTheWindow();

private:
    QByteArray run(const QStringList& words, int code = 0)
    {
        if (m_vigie->run(words + QStringList{u"--data-dir"_s, m_vigie->dataDir()}) != code)
            return "another code: " + m_vigie->err();
        return m_vigie->out();
    }

    std::unique_ptr<VigieProcess> m_vigie;
    QDateTime m_before; ///< the tokens were made
};

void TestAccessCommands::init()
{
    m_vigie = std::make_unique<VigieProcess>();
    m_vigie->setVariable(u"TZ"_s, u"Asia/Tokyo"_s);
    m_before = QDateTime::currentDateTimeUtc();
    m_vigie->addToken({u"--user"_s, u"ann"_s, u"--app"_s, u"shop"_s});
    m_vigie->addToken({u"--user"_s, u"till-1"_s, u"--all-apps"_s, u"--role"_s, u"producer"_s, u"--expires"_s, u"30d"_s});
}

void TestAccessCommands::tokensAreListedInWords()
{
    const QByteArrayList lines = run({u"token"_s, u"list"_s}).split('\n');
    QCOMPARE(lines.size(), 4);
    for (const char* title : {"Id", "User", "Application", "Role", "Kind", "Added", "Last used", "Valid until"})
        QVERIFY2(lines[0].contains(title), title);
    const QDateTime after = QDateTime::currentDateTimeUtc();
    const auto isOf = [&lines](const QDateTime& time) {
        return lines[1].contains(QLocale(QLocale::English).toString(time.addSecs(9 * 3600), u"d MMM yyyy, HH:"_s).toUtf8());
    };
    QVERIFY2(lines[1].contains("Viewer") && (isOf(m_before) || isOf(after)), lines[1].constData());
    QVERIFY2(lines[1].contains("Never") && lines[1].endsWith("Until revoked"), lines[1].constData());
    QVERIFY2(lines[2].contains("Every application") && lines[2].contains("Producer"), lines[2].constData());
    // In columns.
    QCOMPARE(lines[1].indexOf("Viewer"), lines[0].indexOf("Role"));
    QCOMPARE(lines[2].indexOf("Producer"), lines[0].indexOf("Role"));
}

void TestAccessCommands::tokensAreListedForPrograms()
{
    run({u"token"_s, u"revoke"_s, u"1"_s});
    const QByteArrayList lines = run({u"token"_s, u"list"_s, u"--json"_s}).trimmed().split('\n');
    QCOMPARE(lines.size(), 2);
    const QJsonObject ann = QJsonDocument::fromJson(lines[0]).object();
    QCOMPARE(ann["id"_L1].toInt(), 1);
    QCOMPARE(ann["role"_L1].toString(), u"viewer"_s);
    QCOMPARE(ann["kind"_L1].toString(), u"owner"_s);
    QVERIFY(ann["revoked"_L1].toInteger() >= ann["added"_L1].toInteger() && ann["added"_L1].toInteger() > 1'500'000'000'000);
    const QJsonObject till = QJsonDocument::fromJson(lines[1]).object();
    QCOMPARE(till["expires"_L1].toInteger() - till["added"_L1].toInteger(), qint64(30) * 24 * 3'600'000);
    QVERIFY(!till.contains("revoked"_L1) && !till.contains("lastUsed"_L1));
}

void TestAccessCommands::tokensAreListedByTime()
{
    QCOMPARE(run({u"token"_s, u"list"_s, u"--json"_s, u"--since"_s, u"1h"_s}).count('\n'), 2);
    QCOMPARE(run({u"token"_s, u"list"_s, u"--until"_s, u"1h"_s}), QByteArray());
    QVERIFY2(isOneLine(m_vigie->err()), m_vigie->err().constData());
}

void TestAccessCommands::whatWasDoneIsSaid()
{
    QCOMPARE(run({u"app"_s, u"add"_s, u"bank"_s}), QByteArray("Application bank added.\n"));
    const QByteArray revoked = run({u"token"_s, u"revoke"_s, u"2"_s});
    QVERIFY2(isOneLine(revoked) && revoked.contains("Token 2 of till-1 (Producer, Every application) revoked."), revoked.constData());
    run({u"token"_s, u"revoke"_s, u"2"_s}, 1);
    QVERIFY2(m_vigie->err().contains("Token 2 was revoked already."), m_vigie->err().constData());
    run({u"token"_s, u"revoke"_s, u"9"_s}, 1);
    QVERIFY2(m_vigie->err().contains("There is no token 9."), m_vigie->err().constData());
    m_vigie->addToken({u"--user"_s, u"bob"_s, u"--app"_s, u"shop"_s});
    QCOMPARE(run({u"app"_s, u"remove"_s, u"shop"_s}), QByteArray("Application shop removed, and its 2 tokens revoked.\n"));
    QCOMPARE(run({u"app"_s, u"remove"_s, u"bank"_s}), QByteArray("Application bank removed. It had no valid tokens.\n"));
}

void TestAccessCommands::theAuditIsToldInWords()
{
    const QByteArrayList lines = run({u"audit"_s}).split('\n');
    QCOMPARE(lines.size(), 5);
    QVERIFY2(lines[0].startsWith("Time") && lines[0].contains("Event"), lines[0].constData());
    static const QRegularExpression added(u"^\\d{1,2} [A-Z][a-z]{2} \\d{4}, \\d\\d:\\d\\d:\\d\\d  Application added +shop$"_s);
    QVERIFY2(added.match(QString::fromUtf8(lines[1])).hasMatch(), lines[1].constData());
    QVERIFY2(lines[2].contains("Token added"), lines[2].constData());
}

void TestAccessCommands::theAuditIsToldForPrograms()
{
    const QByteArrayList lines = run({u"audit"_s, u"--json"_s}).trimmed().split('\n');
    QCOMPARE(lines.size(), 3);
    QCOMPARE(QJsonDocument::fromJson(lines[0])["event"_L1].toString(), u"app_added"_s);
}

void TestAccessCommands::theAuditIsToldByTime()
{
    const auto count = [this](const QStringList& bounds) {
        return run(QStringList{u"audit"_s, u"--json"_s} + bounds).count('\n');
    };
    QCOMPARE(count({u"--since"_s, u"2h"_s}), 3);
    QCOMPARE(count({u"--since"_s, u"3d"_s, u"--until"_s, u"2d"_s}), 0);
    QCOMPARE(count({u"--since"_s, u"2001-01-31"_s}), 3);
    QCOMPARE(count({u"--until"_s, u"2001-01-31T14:03"_s}), 0);
    // A time without a zone is this machine's: in Tokyo, nine hours earlier than the same in UTC.
    const QDateTime soon = QDateTime::currentDateTimeUtc().addSecs(3'600);
    QCOMPARE(count({u"--since"_s, soon.toString(u"yyyy-MM-ddTHH:mm:ssZ"_s)}), 0);
    QCOMPARE(count({u"--since"_s, soon.toString(u"yyyy-MM-ddTHH:mm:ss"_s)}), 3);
}

void TestAccessCommands::frenchHasTheSameWordsAsTheWindow()
{
    const QByteArray tokens = run({u"token"_s, u"list"_s, u"--lang"_s, u"fr"_s});
    QVERIFY2(!tokens.contains("Viewer") && !tokens.contains("Every application"), tokens.constData());
    const QByteArray audit = run({u"audit"_s, u"--lang"_s, u"fr"_s});
    QVERIFY2(!audit.contains("Token added") && audit.contains("ajout"), audit.constData());
}

VIGIE_TEST(TestAccessCommands)
#include "tst_accesscommands.moc"
