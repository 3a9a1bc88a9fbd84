// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/logic/contributions.h"

namespace tz::customers {

/// Customers that may be the same company: same credit code (100), same name (100), same telephone (95), same e-mail
/// (90), else 70 × likeness of the names' trunks + 20 for the same region + 10 for the same e-mail domain.
/// From 70 points on; best first. A key that 21 or more records share says nothing.
Result<QList<Duplicate>> similarAccounts(const Reader &reader, const Record &account);
/// Contacts that may be the same person: same mobile or telephone (95), same e-mail (90), same name at the same
/// customer (90).
Result<QList<Duplicate>> similarContacts(const Reader &reader, const Record &contact);

/// Points for two company names whose other keys say nothing.
int nameScore(const QString &a, const QString &b, bool sameDomain = false);
/// Domain of an e-mail address that belongs to a company; empty for free mail.
QString companyDomain(const QString &email);

} // namespace tz::customers
