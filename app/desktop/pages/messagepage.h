// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "desktop/frame/tabpage.h"

class QLabel;

namespace tz {

/// Says why there is nothing to see: a department that does not run, or something that is not here (any more).
class MessagePage : public TabPage {
    Q_OBJECT
public:
    enum class Kind { Broken, Missing };
    /// `detail`: the reason, as the department host gave it.
    MessagePage(const Address &address, Kind kind, const QString &detail);

    QString caption() const override;
    QString iconName() const override { return QStringLiteral("triangle-alert"); }

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    Kind m_kind;
    QString m_detail;
    QLabel *m_title;
    QLabel *m_text;
    QLabel *m_reason;
};

} // namespace tz
