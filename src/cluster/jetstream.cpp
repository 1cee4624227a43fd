// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster/jetstream.h"

#include "cluster/natslink.h"

#include <QJsonDocument>

namespace vigie {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto patience = 5s;
constexpr int noResponders = 503;

} // namespace

JetStreamAnswer JetStreamAnswer::of(const NatsMessage* message)
{
    JetStreamAnswer answer;
    if (!message) {
        answer.error = noAnswer;
        answer.problem = u"no answer within its time"_s;
        return answer;
    }
    if (message->status == noResponders) {
        answer.error = nobodyThere;
        answer.problem = u"no server answers for JetStream"_s;
        return answer;
    }
    answer.object = QJsonDocument::fromJson(QByteArray::fromStdString(message->data)).object();
    const QJsonObject error = answer.object.value("error"_L1).toObject();
    if (!error.isEmpty() || answer.object.isEmpty()) {
        answer.error = error.value("err_code"_L1).toInt(noAnswer);
        answer.problem = error.value("description"_L1).toString(u"an answer that is not understood"_s);
        answer.object = {};
    }
    return answer;
}

void askJetStream(NatsLink& link, const std::string& function, const QJsonObject& request,
                  std::function<void(const JetStreamAnswer&)> done)
{
    const std::string body = request.isEmpty() ? std::string() : QJsonDocument(request).toJson(QJsonDocument::Compact).toStdString();
    link.request("$JS.API." + function, body, patience,
                 [done = std::move(done)](const NatsMessage* message) { done(JetStreamAnswer::of(message)); });
}

} // namespace vigie
