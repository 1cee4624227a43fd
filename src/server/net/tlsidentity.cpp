// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/tlsidentity.h"

#include "core/filewriting.h"
#include "core/regularfile.h"
#include "server/net/selfsigned.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QHostAddress>
#include <QNetworkInterface>
#include <QSaveFile>
#include <QSysInfo>
#include <algorithm>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

constexpr int renewDays = 30;
constexpr int maxNames = 32;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TlsIdentity)
};

Result<QByteArray> contentOf(const QString& path)
{
    const Result<QByteArray> content = contentOfRegularFile(path);
    return content ? content : Error{Text::tr("%1 cannot be read: %2").arg(path, content.error().message)};
}

/// For its owner alone.
Outcome write(const QString& path, const QByteArray& content)
{
    QSaveFile file(path);
    // Before anything is in it.
    if (!file.open(writingMode) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        || !writeAll(file, {content.data(), std::size_t(content.size())}) || !file.commit())
        return Error{Text::tr("%1 cannot be written: %2").arg(path, file.errorString())};
    return std::monostate{};
}

QStringList namesOf(const QSslCertificate& certificate)
{
    const auto names = certificate.subjectAlternativeNames();
    return names.values(QSsl::DnsEntry) + names.values(QSsl::IpAddressEntry);
}

/// Whether a certificate that lacks it is to be made anew.
bool isNeeded(const QString& name)
{
    const QHostAddress address(name);
    return canBeNamed(name)
           && (address.isNull()
               || (address.protocol() == QAbstractSocket::IPv4Protocol && !address.isLoopback() && !address.isLinkLocal()));
}

} // namespace

QStringList TlsIdentity::names() const
{
    QStringList all;
    if (!chain.isEmpty()) {
        for (const QString& name : chain.first().subjectAlternativeNames().values(QSsl::DnsEntry)) {
            if (!name.contains(u'*') && name.compare("localhost"_L1, Qt::CaseInsensitive) != 0)
                all.append(name);
        }
    }
    return all;
}

QString TlsIdentity::fingerprint() const
{
    return chain.isEmpty() ? QString()
                           : QString::fromLatin1(chain.first().digest(QCryptographicHash::Sha256).toHex(':')).toUpper();
}

Result<TlsIdentity> loadTlsIdentity(const QString& certificatePath, const QString& keyPath)
{
    const Result<QByteArray> certificate = contentOf(certificatePath);
    const Result<QByteArray> key = contentOf(keyPath);
    if (!certificate || !key)
        return !certificate ? certificate.error() : key.error();
    TlsIdentity identity;
    identity.chain = QSslCertificate::fromData(*certificate, QSsl::Pem);
    if (identity.chain.isEmpty())
        return Error{Text::tr("%1 holds no certificate in PEM.").arg(certificatePath)};
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Ec, QSsl::Rsa}) {
        if (identity.key.isNull())
            identity.key = QSslKey(*key, algorithm, QSsl::Pem);
    }
    if (identity.key.isNull())
        return Error{Text::tr("%1 holds no private key in PEM without a passphrase.").arg(keyPath)};
    if (!belongTogether(*certificate, *key))
        return Error{Text::tr("The key in %1 is not that of the certificate in %2.").arg(keyPath, certificatePath)};
    return identity;
}

Result<TlsIdentity> ownTlsIdentity(const QString& folder, const QStringList& names)
{
    const QString certificatePath = folder + u"/tls-certificate.pem"_s;
    const QString keyPath = folder + u"/tls-key.pem"_s;
    QStringList all = names;
    if (QFileInfo::exists(certificatePath) && QFileInfo::exists(keyPath)) {
        Result<TlsIdentity> known = loadTlsIdentity(certificatePath, keyPath);
        if (!known)
            return known;
        const QStringList itsNames = namesOf(known->chain.first());
        const bool lacksSome = std::any_of(names.begin(), names.end(), [&itsNames](const QString& name) {
            return isNeeded(name) && !itsNames.contains(name, Qt::CaseInsensitive);
        });
        const bool lasts = known->chain.first().expiryDate() > QDateTime::currentDateTimeUtc().addDays(renewDays);
        if (lasts && (!lacksSome || !QFileInfo(folder).isWritable()))
            return known;
        for (const QString& name : itsNames) {
            if (all.size() < maxNames && isNeeded(name) && !all.contains(name, Qt::CaseInsensitive))
                all.append(name);
        }
    }
    const std::optional<PemPair> made = makeSelfSigned(all);
    if (!made)
        return Error{Text::tr("A certificate could not be made.")};
    for (const auto& [path, content] : {std::pair(keyPath, made->key), std::pair(certificatePath, made->certificate)}) {
        if (const Outcome written = write(path, content); !written)
            return written.error();
    }
    return loadTlsIdentity(certificatePath, keyPath);
}

QStringList machineNames()
{
    QStringList names{u"localhost"_s};
    if (const QString host = QSysInfo::machineHostName(); !host.isEmpty()) {
        names.append(host);
        if (!host.contains(u'.'))
            names.append(host + u".local"_s); // by multicast DNS
    }
    for (QHostAddress address : QNetworkInterface::allAddresses()) {
        address.setScopeId({});
        names.append(address.toString());
    }
    names.removeDuplicates();
    return names;
}

} // namespace vigie
