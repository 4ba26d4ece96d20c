#pragma once

#include <QByteArray>
#include <QImage>
#include <QObject>
#include <QThreadPool>

namespace Anchorwatch {

// Decodes pictures outside the window's thread, one after the other, and scales them down while
// they are decoded (a JPEG is then read at a fraction of its size and cost).
class PictureLoader : public QObject
{
    Q_OBJECT

public:
    explicit PictureLoader(QObject *parent = nullptr);

    // Answers with loaded() and the number returned here. `width` is in device pixels; a picture
    // that is narrower stays as it is.
    quint64 load(const QByteArray &encoded, int width);

signals:
    // The image is null when it could not be decoded.
    void loaded(quint64 ticket, const QImage &image);

private:
    QThreadPool m_pool; // its destruction waits for what is being decoded
    quint64 m_lastTicket = 0;
};

} // namespace Anchorwatch
