// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "tests/gui/desktop/desktopfixture.h"
#include "tests/support/declared.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QTabBar>
#include <QThread>

namespace tz::test {
namespace {

} // namespace

bool waitFor(const std::function<bool()> &condition, int ms)
{
    QElapsedTimer timer;
    timer.start();
    while (!condition()) {
        if (timer.elapsed() > ms)
            return false;
        QApplication::processEvents(QEventLoop::AllEvents, 20);
        QThread::msleep(2);
    }
    return true;
}

QStringList visibleTexts(const QWidget &window)
{
    QStringList texts{window.windowTitle()};
    for (const QWidget *widget : window.findChildren<QWidget *>()) {
        if (!widget->isVisible())
            continue;
        texts << widget->toolTip();
        if (const auto *label = qobject_cast<const QLabel *>(widget))
            texts << label->text();
        if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
            texts << button->text();
        if (const auto *edit = qobject_cast<const QLineEdit *>(widget))
            texts << edit->placeholderText();
        if (const auto *box = qobject_cast<const QComboBox *>(widget))
            texts << box->currentText();
        if (const auto *bar = qobject_cast<const QTabBar *>(widget)) {
            for (int i = 0; i < bar->count(); ++i)
                texts << bar->tabText(i);
        }
        if (const auto *view = qobject_cast<const QAbstractItemView *>(widget); view && view->model()) {
            const QAbstractItemModel *model = view->model();
            for (int column = 0; column < model->columnCount(); ++column) {
                // Tables of ours have headers that are shown; Qt numbers the others.
                if (model->headerData(column, Qt::Horizontal).typeId() == QMetaType::QString)
                    texts << model->headerData(column, Qt::Horizontal).toString();
            }
            for (int row = 0; row < qMin(50, model->rowCount()); ++row)
                texts << model->index(row, 0).data().toString();
        }
    }
    texts.removeAll(QString());
    return texts;
}

DesktopFixture::DesktopFixture(const QStringList &departments)
    : m_departments(departments)
{
}

DesktopFixture::~DesktopFixture()
{
    stop();
}

void DesktopFixture::start(bool standalone)
{
    m_host = std::make_unique<DepartmentHost>();
    for (const QString &name : m_departments) {
        const auto files = DepartmentFiles::read(QDir(QStringLiteral(TZ_SOURCE_DIR "/modules/") + name));
        if (files) {
            m_host->adopt(std::make_unique<Declared>(), *files);
            continue;
        }
        // A department that cannot be: its declarations name a field that does not exist.
        DepartmentFiles broken;
        broken.origin = name;
        broken.module = "{\"id\": \"" + name.toUtf8() + "\", \"label\": \"" + name.toUtf8() +
                        "\", \"icon\": \"puzzle\", \"order\": 500, \"api\": 1, \"needs\": [\"nowhere\"], \"uses\": []}";
        m_host->adopt(std::make_unique<Declared>(), broken);
    }
    const QString built = QStringLiteral(TZ_BINARY_DIR "/bin/departments");
    if (m_departments.isEmpty())
        m_host->scan(built);
    m_host->start();
    if (m_departments.isEmpty() && m_views.status().isEmpty())
        m_views.load(built, m_host->status());
    m_settings = std::make_unique<Settings>(m_folder.filePath(QStringLiteral("desktop.ini")));
    if (m_settings->text(QStringLiteral("language")).isEmpty())
        m_settings->setText(QStringLiteral("language"), QStringLiteral("en"));
    m_language = std::make_unique<Language>(QStringLiteral(TZ_BINARY_DIR "/bin/translations"));
    m_language->use(m_settings->language());
    m_theme = std::make_unique<Theme>(*m_settings);
    m_theme->apply();
    auto opened = Workspace::open(profileFolder(), *m_host);
    REQUIRE_RESULT(opened);
    m_workspace = std::move(*opened);
    if (standalone && !m_workspace->isReady())
        REQUIRE_RESULT(m_workspace->startStandalone(QStringLiteral("李明")));
    m_shell = std::make_unique<Shell>(*m_settings, *m_theme, *m_language, *m_workspace, m_views);
    m_window = m_shell->newWindow();
    m_window->show();
    QApplication::setActiveWindow(m_window);
    QApplication::processEvents();
}

void DesktopFixture::stop()
{
    m_shell.reset();
    m_window = nullptr;
    m_workspace.reset();
    m_theme.reset();
    m_language.reset();
    m_settings.reset();
    m_host.reset();
}

void DesktopFixture::apply(Draft draft)
{
    bool done = false;
    m_workspace->apply(std::move(draft), [&done](const Result<Receipt> &receipt) {
        done = true;
        REQUIRE_RESULT(receipt);
    });
    REQUIRE(waitFor([&done] { return done; }));
}

Id DesktopFixture::create(const QString &entity, const Draft::Values &values)
{
    Draft draft = m_workspace->draft();
    const Id id = draft.create(entity, values);
    apply(std::move(draft));
    return id;
}

void DesktopFixture::update(const QString &entity, const Id &id, const Draft::Values &values)
{
    Draft draft = m_workspace->draft();
    draft.update(entity, id, values);
    apply(std::move(draft));
}

Value DesktopFixture::value(const QString &entity, const Id &id, const QString &field) const
{
    const Entity *found = m_workspace->catalog()->entity(entity);
    REQUIRE(found);
    const auto record = m_workspace->reader().find(*found, id);
    return record && *record ? (*record)->value(field) : Value();
}

} // namespace tz::test
