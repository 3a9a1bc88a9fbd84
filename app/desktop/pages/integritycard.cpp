// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/pages/integritycard.h"

#include "desktop/application/shell.h"
#include "workbench/dialogs/dialogs.h"
#include "workbench/icons.h"
#include "workbench/pageparts.h"

#include <QDateTime>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPointer>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace tz {

IntegrityCard::IntegrityCard(const PageContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    QWidget *card = parts::card(this);
    outer->addWidget(card);
    auto *grid = new QGridLayout(card);
    grid->setContentsMargins(16, 12, 16, 14);
    grid->setHorizontalSpacing(12);
    m_title = parts::label(u"sectionTitle"_s, card);
    m_result = parts::label(u"mutedText"_s, card);
    m_unknown = parts::label(u"dangerText"_s, card);
    m_verify = new QPushButton(card);
    m_verify->setObjectName(u"verify"_s);
    m_verify->setIcon(icon(u"circle-check"_s));
    m_setAside = new QPushButton(card);
    m_setAside->setObjectName(u"setAside"_s);
    grid->addWidget(m_title, 0, 0);
    grid->addWidget(m_result, 1, 0);
    grid->addWidget(m_verify, 0, 1, 2, 1, Qt::AlignVCenter);
    grid->addWidget(m_unknown, 2, 0);
    grid->addWidget(m_setAside, 2, 1, Qt::AlignVCenter);
    grid->setColumnStretch(0, 1);
    connect(m_verify, &QPushButton::clicked, this, &IntegrityCard::verify);
    connect(m_setAside, &QPushButton::clicked, this, &IntegrityCard::setAside);
}

void IntegrityCard::showStatus(const SyncStatus &status)
{
    using Outcome = IntegrityReport::Outcome;
    m_title->setText(tr("Comparison with the server"));
    m_verify->setText(tr("Compare now"));
    m_verify->setEnabled(!status.busy && status.complete && status.connection == SyncStatus::Connection::Online);
    m_setAside->setText(tr("Set aside…"));
    if (!status.integrity) {
        m_result->setText(tr("Nothing has been compared yet; it happens once a day by itself."));
    } else {
        const IntegrityReport &report = *status.integrity;
        const QString when = QLocale().toString(QDateTime::fromMSecsSinceEpoch(report.atMs), QLocale::ShortFormat);
        switch (report.outcome) {
        case Outcome::Same:
            m_result->setText(tr("%1: the same %Ln record(s) here and there.", nullptr, int(report.records)).arg(when));
            break;
        case Outcome::Repaired:
            m_result->setText(tr("%1: something was different; it was fetched again and is the same now.").arg(when));
            break;
        case Outcome::Differs:
            m_result->setText(tr("%1: something is different though it was fetched again. Please copy the report and "
                                 "send it to your administrator.")
                                  .arg(when));
            break;
        }
    }
    m_count = status.toSetAside;
    m_unknown->setVisible(m_count > 0);
    m_setAside->setVisible(m_count > 0);
    if (m_count > 0)
        m_unknown->setText(
            tr("The server was restored from a backup and knows nothing of %Ln record(s) here. They stay "
               "until you set them aside, or until the computers of their authors bring them back.",
               nullptr, int(m_count)));
}

void IntegrityCard::verify()
{
    m_verify->setEnabled(false);
    m_context.shell.workspace().onStore(
        [](RecordStore &, ReplicaState &state) -> std::any { return state.askForVerify().has_value(); },
        [self = QPointer(this)](const std::any &) {
            if (self)
                self->m_context.shell.workspace().syncNow();
        });
}

void IntegrityCard::setAside()
{
    if (!dialogs::confirm(this, tr("Set aside"),
                          tr("%Ln record(s) are taken out of sight here and kept for 45 days. Whatever an author's "
                             "computer brings back comes back here too; your administrator can bring back the rest. "
                             "Wait instead if not everybody has synced since the server was restored.",
                             nullptr, int(m_count)),
                          tr("Set aside")))
        return;
    m_context.shell.workspace().onStore(
        [](RecordStore &, ReplicaState &state) -> std::any { return state.agreeToSetAside().has_value(); },
        [self = QPointer(this)](const std::any &) {
            if (self)
                self->m_context.shell.workspace().syncNow();
        });
}

} // namespace tz
