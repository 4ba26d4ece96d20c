#pragma once

#include "models/clock.h"
#include "models/livefeed.h"
#include "ui/pictureloader.h"
#include "ui/theme.h"

#include <QImage>
#include <QPointer>
#include <QWidget>

namespace Anchorwatch {

// Shows what one feed sends: the picture on a darker ground, and over it, whenever it is not what
// the page looks like now, since when and why. A picture never outlives the feed that it came by.
class LiveScreen : public QWidget
{
    Q_OBJECT

public:
    enum class Scale {
        Fit,   // as large as there is room for, never over 100 %
        Actual // 100 %, from the page's top left corner
    };

    // The clock must outlive it.
    explicit LiveScreen(const Clock &clock, QWidget *parent = nullptr);
    ~LiveScreen() override;

    // Takes the feed over and opens it; the one before, and all that it sent, is gone at once. Null
    // shows nothing.
    void watch(LiveFeed *feed);
    [[nodiscard]] LiveFeed *feed() const { return m_feed; }
    // 0: as the page moves; else a picture in this time.
    void setEvery(std::chrono::milliseconds every);
    void setScale(Scale scale);
    [[nodiscard]] Scale scale() const { return m_scale; }
    // The colour round the picture.
    void setGround(QColor Theme::*ground);
    // Draws the clear frame that says that this viewer is in control.
    void setInControl(bool inControl);

    [[nodiscard]] const LiveState &state() const { return m_state; }
    // As it was last shown; null before the first.
    [[nodiscard]] const QImage &picture() const { return m_picture; }
    [[nodiscard]] QSize pageSize() const { return m_pageSize; }
    // When the picture was taken, UTC; invalid without one.
    [[nodiscard]] QDateTime takenAt() const { return m_takenAt; }
    // Where the picture is, in this widget.
    [[nodiscard]] QRectF pictureRect() const;
    // A place of this widget on the page, in CSS pixels.
    [[nodiscard]] QPointF toPage(const QPointF &place) const;
    [[nodiscard]] QRect fromPage(const QRect &place) const;
    // What is said over the picture; empty when it speaks for itself.
    [[nodiscard]] QString words() const;
    // Pictures in the last second.
    [[nodiscard]] int rate() const;

signals:
    void pictureShown();
    void stateChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void decode(const LivePicture &picture);
    void take(quint64 ticket, const QImage &image);
    void note(const LiveState &state);
    void updateDemand();
    void updateAccessibleText();
    void paintVeil(QPainter &painter, const QRectF &where);

    const Clock &m_clock;
    PictureLoader m_loader;
    QPointer<LiveFeed> m_feed; // a child
    LiveDemand m_demand;
    LiveState m_state;
    Scale m_scale = Scale::Fit;
    bool m_isInControl = false;
    QColor Theme::*m_ground = &Theme::stage;
    QImage m_picture;
    QSize m_pageSize;
    QDateTime m_takenAt;
    QList<std::chrono::milliseconds> m_shown; // when the last pictures were shown
    // Of the picture that is being decoded.
    quint64 m_ticket = 0;
    LivePicture m_decoding;
};

} // namespace Anchorwatch
