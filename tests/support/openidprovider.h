// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include <QProcess>
#include <QTemporaryDir>

namespace tz::test {

/// A real OpenID provider (npm's oidc-provider) on this computer, and somebody who signs in there. The test fails where
/// its package is missing: `./dev test` fetches it into build/oidc.
class OpenIdProvider {
public:
    OpenIdProvider();
    ~OpenIdProvider();

    QString issuer() const { return m_issuer; }
    /// Of the client "crm-secret"; the client "crm" has none.
    QString secret() const;
    /// A command that, given the address of the provider's page, signs in as this person ("-": does not) and goes where
    /// the provider sends it.
    QString browser(const QString &name) const;
    /// What the program showed in the browser at last, once it did.
    QByteArray lastPage() const;

private:
    QString pageFile() const { return m_folder.filePath(QStringLiteral("page.html")); }
    QTemporaryDir m_folder;
    QProcess m_process;
    QString m_issuer;
};

} // namespace tz::test
