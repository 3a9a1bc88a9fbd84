// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/logic/contributions.h"

namespace tz::customers {

/// Brings the credit code into its form and fills the fields by which customers are compared.
/// Errors: customers.uscc_invalid.
Result<> normaliseAccount(const RuleContext &context);
/// No customer is part of itself, whatever way round. Errors: customers.parent_circle.
Result<> guardHierarchy(const RuleContext &context);
/// Full name from family and given name (Chinese without a blank, family name first), telephone for comparison.
/// Errors: customers.contact_unnamed.
Result<> nameContact(const RuleContext &context);
/// Form in which numbers and addresses are compared.
Result<> normalisePoint(const RuleContext &context);

/// The main customer of a contact stands among the customers it works for.
Result<> linkMainAccount(const EffectContext &context);
/// The next contact that was agreed on stands on the customer, where its owner wrote it.
Result<> carryNextContact(const EffectContext &context);

/// "张伟" of 张 and 伟, "Anna Schmidt" of Schmidt and Anna.
QString fullName(const QString &family, const QString &given);

} // namespace tz::customers
