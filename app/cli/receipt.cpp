// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "cli/receipt.h"

namespace tz::cli {

void printReceipt(Context &context, const Receipt &receipt, const Id &record)
{
    for (const auto &[index, error] : receipt.refused)
        context.note(error);
    if (context.json()) {
        Json json;
        json.beginObject();
        if (record)
            json.key(QStringLiteral("id")).text(record.toString());
        json.key(QStringLiteral("batch"));
        if (receipt.batch)
            json.text(receipt.batch.toString());
        else
            json.null();
        json.key(QStringLiteral("touched")).beginArray();
        for (const Receipt::Touched &touched : receipt.touched) {
            json.beginObject().key(QStringLiteral("entity")).text(touched.entity);
            json.key(QStringLiteral("id")).text(touched.id.toString()).endObject();
        }
        json.endArray().endObject();
        context.print(json);
        return;
    }
    if (record)
        context.print(record.toString());
    else
        context.print(translated(QT_TRANSLATE_NOOP("cli", "Done; records touched: %1")).arg(receipt.touched.size()));
}

} // namespace tz::cli
