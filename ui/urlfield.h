#pragma once

#include <QBoxLayout>
#include <QWidget>

class QLineEdit;
class QToolButton;

namespace Anchorwatch {

// An address of a session: masked until it is asked to show it in full, with buttons to copy and to
// open it.
class UrlField : public QWidget
{
    Q_OBJECT

public:
    // How one kind of address is called: in its label ("CDP"), by a screen reader ("CDP address"),
    // and what opening it does ("Open DevTools").
    struct Wording
    {
        QString label;
        QString name;
        QString open;
        QString openIcon;
    };

    explicit UrlField(const Wording &wording, QWidget *parent = nullptr);

    // Another address is masked again.
    void setUrl(const QString &url);
    // Why it cannot be opened; an empty string when it can. Copying works all the same.
    void setOpenRefusal(const QString &refusal);
    // The label before the field, or above it.
    void setLabelPlace(QBoxLayout::Direction direction);

signals:
    void copyRequested(const QString &url);
    void openRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QToolButton *addButton(QLayout &row, const QString &icon, const QString &name);
    void showUrl();

    QString m_url;
    QBoxLayout *m_layout;
    QWidget *m_label;
    QLineEdit *m_field;
    QToolButton *m_reveal;
    QToolButton *m_copy;
    QToolButton *m_open;
    QString m_openName;
};

} // namespace Anchorwatch
