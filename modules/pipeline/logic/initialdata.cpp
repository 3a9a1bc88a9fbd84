// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "initialdata.h"

#include "core/base/decimal.h"
#include "core/logic/seeding.h"

namespace tz::pipeline {

using namespace Qt::StringLiterals;

Result<> initialData(const SeedContext &context)
{
    Seeder seeder(context, u"initial"_s);
    const Id pipeline = Id::fromName(u"pipeline.pipeline/standard");
    seeder.create(u"pipeline.pipeline"_s, pipeline, {{u"name"_s, Value(u"标准"_s)}, {u"standard"_s, Value(true)}});
    struct Stage {
        QString name;
        int probability, days;
    };
    for (const Stage &stage : {Stage{u"prospecting"_s, 10, 30}, Stage{u"engaging"_s, 25, 45},
                               Stage{u"proposal"_s, 50, 30}, Stage{u"negotiation"_s, 75, 21}}) {
        seeder.create(u"pipeline.pipeline_stage"_s, Id::fromName(u"pipeline.pipeline_stage/standard/"_s + stage.name),
                      {{u"pipeline"_s, Value(pipeline)},
                       {u"stage"_s, Value(stage.name)},
                       {u"probability"_s, Value(stage.probability * decimal::powerOfTen(decimal::percentScale))},
                       {u"rot_days"_s, Value(stage.days)}});
    }
    seeder.create(u"pipeline.lead_pool"_s, Id::fromName(u"pipeline.lead_pool/standard"),
                  {{u"name"_s, Value(u"公司线索公海"_s)}});
    const std::pair<QString, QString> reasons[]{{u"price"_s, u"价格"_s},          {u"product"_s, u"产品不合适"_s},
                                                {u"competitor"_s, u"竞争对手"_s}, {u"budget"_s, u"预算取消"_s},
                                                {u"time"_s, u"时机不对"_s},       {u"silence"_s, u"客户失联"_s},
                                                {u"other"_s, u"其他"_s}};
    for (const auto &[key, name] : reasons)
        seeder.create(u"pipeline.loss_reason"_s, Id::fromName(u"pipeline.loss_reason/"_s + key),
                      {{u"name"_s, Value(name)}});
    return seeder.finish();
}

} // namespace tz::pipeline
