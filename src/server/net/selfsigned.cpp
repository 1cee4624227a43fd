// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/selfsigned.h"

#include <QHostAddress>
#include <QRegularExpression>
#include <memory>
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

namespace vigie {

namespace {

using namespace Qt::StringLiterals;

constexpr long hourSeconds = 3'600;

template <auto free>
struct Free
{
    template <typename T>
    void operator()(T* object) const
    {
        free(object);
    }
};
template <typename T, auto free>
using Owned = std::unique_ptr<T, Free<free>>;
using Key = Owned<EVP_PKEY, EVP_PKEY_free>;
using Certificate = Owned<X509, X509_free>;
using Bio = Owned<BIO, BIO_free>;

QByteArray contentOf(BIO* bio)
{
    const char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return QByteArray(data, size);
}

bool addExtension(X509* certificate, int kind, const QByteArray& value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const Owned<X509_EXTENSION, X509_EXTENSION_free> extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value.constData()));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

/// "DNS:host,IP:10.0.0.1"; what would not be one name is left out.
QByteArray alternativeNames(const QStringList& names)
{
    QByteArray list;
    for (const QString& name : names) {
        const bool isAddress = !QHostAddress(name).isNull();
        if (canBeNamed(name))
            list += (list.isEmpty() ? "" : ",") + QByteArray(isAddress ? "IP:" : "DNS:") + name.toLatin1();
    }
    return list;
}

} // namespace

bool canBeNamed(const QString& name)
{
    static const QRegularExpression dns(u"^[A-Za-z0-9_]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9_])?$"_s);
    return !QHostAddress(name).isNull() || dns.match(name).hasMatch();
}

std::optional<PemPair> makeSelfSigned(const QStringList& names, int days)
{
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate(X509_new());
    unsigned char serial[16];
    if (!key || !certificate || RAND_bytes(serial, sizeof serial) != 1)
        return std::nullopt;
    serial[0] &= 0x7f; // a positive number
    const Owned<BIGNUM, BN_free> number(BN_bin2bn(serial, sizeof serial, nullptr));
    X509_NAME* const subject = X509_get_subject_name(certificate.get());
    const QByteArray alternatives = alternativeNames(names);
    const bool isMade =
        X509_set_version(certificate.get(), X509_VERSION_3) == 1 && number
        && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate.get()))
        && X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -hourSeconds)
        && X509_gmtime_adj(X509_getm_notAfter(certificate.get()), (days * 24L - 1) * hourSeconds)
        && X509_set_pubkey(certificate.get(), key.get()) == 1
        && X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("Vigie"), -1, -1, 0)
               == 1
        && X509_set_issuer_name(certificate.get(), subject) == 1 && !alternatives.isEmpty()
        && addExtension(certificate.get(), NID_subject_alt_name, alternatives)
        && addExtension(certificate.get(), NID_basic_constraints, "critical,CA:FALSE")
        && addExtension(certificate.get(), NID_key_usage, "critical,digitalSignature")
        && addExtension(certificate.get(), NID_ext_key_usage, "serverAuth")
        && X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0;
    const Bio certificatePem(BIO_new(BIO_s_mem()));
    const Bio keyPem(BIO_new(BIO_s_mem()));
    if (!isMade || !certificatePem || !keyPem || PEM_write_bio_X509(certificatePem.get(), certificate.get()) != 1
        || PEM_write_bio_PrivateKey(keyPem.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return std::nullopt;
    return PemPair{contentOf(certificatePem.get()), contentOf(keyPem.get())};
}

bool belongTogether(const QByteArray& certificate, const QByteArray& key)
{
    const Bio certificatePem(BIO_new_mem_buf(certificate.constData(), int(certificate.size())));
    const Bio keyPem(BIO_new_mem_buf(key.constData(), int(key.size())));
    if (!certificatePem || !keyPem)
        return false;
    const Certificate read(PEM_read_bio_X509(certificatePem.get(), nullptr, nullptr, nullptr));
    // An empty passphrase: nobody is to be asked for one.
    char none[] = "";
    const Key readKey(PEM_read_bio_PrivateKey(keyPem.get(), nullptr, nullptr, none));
    return read && readKey && X509_check_private_key(read.get(), readKey.get()) == 1;
}

} // namespace vigie
