#pragma once

#include <QImage>
#include <QJsonObject>
#include <QObject>
#include <QWebSocket>

#include <chrono>

namespace Anchorwatch {

// A viewer of a live view, as docs/live-view.md describes one, in its barest form.
class Watcher : public QObject
{
    Q_OBJECT

public:
    // Acknowledges every picture unless it is told not to.
    enum class Acks { Sent, Withheld };

    explicit Watcher(const QString &link, Acks acks = Acks::Sent);

    // Asks for pictures as wide as this; 0 for none.
    void look(int width = 1280, int everyMs = 0);
    void send(const QJsonObject &message);
    // At once, or when the socket is open.
    void sendRaw(const QString &text);

    [[nodiscard]] bool isOpen() const;
    [[nodiscard]] QWebSocketProtocol::CloseCode closeCode() const { return m_socket.closeCode(); }
    [[nodiscard]] int pictureCount() const { return m_pictures; }
    // The newest picture, and the header it came with.
    [[nodiscard]] QImage picture() const;
    [[nodiscard]] int tab() const;
    [[nodiscard]] QSize pageSize() const;
    [[nodiscard]] bool isStill() const;
    // By its age, on this process' clock.
    [[nodiscard]] std::chrono::steady_clock::time_point takenAt() const;
    // The colour in the middle of the newest picture, as JPEG has it (nearly).
    [[nodiscard]] QColor middle() const;
    // The last message of that kind, empty when there was none.
    [[nodiscard]] QJsonObject last(const QString &type) const { return m_last.value(type); }
    [[nodiscard]] QString state() const;
    void forget(const QString &type) { m_last.remove(type); }

signals:
    void pictureCame();
    // A message of that kind; last() has it.
    void said(const QString &type);

private:
    void onPicture(const QByteArray &message);

    QWebSocket m_socket;
    const Acks m_acks;
    QByteArray m_picture;
    int m_pictures = 0;
    std::chrono::steady_clock::time_point m_cameAt; // the newest one
    QStringList m_unsent;
    QHash<QString, QJsonObject> m_last;
};

// Whether two colours are as near as JPEG lets them be.
[[nodiscard]] bool isNear(const QColor &one, const QColor &other);

} // namespace Anchorwatch
