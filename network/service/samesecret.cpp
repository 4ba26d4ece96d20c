#include "network/service/samesecret.h"

#include <QCryptographicHash>

namespace Anchorwatch {

bool isSameSecret(QByteArrayView one, QByteArrayView other)
{
    const QByteArray first =
        QCryptographicHash::hash(one.toByteArray(), QCryptographicHash::Sha256);
    const QByteArray second =
        QCryptographicHash::hash(other.toByteArray(), QCryptographicHash::Sha256);
    int difference = 0;
    for (qsizetype i = 0; i < first.size(); ++i)
        difference |= first.at(i) ^ second.at(i);
    return difference == 0;
}

} // namespace Anchorwatch
