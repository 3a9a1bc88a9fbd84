// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/frame/synctext.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace tz {
namespace {

QString sentence(const char *text, int n = -1)
{
    return QCoreApplication::translate("tz::SyncText", text, nullptr, n);
}

// A time of today as a time; older than a day as a date, because "10:42" would mean the wrong day.
QString moment(qint64 ms, qint64 nowMs)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(ms);
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(nowMs);
    if (time.date() == now.date())
        return QLocale().toString(time.time(), u"HH:mm"_s);
    return QLocale().toString(time.date(), QLocale::ShortFormat);
}

} // namespace

SyncText SyncText::of(const SyncStatus &status, qint64 nowMs)
{
    using Connection = SyncStatus::Connection;
    SyncText text;
    QStringList parts;
    switch (status.connection) {
    case Connection::Standalone:
        text.shortText = sentence(QT_TRANSLATE_NOOP("tz::SyncText", "This computer only"));
        text.icon = u"hard-drive"_s;
        parts << sentence(QT_TRANSLATE_NOOP("tz::SyncText", "Working on this computer only"));
        text.line = parts.join(u" · "_s);
        return text;
    case Connection::SignedOut:
        text.shortText = sentence(QT_TRANSLATE_NOOP("tz::SyncText", "Sign in"));
        text.icon = u"log-in"_s;
        text.tone = style::Tone::Warning;
        parts << sentence(QT_TRANSLATE_NOOP("tz::SyncText", "Signed out: sign in to go on syncing"));
        break;
    case Connection::Offline:
        text.shortText = sentence(QT_TRANSLATE_NOOP("tz::SyncText", "Offline"));
        text.icon = u"cloud-off"_s;
        text.tone = style::Tone::Warning;
        parts << (status.offlineSinceMs > 0 ? sentence(QT_TRANSLATE_NOOP("tz::SyncText", "Offline since %1"))
                                                  .arg(moment(status.offlineSinceMs, nowMs))
                                            : sentence(QT_TRANSLATE_NOOP("tz::SyncText", "Offline")));
        break;
    case Connection::Connecting:
        text.shortText = sentence(QT_TRANSLATE_NOOP("tz::SyncText", "Connecting"));
        text.icon = u"refresh-cw"_s;
        parts << sentence(QT_TRANSLATE_NOOP("tz::SyncText", "Connecting to the server…"));
        break;
    case Connection::Online:
        if (!status.complete) {
            text.shortText = sentence(QT_TRANSLATE_NOOP("tz::SyncText", "Receiving"));
            text.icon = u"cloud"_s;
            text.tone = style::Tone::Accent;
            const QString received = QLocale().toString(status.received);
            parts << (status.expected > 0
                          ? sentence(QT_TRANSLATE_NOOP("tz::SyncText", "Receiving records: %1 of %2"))
                                .arg(received, QLocale().toString(status.expected))
                          : sentence(QT_TRANSLATE_NOOP("tz::SyncText", "Receiving records: %1")).arg(received));
        } else if (status.waiting > 0 || status.busy) {
            text.shortText = sentence(QT_TRANSLATE_NOOP("tz::SyncText", "Syncing"));
            text.icon = u"refresh-cw"_s;
            text.tone = style::Tone::Accent;
            parts << sentence(QT_TRANSLATE_NOOP("tz::SyncText", "Syncing"));
        } else {
            text.shortText = sentence(QT_TRANSLATE_NOOP("tz::SyncText", "Synced"));
            text.icon = u"circle-check"_s;
            text.tone = style::Tone::Success;
            parts << (status.lastContactMs > 0 ? sentence(QT_TRANSLATE_NOOP("tz::SyncText", "Synced at %1"))
                                                     .arg(moment(status.lastContactMs, nowMs))
                                               : sentence(QT_TRANSLATE_NOOP("tz::SyncText", "Synced")));
        }
        break;
    }
    if (status.waiting > 0)
        parts << sentence(QT_TRANSLATE_N_NOOP("tz::SyncText", "%Ln change(s) waiting"), int(status.waiting));
    if (status.attention > 0) {
        parts << sentence(QT_TRANSLATE_N_NOOP("tz::SyncText", "%Ln need(s) your attention"), int(status.attention));
        text.icon = u"triangle-alert"_s;
        text.tone = style::Tone::Warning;
    }
    text.line = parts.join(u" · "_s);
    return text;
}

} // namespace tz
