// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QTabWidget;

namespace vigie {

class SetupPage;
class SourcesPage;

/// From where entries come, and how more do: a page each. Stays open beside the window.
class SourcesDialog : public QDialog
{
    Q_OBJECT

public:
    explicit SourcesDialog(QWidget* parent);

    SourcesPage& sources() { return *m_sources; }
    SetupPage& setup() { return *m_setup; }

    void open(QWidget& page);

Q_SIGNALS:
    /// The dialog was shown or hidden.
    void watched(bool isWatched);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    QTabWidget* m_tabs;
    SourcesPage* m_sources;
    SetupPage* m_setup;
};

} // namespace vigie
