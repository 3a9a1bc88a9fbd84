// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "workbench/pageparts.h"

#include <QGridLayout>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace tz::parts {

QWidget *scrollingGround(QWidget *page)
{
    auto *outer = new QVBoxLayout(page);
    outer->setContentsMargins(0, 0, 0, 0);
    auto *scroll = new QScrollArea(page);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    outer->addWidget(scroll);
    auto *ground = new QWidget(scroll);
    scroll->setWidget(ground);
    return ground;
}

QVBoxLayout *scrollingColumn(QWidget *page, int widest)
{
    QWidget *ground = scrollingGround(page);
    auto *across = new QHBoxLayout(ground);
    across->setContentsMargins(24, 18, 24, 24);
    auto *column = new QWidget(ground);
    column->setMaximumWidth(widest);
    across->addWidget(column, 1);
    across->addStretch(0);
    auto *layout = new QVBoxLayout(column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    return layout;
}

QWidget *card(QWidget *parent)
{
    auto *card = new QWidget(parent);
    card->setObjectName(u"card"_s);
    card->setAttribute(Qt::WA_StyledBackground);
    return card;
}

QLabel *label(const QString &kind, QWidget *parent, const QString &text)
{
    auto *label = new QLabel(text, parent);
    label->setObjectName(kind);
    // Titles are one line; what explains something may need more.
    if (!kind.endsWith("Title"_L1)) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    return label;
}

QWidget *section(QLabel *&title, QVBoxLayout *into)
{
    into->addSpacing(10);
    title = label(u"sectionTitle"_s, into->parentWidget());
    into->addWidget(title);
    QWidget *box = card(into->parentWidget());
    into->addWidget(box);
    return box;
}

QLabel *fieldAbove(QWidget *field, QVBoxLayout *into)
{
    auto *label = new QLabel(field->parentWidget());
    label->setBuddy(field);
    into->addWidget(label);
    into->addWidget(field);
    into->addSpacing(4);
    return label;
}

QLabel *fieldBeside(QWidget *field, QGridLayout *into)
{
    auto *label = new QLabel(field->parentWidget());
    label->setBuddy(field);
    // An empty grid counts one row.
    const int row = into->count() == 0 ? 0 : into->rowCount();
    into->addWidget(label, row, 0);
    into->addWidget(field, row, 1);
    return label;
}

} // namespace tz::parts
