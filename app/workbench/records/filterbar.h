// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "workbench/department/viewcontributions.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace tz {

class FlowLayout;

/// The line above a list: plain words search as one types, a condition (stage == 'won') or a choice from the menu
/// becomes a chip that can be removed with the keyboard.
class TZ_WORKBENCH_EXPORT FilterBar : public QWidget {
    Q_OBJECT
public:
    FilterBar(const ViewContext &context, const Entity &entity, QWidget *parent = nullptr);
    ~FilterBar() override;

    /// All chips together.
    QString filter() const;
    QString words() const;
    void setFilter(const QString &expression);
    void clear();
    /// Adds a chip; an empty caption shows the condition itself.
    void addChip(const QString &expression, const QString &caption = {});
    void focusLine();
    /// Widgets at the right end (views, columns).
    void addWidget(QWidget *widget);
    void showProblem(const Error &error);

    /// Condition and caption for "this field has this value".
    static std::pair<QString, QString> condition(const Entity &entity, const QString &path, const QString &label,
                                                 const Field &field, const Value &value, const QString &shown);

public Q_SLOTS:
    /// Field, comparison and value chosen from a small form.
    void addFromMenu();

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Chip {
        QString expression, caption;
    };
    void rebuild();
    void commitText();
    bool looksLikeCondition(const QString &text) const;
    void retranslate();
    void choosePlaceholder();

    ViewContext m_context;
    CatalogPtr m_catalog;
    const Entity *m_entity;
    QLineEdit *m_line;
    QToolButton *m_add;
    QLabel *m_problem;
    QWidget *m_chipHolder;
    FlowLayout *m_chipFlow;
    QList<Chip> m_chips;
    QTimer *m_timer;
};

} // namespace tz
