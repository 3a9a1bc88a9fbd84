// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "workbench/icons.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QSvgRenderer>

using namespace Qt::StringLiterals;

namespace tz {
namespace {

QString resourcePath(const QString &name)
{
    return u":/icons/"_s + name + u".svg"_s;
}

// Qt renders "currentColor" as black, so the colour is written into the XML; and it looks the palette up when it
// paints, so that nothing has to be fetched again when the theme changes.
class LineIconEngine final : public QIconEngine {
public:
    LineIconEngine(QString name, const QColor &color)
        : m_name(std::move(name))
        , m_color(color)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const qreal ratio = painter->device() ? painter->device()->devicePixelRatioF() : 1.0;
        const int side = qMin(rect.width(), rect.height());
        const QRect target(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2, side, side);
        painter->drawPixmap(target, render(QSize(side, side) * ratio, colorFor(mode)));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override { return render(size, colorFor(mode)); }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal) override
    {
        return render(size, colorFor(mode));
    }

    QIconEngine *clone() const override { return new LineIconEngine(m_name, m_color); }
    QString key() const override { return u"tongzhou"_s; }
    bool isNull() override { return false; }
    QString iconName() override { return m_name; }

private:
    QColor colorFor(QIcon::Mode mode) const
    {
        const QPalette palette = QGuiApplication::palette();
        if (mode == QIcon::Disabled)
            return palette.color(QPalette::Disabled, QPalette::WindowText);
        if (mode == QIcon::Selected)
            return palette.color(QPalette::HighlightedText);
        return m_color.isValid() ? m_color : palette.color(QPalette::WindowText);
    }

    QPixmap render(const QSize &size, const QColor &color) const
    {
        if (size.isEmpty())
            return {};
        const QString key = u"tz-icon/%1/%2/%3"_s.arg(m_name).arg(size.width()).arg(color.rgba(), 0, 16);
        QPixmap pixmap;
        if (QPixmapCache::find(key, &pixmap))
            return pixmap;
        QFile file(hasIcon(m_name) ? resourcePath(m_name) : resourcePath(u"unknown"_s));
        QByteArray svg;
        if (file.open(QIODevice::ReadOnly))
            svg = file.readAll();
        svg.replace("currentColor", color.name(QColor::HexRgb).toLatin1());
        // Two device pixels wide at 24 looks heavy beside 13-pixel text.
        svg.replace("stroke-width=\"2\"", "stroke-width=\"1.8\"");
        pixmap = QPixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setOpacity(color.alphaF());
        QSvgRenderer(svg).render(&painter, QRectF(QPointF(), QSizeF(size)));
        painter.end();
        QPixmapCache::insert(key, pixmap);
        return pixmap;
    }

    QString m_name;
    QColor m_color;
};

} // namespace

QIcon icon(const QString &name)
{
    return icon(name, {});
}

QIcon icon(const QString &name, const QColor &color)
{
    return name.isEmpty() ? QIcon() : QIcon(new LineIconEngine(name, color));
}

bool hasIcon(const QString &name)
{
    return QFile::exists(resourcePath(name));
}

} // namespace tz
