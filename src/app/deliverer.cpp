// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/deliverer.h"

#include "app/instancedoor.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslError>
#include <algorithm>
#include <utility>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Deliverer)
};

constexpr std::size_t postBytes = 1024 * 1024;
constexpr std::size_t postLines = 4'000; // far fewer than the ids that Vigie remembers: what is sent again is known
constexpr int firstPauseMs = 200;
constexpr int longestPauseMs = 3'000;
constexpr int refusedPauseMs = 15'000; // until somebody has perhaps done something about it
constexpr int answerMs = 30'000;
constexpr qint64 longestToken = 4'096;

QSslConfiguration tlsOf(const SpoolTarget& target, const DataFolder& folder)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    const QString own = target.url.isEmpty() ? folder.path() + u"/tls-certificate.pem"_s : target.caFile;
    if (!own.isEmpty())
        tls.setCaCertificates(target.url.isEmpty() ? tls.caCertificates() + QSslCertificate::fromPath(own)
                                                   : QSslCertificate::fromPath(own));
    return tls;
}

QByteArray tokenIn(const QString& path)
{
    if (path.isEmpty())
        return {};
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(longestToken).trimmed() : QByteArray();
}

/// What the answer says to people.
QString messageOf(const QByteArray& body, const QString& otherwise)
{
    const QString message = QJsonDocument::fromJson(body).object()["message"_L1].toString();
    return message.isEmpty() ? otherwise : message;
}

} // namespace

Deliverer::Deliverer(const DataFolder& folder, SpoolFile& own) : m_folder(folder), m_own(own)
{
    m_retry.setSingleShot(true);
    m_retry.callOnTimeout(this, &Deliverer::wake);
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    for (const QString& path : SpoolFile::pathsIn(folder.spoolPath())) {
        std::unique_ptr<SpoolFile> left = SpoolFile::takeUp(path);
        if (left && left->target() == own.target())
            m_left.push_back(std::move(left));
    }
}

Deliverer::~Deliverer()
{
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
    }
}

SpoolFile* Deliverer::next()
{
    if (!m_own.isEmpty())
        return &m_own;
    while (!m_left.empty() && m_left.front()->isEmpty()) {
        m_left.front()->remove();
        m_left.erase(m_left.begin());
    }
    return m_left.empty() ? nullptr : m_left.front().get();
}

void Deliverer::wake()
{
    if (m_reply || m_retry.isActive() || m_isStopped)
        return;
    if (SpoolFile* const spool = next())
        post(*spool);
    else
        Q_EMIT progressed();
}

bool Deliverer::findVigie()
{
    if (!m_own.target().url.isEmpty())
        m_url = QUrl(m_own.target().url);
    if (!m_url.isEmpty())
        return true;
    const auto answer = askInstance(m_folder.socketPath(), {});
    if (answer && !answer->isEnding && !answer->url.isEmpty())
        m_url = QUrl(answer->url);
    else if (answer)
        fail(Failure::Network, Text::tr("Vigie is starting or ending"), nextPauseMs());
    else
        fail(Failure::Nobody, Text::tr("Vigie does not run"), nextPauseMs());
    return !m_url.isEmpty();
}

void Deliverer::post(SpoolFile& spool)
{
    if (!findVigie())
        return;
    SpoolFile::Part part = spool.read(postBytes, postLines);
    m_end = part.end;
    m_spool = &spool;
    if (part.count == 0) {
        spool.setDelivered(part.end);
        m_retry.start(0);
        return;
    }
    QUrl url = m_url;
    const QString path = url.path().isEmpty() ? u"/"_s : url.path();
    const QByteArray app = QUrl::toPercentEncoding(spool.target().appId);
    url.setPath(path + (path.endsWith(u'/') ? QString() : u"/"_s) + u"api/apps/"_s + QString::fromLatin1(app) + u"/logs"_s,
                QUrl::TolerantMode);
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, "application/x-ndjson"_L1);
    request.setHeader(QNetworkRequest::UserAgentHeader, "vigie log"_L1);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setTransferTimeout(answerMs);
    if (url.scheme() == "https"_L1)
        request.setSslConfiguration(tlsOf(spool.target(), m_folder));
    if (const QByteArray token = tokenIn(spool.target().tokenFile); !token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + token);
    m_reply = m_network.post(request, QByteArray::fromStdString(part.lines));
    connect(m_reply, &QNetworkReply::finished, this, &Deliverer::finishPost);
}

void Deliverer::finishPost()
{
    QNetworkReply* const reply = std::exchange(m_reply, nullptr);
    reply->deleteLater();
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QByteArray body = reply->readAll();
    if (status == 200 && reply->error() == QNetworkReply::NoError) {
        m_refusedEntries += std::uint64_t(QJsonDocument::fromJson(body).object()["refusedCount"_L1].toInteger());
        m_problem.clear();
        m_pauseMs = 0;
        m_spool->setDelivered(m_end);
        Q_EMIT progressed();
        return wake();
    }
    if (status == 503 || status == 429) {
        const int afterMs = reply->rawHeader("Retry-After").toInt() * 1'000;
        return fail(Failure::Network, messageOf(body, reply->errorString()), std::clamp(afterMs, firstPauseMs, 60'000));
    }
    const bool isTlsTrouble = reply->error() == QNetworkReply::SslHandshakeFailedError;
    if (status >= 300 || isTlsTrouble)
        return fail(Failure::Refused, messageOf(body, reply->errorString()), refusedPauseMs);
    m_url.clear();
    fail(Failure::Network, reply->errorString(), nextPauseMs());
}

int Deliverer::nextPauseMs()
{
    m_pauseMs = std::clamp(2 * m_pauseMs, firstPauseMs, longestPauseMs);
    return m_pauseMs;
}

void Deliverer::fail(Failure how, const QString& why, int retryMs)
{
    m_problem = why;
    m_retry.start(retryMs);
    Q_EMIT failed(how);
}

} // namespace vigie
