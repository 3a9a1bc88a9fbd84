// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "initialdata.h"

#include "core/base/decimal.h"
#include "core/logic/seeding.h"

namespace tz::foundation {

using namespace Qt::StringLiterals;

Result<> initialData(const SeedContext &context)
{
    Seeder seeder(context, u"initial"_s);
    const std::pair<QString, QString> roles[]{{u"admin"_s, u"管理员"_s},
                                              {u"sales"_s, u"销售"_s},
                                              {u"sales_manager"_s, u"销售经理"_s},
                                              {u"viewer"_s, u"只读"_s}};
    for (const auto &[name, label] : roles) {
        const Id id = Id::fromName(u"role:"_s + name);
        TZ_ASSIGN(const std::optional<Record> known,
                  context.reader.find(*context.reader.catalog().entity(u"foundation.role"), id));
        if (!known)
            seeder.create(u"foundation.role"_s, id, {{u"name"_s, Value(name)}, {u"label"_s, Value(label)}});
    }
    struct Currency {
        QString code, name, symbol;
        int digits;
        const char16_t *rate;
    };
    for (const Currency &currency :
         {Currency{u"CNY"_s, u"人民币"_s, u"¥"_s, 2, u"1"}, Currency{u"USD"_s, u"美元"_s, u"$"_s, 2, u"7.1"},
          Currency{u"EUR"_s, u"欧元"_s, u"€"_s, 2, u"8.2"}, Currency{u"GBP"_s, u"英镑"_s, u"£"_s, 2, u"9.5"},
          Currency{u"JPY"_s, u"日元"_s, u"¥"_s, 0, u"0.047"}, Currency{u"HKD"_s, u"港元"_s, u"HK$"_s, 2, u"0.91"}}) {
        seeder.create(u"foundation.currency"_s, Id::fromName(u"foundation.currency/"_s + currency.code),
                      {{u"code"_s, Value(currency.code)},
                       {u"name"_s, Value(currency.name)},
                       {u"symbol"_s, Value(currency.symbol)},
                       {u"digits"_s, Value(currency.digits)},
                       {u"rate"_s, Value(*decimal::fromText(currency.rate, 8))}});
    }
    const std::pair<QString, QString> units[]{
        {u"pc"_s, u"件"_s}, {u"set"_s, u"套"_s}, {u"h"_s, u"小时"_s}, {u"d"_s, u"天"_s}, {u"a"_s, u"年"_s}};
    for (const auto &[code, name] : units)
        seeder.create(u"foundation.unit"_s, Id::fromName(u"foundation.unit/"_s + code),
                      {{u"code"_s, Value(code)}, {u"name"_s, Value(name)}});
    return seeder.finish();
}

} // namespace tz::foundation
