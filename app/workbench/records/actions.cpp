// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "workbench/records/actions.h"

#include "core/logic/judge.h"
#include "workbench/dialogs/dialogs.h"
#include "workbench/records/fieldeditors.h"
#include "workbench/records/labels.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFormLayout>

namespace tz::actions {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(tz::actions)
};

} // namespace

Result<> obstacle(const Workspace &workspace, const Record &record, const Transition &action)
{
    const Entity &entity = *record.entity;
    const QString state = entity.states ? record.value(entity.states->field).toText() : QString();
    if (!action.from.isEmpty() && !action.from.contains(state)) {
        const Field *field = entity.stateField();
        return fail("action.not_from_here",
                    {{QStringLiteral("state"), field ? labels::choice(entity, *field, state) : state},
                     {QStringLiteral("action"), labels::action(entity, action)}});
    }
    const expression::Context context = labels::contextFor(workspace, &record);
    if (action.when && !action.when->holds(context))
        return fail("action.not_allowed_now", {{QStringLiteral("action"), labels::action(entity, action)}});
    const Judge judge(workspace.reader(), workspace.contributions(), workspace.actor(), context.nowMs,
                      context.utcOffsetSeconds);
    return judge.mayAct(record, action);
}

QList<const Transition *> possible(const Workspace &workspace, const Record &record)
{
    QList<const Transition *> list;
    for (const Transition &action : record.entity->actions) {
        if (obstacle(workspace, record, action))
            list << &action;
    }
    return list;
}

const Transition *leadingTo(const Entity &entity, const QString &from, const QString &to)
{
    for (const Transition &action : entity.actions) {
        if (action.to == to && (action.from.isEmpty() || action.from.contains(from)))
            return &action;
    }
    return nullptr;
}

QStringList missing(const Record &record, const Transition &action)
{
    QStringList fields = action.ask;
    for (const QString &name : action.requires_) {
        if (record.value(name).isNull() && !fields.contains(name))
            fields << name;
    }
    return fields;
}

bool ask(const ViewContext &context, const Record &record, const Transition &action, const QStringList &fields,
         Draft::Values &out, QWidget *parent)
{
    const Entity &entity = *record.entity;
    QDialog dialog(parent);
    dialog.setWindowTitle(labels::action(entity, action));
    auto *form = new QFormLayout;
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    QList<FieldEditor *> editors;
    for (const QString &name : fields) {
        const Field *field = entity.field(name);
        if (!field)
            continue;
        FieldEditor *editor = FieldEditor::make(context, entity, *field, &dialog);
        editor->setRecord(&record);
        editor->setValue(record.value(field->index));
        const bool needed = field->required || action.requires_.contains(name);
        QString label = labels::field(entity, *field);
        if (needed)
            label += QStringLiteral(" *");
        form->addRow(label, editor);
        editors << editor;
    }
    auto *buttons = new QDialogButtonBox(&dialog);
    buttons->addButton(labels::action(entity, action), QDialogButtonBox::AcceptRole);
    buttons->addButton(Tr::tr("Cancel"), QDialogButtonBox::RejectRole);
    const auto accept = [&] {
        bool fine = true;
        out.clear();
        for (FieldEditor *editor : editors) {
            const auto value = editor->value();
            const bool needed = editor->field().required || action.requires_.contains(editor->field().name);
            QString sentence;
            if (!value)
                sentence = labels::error(entity, value.error());
            else if (needed && value->isNull())
                sentence = labels::error(entity, Error("record.required", {}, editor->field().name));
            editor->setProblem(sentence);
            if (!sentence.isEmpty()) {
                if (fine)
                    editor->setFocus();
                fine = false;
            } else {
                out.emplace_back(editor->field().name, *value);
            }
        }
        if (fine)
            dialog.accept();
        return fine;
    };
    QObject::connect(buttons, &QDialogButtonBox::accepted, &dialog, [&] { accept(); });
    QObject::connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    auto *rows = new QVBoxLayout(&dialog);
    rows->addLayout(form);
    rows->addWidget(buttons);
    dialog.resize(qMax(440, dialog.sizeHint().width()), dialog.sizeHint().height());
    if (!editors.isEmpty())
        editors.first()->setFocus();
    // An answer given in advance accepts what the record holds.
    return dialogs::run(dialog) == QDialog::Accepted && accept();
}

void perform(const ViewContext &context, const Entity &entity, const Id &id, const QString &name, QWidget *parent,
             std::function<void(bool)> done)
{
    const Transition *action = entity.action(name);
    const auto found = context.workspace.reader().find(entity, id);
    const auto end = [done](bool ok) {
        if (done)
            done(ok);
    };
    if (!action || !found || !*found) {
        end(false);
        return;
    }
    const Record &record = **found;
    if (const auto may = obstacle(context.workspace, record, *action); !may) {
        context.navigator.toast(labels::error(entity, may.error()));
        end(false);
        return;
    }
    Draft::Values parameters;
    const QStringList fields = missing(record, *action);
    if (!fields.isEmpty() && !ask(context, record, *action, fields, parameters, parent)) {
        end(false);
        return;
    }
    Draft draft = context.workspace.draft();
    draft.label = action->action;
    // What is only required is an edit of its own before the action; what is asked for travels with it.
    Draft::Values edits;
    Draft::Values asked;
    for (auto &[field, value] : parameters) {
        if (action->ask.contains(field))
            asked.emplace_back(field, value);
        else
            edits.emplace_back(field, value);
    }
    if (!edits.empty())
        draft.update(entity.fullName, id, std::move(edits));
    draft.act(entity.fullName, id, action->action, std::move(asked));
    const ViewContext copy = context;
    const QString text =
        QStringLiteral("%1: %2").arg(context.workspace.reader().title(entity, id), labels::action(entity, *action));
    const CatalogPtr keep = context.workspace.catalog();
    const Entity *of = &entity;
    context.workspace.apply(std::move(draft), [copy, text, end, keep, of](const Result<Receipt> &receipt) {
        if (receipt)
            copy.navigator.toast(text, receipt->batch);
        else
            copy.navigator.toast(labels::error(*of, receipt.error()));
        end(receipt.has_value());
    });
}

} // namespace tz::actions
