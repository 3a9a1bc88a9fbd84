// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/administration/serverstate.h"

#include "workbench/pageparts.h"
#include "workbench/records/formatting.h"
#include "workbench/style.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace tz {
namespace {

constexpr int refreshMs = 10'000;
constexpr int contentWidth = 760;
constexpr int labelWidth = 180;
constexpr qint64 dayMs = 86'400'000;
constexpr qint64 endsSoonMs = 30 * dayMs;
constexpr int littleFreePercent = 10;

QString time(qint64 ms)
{
    return ms > 0 ? formatting::dateTime(QDateTime::fromMSecsSinceEpoch(ms)) : u"–"_s;
}

QString bytesText(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeTraditionalFormat);
}

/// A card of lines, each a name and what there is to say.
class Lines {
public:
    Lines(const QString &title, QVBoxLayout *into)
    {
        QLabel *label = nullptr;
        m_card = parts::section(label, into);
        label->setText(title);
        m_grid = new QGridLayout(m_card);
        m_grid->setContentsMargins(16, 12, 16, 12);
        m_grid->setHorizontalSpacing(16);
        m_grid->setVerticalSpacing(6);
        m_grid->setColumnMinimumWidth(0, labelWidth);
        m_grid->setColumnStretch(1, 1);
    }
    void add(const QString &name, const QString &text, style::Tone tone = style::Tone::Neutral)
    {
        const int row = m_grid->count() == 0 ? 0 : m_grid->rowCount();
        auto *label = new QLabel(name, m_card);
        label->setObjectName(u"mutedText"_s);
        auto *value = new QLabel(text, m_card);
        value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        value->setWordWrap(true);
        if (tone != style::Tone::Neutral)
            style::setTone(*value, tone);
        m_grid->addWidget(label, row, 0, Qt::AlignTop);
        m_grid->addWidget(value, row, 1);
    }

private:
    QWidget *m_card;
    QGridLayout *m_grid;
};

} // namespace

ServerSection::ServerSection(const AdminContext &context, QWidget *parent)
    : AdminSection(context, u"server"_s, parent)
    , m_scroll(new QScrollArea(this))
{
    addCommand(QT_TRANSLATE_NOOP("tz::AdminSection", "Ask again"), u"refresh-cw"_s, [this] { refresh(); });
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    // Who has no mouse reads further with the arrow keys.
    m_scroll->setFocusPolicy(Qt::StrongFocus);
    column().addWidget(m_scroll, 1);
    connect(&data(), &AdminData::statusChanged, this, &ServerSection::fill);
    refreshEvery(refreshMs);
    translateCommands();
    retranslate();
}

QString ServerSection::title() const
{
    return tr("Server");
}

void ServerSection::refresh()
{
    data().refreshStatus();
}

QWidget *ServerSection::mainWidget()
{
    return m_scroll;
}

void ServerSection::retranslate()
{
    m_scroll->setAccessibleName(title());
    fill();
}

void ServerSection::fill()
{
    if (!data().status())
        return;
    const wire::AdminStatus &status = *data().status();
    const int scrolled = m_scroll->verticalScrollBar()->value();
    auto *ground = new QWidget(m_scroll);
    auto *across = new QHBoxLayout(ground);
    across->setContentsMargins(0, 0, style::gap, 0);
    auto *holder = new QWidget(ground);
    holder->setMaximumWidth(contentWidth);
    across->addWidget(holder, 1);
    across->addStretch(0);
    auto *lines = new QVBoxLayout(holder);
    lines->setContentsMargins(0, 0, 0, 0);

    Lines program(tr("Program and database"), lines);
    program.add(tr("Program"), status.program);
    program.add(tr("Running since"), time(status.startedAtMs));
    program.add(tr("Database"), tr("%1 %2, %3")
                                    .arg(status.database == "postgresql"_L1 ? u"PostgreSQL"_s : u"SQLite"_s,
                                         status.databaseVersion, bytesText(status.databaseBytes)));
    program.add(tr("Newest revision"), tr("%1 (%2)").arg(QLocale().toString(status.rev), time(status.revAtMs)));
    program.add(tr("Active users"), QLocale().toString(status.users));
    program.add(
        tr("Devices"),
        tr("%1 signed in, %2 connected").arg(QLocale().toString(status.devices), QLocale().toString(status.connected)));

    Lines processes(tr("Processes"), lines);
    for (const wire::AdminProcess &process : status.processes)
        processes.add(process.host, tr("Process %1, since %2, %3 connected")
                                        .arg(process.pid)
                                        .arg(time(process.startedAtMs), QLocale().toString(process.connected)));
    QStringList waiting;
    for (const wire::AdminQueue &queue : status.queues) {
        if (queue.waiting > 0)
            waiting << u"%1 %2"_s.arg(queue.work, QLocale().toString(queue.waiting));
    }
    processes.add(tr("Requests under way"), waiting.isEmpty() ? tr("none") : QLocale().createSeparatedList(waiting));

    Lines rest(tr("Disk and certificate"), lines);
    if (status.diskFree >= 0 && status.diskBytes > 0) {
        const bool isLittle = status.diskFree * 100 < status.diskBytes * littleFreePercent;
        rest.add(tr("Free on the disk"),
                 isLittle ? tr("%1 of %2: little is left").arg(bytesText(status.diskFree), bytesText(status.diskBytes))
                          : tr("%1 of %2").arg(bytesText(status.diskFree), bytesText(status.diskBytes)),
                 isLittle ? style::Tone::Danger : style::Tone::Neutral);
    }
    if (status.certificateEndsAtMs == 0) {
        rest.add(tr("Certificate"), tr("none: this process serves without TLS, on its own computer only"));
    } else {
        const qint64 left = status.certificateEndsAtMs - status.nowMs;
        rest.add(
            tr("Certificate"),
            left <= 0
                ? tr("expired %1").arg(time(status.certificateEndsAtMs))
                : tr("valid until %1 (%Ln day(s))", nullptr, int(left / dayMs)).arg(time(status.certificateEndsAtMs)),
            left <= 0           ? style::Tone::Danger
            : left < endsSoonMs ? style::Tone::Warning
                                : style::Tone::Neutral);
    }
    lines->addStretch(1);
    m_scroll->setWidget(ground);
    m_scroll->verticalScrollBar()->setValue(scrolled);
}

void ServerSection::changeEvent(QEvent *event)
{
    // Not at once: the application is going through its widgets, and these would be other ones.
    if (event->type() == QEvent::PaletteChange)
        QTimer::singleShot(0, this, &ServerSection::fill);
    AdminSection::changeEvent(event);
}

} // namespace tz
