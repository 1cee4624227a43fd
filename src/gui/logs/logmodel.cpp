// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/logmodel.h"

#include "core/logtext.h"
#include "gui/widgets/daytext.h"

#include <QDateTime>
#include <algorithm>
#include <utility>

namespace vigie {

using namespace Qt::StringLiterals;

int LogModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

const LogEntryRef& LogModel::entry(int row) const
{
    return m_entries[m_rows[static_cast<std::size_t>(row)] - m_firstNumber];
}

int LogModel::rowOf(const LogEntryRef& wanted) const
{
    for (std::size_t row = m_rows.size(); row-- > 0;) {
        const LogEntryRef& held = m_entries[m_rows[row] - m_firstNumber];
        if (held.batch == wanted.batch && held.index == wanted.index)
            return static_cast<int>(row);
    }
    return -1;
}

QVariant LogModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const LogEntryRef& shown = entry(index.row());
    const LogBatch& batch = *shown.batch;
    const auto text = [](std::string_view part) { return logText(beginningOf(part, shownBytes), TextLines::One).text; };
    if (role == Qt::DisplayRole)
        return text(batch.message(shown.index));
    if (role != Qt::AccessibleTextRole)
        return {};
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(batch.timestampMs(shown.index));
    const QDate today = QDate::currentDate();
    QString when = time.time().toString(u"HH:mm:ss.zzz"_s);
    if (time.date() != today)
        when.prepend(dayText(time.date(), today, QLocale()) + u' ');
    return tr("%1, %2, %3, %4: %5", "time, level, application, sender, message")
        .arg(when, text(batch.level(shown.index)), text(batch.appId()), text(batch.userId(shown.index)),
             text(batch.message(shown.index)));
}

void LogModel::append(const std::vector<LogEntryRef>& entries)
{
    std::vector<quint64> passing;
    for (const LogEntryRef& entry : entries) {
        const quint64 number = m_firstNumber + m_entries.size();
        m_entries.push_back(entry);
        m_bytes += entry.json().size();
        if (m_matcher.passes(entry))
            passing.push_back(number);
        see(entry.batch->appId());
    }
    if (!passing.empty()) {
        beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(passing.size()) - 1);
        m_rows.insert(m_rows.end(), passing.begin(), passing.end());
        endInsertRows();
    }
    trim();
    showSeen();
}

std::size_t LogModel::fitting(const std::vector<LogEntryRef>& entries) const
{
    std::size_t count = 0;
    std::size_t bytes = m_bytes;
    for (auto entry = entries.rbegin(); entry != entries.rend() && m_entries.size() + count < maximumEntries; ++entry) {
        bytes += entry->json().size();
        if (bytes > maximumBytes)
            break;
        ++count;
    }
    return count;
}

void LogModel::prepend(const std::vector<LogEntryRef>& entries)
{
    std::vector<quint64> passing;
    m_firstNumber -= entries.size();
    for (std::size_t i = 0; i < entries.size(); ++i) {
        m_bytes += entries[i].json().size();
        if (m_matcher.passes(entries[i]))
            passing.push_back(m_firstNumber + i);
        see(entries[i].batch->appId());
    }
    m_entries.insert(m_entries.begin(), entries.begin(), entries.end());
    if (!passing.empty()) {
        beginInsertRows({}, 0, static_cast<int>(passing.size()) - 1);
        m_rows.insert(m_rows.begin(), passing.begin(), passing.end());
        endInsertRows();
    }
    while (m_entries.size() > 1 && (m_entries.size() > maximumEntries || m_bytes > maximumBytes)) {
        const quint64 last = m_firstNumber + m_entries.size() - 1;
        if (!m_rows.empty() && m_rows.back() == last) {
            beginRemoveRows({}, rowCount() - 1, rowCount() - 1);
            m_rows.pop_back();
            endRemoveRows();
        }
        m_bytes -= m_entries.back().json().size();
        m_entries.pop_back();
    }
    showSeen();
}

void LogModel::addApplications(const QStringList& applications)
{
    for (const QString& application : applications)
        see(application.toStdString());
    showSeen();
}

void LogModel::removeApplication(const std::string& appId)
{
    forget(appId);
    m_sawNew = m_seen.erase(appId) > 0 || m_sawNew;
    showSeen();
}

void LogModel::see(const std::string& appId)
{
    m_sawNew = m_seen.insert(appId).second || m_sawNew;
}

void LogModel::showSeen()
{
    if (!std::exchange(m_sawNew, false))
        return;
    m_applications.clear();
    for (const std::string& appId : m_seen)
        m_applications.append(QString::fromStdString(appId));
    Q_EMIT applicationsChanged();
}

void LogModel::trim()
{
    std::size_t leaving = m_entries.size() > maximumEntries ? m_entries.size() - maximumEntries : 0;
    std::size_t bytes = m_bytes;
    for (std::size_t i = 0; i < leaving; ++i)
        bytes -= m_entries[i].json().size();
    while (bytes > maximumBytes && leaving + 1 < m_entries.size())
        bytes -= m_entries[leaving++].json().size();
    removeOldest(leaving);
}

void LogModel::removeOldest(std::size_t count)
{
    const std::size_t leaving = std::min(count, m_entries.size());
    if (leaving == 0)
        return;
    for (std::size_t i = 0; i < leaving; ++i)
        m_bytes -= m_entries[i].json().size();
    const auto staying = std::ranges::lower_bound(m_rows, m_firstNumber + leaving);
    const auto rows = static_cast<int>(staying - m_rows.begin());
    if (rows > 0)
        beginRemoveRows({}, 0, rows - 1);
    m_rows.erase(m_rows.begin(), staying);
    m_entries.erase(m_entries.begin(), m_entries.begin() + static_cast<std::ptrdiff_t>(leaving));
    m_firstNumber += leaving;
    if (rows > 0)
        endRemoveRows();
}

void LogModel::forget(const std::string& appId)
{
    beginResetModel();
    m_firstNumber += m_entries.size();
    std::erase_if(m_entries, [&](const LogEntryRef& entry) {
        const bool leaves = entry.batch->appId() == appId;
        m_bytes -= leaves ? entry.json().size() : 0;
        return leaves;
    });
    chooseAgain();
    endResetModel();
}

void LogModel::clear()
{
    beginResetModel();
    m_firstNumber += m_entries.size();
    m_entries.clear();
    m_rows.clear();
    m_bytes = 0;
    endResetModel();
}

void LogModel::setChoice(LogChoice choice)
{
    if (choice == this->choice())
        return;
    beginResetModel();
    m_matcher = LogMatcher(std::move(choice));
    chooseAgain();
    endResetModel();
}

void LogModel::chooseAgain()
{
    m_rows.clear();
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        if (m_matcher.passes(m_entries[i]))
            m_rows.push_back(m_firstNumber + i);
    }
}

} // namespace vigie
