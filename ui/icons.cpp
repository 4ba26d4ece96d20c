#include "ui/icons.h"

#include "ui/theme.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

QString iconPath(const QString &name)
{
    return u":/icons/%1.svg"_s.arg(name);
}

QPixmap drawn(const QString &name, const QColor &color, const QSize &size)
{
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    QSvgRenderer(iconPath(name)).render(&painter, QRectF(image.rect()));
    // QtSvg reads currentColor as black, so the shape serves as a mask.
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(image.rect(), color);
    painter.end();
    return QPixmap::fromImage(image);
}

class ThemedIconEngine : public QIconEngine
{
public:
    explicit ThemedIconEngine(const QString &name)
        : m_name(name)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal dpr = painter->device()->devicePixelRatio();
        painter->drawPixmap(rect, scaledPixmap(rect.size() * dpr, mode, state, dpr));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1);
    }

    // `size` is in device pixels, as QIcon asks for it.
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal dpr) override
    {
        const int px = qRound(qMin(size.width(), size.height()) / dpr);
        return tintedPixmap(m_name, colorFor(mode), px, dpr);
    }

    QString iconName() override { return m_name; }
    bool isNull() override { return false; }
    QString key() const override { return u"anchorwatch-themed"_s; }
    QIconEngine *clone() const override { return new ThemedIconEngine(m_name); }

private:
    static QColor colorFor(QIcon::Mode mode)
    {
        const Theme &theme = Theme::of(QGuiApplication::palette());
        switch (mode) {
        case QIcon::Normal:
        case QIcon::Active:
            return theme.text2;
        case QIcon::Selected:
            return theme.text;
        case QIcon::Disabled:
            return theme.disabledText();
        }
        return theme.text2;
    }

    QString m_name;
};

} // namespace

QPixmap tintedPixmap(const QString &name, const QColor &color, int px, qreal dpr)
{
    const QString key = u"anchorwatch/%1/%2/%3/%4"_s.arg(name).arg(color.rgba()).arg(px).arg(dpr);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    pixmap = drawn(name, color, QSize(px, px) * dpr);
    pixmap.setDevicePixelRatio(dpr);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

QPixmap tintedPixmap(const QIcon &icon, const QColor &color, int px, qreal dpr)
{
    if (QFile::exists(iconPath(icon.name())))
        return tintedPixmap(icon.name(), color, px, dpr);
    return icon.pixmap(QSize(px, px), dpr);
}

QIcon themedIcon(const QString &name)
{
    return QIcon(new ThemedIconEngine(name));
}

QIcon applicationIcon()
{
    QIcon icon(u":/icons/app-icon.svg"_s);
    icon.addPixmap(QIcon(u":/icons/app-icon-16.svg"_s).pixmap(16, 16));
    return icon;
}

} // namespace Anchorwatch
