// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "duplicates.h"

#include "core/locale/companyname.h"
#include "core/locale/phone.h"
#include "core/locale/uscc.h"
#include "core/logic/lookup.h"

#include <QHash>
#include <QSet>

#include <cmath>

namespace tz::customers {

using namespace Qt::StringLiterals;

namespace {

constexpr int tooCommon = 21;
constexpr int warned = 70;
/// Names that share two characters with the one in question: more are not looked at.
constexpr int candidatesMax = 500;

class Findings {
public:
    void add(const Id &id, const QString &title, int score, const QString &reason)
    {
        if (score < warned)
            return;
        Duplicate &duplicate = m_found[id];
        duplicate.id = id;
        duplicate.title = title;
        duplicate.score = std::max(duplicate.score, score);
        if (!duplicate.reasons.contains(reason))
            duplicate.reasons << reason;
    }
    QList<Duplicate> sorted() const
    {
        QList<Duplicate> list = m_found.values();
        std::sort(list.begin(), list.end(), [](const Duplicate &a, const Duplicate &b) {
            return std::pair(b.score, a.id) < std::pair(a.score, b.id);
        });
        return list;
    }

private:
    QHash<Id, Duplicate> m_found;
};

/// Records that hold exactly this value; none when it is too common to say anything.
Result<> addSame(Findings &findings, const Reader &reader, const Record &record, const QString &field,
                 const Value &value, int score, const QString &reason)
{
    if (value.isNull() || value.toText().isEmpty())
        return {};
    TZ_ASSIGN(Query query, queryWhere(reader, record.entity->fullName, field, value, {u"id"_s, u"name"_s}));
    query.limit = tooCommon;
    TZ_ASSIGN(const Rows rows, reader.select(query));
    if (rows.rows.size() >= size_t(tooCommon))
        return {};
    for (const auto &row : rows.rows) {
        if (row[0].toId() != record.id)
            findings.add(row[0].toId(), row[1].toText(), score, reason);
    }
    return {};
}

/// Up to four pieces of two characters, spread over the name: what is alike shares one of them.
QStringList pieces(const QString &trunk)
{
    QStringList found;
    if (trunk.size() < 2)
        return trunk.isEmpty() ? found : QStringList{trunk};
    const qsizetype last = trunk.size() - 2;
    for (const qsizetype at : {qsizetype(0), last / 3, last * 2 / 3, last}) {
        const QString piece = trunk.mid(at, 2);
        const bool plain = std::all_of(piece.begin(), piece.end(), [](QChar c) { return c.isLetterOrNumber(); });
        if (plain && !found.contains(piece))
            found << piece;
    }
    return found;
}

QString domainOf(const Value &email)
{
    return companyDomain(email.toText());
}

} // namespace

QString companyDomain(const QString &email)
{
    static const QSet<QString> freeMail{u"qq.com"_s,    u"163.com"_s,     u"126.com"_s,     u"sina.com"_s,
                                        u"gmail.com"_s, u"foxmail.com"_s, u"outlook.com"_s, u"hotmail.com"_s,
                                        u"yahoo.com"_s, u"139.com"_s};
    const QString domain = email.section(u'@', 1).toLower();
    return freeMail.contains(domain) ? QString() : domain;
}

int nameScore(const QString &a, const QString &b, bool sameDomain)
{
    if (companyname::normalised(a) == companyname::normalised(b))
        return 100;
    const companyname::Parts left = companyname::split(a);
    const companyname::Parts right = companyname::split(b);
    const double likeness = companyname::dice(left.trunk, right.trunk);
    // Two that name different places are two companies; one that names none may be either.
    const int region = left.region == right.region ? 20 : left.region.isEmpty() || right.region.isEmpty() ? 10 : 0;
    return int(std::lround(70 * likeness)) + region + (sameDomain ? 10 : 0);
}

Result<QList<Duplicate>> similarAccounts(const Reader &reader, const Record &account)
{
    Findings findings;
    const QString name = account.value(u"name").toText();
    const QString phoneText = account.value(u"phone").toText();
    const QString code = uscc::normalised(account.value(u"uscc").toText());
    TZ_TRY(addSame(findings, reader, account, u"uscc"_s, Value(code), 100, u"uscc"_s));
    TZ_TRY(addSame(findings, reader, account, u"phone_digits"_s,
                   phoneText.isEmpty() ? Value() : Value(phone::matchKey(phoneText)), 95, u"phone"_s));
    TZ_TRY(addSame(findings, reader, account, u"email"_s, account.value(u"email"), 90, u"email"_s));

    QStringList conditions;
    for (const QString &piece : pieces(companyname::trunk(name)))
        conditions << u"name_trunk ~ '%1'"_s.arg(piece);
    if (conditions.isEmpty())
        return findings.sorted();
    Query query;
    query.entity = account.entity->fullName;
    query.fields = {u"id"_s, u"name"_s, u"email"_s};
    query.filterText = conditions.join(" or "_L1);
    query.limit = candidatesMax;
    TZ_ASSIGN(const Rows rows, reader.select(query));
    const QString domain = domainOf(account.value(u"email"));
    for (const auto &row : rows.rows) {
        if (row[0].toId() == account.id)
            continue;
        const bool sameDomain = !domain.isEmpty() && domain == domainOf(row[2]);
        findings.add(row[0].toId(), row[1].toText(), nameScore(name, row[1].toText(), sameDomain), u"name"_s);
    }
    return findings.sorted();
}

Result<QList<Duplicate>> similarContacts(const Reader &reader, const Record &contact)
{
    Findings findings;
    for (const QStringView field : {QStringView(u"mobile"), QStringView(u"phone")}) {
        const QString text = contact.value(field).toText();
        TZ_TRY(addSame(findings, reader, contact, u"phone_digits"_s,
                       text.isEmpty() ? Value() : Value(phone::matchKey(text)), 95, u"phone"_s));
    }
    TZ_TRY(addSame(findings, reader, contact, u"email"_s, contact.value(u"email"), 90, u"email"_s));
    if (!contact.value(u"account").isNull() && !contact.value(u"name").isNull()) {
        TZ_ASSIGN(Query query, queryWhere(reader, contact.entity->fullName, u"account"_s, contact.value(u"account"),
                                          {u"id"_s, u"name"_s}));
        TZ_ASSIGN(const Rows rows, reader.select(query));
        for (const auto &row : rows.rows) {
            if (row[0].toId() != contact.id && row[1] == contact.value(u"name"))
                findings.add(row[0].toId(), row[1].toText(), 90, u"name"_s);
        }
    }
    return findings.sorted();
}

} // namespace tz::customers
