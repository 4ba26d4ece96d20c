#pragma once

#include <QList>
#include <QToolButton>
#include <QWidget>

namespace Anchorwatch {

class FilterBox;
class WindowActions;

// The row of tools under the menu bar. Its buttons take no focus: each of them stands in the menus
// with its key. In a narrow window the tools lose their text.
class WindowToolBar : public QWidget
{
    Q_OBJECT

public:
    // Takes ownership of the filter box.
    WindowToolBar(const WindowActions &actions, FilterBox *filterBox, QWidget *parent = nullptr);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QToolButton *addTool(QAction *action, const QString &text, Qt::ToolButtonStyle style);

    QToolButton *m_new;
    QList<QToolButton *> m_tools; // those with text
    FilterBox *m_filterBox;
};

} // namespace Anchorwatch
