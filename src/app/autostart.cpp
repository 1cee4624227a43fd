// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/autostart.h"

#include "core/filewriting.h"
#include "core/regularfile.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QStandardPaths>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

/// One argument of an Exec line: quoted, with what means something within quotes escaped, once for the quotes and once for the
/// file (desktop-entry-spec, "The Exec key").
QString quoted(const QString& argument)
{
    QString text;
    for (const QChar c : argument) {
        if (u"\"`$\\"_s.contains(c))
            text += c == u'\\' ? u"\\\\\\"_s : u"\\\\"_s;
        text += c;
        if (c == u'%')
            text += c;
    }
    return u'"' + text + u'"';
}

QString nameFor(const QString& dataDir)
{
    constexpr qsizetype digits = 8;
    const QByteArray hash = QCryptographicHash::hash(dataDir.toUtf8(), QCryptographicHash::Sha256).toHex().left(digits);
    return dataDir.isEmpty() ? u"vigie.desktop"_s : u"vigie-%1.desktop"_s.arg(QLatin1StringView(hash));
}

Error cannotWrite(const QString& path, const QString& why)
{
    return {QCoreApplication::translate("main", "Cannot write %1: %2").arg(path, why)};
}

} // namespace

Autostart::Autostart(QString program, const QString& dataDir)
    : m_path(QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + u"/autostart/"_s + nameFor(dataDir)),
      m_command{std::move(program)}
{
    if (!dataDir.isEmpty())
        m_command += {u"--data-dir"_s, dataDir};
}

bool Autostart::isOn() const
{
    const Result<QByteArray> entry = contentOfRegularFile(m_path);
    // A desktop that turns it off may leave it there, hidden.
    return entry && !QString::fromUtf8(*entry).contains(u"\nHidden=true"_s);
}

Outcome Autostart::set(bool isOn) const
{
    if (!isOn) {
        QFile file(m_path);
        return !file.exists() || file.remove() ? Outcome(std::monostate{}) : cannotWrite(m_path, file.errorString());
    }
    const QString folder = QFileInfo(m_path).path();
    if (!QDir().mkpath(folder))
        return Error{QCoreApplication::translate("main", "Cannot make the folder %1.").arg(folder)};
    QStringList words;
    for (const QString& word : m_command) {
        // A line of the entry ends there, whatever the quotes.
        if (word.contains(u'\n') || word.contains(u'\r'))
            return cannotWrite(m_path, QCoreApplication::translate("main", "a path must not hold a line break"));
        words.append(quoted(word));
    }
    const QString text = u"[Desktop Entry]\nType=Application\nName=Vigie\nExec=%1\nTerminal=false\n"_s.arg(words.join(u' '));
    QSaveFile file(m_path);
    if (!file.open(writingMode) || !writeAll(file, text.toStdString()) || !file.commit())
        return cannotWrite(m_path, file.errorString());
    return std::monostate{};
}

} // namespace vigie
