// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "core/base/messages.h"

#include "core/base/language.h"
#include "core/base/sentences.h"

#include <QHash>

namespace tz {

namespace {

struct Known {
    const char *context;
    const char *text;
};

QHash<QByteArray, Known> &table()
{
    static QHash<QByteArray, Known> known = [] {
        QHash<QByteArray, Known> all;
        for (const auto &some : {sentences(), programSentences(), copySentences(), apiSentences()}) {
            for (const Sentence &sentence : some)
                all.insert(sentence.code, {"errors", sentence.text});
        }
        return all;
    }();
    return known;
}

QString parameterText(const QVariant &value)
{
    if (value.typeId() == QMetaType::QStringList)
        return value.toStringList().join(QLatin1String(", "));
    if (value.typeId() == QMetaType::QVariantList) {
        QStringList parts;
        for (const QVariant &part : value.toList())
            parts << part.toString();
        return parts.join(QLatin1String(", "));
    }
    return value.toString();
}

/// Replaces {name} by parameters; a parameter that is missing leaves nothing behind, not even a space too many. What
/// stands in [brackets] is left out when a parameter in it is empty.
QString filled(QString text, const Error &error, const FieldNamer &namer)
{
    static const QRegularExpression optional(QStringLiteral("\\[([^\\[\\]]*\\{(\\w+)\\}[^\\[\\]]*)\\]"));
    for (auto match = optional.match(text); match.hasMatch(); match = optional.match(text)) {
        const bool isEmpty = parameterText(error.params.value(match.captured(2))).isEmpty();
        text.replace(match.capturedStart(), match.capturedLength(), isEmpty ? QString() : match.captured(1));
    }
    QString out;
    qsizetype at = 0;
    while (at < text.size()) {
        const qsizetype open = text.indexOf(u'{', at);
        const qsizetype close = open < 0 ? -1 : text.indexOf(u'}', open);
        if (close < 0) {
            out += QStringView(text).mid(at);
            break;
        }
        out += QStringView(text).mid(at, open - at);
        const QString name = text.mid(open + 1, close - open - 1);
        if (name == QLatin1String("field") || name == QLatin1String("column")) {
            QString field = error.params.value(name, error.field).toString();
            if (namer && !field.isEmpty() && name == QLatin1String("field")) {
                if (const QString label = namer(field); !label.isEmpty())
                    field = label;
            }
            out += field;
        } else {
            out += parameterText(error.params.value(name));
        }
        at = close + 1;
    }
    return out.simplified();
}

} // namespace

bool hasSentence(QByteArrayView code)
{
    return table().contains(code.toByteArray());
}

void addSentence(const char *code, const char *context, const char *sentence)
{
    table().insert(code, {context, sentence});
}

QString describe(const Error &error, const FieldNamer &namer)
{
    const auto found = table().constFind(error.code);
    QString text;
    if (found == table().constEnd()) {
        Error alone = error;
        alone.cause.reset();
        text = alone.toString();
    } else {
        text = filled(translate(found->context, found->text), error, namer);
    }
    if (error.cause)
        text += u' ' + describe(*error.cause, namer);
    return text;
}

} // namespace tz
