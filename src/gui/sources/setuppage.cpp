// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/sources/setuppage.h"

#include "core/names.h"
#include "core/sourcewords.h"
#include "gui/widgets/theme.h"

#include <QClipboard>
#include <QComboBox>
#include <QEvent>
#include <QFontDatabase>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>

namespace vigie {

using namespace Qt::StringLiterals;

namespace {

constexpr int wayRole = Qt::UserRole;
const QString usualApp = u"demo"_s;
const QString certificateFile = u"tls-certificate.pem"_s; // as it is called in the data folder

} // namespace

SetupPage::SetupPage(QWidget* parent)
    : QWidget(parent), m_appName(new QLabel), m_app(new QLineEdit(usualApp)), m_placeName(new QLabel), m_place(new QComboBox),
      m_ways(new QListWidget), m_hint(new QLabel), m_code(new QPlainTextEdit), m_copy(new QPushButton), m_settings(new QPushButton)
{
    setObjectName(u"setupPage"_s);
    m_app->setObjectName(u"setupApplication"_s);
    m_place->setObjectName(u"setupPlace"_s);
    m_place->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_place->setMinimumContentsLength(16);
    m_ways->setObjectName(u"setupWays"_s);
    m_hint->setObjectName(u"setupHint"_s);
    m_hint->setWordWrap(true);
    m_hint->setProperty("muted", true);
    m_code->setObjectName(u"setupCode"_s);
    m_code->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_code->setReadOnly(true);
    m_code->setTabChangesFocus(true);
    m_code->setWordWrapMode(QTextOption::WrapAnywhere);
    m_copy->setObjectName(u"copySetupButton"_s);
    m_copy->setAutoDefault(false);
    m_settings->setObjectName(u"sourceSettingsButton"_s);
    m_settings->setAutoDefault(false);

    auto* fields = new QHBoxLayout;
    fields->setSpacing(8);
    fields->addWidget(m_appName);
    fields->addWidget(m_app, 1);
    fields->addWidget(m_placeName);
    fields->addWidget(m_place, 2);
    m_appName->setBuddy(m_app);
    m_placeName->setBuddy(m_place);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_copy);
    buttons->addStretch(1);
    buttons->addWidget(m_settings);
    auto* right = new QVBoxLayout;
    right->setSpacing(8);
    right->addWidget(m_hint);
    right->addWidget(m_code, 1);
    right->addLayout(buttons);
    auto* row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(m_ways);
    row->addLayout(right, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(12);
    column->addLayout(fields);
    column->addLayout(row, 1);

    connect(m_app, &QLineEdit::textChanged, this, &SetupPage::showLines);
    connect(m_place, &QComboBox::currentIndexChanged, this, &SetupPage::showLines);
    connect(m_ways, &QListWidget::currentRowChanged, this, &SetupPage::showLine);
    connect(m_settings, &QPushButton::clicked, this, &SetupPage::settingsWanted);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_code->toPlainText());
        m_copy->setText(tr("Copied"));
    });
    setIcons();
    retranslate();
}

void SetupPage::showListenState(const ListenState& state)
{
    if (state == m_state)
        return;
    m_state = state;
    showPlaces();
    showLines();
}

void SetupPage::setApplication(const QString& appId)
{
    if (!appId.isEmpty() && !m_app->isModified() && appIdProblem(appId.toStdString()).empty())
        m_app->setText(appId);
}

/// Where senders may be: on this machine, and where it is shared, elsewhere.
void SetupPage::showPlaces()
{
    const QSignalBlocker silent(m_place);
    const QString before = m_place->currentData().toString();
    m_place->clear();
    if (!m_state.url.isEmpty())
        m_place->addItem(tr("This machine, %1").arg(m_state.url), m_state.url);
    QStringList others = m_state.sharedUrls;
    if (!m_state.publicUrl.isEmpty())
        others.prepend(m_state.publicUrl);
    others.removeAll(m_state.url);
    for (const QString& url : others)
        m_place->addItem(tr("Another machine, %1").arg(url), url);
    m_place->setCurrentIndex(std::max(0, m_place->findData(before)));
}

SetupPlace SetupPage::place() const
{
    SetupPlace place{m_place->currentData().toString(), m_app->text()};
    place.dataDir = m_state.dataDir;
    // Where Vigie is open to all (--insecure), a token would only be overheard.
    place.needsToken = m_state.asksForToken || (!place.isHere() && !m_state.isUnprotected);
    // Behind a proxy it is the proxy's, which all know.
    if (place.url.startsWith("https:"_L1) && place.url != m_state.publicUrl && !m_state.fingerprint.isEmpty())
        place.certificate = certificateFile;
    return place;
}

void SetupPage::showLines()
{
    const SetupPlace to = place();
    const bool isName = appIdProblem(to.appId.toStdString()).empty();
    m_lines = to.url.isEmpty() || !isName ? std::vector<SetupLine>() : setupLines(to);
    const QSignalBlocker silent(m_ways);
    const QVariant before = m_ways->currentItem() ? m_ways->currentItem()->data(wayRole) : QVariant();
    m_ways->clear();
    int chosen = 0;
    for (const SetupLine& line : m_lines) {
        auto* const way = new QListWidgetItem(setupText(line.id), m_ways);
        way->setData(wayRole, QByteArray(line.id));
        if (before == QByteArray(line.id))
            chosen = m_ways->count() - 1;
    }
    m_ways->setFixedWidth(std::max(120, m_ways->sizeHintForColumn(0) + 2 * m_ways->frameWidth() + 24));
    m_ways->setCurrentRow(m_lines.empty() ? -1 : chosen);
    showLine();
}

void SetupPage::showLine()
{
    const int row = m_ways->currentRow();
    const bool isLine = row >= 0 && std::size_t(row) < m_lines.size();
    m_code->setPlainText(isLine ? m_lines[std::size_t(row)].code : QString());
    m_copy->setEnabled(isLine);
    m_copy->setText(tr("Copy"));
    QString hint = isLine                        ? setupHint(m_lines[std::size_t(row)].id)
                   : m_place->currentIndex() < 0 ? tr("Entries can be sent as soon as the server listens.")
                                                 : tr("This cannot be the name of an application.");
    const SetupPlace to = place();
    if (isLine && m_code->toPlainText().contains("TOKEN"_L1) && !hint.contains("TOKEN"_L1))
        hint += u' ' + tr("Put a token of the role Producer in place of TOKEN.");
    if (isLine && !to.certificate.isEmpty() && m_code->toPlainText().contains(to.certificate))
        hint += u' ' + tr("%1 is a copy of that file in Vigie's data folder.").arg(to.certificate);
    m_hint->setText(hint.trimmed());
    m_hint->setVisible(!m_hint->text().isEmpty());
}

void SetupPage::setIcons()
{
    m_copy->setIcon(themedIcon(u"copy"_s, palette()));
}

void SetupPage::retranslate()
{
    m_appName->setText(tr("Application"));
    m_placeName->setText(tr("On"));
    m_app->setAccessibleName(tr("Application"));
    m_place->setAccessibleName(tr("Where the entries come from"));
    m_ways->setAccessibleName(tr("Ways to add a source"));
    m_code->setAccessibleName(tr("The line to copy"));
    m_settings->setText(tr("What Vigie Reads…"));
    m_settings->setToolTip(tr("Files, the journal and containers, in the settings"));
    showPlaces();
    showLines();
}

void SetupPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    else if (event->type() == QEvent::PaletteChange)
        setIcons();
    QWidget::changeEvent(event);
}

} // namespace vigie
