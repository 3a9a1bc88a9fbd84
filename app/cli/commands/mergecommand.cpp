// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "cli/receipt.h"

#include "core/logic/mergerecords.h"

namespace tz::cli {

namespace {

class Merge : public Command {
public:
    const CommandSpec &spec() const override
    {
        static const CommandSpec spec{"merge",
                                      "ENTITY ID OTHER-ID …",
                                      QT_TRANSLATE_NOOP("cli", "Make one record of several: the first one stays."),
                                      {},
                                      3,
                                      -1,
                                      CommandSpec::Needs::Account};
        return spec;
    }
    Result<> run(Context &context) override
    {
        TZ_ASSIGN(const Entity *const entity, context.entity(context.arguments().at(0)));
        TZ_ASSIGN(const Id winner, context.fields().record(*entity, context.arguments().at(1)));
        std::vector<Id> losers;
        for (const QString &text : context.arguments().positional.mid(2)) {
            TZ_ASSIGN(const Id id, context.fields().record(*entity, text));
            losers.push_back(id);
        }
        Draft draft = context.store().draft();
        TZ_TRY(mergeRecords(context.store(), draft, entity->fullName, winner, losers));
        TZ_ASSIGN(const Receipt receipt, context.store().apply(std::move(draft)));
        printReceipt(context, receipt, winner);
        return {};
    }
};

} // namespace

void addMergeCommand(Commands &to)
{
    to.push_back(std::make_unique<Merge>());
}

} // namespace tz::cli
