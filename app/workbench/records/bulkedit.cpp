// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "workbench/dialogs/dialogs.h"
#include "workbench/records/fieldeditors.h"
#include "workbench/records/labels.h"
#include "workbench/records/listparts.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QPointer>
#include <QProgressDialog>

namespace tz {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(tz::BulkEdit)
};

/// One long run over many records: the next batch is made when the one before is written.
struct Run : std::enable_shared_from_this<Run> {
    Run(const ViewContext &viewContext, const Entity &of)
        : context(viewContext)
        , entity(&of)
        , catalog(viewContext.workspace.catalog())
    {
    }
    ViewContext context;
    const Entity *entity;
    CatalogPtr catalog;
    QList<Id> ids;
    QString label;
    Id group;
    std::function<void(Draft &, const Id &)> change;
    std::function<void(int, int)> finished;
    QPointer<QProgressDialog> progress;
    qsizetype at = 0;
    int done = 0;
    int refused = 0;
    QStringList reasons;

    void next()
    {
        if (progress)
            progress->setValue(int(at));
        if (at >= ids.size() || (progress && progress->wasCanceled())) {
            finish();
            return;
        }
        const qsizetype count = qMin(limits::importBatch, ids.size() - at);
        Draft draft = context.workspace.draft();
        draft.label = label;
        draft.independent = true;
        draft.group = group;
        for (qsizetype i = at; i < at + count; ++i)
            change(draft, ids[i]);
        at += count;
        auto self = shared_from_this();
        context.workspace.apply(std::move(draft), [self, count](const Result<Receipt> &receipt) {
            if (!receipt) {
                self->refused += int(count);
                self->reasons << labels::error(*self->entity, receipt.error());
            } else {
                self->refused += int(receipt->refused.size());
                self->done += int(count) - int(receipt->refused.size());
                for (const auto &[index, error] : receipt->refused) {
                    const QString sentence = labels::error(*self->entity, error);
                    if (self->reasons.size() < 10 && !self->reasons.contains(sentence))
                        self->reasons << sentence;
                }
            }
            self->next();
        });
    }

    void finish()
    {
        if (progress)
            progress->deleteLater();
        if (done > 0)
            context.navigator.toast(Tr::tr("%Ln record(s) changed", nullptr, done), group);
        if (refused > 0) {
            dialogs::inform(nullptr, Tr::tr("Not everything could be changed"),
                            Tr::tr("%Ln record(s) were left as they are:", nullptr, refused) + QStringLiteral("\n\n") +
                                reasons.join(QLatin1Char('\n')));
        }
        if (finished)
            finished(done, refused);
    }
};

} // namespace

void applyToMany(const ViewContext &context, const Entity &entity, const QList<Id> &ids, const QString &label,
                 const std::function<void(Draft &, const Id &)> &change, QWidget *parent,
                 std::function<void(int, int)> finished)
{
    auto run = std::make_shared<Run>(context, entity);
    run->ids = ids;
    run->label = label;
    run->change = change;
    run->finished = std::move(finished);
    run->group = context.workspace.ids().next();
    if (ids.size() > limits::importBatch) {
        run->progress = new QProgressDialog(Tr::tr("Changing %Ln record(s)…", nullptr, int(ids.size())), Tr::tr("Stop"),
                                            0, int(ids.size()), parent);
        run->progress->setWindowModality(Qt::WindowModal);
        run->progress->setMinimumDuration(400);
    }
    run->next();
}

void editMany(const ViewContext &context, const Entity &entity, const QList<Id> &ids, QWidget *parent)
{
    if (ids.isEmpty())
        return;
    QDialog dialog(parent);
    dialog.setWindowTitle(Tr::tr("Change %Ln record(s)", nullptr, int(ids.size())));
    auto *form = new QFormLayout;
    auto *fields = new QComboBox(&dialog);
    fields->setAccessibleName(Tr::tr("Field"));
    for (const Field &field : entity.fields) {
        if (!field.isDerived() && !field.readonly && !field.system && !field.isLines() &&
            field.type != FieldType::State && field.type != FieldType::Attachments)
            fields->addItem(labels::field(entity, field), field.name);
    }
    auto *holder = new QWidget(&dialog);
    auto *holderLayout = new QVBoxLayout(holder);
    holderLayout->setContentsMargins(0, 0, 0, 0);
    FieldEditor *editor = nullptr;
    const auto choose = [&] {
        delete editor;
        editor = nullptr;
        if (const Field *field = entity.field(fields->currentData().toString())) {
            editor = FieldEditor::make(context, entity, *field, holder);
            holderLayout->addWidget(editor);
        }
    };
    QObject::connect(fields, &QComboBox::currentIndexChanged, &dialog, choose);
    form->addRow(Tr::tr("Field"), fields);
    form->addRow(Tr::tr("New value"), holder);
    auto *hint = new QLabel(Tr::tr("An empty value clears the field."), &dialog);
    form->addRow(QString(), hint);
    auto *buttons = new QDialogButtonBox(&dialog);
    buttons->addButton(Tr::tr("Change %Ln record(s)", nullptr, int(ids.size())), QDialogButtonBox::AcceptRole);
    buttons->addButton(Tr::tr("Cancel"), QDialogButtonBox::RejectRole);
    QObject::connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    QObject::connect(buttons, &QDialogButtonBox::accepted, &dialog, [&] {
        const auto value = editor ? editor->value() : Result<Value>(Value());
        if (value)
            dialog.accept();
        else
            editor->setProblem(labels::error(entity, value.error()));
    });
    auto *rows = new QVBoxLayout(&dialog);
    rows->addLayout(form);
    rows->addWidget(buttons);
    choose();
    dialog.resize(420, dialog.sizeHint().height());
    if (dialogs::run(dialog) != QDialog::Accepted || !editor)
        return;
    const auto value = editor->value();
    if (!value)
        return;
    const QString entityName = entity.fullName;
    const QString fieldName = editor->field().name;
    applyToMany(
        context, entity, ids, QStringLiteral("bulk_edit"),
        [entityName, fieldName, value = *value](Draft &draft, const Id &id) {
            draft.update(entityName, id, {{fieldName, value}});
        },
        parent);
}

} // namespace tz
