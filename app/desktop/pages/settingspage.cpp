// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/pages/settingspage.h"

#include "desktop/application/shell.h"
#include "desktop/frame/mainwindow.h"
#include "desktop/frame/navigation.h"
#include "desktop/pages/twostepdialog.h"
#include "workbench/dialogs/dialogs.h"
#include "workbench/icons.h"
#include "workbench/pageparts.h"
#include "workbench/records/labels.h"
#include "workbench/style.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QEvent>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace tz {
namespace {

constexpr int contentWidth = 760;

} // namespace

SettingsPage::SettingsPage(const PageContext &context)
    : TabPage(Address{u"settings"_s, {}, {}, {}}, context.parent)
    , m_context(context)
{
    build();
    retranslate();
}

QString SettingsPage::caption() const
{
    return captionOf(address(), m_context.shell.workspace(), m_context.shell.views());
}

QWidget *SettingsPage::mainWidget()
{
    return m_language;
}

void SettingsPage::build()
{
    Settings &settings = m_context.shell.settings();
    QVBoxLayout *layout = parts::scrollingColumn(this, contentWidth);
    QWidget *column = layout->parentWidget();
    m_title = parts::label(u"pageTitle"_s, column);
    layout->addWidget(m_title);

    QWidget *appearance = parts::section(m_appearance, layout);
    auto *grid = new QGridLayout(appearance);
    grid->setContentsMargins(16, 14, 16, 14);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(8);
    grid->setColumnMinimumWidth(1, 240);
    grid->setColumnStretch(2, 1);
    m_language = new QComboBox(appearance);
    for (const QString &language : Language::available())
        m_language->addItem(Language::nativeName(language), language);
    m_theme = new QComboBox(appearance);
    m_density = new QComboBox(appearance);
    m_fontSize = new QSpinBox(appearance);
    m_fontSize->setRange(8, 16);
    m_languageLabel = parts::fieldBeside(m_language, grid);
    m_themeLabel = parts::fieldBeside(m_theme, grid);
    m_densityLabel = parts::fieldBeside(m_density, grid);
    m_fontLabel = parts::fieldBeside(m_fontSize, grid);
    connect(m_language, &QComboBox::activated, this,
            [this, &settings](int index) { settings.setLanguage(m_language->itemData(index).toString()); });
    connect(m_theme, &QComboBox::activated, this,
            [this, &settings](int index) { settings.setTheme(m_theme->itemData(index).toString()); });
    connect(m_density, &QComboBox::activated, this,
            [&settings](int index) { settings.setDensity(Settings::Density(index)); });
    m_fontSize->setValue(settings.fontSize());
    connect(m_fontSize, &QSpinBox::valueChanged, this, [&settings](int points) { settings.setFontSize(points); });

    QWidget *departments = parts::section(m_departments, layout);
    auto *departmentsLayout = new QVBoxLayout(departments);
    departmentsLayout->setContentsMargins(1, 1, 1, 1);
    m_departmentTree = new QTreeWidget(departments);
    m_departmentTree->setRootIsDecorated(false);
    m_departmentTree->setStyleSheet(u"border: 0;"_s);
    m_departmentTree->setSelectionMode(QAbstractItemView::SingleSelection);
    m_departmentTree->setWordWrap(true);
    m_departmentTree->header()->setMinimumSectionSize(140);
    departmentsLayout->addWidget(m_departmentTree);

    QWidget *account = parts::section(m_account, layout);
    auto *accountLayout = new QVBoxLayout(account);
    accountLayout->setContentsMargins(16, 14, 16, 14);
    m_accountText = new QLabel(account);
    m_accountText->setWordWrap(true);
    m_accountText->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *accountButtons = new QHBoxLayout;
    m_devices = new QPushButton(account);
    m_devices->setIcon(icon(u"laptop"_s));
    m_forget = new QPushButton(account);
    m_forget->setIcon(icon(u"history"_s));
    m_twoStep = new QPushButton(account);
    m_twoStep->setIcon(icon(u"shield-check"_s));
    m_twoStep->setVisible(!m_context.shell.workspace().isStandalone());
    connect(m_twoStep, &QPushButton::clicked, this, [this] {
        TwoStepDialog dialog(m_context.shell.workspace(), this);
        dialogs::run(dialog);
    });
    accountButtons->addWidget(m_twoStep);
    accountButtons->addWidget(m_devices);
    accountButtons->addWidget(m_forget);
    accountButtons->addStretch(1);
    accountLayout->addWidget(m_accountText);
    accountLayout->addLayout(accountButtons);
    const Entity *device = m_context.shell.workspace().catalog()->entity(u"foundation.device"_s);
    m_devices->setVisible(device && mayRead(m_context.shell.workspace(), *device));
    connect(m_devices, &QPushButton::clicked, this, [this] { m_context.window.openList(u"foundation.device"_s); });
    connect(m_forget, &QPushButton::clicked, this, [this] {
        m_context.shell.settings().forgetRecent();
        m_context.window.toast(tr("The list of what was opened last is empty now."), {});
    });

    QWidget *about = parts::section(m_about, layout);
    auto *aboutLayout = new QVBoxLayout(about);
    aboutLayout->setContentsMargins(16, 14, 16, 14);
    m_aboutText = new QLabel(about);
    m_aboutText->setWordWrap(true);
    m_aboutText->setOpenExternalLinks(true);
    aboutLayout->addWidget(m_aboutText);
    layout->addStretch(1);
}

void SettingsPage::fillDepartments()
{
    m_departmentTree->clear();
    m_departmentTree->setHeaderLabels({tr("Department"), tr("State"), tr("Reason")});
    m_departmentTree->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    m_departmentTree->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_departmentTree->setAccessibleName(m_departments->text());
    for (const DepartmentHost::Status &status : m_context.shell.workspace().host().status()) {
        const QString label = status.spec.label.isEmpty() ? status.spec.id : status.spec.label;
        auto *item =
            new QTreeWidgetItem(m_departmentTree, {labels::text(status.spec.id, label, "department"),
                                                   status.running ? tr("Running") : tr("Not started"), status.failure});
        item->setIcon(0, icon(status.spec.icon.isEmpty() ? u"puzzle"_s : status.spec.icon));
        item->setIcon(1, status.running ? icon(u"circle-check"_s, style::color(style::Tone::Success))
                                        : icon(u"circle-x"_s, style::color(style::Tone::Danger)));
        item->setToolTip(0, status.file);
        item->setToolTip(2, status.failure);
    }
    for (const ViewHost::Status &status : m_context.shell.views().status()) {
        if (status.running)
            continue;
        QString label = status.department;
        if (const DepartmentSpec *spec = m_context.shell.workspace().catalog()->department(status.department))
            label = labels::text(spec->id, spec->label, "department");
        auto *item = new QTreeWidgetItem(m_departmentTree, {label, tr("Without its own pages"), status.failure});
        item->setIcon(1, icon(u"triangle-alert"_s, style::color(style::Tone::Warning)));
        item->setToolTip(2, status.failure);
    }
    if (m_departmentTree->topLevelItemCount() > 0)
        m_departmentTree->setCurrentItem(m_departmentTree->topLevelItem(0));
    m_departmentTree->setFixedHeight(qMin(360, 40 + 26 * m_departmentTree->topLevelItemCount()));
}

void SettingsPage::retranslate()
{
    const Settings &settings = m_context.shell.settings();
    const Workspace &workspace = m_context.shell.workspace();
    m_title->setText(caption());
    m_appearance->setText(tr("Language and appearance"));
    m_languageLabel->setText(tr("Language"));
    m_themeLabel->setText(tr("Theme"));
    m_densityLabel->setText(tr("Density"));
    m_fontLabel->setText(tr("Font size"));
    m_fontSize->setSuffix(tr(" pt"));
    m_language->setCurrentIndex(int(Language::available().indexOf(settings.language())));
    m_theme->clear();
    m_theme->addItem(icon(u"sun-moon"_s), tr("As the system"), u"system"_s);
    m_theme->addItem(icon(u"sun"_s), tr("Light"), u"light"_s);
    m_theme->addItem(icon(u"moon"_s), tr("Dark"), u"dark"_s);
    m_theme->setCurrentIndex(qMax(0, m_theme->findData(settings.theme())));
    m_density->clear();
    m_density->addItems({tr("Compact"), tr("Normal"), tr("Comfortable")});
    m_density->setCurrentIndex(int(settings.density()));
    m_departments->setText(tr("Departments"));
    m_account->setText(tr("Account and this computer"));
    m_twoStep->setText(tr("Two-step sign-in…"));
    m_devices->setText(tr("Devices"));
    m_forget->setText(tr("Forget what was opened last"));
    const QString folder = m_context.shell.shownFolder();
    m_accountText->setText(
        workspace.isStandalone()
            ? tr("%1 works on this computer only.\nThe records are kept in %2").arg(workspace.userTitle(), folder)
            : tr("%1 is signed in at %2.\nThe records are kept in %3")
                  .arg(workspace.userTitle(), workspace.serverUrl().toString(), folder));
    m_about->setText(tr("About"));
    m_aboutText->setText(
        tr("Tongzhou CRM %1 (Qt %2). Free software under the GNU General Public License, version 3 or later. Icons: "
           "Lucide (ISC).")
            .arg(QCoreApplication::applicationVersion(), QString::fromLatin1(qVersion())));
    fillDepartments();
}

void SettingsPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        Q_EMIT captionChanged();
    }
    TabPage::changeEvent(event);
}

} // namespace tz
