// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/publicurl.h"
#include "testmain.h"

#include <QTest>

using namespace vigie;
using namespace Qt::StringLiterals;

class TestPublicUrl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsOneIsTaken_data();
    void whatIsOneIsTaken();
    void whatIsNoneIsRefusedInWords_data();
    void whatIsNoneIsRefusedInWords();
    void itsNamesAreKnown_data();
    void itsNamesAreKnown();
    void noneIsNamedByNothing();
};

void TestPublicUrl::whatIsOneIsTaken_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("whole");
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<QString>("prefix");
    const auto row = [](const char* text, const char* whole, const char* origin, const char* prefix) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(whole) << QByteArray(origin)
                            << QString::fromUtf8(prefix);
    };
    row("https://ops.example", "https://ops.example/", "https://ops.example", "");
    row("https://ops.example/", "https://ops.example/", "https://ops.example", "");
    row("https://ops.example/vigie", "https://ops.example/vigie/", "https://ops.example", "/vigie");
    row("https://ops.example/vigie/", "https://ops.example/vigie/", "https://ops.example", "/vigie");
    row("https://ops.example/a/b-c_d.e~f/", "https://ops.example/a/b-c_d.e~f/", "https://ops.example", "/a/b-c_d.e~f");
    row("HTTPS://OPS.Example:443/Vigie", "https://ops.example/Vigie/", "https://ops.example", "/Vigie");
    row("http://ops.example:80/", "http://ops.example/", "http://ops.example", "");
    row("https://ops.example:8443/v", "https://ops.example:8443/v/", "https://ops.example:8443", "/v");
    row("https://ops.example/%76igie/", "https://ops.example/vigie/", "https://ops.example", "/vigie");
    row("http://192.0.2.1:8080", "http://192.0.2.1:8080/", "http://192.0.2.1:8080", "");
    row("https://[2001:db8::1]/", "https://[2001:db8::1]/", "https://[2001:db8::1]", "");
    row("https://zürich.example/", "https://xn--zrich-kva.example/", "https://xn--zrich-kva.example", "");
}

void TestPublicUrl::whatIsOneIsTaken()
{
    QFETCH(QString, text);
    const Result<PublicUrl> url = PublicUrl::parse(text);
    QVERIFY2(url, url ? "" : qPrintable(url.error().message));
    QVERIFY(!url->isEmpty());
    QTEST(url->toString(), "whole");
    QTEST(url->origin(), "origin");
    QTEST(url->prefix(), "prefix");
}

void TestPublicUrl::whatIsNoneIsRefusedInWords_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("why");
    const QString scheme = u"it must begin with http:// or https://"_s;
    const QString path = u"its path may hold letters, digits and - . _ ~ only"_s;
    const QString behind = u"it must not have anything behind its path"_s;
    const QString login = u"it must not hold a name and a password"_s;
    for (const char* text :
         {"", "ops.example", "ops.example/vigie/", "//ops.example/", "ftp://ops.example/", "wss://ops.example/"})
        QTest::newRow(text) << QString::fromLatin1(text) << scheme;
    for (const char* text : {"https://a b/", "https://ops.example:x/", "https://ops.example:70000/", "https://ops.example/a b/",
                             "https://ops.example/<arg>/"})
        QTest::newRow(text) << QString::fromLatin1(text) << u"it is not a valid URL"_s;
    for (const char* text : {"https://", "https:///vigie/", "https://ops.example:0/"})
        QTest::newRow(text) << QString::fromLatin1(text) << u"it names no host"_s;
    for (const char* text : {"https://ops.example/?a=b", "https://ops.example/#x", "https://ops.example/?"})
        QTest::newRow(text) << QString::fromLatin1(text) << behind;
    for (const char* text : {"https://ann:secret@ops.example/", "https://ann@ops.example/", "https://@ops.example/"})
        QTest::newRow(text) << QString::fromLatin1(text) << login;
    for (const char* text :
         {"https://ops.example/../", "https://ops.example/a/./b", "https://ops.example//", "https://ops.example/a//b",
          "https://ops.example/%20", "https://ops.example/a;b/", "https://ops.example/a+b/"})
        QTest::newRow(text) << QString::fromLatin1(text) << path;
}

void TestPublicUrl::whatIsNoneIsRefusedInWords()
{
    QFETCH(QString, text);
    const Result<PublicUrl> url = PublicUrl::parse(text);
    QVERIFY(!url);
    QTEST(url.error().message, "why");
}

void TestPublicUrl::itsNamesAreKnown_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<bool>("isNamed");
    const auto row = [](const char* url, const char* host, bool isNamed) {
        QTest::addRow("%s %s", url, host) << QString::fromLatin1(url) << QByteArray(host) << isNamed;
    };
    row("https://ops.example/vigie/", "ops.example", true);
    row("https://ops.example/vigie/", "OPS.example", true);
    row("https://ops.example/vigie/", "ops.example:443", true);
    row("https://ops.example/vigie/", "ops.example:80", false);
    row("https://ops.example/vigie/", "ops.example:3001", false);
    row("https://ops.example/vigie/", "evil.example", false);
    row("https://ops.example/vigie/", "ops.example.evil.example", false);
    row("https://ops.example/vigie/", "ops.example/x", false);
    row("https://ops.example/vigie/", "ann@ops.example", false);
    row("https://ops.example/vigie/", "", false);
    row("http://ops.example/", "ops.example:80", true);
    row("https://ops.example:8443/", "ops.example:8443", true);
    row("https://ops.example:8443/", "ops.example", true);
    row("https://ops.example:8443/", "ops.example:443", false);
    row("https://[2001:db8::1]/", "[2001:db8::1]", true);
    row("https://[2001:db8::1]/", "[2001:db8::2]", false);
}

void TestPublicUrl::itsNamesAreKnown()
{
    QFETCH(QString, url);
    QFETCH(QByteArray, host);
    QTEST(PublicUrl::parse(url)->isNamedBy(host), "isNamed");
}

void TestPublicUrl::noneIsNamedByNothing()
{
    QVERIFY(PublicUrl().isEmpty());
    QCOMPARE(PublicUrl().toString(), QString());
    QCOMPARE(PublicUrl().origin(), QByteArray());
    QVERIFY(!PublicUrl().isNamedBy("ops.example"));
    QVERIFY(!PublicUrl().isNamedBy(""));
}

VIGIE_TEST(TestPublicUrl)
#include "tst_publicurl.moc"
