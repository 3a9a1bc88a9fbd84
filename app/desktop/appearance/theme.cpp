// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: Tongzhou CRM contributors
#include "desktop/appearance/theme.h"

#include "desktop/appearance/systemappearance.h"
#include "workbench/icons.h"
#include "workbench/style.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QPixmapCache>
#include <QProxyStyle>
#include <QStyle>
#include <QStyleFactory>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace tz {
namespace {

/// The button that clears a line has an icon of ours: it follows the theme, and the style's own image would let Qt load
/// all its image plugins at the start.
class LineIcons : public QProxyStyle {
public:
    using QProxyStyle::QProxyStyle;
    QIcon standardIcon(StandardPixmap which, const QStyleOption *option, const QWidget *widget) const override
    {
        if (which == SP_LineEditClearButton)
            return icon(u"x"_s);
        return QProxyStyle::standardIcon(which, option, widget);
    }
};

struct Shades {
    QRgb window, base, alternate, text, muted, disabled, accent, accentText, selection, selectionText, line, strongLine,
        button, sidebar, hover, success, warning, danger, violet, neutral, tooltip;
};

// Every text shade keeps a contrast of at least 4.5:1 on window, base and sidebar; a test computes it.
constexpr Shades lightShades{.window = 0xf6f7f9,
                             .base = 0xffffff,
                             .alternate = 0xf9fafb,
                             .text = 0x1b232d,
                             .muted = 0x56606d,
                             .disabled = 0x8a94a1,
                             .accent = 0x1b5fc1,
                             .accentText = 0xffffff,
                             .selection = 0xd9e7fb,
                             .selectionText = 0x12325f,
                             .line = 0xdfe3e8,
                             .strongLine = 0xbcc4ce,
                             .button = 0xffffff,
                             .sidebar = 0xeceff3,
                             .hover = 0xe3e8ee,
                             .success = 0x17703a,
                             .warning = 0x8a5a00,
                             .danger = 0xb92a2a,
                             .violet = 0x7440b0,
                             .neutral = 0x3b4652,
                             .tooltip = 0x2a323c};
constexpr Shades darkShades{.window = 0x1c1f24,
                            .base = 0x23272d,
                            .alternate = 0x272b32,
                            .text = 0xe4e8ed,
                            .muted = 0xa3adba,
                            .disabled = 0x6f7884,
                            .accent = 0x7db0ff,
                            .accentText = 0x0f1c2e,
                            .selection = 0x2e4a75,
                            .selectionText = 0xf4f8ff,
                            .line = 0x363c45,
                            .strongLine = 0x505863,
                            .button = 0x2c3138,
                            .sidebar = 0x17191d,
                            .hover = 0x30363e,
                            .success = 0x5fce8a,
                            .warning = 0xe2b04a,
                            .danger = 0xff8a80,
                            .violet = 0xc9a2ff,
                            .neutral = 0xc5ccd6,
                            .tooltip = 0x3a424d};

const Shades &shades(bool dark)
{
    return dark ? darkShades : lightShades;
}

QString name(QRgb rgb)
{
    return QColor(rgb).name();
}

} // namespace

Theme::Theme(Settings &settings, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_system(new SystemAppearance(this))
{
    connect(&settings, &Settings::appearanceChanged, this, &Theme::apply);
    connect(m_system, &SystemAppearance::changed, this, [this] {
        if (m_settings.theme() == "system"_L1)
            apply();
    });
}

QPalette Theme::palette(bool dark)
{
    const Shades &s = shades(dark);
    QPalette palette;
    palette.setColor(QPalette::Window, QColor(s.window));
    palette.setColor(QPalette::WindowText, QColor(s.text));
    palette.setColor(QPalette::Base, QColor(s.base));
    palette.setColor(QPalette::AlternateBase, QColor(s.alternate));
    palette.setColor(QPalette::Text, QColor(s.text));
    palette.setColor(QPalette::PlaceholderText, QColor(s.muted));
    palette.setColor(QPalette::Button, QColor(s.button));
    palette.setColor(QPalette::ButtonText, QColor(s.text));
    palette.setColor(QPalette::BrightText, QColor(s.danger));
    palette.setColor(QPalette::Highlight, QColor(s.selection));
    palette.setColor(QPalette::HighlightedText, QColor(s.selectionText));
    palette.setColor(QPalette::Link, QColor(s.accent));
    palette.setColor(QPalette::LinkVisited, QColor(s.violet));
    palette.setColor(QPalette::ToolTipBase, QColor(s.tooltip));
    palette.setColor(QPalette::ToolTipText, QColor(0xf2f4f7));
    palette.setColor(QPalette::Light, QColor(s.base));
    palette.setColor(QPalette::Midlight, QColor(s.hover));
    palette.setColor(QPalette::Mid, QColor(s.line));
    palette.setColor(QPalette::Dark, QColor(s.strongLine));
    palette.setColor(QPalette::Shadow, QColor(dark ? 0x000000 : 0x9aa3ad));
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, QColor(s.disabled));
    return palette;
}

QStringList Theme::families()
{
#if defined(Q_OS_WIN)
    return {u"Segoe UI"_s, u"Microsoft YaHei UI"_s};
#elif defined(Q_OS_MACOS)
    return {u".AppleSystemUIFont"_s, u"PingFang SC"_s};
#else
    return {u"Inter"_s, u"Noto Sans CJK SC"_s};
#endif
}

void Theme::apply()
{
    const QString choice = m_settings.theme();
    m_dark = choice == "dark"_L1 || (choice == "system"_L1 && m_system->isDark());
    const Shades &s = shades(m_dark);

    style::Colors colors;
    colors.accent = QColor(s.accent);
    colors.success = QColor(s.success);
    colors.warning = QColor(s.warning);
    colors.danger = QColor(s.danger);
    colors.muted = QColor(s.muted);
    colors.violet = QColor(s.violet);
    colors.neutral = QColor(s.neutral);
    colors.line = QColor(s.line);
    colors.card = QColor(s.base);
    colors.header = QColor(s.alternate);
    colors.dark = m_dark;
    style::setColors(colors);

    QFont font;
    font.setFamilies(families());
    font.setPointSize(m_settings.fontSize());
    QApplication::setFont(font);
    if (!std::exchange(m_styled, true))
        QApplication::setStyle(new LineIcons(QStyleFactory::create(u"Fusion"_s)));
    QApplication::setPalette(palette(m_dark));
    QPixmapCache::clear();
    qApp->setStyleSheet(styleSheet(m_dark));
    // Texts with a colour of their own hold that of the theme they were made in.
    for (QWidget *widget : QApplication::allWidgets()) {
        if (const QVariant tone = widget->property("tzTone"); tone.isValid())
            style::setTone(*widget, style::Tone(tone.toInt()));
    }
    Q_EMIT changed();
}

QString Theme::styleSheet(bool dark) const
{
    QFile file(u":/themes/tongzhou.qss"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString sheet = QString::fromUtf8(file.readAll());
    const Shades &s = shades(dark);
    static constexpr int paddings[] = {2, 4, 7};
    const int pad = paddings[int(m_settings.density())];
    // A name that begins with another one stands before it.
    const std::vector<std::pair<QString, QString>> names{{u"@selectionText"_s, name(s.selectionText)},
                                                         {u"@accentText"_s, name(s.accentText)},
                                                         {u"@strongLine"_s, name(s.strongLine)},
                                                         {u"@selection"_s, name(s.selection)},
                                                         {u"@alternate"_s, name(s.alternate)},
                                                         {u"@disabled"_s, name(s.disabled)},
                                                         {u"@sidebar"_s, name(s.sidebar)},
                                                         {u"@tooltip"_s, name(s.tooltip)},
                                                         {u"@success"_s, name(s.success)},
                                                         {u"@accent"_s, name(s.accent)},
                                                         {u"@button"_s, name(s.button)},
                                                         {u"@danger"_s, name(s.danger)},
                                                         {u"@window"_s, name(s.window)},
                                                         {u"@hover"_s, name(s.hover)},
                                                         {u"@muted"_s, name(s.muted)},
                                                         {u"@base"_s, name(s.base)},
                                                         {u"@line"_s, name(s.line)},
                                                         {u"@text"_s, name(s.text)},
                                                         {u"@field"_s, QString::number(14 + 2 * pad)},
                                                         {u"@pad"_s, QString::number(pad)}};
    for (const auto &[key, value] : names)
        sheet.replace(key, value);
    return sheet;
}

} // namespace tz
