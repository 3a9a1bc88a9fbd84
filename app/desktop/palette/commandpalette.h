// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#pragma once

#include "desktop/palette/paletteitem.h"

#include <QFrame>
#include <QPointer>

class QLineEdit;
class QListView;
class QLabel;
class QTimer;

namespace tz {

/// Ctrl+K: goes to, creates, does and finds everything. A child of the window rather than a window of its own, so that
/// input methods place their candidates rightly. Typed letters count once they are committed, never while an input
/// method composes.
class CommandPalette : public QFrame {
    Q_OBJECT
public:
    using Items = std::function<QList<PaletteItem>()>;
    using Receive = std::function<void(const QList<PaletteItem> &)>;
    /// Looks records up in the background and hands them to the receiver; a later call makes an earlier one void.
    using Search = std::function<void(const QString &typed, Receive)>;

    CommandPalette(QWidget *window, Items items, Search search);

    void open(const QString &typed = {});
    void closePalette();
    QLineEdit *edit() const { return m_edit; }
    /// Texts of the lines shown, in order.
    QStringList shown() const;
    void setRecent(const QStringList &ids) { m_recent = ids; }

Q_SIGNALS:
    void ran(const QString &id);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    class Model;
    class Delegate;
    void refill();
    void searchRecords();
    void runCurrent();
    void place();

    Items m_source;
    Search m_search;
    QLineEdit *m_edit;
    QListView *m_view;
    QLabel *m_hint;
    Model *m_model;
    QTimer *m_timer;
    QList<PaletteItem> m_items;
    QList<PaletteItem> m_hits;
    QString m_hitsFor;
    QStringList m_recent;
    QPointer<QWidget> m_previousFocus;
    bool m_composing = false;
};

} // namespace tz
