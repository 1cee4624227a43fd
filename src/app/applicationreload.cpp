// SPDX-License-Identifier: GPL-3.0-or-later
// What a service manager asks of the program while it runs: a sign of life, and to read its files again.
#include "app/application.h"

#include "sampling/sampler.h"
#include "server/server.h"

#include <QTimer>
#include <utility>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

/// The settings that have changed and hold from the next start only.
QStringList waitingForStart(const Settings& before, const Settings& now)
{
    QStringList names;
    const auto add = [&names](bool isChanged, const QString& name) {
        if (isChanged)
            names.append(name);
    };
    add(now.port != before.port, u"port"_s);
    add(now.language != before.language, u"language"_s);
    add(now.allowedOrigins != before.allowedOrigins, u"allowedOrigins"_s);
    add(now.publicUrl != before.publicUrl, u"publicUrl"_s);
    add(now.bus != before.bus, u"bus"_s);
    add(now.busCredentials != before.busCredentials, u"busCredentials"_s);
    add(now.busTlsCa != before.busTlsCa, u"busTlsCa"_s);
    add(now.node != before.node, u"node"_s);
    add(now.limits != before.limits, u"limits"_s);
    return names;
}

} // namespace

/// Both event loops that matter must turn: the main one, which has the timer, and the server's, which answers.
void Application::startWatchdog()
{
    const std::chrono::milliseconds interval = m_config.serviceManager.watchdogInterval();
    if (interval.count() == 0)
        return;
    auto* timer = new QTimer(this);
    connect(timer, &QTimer::timeout, m_server.server(), [manager = m_config.serviceManager] { manager.tellAlive(); });
    timer->start(std::max(interval / 2, std::chrono::milliseconds(1)));
}

void Application::reload()
{
    if (m_isEnding)
        return;
    m_isReloadWanted = std::exchange(m_isReloading, true);
    if (m_isReloadWanted)
        return;
    m_config.serviceManager.tellReloading();
    readSourceSettings();
    m_disk.start([this, path = m_config.settingsPath] {
        for (const QString& complaint : Settings::complaints(path))
            Console::complain(u"settings.json: "_s + complaint);
        // Ends with us, who wait for the disk.
        QMetaObject::invokeMethod(this, [this, settings = Settings::load(path)] { applyReloaded(settings); });
    });
}

void Application::applyReloaded(const Result<Settings>& settings)
{
    if (!settings) {
        Console::complain(settings.error().message);
    } else {
        const QStringList waiting = waitingForStart(m_config.kept, *settings);
        if (!waiting.isEmpty())
            Console::complain(tr("settings.json: from the next start on: %1").arg(waiting.join(u", "_s)));
        Sampler* const sampler = m_sampling.sampler();
        QMetaObject::invokeMethod(sampler, [sampler, ms = settings->sampleIntervalMs] { sampler->setUsualInterval(ms); });
        m_storage.setRetention(*settings);
    }
    m_sharing.renewCertificate([this] {
        m_isReloading = false;
        if (!m_isEnding)
            m_config.serviceManager.tellReady(m_url.toUtf8());
        if (std::exchange(m_isReloadWanted, false))
            reload();
    });
}

} // namespace vigie
