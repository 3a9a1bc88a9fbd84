// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "core/sync/wire.h"

#include <rapidcheck.h>

/// Random values, changes and batches for property tests.
namespace tz::generators {

inline rc::Gen<Id> id()
{
    return rc::gen::map(rc::gen::container<std::vector<unsigned char>>(16, rc::gen::arbitrary<unsigned char>()),
                        [](const std::vector<unsigned char> &bytes) {
                            Id made;
                            std::copy(bytes.begin(), bytes.end(), made.bytes.begin());
                            return made;
                        });
}

inline rc::Gen<QString> text()
{
    return rc::gen::map(
        rc::gen::container<std::vector<char32_t>>(rc::gen::oneOf(rc::gen::inRange<char32_t>(32, 127),
                                                                 rc::gen::inRange<char32_t>(0x4e00, 0x9fa5),
                                                                 rc::gen::inRange<char32_t>(0x1f600, 0x1f640))),
        [](const std::vector<char32_t> &points) { return QString::fromUcs4(points.data(), qsizetype(points.size())); });
}

inline rc::Gen<Value> scalar()
{
    return rc::gen::oneOf(rc::gen::just(Value()),
                          rc::gen::map(rc::gen::arbitrary<qint64>(), [](qint64 n) { return Value(n); }),
                          rc::gen::map(text(), [](const QString &t) { return Value(t); }),
                          rc::gen::map(id(), [](const Id &i) { return Value(i); }));
}

inline rc::Gen<Value> value()
{
    return rc::gen::oneOf(scalar(),
                          rc::gen::map(rc::gen::container<std::vector<Value>>(scalar()),
                                       [](std::vector<Value> list) { return Value::fromSet(std::move(list)); }));
}

inline rc::Gen<FieldEdit> edit()
{
    return rc::gen::build<FieldEdit>(rc::gen::set(&FieldEdit::field, text()), rc::gen::set(&FieldEdit::value, value()),
                                     rc::gen::set(&FieldEdit::was, value()));
}

inline rc::Gen<Change> change()
{
    return rc::gen::build<Change>(
        rc::gen::set(&Change::kind, rc::gen::map(rc::gen::inRange(0, 6), [](int k) { return ChangeKind(k); })),
        rc::gen::set(&Change::entity, text()), rc::gen::set(&Change::id, id()), rc::gen::set(&Change::basedOn),
        rc::gen::set(&Change::edits, rc::gen::container<std::vector<FieldEdit>>(edit())),
        rc::gen::set(&Change::name, text()), rc::gen::set(&Change::member, scalar()), rc::gen::set(&Change::present));
}

inline rc::Gen<Batch> batch()
{
    return rc::gen::build<Batch>(
        rc::gen::set(&Batch::id, id()), rc::gen::set(&Batch::no), rc::gen::set(&Batch::hlc),
        rc::gen::set(&Batch::independent), rc::gen::set(&Batch::group, id()), rc::gen::set(&Batch::label, text()),
        // Sizes multiply from level to level: a hundred of a hundred of a hundred take half
        // a minute and find nothing that thirty do not.
        rc::gen::set(&Batch::changes, rc::gen::scale(0.3, rc::gen::container<std::vector<Change>>(change()))));
}

} // namespace tz::generators
