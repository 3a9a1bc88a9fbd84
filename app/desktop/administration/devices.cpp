// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/administration/devices.h"

#include "desktop/administration/admintable.h"
#include "desktop/frame/mainwindow.h"
#include "workbench/dialogs/dialogs.h"
#include "workbench/records/formatting.h"
#include "workbench/records/labels.h"

#include <QLineEdit>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace tz {
namespace {

constexpr int refreshMs = 30'000;

struct Standing {
    QString text;
    style::Tone tone;
    QString more;
};

Standing stateOf(const wire::AdminDevice &device)
{
    const auto time = [](qint64 ms) { return formatting::dateTime(QDateTime::fromMSecsSinceEpoch(ms)); };
    if (device.wipedAtMs > 0)
        return {DevicesSection::tr("Erased"), style::Tone::Muted,
                DevicesSection::tr("Erased %1; %Ln unsent change(s) were lost.", nullptr, int(device.wipedUnsent))
                    .arg(time(device.wipedAtMs))};
    if (device.wipeAskedAtMs > 0)
        return {DevicesSection::tr("Erasing, not confirmed"), style::Tone::Danger,
                DevicesSection::tr("Asked for %1. It erases its copy at its next contact; until then it has not been "
                                   "reached.")
                    .arg(time(device.wipeAskedAtMs))};
    if (device.revokedAtMs > 0)
        return {DevicesSection::tr("Shut out", "state"), style::Tone::Danger,
                DevicesSection::tr("Shut out %1. Its copy is still there.").arg(time(device.revokedAtMs))};
    if (device.connected)
        return {DevicesSection::tr("Connected"), style::Tone::Success, {}};
    if (device.signedIn)
        return {DevicesSection::tr("Signed in"), style::Tone::Accent, {}};
    return {DevicesSection::tr("Signed out"), style::Tone::Muted, {}};
}

} // namespace

DevicesSection::DevicesSection(const AdminContext &context, QWidget *parent)
    : AdminSection(context, u"laptop"_s, parent)
    , m_table(new AdminTable(this))
{
    m_signOut = addCommand(QT_TRANSLATE_NOOP("tz::AdminSection", "Sign out"), u"log-out"_s, [this] { signOut(); });
    m_revoke = addCommand(QT_TRANSLATE_NOOP("tz::AdminSection", "Shut out"), u"shield-alert"_s, [this] { revoke(); });
    m_wipe = addCommand(QT_TRANSLATE_NOOP("tz::AdminSection", "Erase its copy"), u"trash-2"_s, [this] { wipe(); });
    column().addWidget(m_table, 1);
    connect(m_table, &AdminTable::currentChanged, this, &DevicesSection::updateCommands);
    connect(&data(), &AdminData::devicesChanged, this, &DevicesSection::fill);
    refreshEvery(refreshMs);
    translateCommands();
    retranslate();
    updateCommands();
}

QString DevicesSection::title() const
{
    return tr("Devices");
}

void DevicesSection::refresh()
{
    data().refreshDevices();
}

QWidget *DevicesSection::mainWidget()
{
    return &m_table->view();
}

void DevicesSection::retranslate()
{
    m_table->setPlaceholder(tr("Filter devices"));
    m_table->view().setAccessibleName(title());
    m_table->setColumns(
        {tr("User"), tr("Device"), tr("Program"), tr("Last contact"), tr("Behind by"), tr("Unsent"), tr("State")});
    fill();
}

void DevicesSection::fill()
{
    if (!data().devices())
        return;
    const wire::AdminDevices &all = *data().devices();
    const Id own = workspace().actor().device;
    QList<AdminRow> rows;
    for (const wire::AdminDevice &device : all.devices) {
        const Standing state = stateOf(device);
        const qint64 behind = std::max<qint64>(0, all.rev - device.rev);
        const QString seen = formatting::relativeTime(QDateTime::fromMSecsSinceEpoch(device.seenAtMs),
                                                      QDateTime::fromMSecsSinceEpoch(all.nowMs));
        AdminRow row{device.id, {}};
        row.cells << AdminCell{device.userName, {}, {}, false, true, {}};
        row.cells << AdminCell{device.id == own ? tr("%1 (this computer)").arg(device.name) : device.name,
                               {},
                               {},
                               false,
                               false,
                               device.id.toString()};
        row.cells << AdminCell{device.program, {}, {}, false, false, {}};
        row.cells << AdminCell{seen,  {},    QVariant(device.seenAtMs),
                               false, false, formatting::dateTime(QDateTime::fromMSecsSinceEpoch(device.seenAtMs))};
        row.cells << AdminCell{
            device.rev == 0 ? tr("all") : QLocale().toString(behind),     {}, QVariant(behind), true, false,
            tr("Revisions of the company that it has not asked for yet.")};
        row.cells << AdminCell{QLocale().toString(device.waiting),
                               {},
                               QVariant(device.waiting),
                               true,
                               false,
                               tr("Changes that it had not sent when it said so last.")};
        row.cells << AdminCell{state.text, state.tone, {}, false, false, state.more};
        rows << row;
    }
    m_table->setEmptyText(tr("No device fits the filter."));
    m_table->setRows(rows);
}

const wire::AdminDevice *DevicesSection::current() const
{
    const Id id = m_table->currentId();
    if (!data().devices() || id.isNull())
        return nullptr;
    const auto &devices = data().devices()->devices;
    const auto found =
        std::find_if(devices.begin(), devices.end(), [&](const auto &device) { return device.id == id; });
    return found == devices.end() ? nullptr : &*found;
}

void DevicesSection::updateCommands()
{
    const wire::AdminDevice *device = current();
    m_signOut->setEnabled(device && device->signedIn);
    m_revoke->setEnabled(device && device->revokedAtMs == 0);
    m_wipe->setEnabled(device && device->wipeAskedAtMs == 0);
}

QString DevicesSection::nameOf(const wire::AdminDevice &device) const
{
    return tr("%1 of %2").arg(device.name.isEmpty() ? device.id.toString() : device.name, device.userName);
}

bool DevicesSection::confirms(const wire::AdminDevice &device, const QString &heading, const QString &question,
                              const QString &verb)
{
    const bool isOwn = device.id == workspace().actor().device;
    return dialogs::confirm(
        this, heading, isOwn ? tr("This is the computer that you are working on.") + u"\n\n"_s + question : question,
        verb);
}

void DevicesSection::signOut()
{
    const wire::AdminDevice *device = current();
    if (device && confirms(*device, tr("Sign out %1").arg(nameOf(*device)),
                           tr("Its copy and what it has not sent stay. It goes on once somebody signs in on it again."),
                           tr("Sign out")))
        send(u"sign_out"_s, *device);
}

void DevicesSection::revoke()
{
    const wire::AdminDevice *device = current();
    if (!device)
        return;
    QString question = tr("It is refused from now on and cannot sign in again. Its copy stays on it.");
    if (device->waiting > 0)
        question += u"\n\n"_s +
                    tr("%Ln change(s) that it had not sent will not arrive any more.", nullptr, int(device->waiting));
    if (confirms(*device, tr("Shut out %1").arg(nameOf(*device)), question, tr("Shut out")))
        send(u"revoke"_s, *device);
}

void DevicesSection::wipe()
{
    const wire::AdminDevice *device = current();
    if (!device)
        return;
    const QString question = tr(
        "It is shut out, and at its next contact it erases its copy: records, drafts, settings and the sign-in. This "
        "cannot be taken back. Without contact nothing is erased.");
    if (confirms(*device, tr("Erase the copy on %1").arg(nameOf(*device)), question, tr("Erase")))
        send(u"wipe"_s, *device);
}

void DevicesSection::send(const QString &order, const wire::AdminDevice &device, bool discardUnsent)
{
    wire::AdminDeviceOrder question;
    question.order = order;
    question.device = device.id;
    question.discardUnsent = discardUnsent;
    question.own = device.id == workspace().actor().device;
    data().order(question, [this, order, device](const Result<> &done) {
        if (done)
            return;
        if (!done.error().is("account.unsent_work"))
            return context().page.window.showError(done.error());
        const int count = done.error().params.value(u"count"_s).toInt();
        if (dialogs::confirm(
                this, tr("Discard unsent changes"),
                tr("%1 had %Ln change(s) that it had not sent when it was here last. They are lost with its "
                   "copy.",
                   nullptr, count)
                    .arg(nameOf(device)),
                tr("Discard %Ln change(s) and erase", nullptr, count)))
            send(order, device, true);
    });
}

} // namespace tz
