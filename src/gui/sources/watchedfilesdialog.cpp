// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/sources/watchedfilesdialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTimeZone>
#include <QVBoxLayout>
#include <algorithm>

namespace vigie {

using namespace Qt::StringLiterals;

WatchedFilesDialog::WatchedFilesDialog(const WatchedFiles& files, QWidget* parent)
    : QDialog(parent), m_pattern(new QLineEdit(files.pattern)), m_browse(new QPushButton(tr("Browse…"))),
      m_app(new QLineEdit(files.appId)), m_format(new QComboBox), m_timeZone(new QComboBox),
      m_past(new QCheckBox(tr("Also what lies there already"))), m_problem(new QLabel)
{
    setObjectName(u"watchedFilesDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    const bool isNew = files.pattern.isEmpty();
    setWindowTitle(isNew ? tr("Watch Log Files") : tr("Watched Log Files"));
    m_pattern->setObjectName(u"patternEdit"_s);
    m_pattern->setPlaceholderText(u"/var/log/nginx/*.log"_s);
    m_app->setObjectName(u"watchedApplicationEdit"_s);
    m_browse->setObjectName(u"browseFilesButton"_s);
    m_browse->setAutoDefault(false);
    m_format->setObjectName(u"watchedFormatBox"_s);
    m_format->addItem(tr("Found by looking"), QString());
    QStringList formats = lineFormats();
    if (!files.format.isEmpty() && !formats.contains(files.format))
        formats.append(files.format);
    for (const QString& format : formats)
        m_format->addItem(format, format);
    m_format->setCurrentIndex(std::max(0, m_format->findData(files.format)));
    // Some 600 names: the box finds them by what is typed.
    m_timeZone->setObjectName(u"watchedTimeZoneBox"_s);
    m_timeZone->setEditable(true);
    m_timeZone->setInsertPolicy(QComboBox::NoInsert);
    m_timeZone->addItem(QString());
    for (const QByteArray& zone : QTimeZone::availableTimeZoneIds())
        m_timeZone->addItem(QString::fromLatin1(zone));
    m_timeZone->completer()->setFilterMode(Qt::MatchContains);
    m_timeZone->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_timeZone->lineEdit()->setPlaceholderText(tr("This machine's"));
    m_timeZone->setCurrentText(files.timeZone);
    m_past->setObjectName(u"takesPastBox"_s);
    m_past->setChecked(files.takesPast);
    m_past->setEnabled(isNew); // what was not read then is not read later
    m_problem->setObjectName(u"watchedFilesProblem"_s);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setProperty("problem", true);
    m_problem->hide();

    auto* pattern = new QHBoxLayout;
    pattern->addWidget(m_pattern, 1);
    pattern->addWidget(m_browse);
    auto* form = new QFormLayout;
    const auto add = [form](const QString& name, QWidget* field, QLayout* row = nullptr) {
        auto* label = new QLabel(name);
        label->setBuddy(field);
        field->setAccessibleName(name);
        if (row)
            form->addRow(label, row);
        else
            form->addRow(label, field);
    };
    add(tr("Files"), m_pattern, pattern);
    add(tr("Application"), m_app);
    add(tr("Format"), m_format);
    add(tr("Time zone of times without one"), m_timeZone);
    form->addRow(QString(), m_past);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    connect(buttons, &QDialogButtonBox::accepted, this, &WatchedFilesDialog::choose);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_browse, &QPushButton::clicked, this, &WatchedFilesDialog::browse);
    auto* column = new QVBoxLayout(this);
    column->addLayout(form);
    column->addWidget(m_problem);
    column->addStretch(1);
    column->addWidget(buttons);
    resize(540, sizeHint().height());
}

WatchedFiles WatchedFilesDialog::files() const
{
    return {m_pattern->text(), m_app->text(), m_format->currentData().toString(), m_timeZone->currentText(), m_past->isChecked()};
}

void WatchedFilesDialog::choose()
{
    showProblem();
    if (!m_problem->isHidden())
        return;
    Q_EMIT chosen(files());
    accept();
}

void WatchedFilesDialog::browse()
{
    auto* dialog = new QFileDialog(this, tr("Watch Log Files"), u"/var/log"_s);
    dialog->setObjectName(u"watchedFileChooser"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, m_pattern, &QLineEdit::setText);
    dialog->open();
}

void WatchedFilesDialog::showProblem()
{
    const Outcome checked = check(files());
    m_problem->setText(checked ? QString() : checked.error().message);
    m_problem->setVisible(!checked);
}

} // namespace vigie
