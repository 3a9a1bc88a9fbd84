// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "desktop/pages/pagefactory.h"

class QGridLayout;
class QLabel;
class QListWidget;
class QTimer;

namespace tz {

/// What a person sees in the morning: what is due next, the departments' cards, what was open last.
class HomePage : public TabPage {
    Q_OBJECT
public:
    explicit HomePage(const PageContext &context);

    QString caption() const override;
    QString iconName() const override { return QStringLiteral("house"); }
    QWidget *mainWidget() override;

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Card {
        QWidget *frame;
        QLabel *title;
        QString name, label;
    };
    /// A date by which something is due, of one kind of record.
    struct Source {
        QString entity, date, filter;
        bool isTime = false;
        /// Somebody means to do something then, so that it can be overdue; otherwise a date that merely passes.
        bool plan = false;
    };
    QWidget *makeFrame(QLabel *&title, QWidget *content);
    void retranslate();
    void place();
    void loadNext();
    void fillRecent();

    PageContext m_context;
    QLabel *m_greeting;
    QLabel *m_today;
    QWidget *m_content;
    QGridLayout *m_grid;
    std::vector<Card> m_cards;
    QLabel *m_nextTitle, *m_recentTitle;
    QListWidget *m_next, *m_recent;
    QLabel *m_nextEmpty;
    QWidget *m_nextFrame, *m_recentFrame;
    QTimer *m_timer;
    int m_columns = 0;
};

} // namespace tz
