// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/settings/sourcesettingspage.h"

#include "gui/sources/watchedfilesdialog.h"
#include "gui/widgets/recordtable.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalBlocker>
#include <algorithm>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

constexpr int tableHeight = 130;

QString listed(const QStringList& list)
{
    return list.join(u", "_s);
}

QStringList listOf(const QString& text)
{
    static const QRegularExpression gap(u"[,\\s]+"_s);
    return text.split(gap, Qt::SkipEmptyParts);
}

} // namespace

SourceSettingsPage::SourceSettingsPage(const SourceSettings& settings)
    : SettingsPage({}), m_settings(settings), m_problem(new QLabel), m_files(new RecordTable), m_change(new QPushButton(tr("Change…"))),
      m_remove(new QPushButton(tr("Remove")))
{
    setObjectName(u"sourceSettingsPage"_s);
    m_problem->setObjectName(u"sourceSettingsProblem"_s);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setProperty("problem", true);
    addLine(m_problem);
    setNarrowLabels();
    buildFiles();
    buildJournal();
    buildContainers();
    addHeading(u"OpenTelemetry"_s);
    addSwitch(u"listensForOtlp"_s, tr("Also on port 4318"),
              [](const SourceSettings& s) { return s.listensForOtlp; }, [](SourceSettings& s, bool on) { s.listensForOtlp = on; });
    addNote(tr("It is always taken on Vigie's own port; unless told otherwise, programs send it to port 4318."));
    showSources(settings, {});
}

void SourceSettingsPage::buildFiles()
{
    addHeading(tr("Log files that are watched"));
    m_files->setObjectName(u"watchedFilesTable"_s);
    m_files->setAccessibleName(tr("Log files that are watched"));
    m_files->setColumns({tr("Files"), tr("Application"), tr("Format")});
    for (const int column : {0, 2})
        m_files->header()->setSectionResizeMode(column, QHeaderView::Stretch);
    m_files->header()->setStretchLastSection(false);
    m_files->header()->setMinimumSectionSize(50);
    m_files->setTextElideMode(Qt::ElideMiddle);
    m_files->setMinimumHeight(tableHeight);
    m_files->setMaximumHeight(tableHeight);
    addLine(m_files);
    auto* add = new QPushButton(tr("Add…"));
    add->setObjectName(u"addWatchedFilesButton"_s);
    m_change->setObjectName(u"changeWatchedFilesButton"_s);
    m_remove->setObjectName(u"removeWatchedFilesButton"_s);
    auto* buttons = new QWidget;
    auto* row = new QHBoxLayout(buttons);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    for (QPushButton* button : {add, m_change, m_remove}) {
        button->setAutoDefault(false);
        row->addWidget(button);
    }
    row->addStretch(1);
    addLine(buttons);
    connect(add, &QPushButton::clicked, this, [this] { edit({}); });
    connect(m_change, &QPushButton::clicked, this, [this] { edit(m_settings.files[std::size_t(chosen())]); });
    connect(m_remove, &QPushButton::clicked, this, &SourceSettingsPage::remove);
    connect(m_files, &RecordTable::chosenChanged, this, &SourceSettingsPage::showButtons);
    connect(m_files, &QTreeWidget::itemActivated, m_change, &QPushButton::click);
}

void SourceSettingsPage::buildJournal()
{
    addHeading(tr("systemd's journal"));
    addSwitch(u"journalOn"_s, tr("Read the journal"), [](const SourceSettings& s) { return s.journal.isOn; },
              [](SourceSettings& s, bool on) { s.journal.isOn = on; });
    QLineEdit* const units = addText(u"journalUnits"_s, tr("Units"), [](const SourceSettings& s) { return listed(s.journal.units); },
                                     [](SourceSettings& s, const QString& text) { s.journal.units = listOf(text); });
    units->setPlaceholderText(tr("All"));
    auto* priority = new QComboBox;
    priority->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    priority->setMinimumContentsLength(8);
    priority->setObjectName(u"journalPriority"_s);
    // The names that syslog(3) and journalctl have.
    const QStringList names{u"emerg"_s, u"alert"_s, u"crit"_s, u"err"_s, u"warning"_s, u"notice"_s, u"info"_s, u"debug"_s};
    for (int i = 0; i < names.size(); ++i)
        priority->addItem(i == names.size() - 1 ? tr("All, down to %1").arg(names[i]) : tr("%1 and above").arg(names[i]), i);
    connect(priority, &QComboBox::activated, this, [this](int chosen) {
        Q_EMIT changeWanted([chosen](SourceSettings& s) -> Outcome {
            s.journal.maxPriority = chosen;
            return std::monostate{};
        });
    });
    m_refreshes.push_back([this, priority] { priority->setCurrentIndex(m_settings.journal.maxPriority); });
    add(u"journalPriority"_s, tr("Priority"), priority);
    addSwitch(u"journalBoot"_s, tr("Only of this boot"), [](const SourceSettings& s) { return s.journal.thisBootOnly; },
              [](SourceSettings& s, bool on) { s.journal.thisBootOnly = on; });
    addSwitch(u"journalPast"_s, tr("Also what it holds already"), [](const SourceSettings& s) { return s.journal.takesPast; },
              [](SourceSettings& s, bool on) { s.journal.takesPast = on; });
}

void SourceSettingsPage::buildContainers()
{
    addHeading(tr("Containers"));
    addSwitch(u"containersOn"_s, tr("Read their logs"),
              [](const SourceSettings& s) { return s.containers.isOn; },
              [](SourceSettings& s, bool on) { s.containers.isOn = on; });
    addNote(tr("Those of Docker and Podman."));
    QLineEdit* const names = addText(u"containerNames"_s, tr("Names"), [](const SourceSettings& s) { return listed(s.containers.names); },
                                     [](SourceSettings& s, const QString& text) { s.containers.names = listOf(text); });
    names->setPlaceholderText(tr("All"));
    QLineEdit* const sockets = addText(u"containerSockets"_s, tr("Sockets"),
                                       [](const SourceSettings& s) { return listed(s.containers.sockets); },
                                       [](SourceSettings& s, const QString& text) { s.containers.sockets = listOf(text); });
    sockets->setPlaceholderText(tr("Those that are usual"));
}

QCheckBox* SourceSettingsPage::addSwitch(const QString& name, const QString& text, bool (*get)(const SourceSettings&),
                                         void (*set)(SourceSettings&, bool))
{
    auto* box = new QCheckBox(text);
    box->setObjectName(name);
    connect(box, &QCheckBox::toggled, this, [this, set](bool on) {
        Q_EMIT changeWanted([set, on](SourceSettings& settings) -> Outcome {
            set(settings, on);
            return std::monostate{};
        });
    });
    m_refreshes.push_back([this, box, get] {
        const QSignalBlocker silent(box);
        box->setChecked(get(m_settings));
    });
    add(name, {}, box);
    box->setAccessibleName(text);
    return box;
}

QLineEdit* SourceSettingsPage::addText(const QString& name, const QString& label, QString (*get)(const SourceSettings&),
                                       void (*set)(SourceSettings&, const QString&))
{
    auto* field = new QLineEdit;
    field->setObjectName(name);
    connect(field, &QLineEdit::editingFinished, this, [this, field, get, set] {
        if (!field->isModified() || field->text() == get(m_settings))
            return;
        Q_EMIT changeWanted([set, text = field->text()](SourceSettings& settings) -> Outcome {
            set(settings, text);
            return std::monostate{};
        });
    });
    m_refreshes.push_back([this, field, get] {
        if (!field->hasFocus() || !field->isModified()) // not what is just being typed
            field->setText(get(m_settings));
    });
    add(name, label, field);
    return field;
}

void SourceSettingsPage::showSources(const SourceSettings& settings, const QString& problem)
{
    m_settings = settings;
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    showFiles();
    for (const auto& refresh : m_refreshes)
        refresh();
}

void SourceSettingsPage::showFiles()
{
    QList<RecordTable::Record> records;
    for (std::size_t i = 0; i < m_settings.files.size(); ++i) {
        const WatchedFiles& files = m_settings.files[i];
        records.append({int(i), {{files.pattern}, {files.appId}, {files.format.isEmpty() ? tr("Found by looking") : files.format}}});
    }
    m_files->setRecords(records);
    showButtons();
}

int SourceSettingsPage::chosen() const
{
    const QVariant key = m_files->chosenKey();
    return key.isValid() && std::size_t(key.toInt()) < m_settings.files.size() ? key.toInt() : -1;
}

void SourceSettingsPage::showButtons()
{
    m_change->setEnabled(chosen() >= 0);
    m_remove->setEnabled(chosen() >= 0);
}

void SourceSettingsPage::edit(const WatchedFiles& files)
{
    auto* dialog = new WatchedFilesDialog(files, this);
    connect(dialog, &WatchedFilesDialog::chosen, this, [this, before = files](const WatchedFiles& after) {
        Q_EMIT changeWanted([before, after](SourceSettings& settings) -> Outcome {
            const auto held = std::ranges::find(settings.files, before);
            if (held != settings.files.end())
                *held = after;
            else
                settings.files.push_back(after);
            return std::monostate{};
        });
    });
    dialog->open();
}

void SourceSettingsPage::remove()
{
    Q_EMIT changeWanted([gone = m_settings.files[std::size_t(chosen())]](SourceSettings& settings) -> Outcome {
        std::erase(settings.files, gone);
        return std::monostate{};
    });
}

} // namespace vigie
