// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logs/exportdialog.h"

#include "core/history.h"
#include "gui/logs/logexport.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QStandardPaths>
#include <QVBoxLayout>
#include <algorithm>
#include <limits>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

/// Counts choose a plural's form.
int formOf(quint64 count)
{
    return static_cast<int>(std::min<quint64>(count, std::numeric_limits<int>::max()));
}

} // namespace

ExportDialog::ExportDialog(History& history, const QString& path, ExportFormat format, const Scope& scope, QWidget* parent)
    : QDialog(parent), m_path(path), m_export(new LogExport(history, path, format, this)), m_label(new QLabel),
      m_bar(new QProgressBar), m_button(new QPushButton(tr("Cancel")))
{
    setObjectName(u"exportDialog"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Export Entries"));
    m_label->setObjectName(u"exportLabel"_s);
    m_label->setTextFormat(Qt::PlainText);
    m_label->setWordWrap(true);
    m_button->setObjectName(u"exportButton"_s);
    m_bar->setTextVisible(false);
    m_bar->setRange(0, scope.total ? formOf(*scope.total) : 0);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_label);
    column->addWidget(m_bar);
    column->addWidget(m_button, 0, Qt::AlignRight);
    resize(420, 120);
    showProgress(0);
    connect(m_button, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_export, &LogExport::progressed, this, &ExportDialog::showProgress);
    connect(m_export, &LogExport::finished, this, &ExportDialog::showEnd);
    m_export->start(scope.applications, scope.choice);
}

void ExportDialog::done(int result)
{
    m_export->cancel();
    QDialog::done(result);
}

void ExportDialog::showProgress(quint64 entries)
{
    m_label->setText(tr("%Ln entry(ies) written…", nullptr, formOf(entries)));
    if (m_bar->maximum() > 0)
        m_bar->setValue(std::min(formOf(entries), m_bar->maximum()));
}

void ExportDialog::showEnd(quint64 entries, const QString& problem)
{
    m_bar->hide();
    m_button->setText(tr("Close"));
    m_label->setText(problem.isEmpty() ? tr("%Ln entry(ies) written to %1.", nullptr, formOf(entries)).arg(QDir::toNativeSeparators(m_path))
                                       : tr("Cannot write %1: %2. Nothing was left there.").arg(QDir::toNativeSeparators(m_path), problem));
}

void askAndExport(History& history, const ExportDialog::Scope& scope, QWidget* parent)
{
    const QStringList filters{ExportDialog::tr("JSON lines (*.jsonl)"), ExportDialog::tr("CSV (*.csv)"), ExportDialog::tr("Text (*.txt)")};
    auto* dialog = new QFileDialog(parent, ExportDialog::tr("Export Entries"),
                                   QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    dialog->setObjectName(u"exportFileDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters(filters);
    const QString name = scope.choice.appId.empty() ? ExportDialog::tr("logs") : QString::fromStdString(scope.choice.appId);
    dialog->selectFile(QString(name).replace(u'/', u'_') + u".jsonl"_s);
    dialog->setDefaultSuffix(u"jsonl"_s);
    const auto suffixOf = [filters](const QString& filter) {
        return QStringList{u"jsonl"_s, u"csv"_s, u"txt"_s}.value(std::max<qsizetype>(0, filters.indexOf(filter)));
    };
    // Another form gives the name its own ending.
    QObject::connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, suffixOf](const QString& filter) {
        dialog->setDefaultSuffix(suffixOf(filter));
        const QFileInfo chosen(dialog->selectedFiles().value(0));
        dialog->selectFile(chosen.completeBaseName() + u'.' + suffixOf(filter));
    });
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, [&history, scope, parent](const QString& path) {
        const QString suffix = QFileInfo(path).suffix().toLower();
        const ExportFormat format = suffix == "csv"_L1 ? ExportFormat::Csv
            : suffix == "txt"_L1                       ? ExportFormat::Text
                                                       : ExportFormat::JsonLines;
        (new ExportDialog(history, path, format, scope, parent))->open();
    });
    dialog->open();
}

} // namespace vigie
