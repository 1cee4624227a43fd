// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/sharing/limitspage.h"

#include "core/units.h"
#include "gui/sharing/accesstexts.h"

namespace vigie {

using namespace Qt::StringLiterals;

LimitsPage::LimitsPage(const Limits& limits, QWidget* parent) : RecordPage(u"limitsPage"_s, parent), m_limits(limits)
{
    retranslate();
    table().sortByColumn(2, Qt::DescendingOrder);
}

void LimitsPage::showCounts(const LimitHits& counts)
{
    m_counts = counts;
    const QLocale locale;
    QList<RecordTable::Record> records;
    for (int i = 0; i < int(LimitHit::Count_); ++i) {
        const auto hit = static_cast<LimitHit>(i);
        const auto times = qlonglong(counts.times[std::size_t(i)]);
        records.append({i, {{limitHitText(hit)}, {valueText(hit)}, {locale.toString(times), times}}});
    }
    setRecords(records);
}

QString LimitsPage::valueText(LimitHit hit) const
{
    const QLocale locale;
    switch (hit) {
    case LimitHit::Connections:
        return locale.toString(m_limits.connections > 0 ? m_limits.connections : Limits::usualConnections);
    case LimitHit::ConnectionsOfAddress:
        return locale.toString(m_limits.connectionsPerAddress);
    case LimitHit::Handshakes:
        return tr("%1 per second, %2 at once")
            .arg(locale.toString(m_limits.handshakesPerSecond), locale.toString(m_limits.handshakesAtOnce));
    case LimitHit::HeadTime:
        return durationText(m_limits.headSeconds);
    case LimitHit::HeadSize:
    case LimitHit::BodySize:
        return bytesText(m_limits.requestKiB * 1024.0, locale);
    case LimitHit::IdleTime:
        return durationText(m_limits.idleSeconds);
    case LimitHit::MessageSize:
        return bytesText(m_limits.messageKiB * 1024.0, locale);
    case LimitHit::MessageTime:
        return durationText(m_limits.messageSeconds);
    case LimitHit::Applications:
        return locale.toString(m_limits.applications);
    case LimitHit::BatchSize:
        return locale.toString(m_limits.batchEntries);
    case LimitHit::JsonDepth:
        return locale.toString(m_limits.jsonDepth);
    case LimitHit::Filter:
        return tr("%1 levels, words of %2").arg(locale.toString(m_limits.filterLevels), bytesText(m_limits.searchBytes, locale));
    case LimitHit::Messages:
        return locale.toString(m_limits.messagesPerSecond);
    case LimitHit::Bytes:
        return rateText(m_limits.receiveKiBPerSecond * 1024.0, locale);
    case LimitHit::HistoryRequests:
        return locale.toString(m_limits.historyRequestsAtOnce);
    case LimitHit::Unsent:
        return bytesText(m_limits.unsentMiB * 1024.0 * 1024.0, locale);
    case LimitHit::UnreadTime:
        return durationText(m_limits.unreadSeconds);
    case LimitHit::Memory:
        return bytesText(m_limits.memoryMiB * 1024.0 * 1024.0, locale);
    case LimitHit::FailedSignIns:
        return locale.toString(m_limits.failedSignIns);
    case LimitHit::SignInTime:
        return durationText(m_limits.signInSeconds);
    case LimitHit::RefusedMessages:
        return locale.toString(m_limits.refusedBeforeSignIn);
    case LimitHit::JoinRequests:
        return tr("%1 at once, %2 of one address, %3 per hour")
            .arg(locale.toString(m_limits.joinRequestsAtOnce), locale.toString(m_limits.joinRequestsOfAddress),
                 locale.toString(m_limits.joinRequestsPerHour));
    default:
        return {};
    }
}

void LimitsPage::retranslate()
{
    table().setColumns({tr("Limit"), tr("At most"), tr("Refused since the start")}, {1, 2});
    table().setAccessibleName(tr("Limits"));
    showCounts(m_counts);
}

} // namespace vigie
