// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sourcestate.h"
#include "gui/widgets/recordpage.h"

#include <QHash>
#include <vector>

namespace vigie {

/// From where entries come: how each source is, how fast, how late, and what was refused, lost or guessed of it. GUI thread.
class SourcesPage : public RecordPage
{
    Q_OBJECT

public:
    explicit SourcesPage(QWidget* parent = nullptr);

    /// The sources as they are at `nowMs`. Rates come of two looks, at the clock `steadyMs` has.
    void showSources(std::vector<SourceState> sources, qint64 nowMs, qint64 steadyMs);
    /// Files whose format can be corrected: by this page's button, those that are watched.
    void setCanCorrect(bool can);

Q_SIGNALS:
    void applicationChosen(const QString& appId);
    /// The owner wants to say what the lines of this file are.
    void correctionWanted(const QString& path, const QString& format);
    void addWanted();

protected:
    void retranslate() override;
    void updateButtons() override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Look
    {
        std::uint64_t entries;
        qint64 steadyMs;
    };

    void showAll();
    const SourceState* chosen();
    QString lagText(const SourceState& source) const;
    QString notesText(const SourceState& source) const;
    QString detailsText(const SourceState& source) const;

    std::vector<SourceState> m_sources;
    qint64 m_nowMs = 0;
    QHash<QByteArray, Look> m_looks; // by id: at the last look
    QHash<QByteArray, double> m_rates; // entries a second
    bool m_canCorrect = true;
    QLabel* m_details;
    QPushButton* m_show;
    QPushButton* m_correct;
    QPushButton* m_add;
};

} // namespace vigie
