// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/administration/adminpage.h"

#include "desktop/administration/auditview.h"
#include "desktop/administration/devices.h"
#include "desktop/administration/people.h"
#include "desktop/administration/roles.h"
#include "desktop/administration/serverstate.h"
#include "desktop/application/shell.h"
#include "desktop/frame/navigation.h"
#include "workbench/icons.h"
#include "workbench/pageparts.h"
#include "workbench/records/formatting.h"
#include "workbench/records/labels.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace tz {

AdminPage::AdminPage(const PageContext &context)
    : TabPage(Address{u"administration"_s, {}, {}, {}}, context.parent)
    , m_context(context)
    , m_data(new AdminData(context.shell.workspace()))
    , m_title(parts::label(u"pageTitle"_s, this))
    , m_tabs(new QTabBar(this))
    , m_stack(new QStackedWidget(this))
    , m_banner(new QWidget(this))
{
    m_data->setParent(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 18, 24, 16);
    layout->setSpacing(style::gap);
    layout->addWidget(m_title);
    m_tabs->setObjectName(u"sections"_s);
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setFocusPolicy(Qt::StrongFocus);
    layout->addWidget(m_tabs);
    m_banner->setObjectName(u"banner"_s);
    m_banner->setAttribute(Qt::WA_StyledBackground);
    auto *across = new QHBoxLayout(m_banner);
    across->setContentsMargins(14, 6, 10, 6);
    m_bannerText = new QLabel(m_banner);
    m_bannerText->setWordWrap(true);
    m_again = new QPushButton(m_banner);
    m_again->setIcon(icon(u"refresh-cw"_s));
    across->addWidget(m_bannerText, 1);
    across->addWidget(m_again);
    m_banner->hide();
    layout->addWidget(m_banner);
    layout->addWidget(m_stack, 1);
    const AdminContext sections{context, *m_data};
    add(new UsersSection(sections, m_stack));
    add(new TeamsSection(sections, m_stack));
    add(new RolesSection(sections, m_stack));
    add(new DevicesSection(sections, m_stack));
    add(new ServerSection(sections, m_stack));
    add(new AuditSection(sections, m_stack));
    connect(m_tabs, &QTabBar::currentChanged, this, &AdminPage::chosen);
    connect(m_again, &QPushButton::clicked, this, [this] { chosen(m_tabs->currentIndex()); });
    connect(m_data, &AdminData::stateChanged, this, &AdminPage::showState);
    retranslate();
}

void AdminPage::add(AdminSection *section)
{
    m_stack->addWidget(section);
    m_tabs->addTab(icon(section->iconName()), section->title());
}

QString AdminPage::caption() const
{
    return captionOf(address(), m_context.shell.workspace(), m_context.shell.views());
}

AdminSection &AdminPage::section(Part part) const
{
    return *static_cast<AdminSection *>(m_stack->widget(int(part)));
}

QList<QAction *> AdminPage::commands() const
{
    return section(Part(m_stack->currentIndex())).commands();
}

QWidget *AdminPage::mainWidget()
{
    return section(Part(m_stack->currentIndex())).mainWidget();
}

void AdminPage::showPart(Part part)
{
    m_tabs->setCurrentIndex(int(part));
    mainWidget()->setFocus(Qt::OtherFocusReason);
}

void AdminPage::chosen(int index)
{
    m_stack->setCurrentIndex(index);
    if (isVisible())
        section(Part(index)).refresh();
}

void AdminPage::showEvent(QShowEvent *event)
{
    TabPage::showEvent(event);
    section(Part(m_stack->currentIndex())).refresh();
}

void AdminPage::showState()
{
    const std::optional<Error> &error = m_data->error();
    m_banner->setVisible(error.has_value());
    if (!error)
        return;
    const QString why = labels::error(*error);
    m_bannerText->setText(
        m_data->answeredAtMs() > 0
            ? tr("%1 What you see is from %2.")
                  .arg(why, formatting::dateTime(QDateTime::fromMSecsSinceEpoch(m_data->answeredAtMs())))
            : why);
}

void AdminPage::retranslate()
{
    m_title->setText(caption());
    m_tabs->setAccessibleName(tr("Sections of the administration"));
    m_again->setText(tr("Try again"));
    for (int i = 0; i < m_tabs->count(); ++i)
        m_tabs->setTabText(i, section(Part(i)).title());
    showState();
}

void AdminPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        Q_EMIT captionChanged();
    }
    TabPage::changeEvent(event);
}

} // namespace tz
