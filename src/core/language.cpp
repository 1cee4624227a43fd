// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

static void initTranslations()
{
    Q_INIT_RESOURCE(translations);
}

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

void install(QCoreApplication& application, const QString& objectName, const QString& file,
             const QString& folder)
{
    auto* translator = application.findChild<QTranslator*>(objectName);
    if (translator)
        QCoreApplication::removeTranslator(translator);
    else
        translator = new QTranslator(&application);
    translator->setObjectName(objectName);
    if (translator->load(file, folder))
        QCoreApplication::installTranslator(translator);
}

} // namespace

void applyLanguage(QCoreApplication& application, const QString& language)
{
    initTranslations();
    QString code = language.isEmpty() ? QLocale::system().name().section(u'_', 0, 0) : language;
    if (code != "fr"_L1)
        code = u"en"_s;
    // If the system has the same language, keep its region for numbers and dates.
    const QLocale system = QLocale::system();
    const bool sameLanguage = system.name().section(u'_', 0, 0) == code;
    QLocale::setDefault(sameLanguage ? system : QLocale(code));
    install(application, u"qtTranslator"_s, u"qtbase_"_s + code,
            QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(application, u"vigieTranslator"_s, u"vigie_"_s + code, u":/i18n"_s);
}

} // namespace vigie
