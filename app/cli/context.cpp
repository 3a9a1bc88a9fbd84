// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "cli/context.h"

#include "core/base/messages.h"
#include "core/store/customfields.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QFile>

#include <cstdio>

namespace tz::cli {

namespace {

/// Han characters take two columns on a terminal.
qsizetype widthOf(const QString &text)
{
    qsizetype width = 0;
    for (const QChar c : text)
        width +=
            c.unicode() >= 0x1100 && !c.isLowSurrogate() && (c.unicode() <= 0x115f || c.unicode() >= 0x2e80) ? 2 : 1;
    return width;
}

} // namespace

QString translated(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

QString sentence(const Error &error, const Catalog *catalog)
{
    const QString name = error.params.value(QStringLiteral("entity")).toString();
    const Entity *entity = catalog && !name.isEmpty() ? catalog->entity(name) : nullptr;
    return describe(error, [entity](const QString &fieldName) {
        const Field *field = entity ? entity->field(fieldName) : nullptr;
        if (!field)
            return fieldName;
        return QCoreApplication::translate(entity->fullName.toUtf8().constData(), field->label.toUtf8().constData());
    });
}

Context::Context(Arguments arguments, QString profileFolder, bool json)
    : m_arguments(std::move(arguments))
    , m_folder(std::move(profileFolder))
    , m_json(json)
    , m_out(stdout)
    , m_errors(stderr)
{
}

Context::~Context()
{
    m_replica.reset();
    m_profile.reset();
}

Result<> Context::loadDepartments()
{
    m_host.scan(DepartmentHost::defaultFolder());
    m_host.start();
    for (const DepartmentHost::Status &status : m_host.status()) {
        if (!status.running)
            return fail("departments.failed",
                        {{QStringLiteral("department"), status.spec.id}, {QStringLiteral("reason"), status.failure}});
    }
    if (m_host.status().isEmpty())
        return fail("departments.none", {{QStringLiteral("path"), DepartmentHost::defaultFolder()}});
    return {};
}

Result<> Context::openProfile()
{
    TZ_ASSIGN(m_profile, Profile::open(m_folder, QStringLiteral("tongzhou-cli")));
    TZ_ASSIGN(m_replica, LocalReplica::open(*m_profile, m_host, QStringLiteral("tongzhou-cli")));
    QObject::connect(m_replica.get(), &LocalReplica::notice, m_replica.get(),
                     [this](const Error &error) { note(error); });
    QObject::connect(
        m_replica.get(), &LocalReplica::customFieldsChanged, m_replica.get(),
        [this] {
            const CatalogPtr before = m_host.catalog();
            const auto fields = customFields(m_replica->database(), SchemaKind::Replica);
            if (!fields)
                return note(fields.error());
            m_host.setCustomFields(*fields);
            if (m_host.catalog()->hash() == before->hash())
                return;
            if (const auto done = m_replica->store().setCatalog(m_host.catalog()); !done)
                note(done.error());
        },
        Qt::QueuedConnection);
    // A copy that was erased with nobody within reach says so at the first opportunity.
    wait([this](std::function<void()> finish) { m_replica->confirmErasure(finish); });
    if (m_replica->repair())
        note(*m_replica->repair());
    return {};
}

Result<const Entity *> Context::entity(const QString &name) const
{
    if (const Entity *entity = catalog().entity(name))
        return entity;
    QStringList known;
    for (const Entity *entity : catalog().entities()) {
        known << entity->fullName;
        // The short name will do where only one department has it.
        if (entity->name == name &&
            std::ranges::count_if(catalog().entities(), [&](const Entity *other) { return other->name == name; }) == 1)
            return entity;
    }
    return fail("cli.unknown_entity",
                {{QStringLiteral("entity"), name}, {QStringLiteral("suggestion"), didYouMean(name, known)}});
}

Result<std::vector<std::pair<QString, Value>>> Context::assignments(const Entity &entity, qsizetype first)
{
    std::vector<std::pair<QString, Value>> values;
    const FieldText text = fields();
    for (qsizetype i = first; i < m_arguments.positional.size(); ++i) {
        auto value = text.assignment(entity, m_arguments.positional[i]);
        if (!value) {
            value.error().params.insert(QStringLiteral("entity"),
                                        value.error().params.value(QStringLiteral("entity"), entity.fullName));
            return fail(value.error());
        }
        values.push_back(std::move(*value));
    }
    return values;
}

void Context::wait(const std::function<void(std::function<void()> finish)> &begin)
{
    // Whoever holds `finish` may call it again later; then nobody waits any more.
    struct State {
        QEventLoop *loop;
        bool finished = false;
    };
    QEventLoop loop;
    const auto state = std::make_shared<State>(State{&loop});
    begin([state] {
        state->finished = true;
        if (state->loop)
            state->loop->quit();
    });
    if (!state->finished)
        loop.exec();
    state->loop = nullptr;
}

void Context::print(const QString &line)
{
    m_out << line << '\n';
    m_out.flush();
}

void Context::print(const Json &json)
{
    print(QString::fromUtf8(json.result()));
}

void Context::printTable(const QStringList &header, const QList<QStringList> &rows)
{
    std::vector<qsizetype> widths;
    for (const QString &title : header)
        widths.push_back(widthOf(title));
    for (const QStringList &row : rows) {
        for (qsizetype i = 0; i < row.size() && size_t(i) < widths.size(); ++i)
            widths[size_t(i)] = std::max(widths[size_t(i)], widthOf(row[i]));
    }
    const auto line = [&](const QStringList &row) {
        QString out;
        for (qsizetype i = 0; i < row.size(); ++i) {
            const QString cell = QString(row[i]).replace(QLatin1Char('\n'), QLatin1Char(' '));
            out += cell;
            if (i + 1 < row.size())
                out += QString(std::max<qsizetype>(0, widths[size_t(i)] - widthOf(cell)) + 2, QLatin1Char(' '));
        }
        print(out);
    };
    line(header);
    for (const QStringList &row : rows)
        line(row);
}

void Context::note(const QString &line)
{
    m_out.flush();
    m_errors << line << '\n';
    m_errors.flush();
}

void Context::note(const Error &error)
{
    note(sentence(error, m_host.catalog().get()));
}

Result<QString> passwordFrom(const QString &path)
{
    QFile file(path);
    const bool open =
        path == QLatin1String("-") ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!open)
        return fail("cli.cannot_read", {{QStringLiteral("path"), path}});
    QByteArray line = file.readLine(64 * 1024);
    while (line.endsWith('\n') || line.endsWith('\r'))
        line.chop(1);
    return QString::fromUtf8(line);
}

} // namespace tz::cli
