#pragma once

#include "network/http/httpserver.h"

#include <QByteArrayList>
#include <QObject>
#include <QUrl>

namespace Anchorwatch {

// A web site on loopback for browsers to visit:
//  - /page/{title}: a page of that title;
//  - /set/{value}: sets the cookies "lasting" (a year) and "passing" (no expiry) to the value; its
//    title is "set " and the value;
//  - /cookies: a page whose title is the Cookie header, its cookies sorted; "none" without one;
//  - /asking: a page that asks before one leaves it;
//  - /color/{color}: all of that colour, six hexadecimal digits, which are its title;
//  - /busy: never still; counts its own frames of the last second in window.rate;
//  - /cards: text and pictures; what moves on it is said behind #: spinner, scroll or canvas; its
//    title is "cards ", that word and " ready" when it is painted;
//  - /paint: red, and with each click and key blue, red and so on;
//  - /form: writes into its title what is done on it;
//  - /file: a download of 200,000 bytes, report.bin;
//  - /hanging: never answers.
class PageServer : public QObject
{
    Q_OBJECT

public:
    explicit PageServer(QObject *parent = nullptr);

    [[nodiscard]] QString url(const QString &path) const;
    // True once somebody asked for /hanging.
    [[nodiscard]] bool isHanging() const { return !m_hanging.isEmpty(); }

private:
    HttpServer m_server;
    QList<HttpAnswer> m_hanging;
};

} // namespace Anchorwatch
