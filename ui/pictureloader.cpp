#include "ui/pictureloader.h"

#include <QBuffer>
#include <QImageReader>

namespace Anchorwatch {

namespace {

QImage decoded(QByteArray encoded, int width)
{
    QBuffer buffer(&encoded);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    const QSize size = reader.size();
    if (width > 0 && size.width() > width) {
        const qint64 height = qint64(size.height()) * width / size.width();
        reader.setScaledSize({width, qMax(1, static_cast<int>(height))});
    }
    // What a QPixmap holds, so that the window's thread has nothing to convert.
    return reader.read().convertToFormat(QImage::Format_RGB32);
}

} // namespace

PictureLoader::PictureLoader(QObject *parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
}

quint64 PictureLoader::load(const QByteArray &encoded, int width)
{
    const quint64 ticket = ++m_lastTicket;
    m_pool.start([this, ticket, encoded, width] {
        const QImage image = decoded(encoded, width);
        QMetaObject::invokeMethod(
            this, [this, ticket, image] { emit loaded(ticket, image); }, Qt::QueuedConnection);
    });
    return ticket;
}

} // namespace Anchorwatch
