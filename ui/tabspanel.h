#pragma once

#include "models/session.h"

#include <QWidget>

#include <vector>

class QGridLayout;
class QPushButton;

namespace Anchorwatch {

class ElidedLabel;

// The tabs of one session, a line each, in the order they were opened, so that a line stays where
// it is while other tabs come, go and take turns in front. Titles and addresses are plain text.
class TabsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit TabsPanel(QWidget *parent);

    void setTabs(const QList<SessionTab> &tabs);
    // Why their live view cannot be opened, or an empty string.
    void setOpenRefusal(const QString &refusal);

    // The buttons in the order of the Tab key.
    [[nodiscard]] QList<QWidget *> controls() const;

signals:
    // Of the tab with that number.
    void liveViewRequested(int tab);
    void closeRequested(const Anchorwatch::SessionTab &tab);
    // Esc: back to the table.
    void left();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    struct Line
    {
        SessionTab tab;
        ElidedLabel *title;
        ElidedLabel *address;
        QPushButton *open;
        QPushButton *close;
    };

    [[nodiscard]] Line makeLine(int tab);
    void show(Line &line, const SessionTab &tab);
    void arrange();

    QGridLayout *m_grid;
    std::vector<Line> m_lines;
    QString m_openRefusal;
};

} // namespace Anchorwatch
