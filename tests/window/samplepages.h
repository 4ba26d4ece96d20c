#pragma once

#include <QImage>
#include <QList>
#include <QPainter>

namespace Anchorwatch {

// Drawn pages of a browser, 1280 by 800, for pictures of the wall and the viewer.
class SamplePages
{
public:
    // The pages take turns.
    [[nodiscard]] static QImage page(int n)
    {
        QImage image(1280, 800, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        switch (n % 5) {
        case 0:
            drawShop(painter);
            break;
        case 1:
            drawTable(painter);
            break;
        case 2:
            drawSignIn(painter);
            break;
        case 3:
            drawReport(painter);
            break;
        default:
            drawMap(painter);
        }
        return image;
    }

private:
    static void bar(QPainter &painter, const QRect &rect, const QColor &color, int radius = 8)
    {
        painter.setBrush(color);
        painter.drawRoundedRect(rect, radius, radius);
    }

    static void heading(QPainter &painter, const QPoint &at, const QString &text, int px = 44)
    {
        QFont font(QStringLiteral("Inter"));
        font.setPixelSize(px);
        font.setWeight(QFont::DemiBold);
        painter.setFont(font);
        painter.setPen(QColor(0x20, 0x24, 0x2C));
        painter.drawText(at, text);
        painter.setPen(Qt::NoPen);
    }

    static void drawShop(QPainter &painter)
    {
        bar(painter, {0, 0, 1280, 86}, QColor(0x24, 0x40, 0x4A), 0);
        bar(painter, {1130, 22, 110, 42}, QColor(0xE5, 0xB0, 0x4C), 20);
        heading(painter, {46, 160}, QStringLiteral("Payment"));
        for (int i = 0; i < 4; ++i) {
            bar(painter, {46, 220 + i * 110, 160, 16}, QColor(0xA8, 0xB0, 0xBC));
            bar(painter, {46, 250 + i * 110, 640, 56}, QColor(0xE3, 0xE7, 0xEC));
            bar(painter, {48, 252 + i * 110, 636, 52}, Qt::white);
        }
        bar(painter, {790, 130, 440, 600}, QColor(0xF3, 0xF1, 0xEA));
        for (int i = 0; i < 3; ++i) {
            bar(painter, {826, 240 + i * 110, 80, 80}, QColor::fromHsv(30 + i * 60, 60, 215));
            bar(painter, {930, 256 + i * 110, 180, 16}, QColor(0xB4, 0xBA, 0xC4));
        }
    }

    static void drawTable(QPainter &painter)
    {
        bar(painter, {0, 0, 260, 800}, QColor(0x1F, 0x29, 0x37), 0);
        heading(painter, {310, 84}, QStringLiteral("Orders"));
        bar(painter, {310, 116, 920, 66}, QColor(0xF0, 0xF4, 0xF9));
        for (int i = 0; i < 12; ++i) {
            bar(painter, {34, 40 + i * 60, 90 + (i * 37) % 100, 18}, QColor(0x50, 0x60, 0x78));
            bar(painter, {336, 206 + i * 54, 110, 16}, QColor(0xB4, 0xBE, 0xCE));
            bar(painter, {496, 206 + i * 54, 190 + (i * 53) % 90, 16}, QColor(0xB4, 0xBE, 0xCE));
            bar(painter, {870, 198 + i * 54, 90, 30},
                i % 3 ? QColor(0xD9, 0xEF, 0xE1) : QColor(0xFA, 0xE7, 0xC6), 15);
        }
    }

    static void drawSignIn(QPainter &painter)
    {
        bar(painter, {0, 0, 1280, 800}, QColor(0xF4, 0xF4, 0xF8), 0);
        bar(painter, {380, 100, 520, 560}, Qt::white, 16);
        heading(painter, {560, 210}, QStringLiteral("Sign in"));
        bar(painter, {430, 290, 420, 66}, QColor(0xEC, 0xEE, 0xF3));
        bar(painter, {430, 400, 420, 66}, QColor(0xEC, 0xEE, 0xF3));
        bar(painter, {430, 520, 420, 72}, QColor(0x54, 0x4C, 0xC8));
    }

    static void drawReport(QPainter &painter)
    {
        bar(painter, {0, 0, 1280, 800}, QColor(0xF1, 0xF2, 0xF4), 0);
        bar(painter, {220, 50, 840, 750}, Qt::white, 0);
        heading(painter, {290, 150}, QStringLiteral("Quarterly report"));
        for (int i = 0; i < 12; ++i)
            bar(painter, {290, 200 + i * 44, i % 5 == 4 ? 360 : 690, 16}, QColor(0xCF, 0xD4, 0xDB));
    }

    static void drawMap(QPainter &painter)
    {
        bar(painter, {0, 0, 1280, 800}, QColor(0xE9, 0xED, 0xE6), 0);
        bar(painter, {760, -40, 600, 620}, QColor(0xBB, 0xD7, 0xE8), 90);
        painter.setPen(QPen(Qt::white, 16));
        painter.drawLine(0, 240, 860, 560);
        painter.drawLine(230, 0, 420, 800);
        painter.drawLine(120, 800, 820, 330);
        painter.setPen(Qt::NoPen);
        for (const QPoint &station : {QPoint(280, 180), QPoint(580, 320), QPoint(720, 460)}) {
            painter.setBrush(QColor(0xC0, 0x39, 0x2B));
            painter.drawEllipse(station, 20, 20);
        }
        bar(painter, {30, 30, 400, 72}, Qt::white);
    }
};

} // namespace Anchorwatch
