// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/otlpanswer.h"

#include "core/jsontext.h"

#include <google/protobuf/io/coded_stream.h>
#include <string>

namespace vigie {

namespace {

using google::protobuf::io::CodedOutputStream;

void appendVarint(std::string& out, std::uint64_t number)
{
    std::uint8_t bytes[10];
    const std::uint8_t* const end = CodedOutputStream::WriteVarint64ToArray(number, bytes);
    out.append(reinterpret_cast<const char*>(bytes), std::size_t(end - bytes));
}

void appendNumber(std::string& out, int field, std::uint64_t number)
{
    appendVarint(out, std::uint64_t(field) << 3);
    appendVarint(out, number);
}

void appendBytes(std::string& out, int field, std::string_view bytes)
{
    appendVarint(out, std::uint64_t(field) << 3 | 2);
    appendVarint(out, bytes.size());
    out.append(bytes);
}

/// google.rpc.Code of an HTTP status.
int codeOf(int httpStatus)
{
    switch (httpStatus) {
    case 401: return 16; // UNAUTHENTICATED
    case 403: return 7; // PERMISSION_DENIED
    case 404: return 5; // NOT_FOUND
    case 429: return 8; // RESOURCE_EXHAUSTED
    case 503: return 14; // UNAVAILABLE
    default: return 3; // INVALID_ARGUMENT
    }
}

} // namespace

QByteArray otlpAnswer(OtlpEncoding encoding, std::string_view signal, std::size_t rejected, std::string_view why)
{
    if (rejected == 0)
        return encoding == OtlpEncoding::Json ? QByteArray("{}") : QByteArray();
    std::string out;
    if (encoding == OtlpEncoding::Protobuf) {
        std::string partial; // ExportLogsPartialSuccess, and those of the others alike
        appendNumber(partial, 1, rejected);
        appendBytes(partial, 2, why);
        appendBytes(out, 1, partial);
    } else {
        const std::string_view what = signal == "traces" ? "Spans" : signal == "metrics" ? "DataPoints" : "LogRecords";
        out.append("{\"partialSuccess\":{\"rejected").append(what).append("\":\"").append(std::to_string(rejected));
        out += "\",\"errorMessage\":";
        appendJsonString(out, why);
        out += "}}";
    }
    return QByteArray::fromStdString(out);
}

QByteArray otlpRefusal(OtlpEncoding encoding, int httpStatus, std::string_view why)
{
    std::string out;
    if (encoding == OtlpEncoding::Protobuf) {
        appendNumber(out, 1, std::uint64_t(codeOf(httpStatus)));
        appendBytes(out, 2, why);
    } else {
        out = "{\"code\":" + std::to_string(codeOf(httpStatus)) + ",\"message\":";
        appendJsonString(out, why);
        out += '}';
    }
    return QByteArray::fromStdString(out);
}

} // namespace vigie
