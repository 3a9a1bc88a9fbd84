// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "customers.h"

#include "accountpool.h"
#include "core/base/messages.h"
#include "demodata.h"
#include "duplicates.h"
#include "merging.h"
#include "partyrules.h"

#include <QCoreApplication>

namespace tz::customers {

using namespace Qt::StringLiterals;

namespace {

void addSentences()
{
    addSentence("customers.uscc_invalid", "customers",
                QT_TRANSLATE_NOOP("customers",
                                  "This is not a unified social credit code: it has 18 characters, and the last "
                                  "one must fit the others. Check it for a slip of the finger."));
    addSentence("customers.parent_circle", "customers",
                QT_TRANSLATE_NOOP("customers", "A customer cannot be part of itself or of what belongs to it."));
    addSentence("customers.contact_unnamed", "customers",
                QT_TRANSLATE_NOOP("customers", "The contact needs a name: a full name, or a family or given name."));
    addSentence("customers.merge_target_missing", "customers",
                QT_TRANSLATE_NOOP("customers", "Say which record is to remain."));
    addSentence("customers.locked", "customers",
                QT_TRANSLATE_NOOP("customers", "This customer is never to go to the pool."));
    addSentence(
        "customers.claim_limit_reached", "customers",
        QT_TRANSLATE_NOOP("customers", "You have claimed {limit} today; that is the limit. Try again tomorrow."));
    addSentence("customers.claim_previous_owner", "customers",
                QT_TRANSLATE_NOOP("customers", "It was yours before: you may claim it again from {until} on."));
}

} // namespace

Result<> Customers::contribute(Contributions &to)
{
    addSentences();

    to.rule(u"customers.account"_s, normaliseAccount);
    to.rule(u"customers.account"_s, guardHierarchy);
    to.rule(u"customers.account"_s, guardAccountPool);
    to.duplicates(u"customers.account"_s, similarAccounts);
    to.action(u"customers.account.merge"_s, mergeParties);

    to.rule(u"customers.contact"_s, nameContact);
    to.effect(u"customers.contact"_s, linkMainAccount);
    to.duplicates(u"customers.contact"_s, similarContacts);
    to.action(u"customers.contact.merge"_s, mergeParties);
    to.rule(u"customers.contact_point"_s, normalisePoint);
    to.effect(u"customers.follow_up"_s, carryNextContact);

    to.job({u"customers.recycle"_s, 3600, recycleAccounts});
    to.initial(initialData);
    to.demo(demoData);
    return {};
}

} // namespace tz::customers
