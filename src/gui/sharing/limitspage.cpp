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

void LimitsPage::showCounts(const ExcessCounts& counts)
{
    m_counts = counts;
    const QLocale locale;
    QList<RecordTable::Record> records;
    for (int i = 0; i < int(Excess::Count_); ++i) {
        const auto excess = static_cast<Excess>(i);
        const auto times = qlonglong(counts.times[std::size_t(i)]);
        records.append({i, {{excessText(excess)}, {valueText(excess)}, {locale.toString(times), times}}});
    }
    setRecords(records);
}

QString LimitsPage::valueText(Excess excess) const
{
    const QLocale locale;
    switch (excess) {
    case Excess::Connections:
        return locale.toString(m_limits.connections > 0 ? m_limits.connections : Limits::usualConnections);
    case Excess::ConnectionsOfAddress:
        return locale.toString(m_limits.connectionsPerAddress);
    case Excess::Handshakes:
        return tr("%1 per second, %2 at once")
            .arg(locale.toString(m_limits.handshakesPerSecond), locale.toString(m_limits.handshakesAtOnce));
    case Excess::HeadTime:
        return durationText(m_limits.headSeconds);
    case Excess::HeadSize:
    case Excess::BodySize:
        return bytesText(m_limits.requestKiB * 1024.0, locale);
    case Excess::IdleTime:
        return durationText(m_limits.idleSeconds);
    case Excess::MessageSize:
        return bytesText(m_limits.messageKiB * 1024.0, locale);
    case Excess::MessageTime:
        return durationText(m_limits.messageSeconds);
    case Excess::Applications:
        return locale.toString(m_limits.applications);
    case Excess::BatchSize:
        return locale.toString(m_limits.batchEntries);
    case Excess::JsonDepth:
        return locale.toString(m_limits.jsonDepth);
    case Excess::Filter:
        return tr("%1 levels, words of %2").arg(locale.toString(m_limits.filterLevels), bytesText(m_limits.searchBytes, locale));
    case Excess::Messages:
        return locale.toString(m_limits.messagesPerSecond);
    case Excess::Bytes:
        return rateText(m_limits.receiveKiBPerSecond * 1024.0, locale);
    case Excess::HistoryRequests:
        return locale.toString(m_limits.historyRequestsAtOnce);
    case Excess::Unsent:
        return bytesText(m_limits.unsentMiB * 1024.0 * 1024.0, locale);
    case Excess::UnreadTime:
        return durationText(m_limits.unreadSeconds);
    case Excess::Memory:
        return bytesText(m_limits.memoryMiB * 1024.0 * 1024.0, locale);
    case Excess::FailedSignIns:
        return locale.toString(m_limits.failedSignIns);
    case Excess::SignInTime:
        return durationText(m_limits.signInSeconds);
    case Excess::RefusedMessages:
        return locale.toString(m_limits.refusedBeforeSignIn);
    case Excess::JoinRequests:
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
