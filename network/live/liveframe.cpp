#include "network/live/liveframe.h"

#include <QtEndian>

#include <algorithm>

namespace Anchorwatch {

namespace {

constexpr qsizetype headerBytes = 16;
constexpr char jpegKind = 1;
constexpr int stillFlag = 1;
constexpr int hiddenFlag = 2;

quint16 small(int number)
{
    return static_cast<quint16>(std::clamp(number, 0, 0xffff));
}

// SOF0 to SOF15 but for the tables that share their numbers (T.81, table B.1).
bool isFrameHeader(quint8 marker)
{
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

} // namespace

QSize jpegSize(const QByteArray &jpeg)
{
    constexpr qsizetype startOfImage = 2;
    constexpr qsizetype sizeEnd = 9; // marker, length, precision, height, width
    const char *data = jpeg.constData();
    for (qsizetype at = startOfImage; at + sizeEnd <= jpeg.size();) {
        if (static_cast<quint8>(data[at]) != 0xff)
            return {};
        if (isFrameHeader(static_cast<quint8>(data[at + 1])))
            return {qFromBigEndian<quint16>(data + at + 7), qFromBigEndian<quint16>(data + at + 5)};
        at += 2 + qFromBigEndian<quint16>(data + at + 2);
    }
    return {};
}

QByteArray encodeFrame(const LiveFrame &frame, int tab, quint32 serial,
                       std::chrono::milliseconds age)
{
    QByteArray bytes(headerBytes, '\0');
    char *header = bytes.data();
    header[0] = jpegKind;
    header[1] =
        static_cast<char>((frame.isStill ? stillFlag : 0) | (frame.isHidden ? hiddenFlag : 0));
    qToBigEndian(small(tab), header + 2);
    qToBigEndian(serial, header + 4);
    qToBigEndian(small(frame.pageSize.width()), header + 8);
    qToBigEndian(small(frame.pageSize.height()), header + 10);
    qToBigEndian(static_cast<quint32>(std::max<qint64>(age.count(), 0)), header + 12);
    return bytes += frame.jpeg;
}

} // namespace Anchorwatch
