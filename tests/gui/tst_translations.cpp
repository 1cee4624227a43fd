// SPDX-License-Identifier: GPL-3.0-or-later
#include "testmain.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;

/// Every text of the sources is in both translation files, translated.
class TestTranslations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyTextIsTranslated_data();
    void everyTextIsTranslated();
    void frenchPunctuationKeepsItsSpace();
};

namespace {

struct Messages
{
    QSet<QString> known; // context, source and comment
    QStringList unfinished;
    QStringList texts; // translations
};

Messages read(const QString& path)
{
    Messages messages;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return messages;
    QXmlStreamReader xml(&file);
    QString context;
    QString source;
    QString comment;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == "name"_L1) {
            context = xml.readElementText();
        } else if (xml.name() == "message"_L1) {
            comment.clear();
        } else if (xml.name() == "source"_L1) {
            source = xml.readElementText();
        } else if (xml.name() == "comment"_L1) {
            comment = xml.readElementText();
        } else if (xml.name() == "translation"_L1) {
            const QString key = context + u" / "_s + source + u" / "_s + comment;
            messages.known.insert(key);
            const bool marked = xml.attributes().hasAttribute("type"_L1);
            const QString text = xml.readElementText(QXmlStreamReader::IncludeChildElements);
            messages.texts.append(text);
            if (marked || text.trimmed().isEmpty())
                messages.unfinished.append(key);
        }
    }
    return messages;
}

} // namespace

void TestTranslations::everyTextIsTranslated_data()
{
    QTest::addColumn<QString>("language");
    QTest::newRow("en") << u"en"_s;
    QTest::newRow("fr") << u"fr"_s;
}

void TestTranslations::everyTextIsTranslated()
{
    QFETCH(QString, language);
    const QString root = QStringLiteral(VIGIE_SOURCE_DIR);
    const Messages ours = read(root + u"/translations/vigie_%1.ts"_s.arg(language));
    QVERIFY2(ours.known.size() > 100, "the translation file is missing or empty");
    QVERIFY2(ours.unfinished.isEmpty(), qPrintable(ours.unfinished.join(u"\n"_s)));

    QTemporaryDir folder;
    const QString fresh = folder.filePath(u"fresh_%1.ts"_s.arg(language));
    QProcess lupdate;
    lupdate.start(QStringLiteral(VIGIE_LUPDATE),
                  {u"-silent"_s, u"-recursive"_s, root + u"/src"_s, root + u"/ui"_s, u"-target-language"_s,
                   language, u"-ts"_s, fresh});
    QVERIFY(lupdate.waitForFinished(60000));
    QCOMPARE(lupdate.exitCode(), 0);
    const QSet<QString> missing = read(fresh).known - ours.known;
    QVERIFY2(missing.isEmpty(), qPrintable(u"build the target update_translations, then translate:\n"_s +
                                           QStringList(missing.begin(), missing.end()).join(u"\n"_s)));
}

void TestTranslations::frenchPunctuationKeepsItsSpace()
{
    // Before a double sign, and within quotation marks, stands a narrow space at which no line breaks (U+202F).
    static const QRegularExpression wrong(u"[ \\x{A0}][:;?!»]|«[ \\x{A0}]|\\w[;?!»]|«\\w"_s, QRegularExpression::UseUnicodePropertiesOption);
    const Messages french = read(QStringLiteral(VIGIE_SOURCE_DIR) + u"/translations/vigie_fr.ts"_s);
    QVERIFY(!french.texts.isEmpty());
    QCOMPARE(french.texts.filter(wrong), QStringList());
}

VIGIE_TEST(TestTranslations)
#include "tst_translations.moc"
