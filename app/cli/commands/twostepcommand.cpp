// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "cli/context.h"
#include "core/sync/accountwire.h"

namespace tz::cli {

namespace {

class TwoStep : public Command {
public:
    const CommandSpec &spec() const override
    {
        static const CommandSpec spec{
            "two-step",
            "[on --password-file FILE | confirm --code CODE | off --password-file FILE --code CODE]",
            QT_TRANSLATE_NOOP("cli", "Whether signing in also needs a code of an authenticator app; switches it on "
                                     "(on, then confirm) or off."),
            {{"password-file", "FILE",
              QT_TRANSLATE_NOOP("cli", "File whose first line is the password; - for standard input.")},
             {"code", "CODE", QT_TRANSLATE_NOOP("cli", "What the authenticator app shows.")}},
            0,
            1,
            CommandSpec::Needs::Account};
        return spec;
    }
    Result<> run(Context &context) override
    {
        const QString deed = context.arguments().positional.value(0);
        TZ_ASSIGN(const wire::TwoStepRequest request, requestFor(context, deed));
        Result<wire::TwoStepAnswer> answer;
        context.wait([&](std::function<void()> finish) {
            context.replica().ask(QStringLiteral("/v1/two-step"), wire::encode(request),
                                  [&answer, finish](const Result<QByteArray> &body) {
                                      answer = body ? wire::decodeTwoStepAnswer(*body) : fail(body.error());
                                      finish();
                                  });
        });
        TZ_TRY(answer);
        show(context, *answer);
        return {};
    }

private:
    static Result<wire::TwoStepRequest> requestFor(Context &context, const QString &deed)
    {
        using wire::TwoStepDeed;
        static const QHash<QString, TwoStepDeed> deeds{{QString(), TwoStepDeed::Look},
                                                       {QStringLiteral("on"), TwoStepDeed::Begin},
                                                       {QStringLiteral("confirm"), TwoStepDeed::Confirm},
                                                       {QStringLiteral("off"), TwoStepDeed::End}};
        const auto known = deeds.constFind(deed);
        if (known == deeds.constEnd())
            return fail("cli.wrong_arguments", {{QStringLiteral("command"), QStringLiteral("two-step")},
                                                {QStringLiteral("arguments"), QStringLiteral("on | confirm | off")}});
        wire::TwoStepRequest request;
        request.deed = *known;
        const Arguments &given = context.arguments();
        const bool needsPassword = *known == TwoStepDeed::Begin || *known == TwoStepDeed::End;
        const bool needsCode = *known == TwoStepDeed::Confirm || *known == TwoStepDeed::End;
        for (const auto &[needed, option] : {std::pair(needsPassword, "password-file"), std::pair(needsCode, "code")}) {
            if (needed && given.value(option).isEmpty())
                return fail("cli.missing_option",
                            {{QStringLiteral("option"), QString(QLatin1String("--") + QLatin1String(option))}});
        }
        if (needsPassword) {
            TZ_ASSIGN(request.password, passwordFrom(given.value("password-file")));
        }
        request.code = given.value("code");
        return request;
    }

    static void show(Context &context, const wire::TwoStepAnswer &answer)
    {
        if (context.json()) {
            Json json;
            json.beginObject().key(QStringLiteral("on")).boolean(answer.isOn);
            if (!answer.secret.isEmpty()) {
                json.key(QStringLiteral("secret")).text(answer.secret);
                json.key(QStringLiteral("uri")).text(answer.uri);
            }
            json.endObject();
            return context.print(json);
        }
        if (answer.secret.isEmpty())
            return context.print(answer.isOn ? translated(QT_TRANSLATE_NOOP("cli", "Two-step sign-in is on."))
                                             : translated(QT_TRANSLATE_NOOP("cli", "Two-step sign-in is off.")));
        context.print(
            translated(QT_TRANSLATE_NOOP("cli", "Enter this key in your authenticator app: %1")).arg(answer.secret));
        context.print(answer.uri);
        context.print(
            translated(QT_TRANSLATE_NOOP("cli", "It counts once you have confirmed it: two-step confirm --code CODE")));
    }
};

} // namespace

void addTwoStepCommand(Commands &to)
{
    to.push_back(std::make_unique<TwoStep>());
}

} // namespace tz::cli
