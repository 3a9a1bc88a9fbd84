// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "desktop/pages/firstrunpage.h"
#include "tests/gui/desktop/desktopfixture.h"
#include "tests/support/processes.h"

#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

namespace tz::test {

/// For what waits for the network.
inline constexpr int longMs = 30'000;

/// Signs in on the first page, as a person does, with the password that the server was told.
inline void signIn(const DesktopFixture &desktop, const Server &server, const QString &user)
{
    FirstRunPage &page = desktop.window().firstRun();
    REQUIRE(page.isVisible());
    const QList<QLineEdit *> lines = page.findChildren<QLineEdit *>();
    QFile file(server.passwordFile(user));
    REQUIRE(file.open(QFile::ReadOnly));
    const QString password = QString::fromUtf8(file.readAll()).trimmed();
    for (QLineEdit *line : lines) {
        if (!line->isVisible())
            continue;
        if (line->echoMode() == QLineEdit::Password)
            line->setText(password);
        else if (line->placeholderText().startsWith(QLatin1String("https")))
            line->setText(server.url());
        else
            line->setText(user);
    }
    for (QLineEdit *line : lines) {
        if (line->echoMode() == QLineEdit::Password) {
            line->setFocus();
            QTest::keyClick(line, Qt::Key_Return);
        }
    }
    REQUIRE(waitFor([&] { return !page.isVisible(); }, longMs));
}

/// Presses a button by its text, with the keyboard. What has just been made is shown a little later.
inline void press(const QWidget &in, const QString &text)
{
    QPushButton *found = nullptr;
    const bool isThere = waitFor([&] {
        for (QPushButton *button : in.findChildren<QPushButton *>()) {
            if (button->isVisible() && button->text() == text)
                found = found ? found : button;
        }
        return found != nullptr;
    });
    if (!isThere)
        FAIL("there is no button " << text.toStdString());
    found->setFocus();
    QTest::keyClick(found, Qt::Key_Space);
}

} // namespace tz::test
