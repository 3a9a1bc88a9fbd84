// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/catalog/faults.h"

#include "core/catalog/suggest.h"

#include <QStringBuilder>

namespace tz {

namespace {
QString escaped(QString key)
{
    return key.replace(u'~', QLatin1String("~0")).replace(u'/', QLatin1String("~1"));
}

bool isPlain(const QString &key)
{
    return !key.contains(u'~') && !key.contains(u'/');
}

QString expressionSentence(const Error &error)
{
    const auto param = [&](const char *name) { return error.params.value(QLatin1String(name)).toString(); };
    if (error.is("expression.syntax"))
        return QStringLiteral("“%1” stands where %2 is expected").arg(param("found"), param("expected"));
    if (error.is("expression.unknown_field"))
        return QStringLiteral("there is no field “%1”").arg(param("name"));
    if (error.is("expression.unknown_function"))
        return QStringLiteral("there is no function “%1”").arg(param("name"));
    if (error.is("expression.unknown_parameter"))
        return QStringLiteral("there is no parameter “%1”").arg(param("name"));
    if (error.is("expression.unknown_choice"))
        return QStringLiteral("“%1” is not one of the field's values").arg(param("name"));
    if (error.is("expression.unknown_entity"))
        return QStringLiteral("the entity “%1” is not there").arg(param("name"));
    if (error.is("expression.type"))
        return QStringLiteral("%1 is expected here, not %2").arg(param("expected"), param("found"));
    return error.toString();
}
} // namespace

Place Place::at(const QString &key) const
{
    // Made for every field of every start; nearly no key needs escaping.
    return {file, isPlain(key) ? QString(pointer % u'/' % key) : QString(pointer % u'/' % escaped(key)), department};
}

Place Place::at(qsizetype index) const
{
    return {file, pointer % u'/' % QString::number(index), department};
}

QString CatalogFault::toString() const
{
    QString whole = file;
    if (params.contains(QStringLiteral("line")))
        whole += QStringLiteral(":%1:%2")
                     .arg(params[QStringLiteral("line")].toInt())
                     .arg(params[QStringLiteral("column")].toInt());
    if (!pointer.isEmpty())
        whole += QLatin1String(": ") + pointer;
    whole += QLatin1String(": ") + text;
    if (!text.endsWith(u'.'))
        whole += u'.';
    if (!remedy.isEmpty())
        whole += u' ' + remedy;
    if (!remedy.isEmpty() && !remedy.endsWith(u'?'))
        whole += u'.';
    return whole;
}

void Faults::add(const Place &place, const char *code, const QString &text, const QString &remedy, QVariantMap params)
{
    m_list.append({place.file, place.pointer, code, std::move(params), text, remedy});
    if (!m_departments.contains(place.department))
        m_departments.insert(place.department, m_list.last().toString());
}

void Faults::unknown(const Place &place, const char *code, const QString &what, const QString &name,
                     const QStringList &known)
{
    const QString suggestion = closestName(name, known);
    QString remedy;
    if (!suggestion.isEmpty())
        remedy = QStringLiteral("Did you mean “%1”?").arg(suggestion);
    else if (!known.isEmpty() && known.size() <= 30)
        remedy = QLatin1String("Known: ") + known.join(QLatin1String(", "));
    add(place, code, QStringLiteral("There is no %1 “%2”").arg(what, name), remedy,
        {{QStringLiteral("name"), name}, {QStringLiteral("suggestion"), suggestion}});
}

void Faults::expression(const Place &place, const Error &error, const QString &text)
{
    const int position = error.params.value(QStringLiteral("position")).toInt();
    QString sentence = expressionSentence(error);
    sentence = QStringLiteral("In “%1”: %2").arg(text, sentence);
    if (position > 0)
        sentence += QStringLiteral(" (character %1)").arg(position);
    const QString suggestion = error.params.value(QStringLiteral("suggestion")).toString();
    add(place, error.code.constData(), sentence,
        suggestion.isEmpty() ? QString() : QStringLiteral("Did you mean “%1”?").arg(suggestion), error.params);
}

ObjectReader::ObjectReader(QJsonObject object, Place place, Faults &faults)
    : m_object(std::move(object))
    , m_place(std::move(place))
    , m_faults(faults)
{
}

void ObjectReader::wrongType(const char *key, const QString &expected)
{
    m_faults.add(place(key), "catalog.wrong_json_type",
                 QStringLiteral("“%1” is not %2").arg(QLatin1String(key), expected));
}

QJsonValue ObjectReader::any(const char *key)
{
    m_known.append(key);
    return m_object.value(QLatin1String(key));
}

QJsonValue ObjectReader::any(const QString &key)
{
    m_others << key;
    return m_object.value(key);
}

QString ObjectReader::text(const char *key, bool required)
{
    const QJsonValue value = any(key);
    if (value.isUndefined()) {
        if (required)
            m_faults.add(m_place, "catalog.missing_key", QStringLiteral("“%1” is missing").arg(QLatin1String(key)),
                         QStringLiteral("Add \"%1\"").arg(QLatin1String(key)));
        return {};
    }
    if (!value.isString())
        wrongType(key, QStringLiteral("a text"));
    else if (required && value.toString().trimmed().isEmpty())
        m_faults.add(place(key), "catalog.missing_key", QStringLiteral("“%1” is empty").arg(QLatin1String(key)));
    return value.toString();
}

bool ObjectReader::flag(const char *key)
{
    const QJsonValue value = any(key);
    if (!value.isUndefined() && !value.isBool())
        wrongType(key, QStringLiteral("true or false"));
    return value.toBool();
}

std::optional<int> ObjectReader::integer(const char *key, int least, int most)
{
    const QJsonValue value = any(key);
    if (value.isUndefined())
        return std::nullopt;
    const double number = value.toDouble(-1e9);
    if (!value.isDouble() || number != double(int(number)) || number < least || number > most) {
        wrongType(key, QStringLiteral("a whole number from %1 to %2").arg(least).arg(most));
        return std::nullopt;
    }
    return int(number);
}

QJsonArray ObjectReader::array(const char *key)
{
    const QJsonValue value = any(key);
    if (!value.isUndefined() && !value.isArray())
        wrongType(key, QStringLiteral("a list"));
    return value.toArray();
}

QJsonObject ObjectReader::object(const char *key)
{
    const QJsonValue value = any(key);
    if (!value.isUndefined() && !value.isObject())
        wrongType(key, QStringLiteral("an object"));
    return value.toObject();
}

QStringList ObjectReader::texts(const char *key)
{
    QStringList list;
    const QJsonArray values = array(key);
    for (const QJsonValue value : values) {
        if (value.isString())
            list << value.toString();
        else
            wrongType(key, QStringLiteral("a list of texts"));
    }
    return list;
}

void ObjectReader::objects(const char *key, const std::function<void(ObjectReader &)> &each)
{
    const QJsonArray values = array(key);
    for (qsizetype i = 0; i < values.size(); ++i) {
        const Place where = place(key).at(i);
        if (!values[i].isObject()) {
            m_faults.add(where, "catalog.wrong_json_type", QStringLiteral("An object is expected here"));
            continue;
        }
        ObjectReader reader(values[i].toObject(), where, m_faults);
        each(reader);
    }
}

QStringList ObjectReader::further() const
{
    QStringList names;
    for (auto entry = m_object.constBegin(); entry != m_object.constEnd(); ++entry) {
        const QString key = entry.key();
        const auto isKey = [&key](const char *known) { return key == QLatin1String(known); };
        if (std::none_of(m_known.begin(), m_known.end(), isKey) && !m_others.contains(key))
            names << key;
    }
    return names;
}

void ObjectReader::finish()
{
    const QStringList unknown = further();
    if (unknown.isEmpty())
        return;
    QStringList known = m_others;
    for (const char *key : m_known)
        known << QLatin1String(key);
    for (const QString &key : unknown)
        m_faults.unknown(m_place.at(key), "catalog.unknown_key", QStringLiteral("key"), key, known);
}

std::optional<QJsonObject> parseObject(const QByteArray &content, const Place &place, Faults &faults)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(content, &error);
    if (error.error != QJsonParseError::NoError) {
        const QByteArray before = content.left(error.offset);
        const auto lineBegin = before.lastIndexOf('\n') + 1;
        const int line = int(before.count('\n')) + 1;
        const int column = int(QString::fromUtf8(before.mid(lineBegin)).size()) + 1;
        faults.add(place, "catalog.syntax", QStringLiteral("This is not JSON: %1").arg(error.errorString()),
                   QStringLiteral("Look at line %1, column %2: a comma, a quote or a bracket").arg(line).arg(column),
                   {{QStringLiteral("line"), line}, {QStringLiteral("column"), column}});
        return std::nullopt;
    }
    if (!document.isObject()) {
        faults.add(place, "catalog.wrong_json_type", QStringLiteral("The file does not hold an object"),
                   QStringLiteral("Begin it with {"));
        return std::nullopt;
    }
    return document.object();
}

bool isProperName(QStringView name)
{
    if (name.isEmpty() || name.size() > 60 || name.front() < u'a' || name.front() > u'z')
        return false;
    return std::all_of(name.begin(), name.end(),
                       [](QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'_'; });
}

} // namespace tz
