// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/settings/settingspages.h"

#include "gui/settings/limitwords.h"
#include "gui/settings/numberfield.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFontDatabase>

namespace vigie {

using namespace Qt::StringLiterals;

GeneralSettings::GeneralSettings(const Settings& settings, const SettingsOverrides& overrides, bool hasTray)
    : SettingsPage(overrides)
{
    addChoice(u"theme"_s, &Settings::theme, settings.theme, tr("Theme"),
              {{u"system"_s, tr("As the desktop")}, {u"light"_s, tr("Light")}, {u"dark"_s, tr("Dark")}});
    addChoice(u"language"_s, &Settings::language, settings.language, tr("Language"),
              {{u""_s, tr("As the desktop")}, {u"en"_s, u"English"_s}, {u"fr"_s, u"Français"_s}});

    addHeading(tr("Font of the log"));
    QList<std::pair<QString, QString>> fonts{{u""_s, tr("The desktop's fixed-width font")}};
    for (const QString& family : QFontDatabase::families()) {
        if (QFontDatabase::isFixedPitch(family))
            fonts.append({family, family});
    }
    addChoice(u"logFont"_s, &Settings::logFont, settings.logFont, tr("Font"), fonts);
    auto* size = new QComboBox;
    size->setObjectName(u"logFontPoints"_s);
    size->addItem(tr("As the window's text"), 0);
    for (const int points : {7, 8, 9, 10, 11, 12, 14, 16, 18, 20, 24, 28, 32})
        size->addItem(tr("%1 pt").arg(locale().toString(points)), points);
    size->setCurrentIndex(std::max(0, size->findData(settings.logFontPoints)));
    connect(size, &QComboBox::activated, this, [this, size] {
        Q_EMIT edited([points = size->currentData().toInt()](Settings& held) { held.logFontPoints = points; });
    });
    keepUpToDate(size, [size](const Settings& held) { size->setCurrentIndex(std::max(0, size->findData(held.logFontPoints))); });
    add(u"logFontPoints"_s, tr("Size"), size);

    addHeading(tr("Session"));
    addCheck(u"startsWithSession"_s, &Settings::startsWithSession, settings.startsWithSession,
             tr("Start Vigie when I log in"));
    QComboBox* const closing = addChoice(u"onClose"_s, &Settings::onClose, settings.onClose, tr("Closing the window"),
                                         {{u"ask"_s, tr("Asks what to do")},
                                          {u"quit"_s, tr("Quits Vigie")},
                                          {u"tray"_s, tr("Keeps Vigie running in the tray")}});
    if (!hasTray) {
        closing->setEnabled(false);
        addNote(tr("This desktop has no tray: closing the window quits Vigie."));
    }
}

HistorySettings::HistorySettings(const Settings& settings, const SettingsOverrides& overrides) : SettingsPage(overrides)
{
    auto* interval = new QComboBox;
    interval->setObjectName(u"sampleIntervalMs"_s);
    for (const int ms : {1'000, 500, 250})
        interval->addItem(tr("%1 s").arg(locale().toString(ms / 1'000.0)), ms);
    if (interval->findData(settings.sampleIntervalMs) < 0)
        interval->addItem(tr("%1 s").arg(locale().toString(settings.sampleIntervalMs / 1'000.0)), settings.sampleIntervalMs);
    interval->setCurrentIndex(interval->findData(settings.sampleIntervalMs));
    connect(interval, &QComboBox::activated, this, [this, interval] {
        Q_EMIT edited([ms = interval->currentData().toInt()](Settings& held) { held.sampleIntervalMs = ms; });
    });
    add(u"sampleIntervalMs"_s, tr("Measure every"), interval);

    constexpr int maxMiB = 16 * 1024 * 1024;
    addHeading(tr("Logs"));
    addNumber(u"logRetentionDays"_s, &Settings::logRetentionDays, settings.logRetentionDays, 1, 3650, tr("Keep for"),
              tr("days"));
    addNumber(u"logRetentionMiB"_s, &Settings::logRetentionMiB, settings.logRetentionMiB, 64, maxMiB, tr("Use at most"),
              tr("MiB"));
    addHeading(tr("Figures"));
    addNumber(u"metricRetentionDays"_s, &Settings::metricRetentionDays, settings.metricRetentionDays, 1, 3650, tr("Keep for"),
              tr("days"));
    addNumber(u"metricRetentionMiB"_s, &Settings::metricRetentionMiB, settings.metricRetentionMiB, 16, maxMiB, tr("Use at most"),
              tr("MiB"));
    addNote(tr("Whichever comes first: beyond either, the oldest is deleted for good. Lower values take effect within a minute."));
}

NetworkSettings::NetworkSettings(const Settings& settings, const SettingsOverrides& overrides)
    : SettingsPage(overrides), m_port(new NumberField(u"port"_s, 1, 65535, {}))
{
    m_port->setGrouped(false);
    m_port->setValue(settings.port);
    connect(m_port, &NumberField::changed, this, [this](int port) {
        Q_EMIT edited([port](Settings& held) { held.port = quint16(port); });
        Q_EMIT portChosen(quint16(port));
    });
    keepUpToDate(m_port, [this](const Settings& held) { m_port->showValue(held.port); });
    add(u"port"_s, tr("Port"), m_port);
    addNote(tr("Applications and browsers connect to it. Those that are connected lose their connection when it changes."));
}

void NetworkSettings::showListenState(const ListenState& state)
{
    // The command line's, which the settings do not know.
    if (!m_port->isEnabled() && state.port != 0)
        m_port->setValue(state.port);
    m_port->setProblem(state.listening ? QString() : state.error);
}

LimitSettings::LimitSettings(const Settings& settings, const SettingsOverrides& overrides) : SettingsPage(overrides)
{
    addNote(tr("What applications and viewers may use at most. Changes take effect when Vigie is started again."));
    for (const LimitRow& row : limitRows)
        addLimit(row, settings.limits.*row.value);
    auto* loopback = new QCheckBox(tr("Limit this machine's programs too"));
    loopback->setObjectName(u"limitsLoopback"_s);
    loopback->setChecked(settings.limits.limitsLoopback);
    connect(loopback, &QCheckBox::toggled, this,
            [this](bool on) { Q_EMIT edited([on](Settings& held) { held.limits.limitsLoopback = on; }); });
    add(u"limitsLoopback"_s, {}, loopback);
    loopback->setAccessibleName(loopback->text());
}

void LimitSettings::addLimit(const LimitRow& row, int held)
{
    const QString name = QString::fromLatin1(row.name.data(), qsizetype(row.name.size()));
    const LimitWords words = limitWords(row.value);
    auto* field = new NumberField(name, row.min, row.max, words.unit);
    field->setValue(held);
    connect(field, &NumberField::changed, this, [this, value = row.value](int number) {
        Q_EMIT edited([value, number](Settings& settings) { settings.limits.*value = number; });
    });
    add(name, words.label, field);
}

} // namespace vigie
