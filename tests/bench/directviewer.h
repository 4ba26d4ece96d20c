#pragma once

#include "network/cdpclient.h"

#include <QColor>
#include <QImage>
#include <QObject>

namespace Anchorwatch {

// Watches the first page of a browser and acts on it without a service in between, to compare with:
// by a screencast and input events of its own.
class DirectViewer : public QObject
{
    Q_OBJECT

public:
    explicit DirectViewer(const QString &cdpUrl);

    void click();
    void pressKey();
    // The colour in the middle of the newest picture.
    [[nodiscard]] QColor middle() const;

signals:
    void pictureCame();

private:
    void attach(const CdpReply &targets);
    void start();
    void take(const QString &method, const QJsonObject &parameters);
    void send(const QString &method, const QJsonObject &parameters = {});

    CdpClient m_client;
    QString m_session;
    QImage m_picture;
};

} // namespace Anchorwatch
