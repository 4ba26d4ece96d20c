#include "ui/livequestions.h"

#include "models/urltext.h"
#include "ui/controlkind.h"
#include "ui/livescreen.h"
#include "ui/metrics.h"
#include "ui/textlabel.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 maxFileBytes = qint64(16) * 1024 * 1024;

// An ampersand in a menu would underline the next letter.
QString menuText(const QString &text)
{
    return visibleText(text).replace(u'&', u"&&"_s);
}

} // namespace

LiveQuestions::LiveQuestions(LiveScreen &screen, QWidget *parent)
    : QWidget(parent)
    , m_screen(screen)
    , m_text(new TextLabel)
    , m_hint(new TextLabel({}, &Theme::text2))
    , m_value(new QLineEdit)
    , m_accept(new QPushButton)
    , m_dismiss(new QPushButton(tr("Cancel")))
{
    const Metrics metrics;
    setAccessibleName(tr("Question of the page"));
    setAutoFillBackground(true);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(metrics.scaled(12), metrics.scaled(6), metrics.scaled(12),
                               metrics.scaled(6));
    m_text->setFont(metrics.font(13, QFont::DemiBold));
    m_text->setWordWrap(true);
    m_value->setAccessibleName(tr("Answer"));
    setControlKind(*m_accept, ControlKind::Primary);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_hint);
    layout->addWidget(m_value);
    layout->addWidget(m_dismiss);
    layout->addWidget(m_accept);
    // So that Enter presses the one that has the focus.
    m_accept->setAutoDefault(true);
    m_dismiss->setAutoDefault(true);
    connect(m_accept, &QPushButton::clicked, this, [this] { answerDialog(true); });
    connect(m_dismiss, &QPushButton::clicked, this, [this] { answerDialog(false); });
    connect(m_value, &QLineEdit::returnPressed, this, [this] { answerDialog(true); });
    hide();
}

void LiveQuestions::follow()
{
    m_dialog = {};
    m_field = {};
    hide();
    LiveFeed *feed = m_screen.feed();
    if (!feed)
        return;
    connect(feed, &LiveFeed::dialogOpened, this, &LiveQuestions::showDialog);
    connect(feed, &LiveFeed::dialogClosed, this, &LiveQuestions::closeDialog);
    connect(feed, &LiveFeed::selectOpened, this, &LiveQuestions::showSelect);
    connect(feed, &LiveFeed::fieldOpened, this, &LiveQuestions::showField);
    connect(feed, &LiveFeed::chooserOpened, this, &LiveQuestions::askForFiles);
}

void LiveQuestions::setInControl(bool inControl)
{
    m_isInControl = inControl;
    if (!inControl && !m_field.id.isEmpty()) {
        m_field = {};
        hide();
    }
    if (!inControl && m_list)
        m_list->close();
    if (!inControl && m_files)
        m_files->reject();
    updateButtons();
}

void LiveQuestions::showDialog(const LiveDialog &dialog)
{
    m_dialog = dialog;
    m_field = {};
    const bool leaves = dialog.kind == LiveDialog::Kind::BeforeUnload;
    m_text->setText(leaves ? tr("The page asks whether to leave it: what was typed may be lost.")
                           : visibleText(dialog.text));
    m_value->setText(dialog.value);
    m_accept->setText(leaves ? tr("Leave") : tr("OK"));
    m_dismiss->setText(leaves ? tr("Stay") : tr("Cancel"));
    updateButtons();
    show();
    if (m_isInControl)
        (dialog.kind == LiveDialog::Kind::Prompt ? static_cast<QWidget *>(m_value) : m_accept)
            ->setFocus();
}

void LiveQuestions::updateButtons()
{
    const bool isField = !m_field.id.isEmpty();
    const bool isPrompt = m_dialog.kind == LiveDialog::Kind::Prompt && !m_dialog.id.isEmpty();
    m_hint->setText(m_isInControl ? QString() : tr("Whoever is in control can answer."));
    m_hint->setVisible(!m_isInControl);
    m_value->setVisible(m_isInControl && (isPrompt || isField));
    m_accept->setVisible(m_isInControl);
    m_dismiss->setVisible(m_isInControl && (isField || m_dialog.kind != LiveDialog::Kind::Alert));
}

void LiveQuestions::closeDialog(const QString &id)
{
    if (id != m_dialog.id)
        return;
    m_dialog = {};
    hide();
    if (m_isInControl)
        m_screen.setFocus();
}

void LiveQuestions::answerDialog(bool accept)
{
    LiveFeed *feed = m_screen.feed();
    if (!feed)
        return;
    if (!m_dialog.id.isEmpty()) {
        feed->answerDialog(m_dialog.id, accept, m_value->text());
        return; // it closes when the page has heard it
    }
    if (m_field.id.isEmpty())
        return;
    feed->answerField(m_field.id, accept ? std::optional(m_value->text()) : std::nullopt);
    m_field = {};
    hide();
    m_screen.setFocus();
}

void LiveQuestions::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_isInControl)
        answerDialog(m_dialog.kind == LiveDialog::Kind::Alert && !m_dialog.id.isEmpty());
    else
        QWidget::keyPressEvent(event);
}

void LiveQuestions::showField(const LiveField &field)
{
    m_field = field;
    m_dialog = {};
    const bool isColor = field.kind == "color"_L1;
    m_text->setText(isColor ? tr("Colour, as #rrggbb")
                            : tr("Value of the field (%1)").arg(visibleText(field.kind)));
    m_value->setText(field.value);
    m_accept->setText(tr("Set"));
    m_dismiss->setText(tr("Cancel"));
    updateButtons();
    show();
    m_value->setFocus();
    m_value->selectAll();
}

void LiveQuestions::showSelect(const LiveSelect &select)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"liveSelect"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QString group;
    QAction *current = nullptr;
    for (qsizetype i = 0; i < select.options.size(); ++i) {
        const LiveSelect::Option &option = select.options.at(i);
        if (option.group != group && !option.group.isEmpty())
            menu->addAction(menuText(option.group))->setEnabled(false);
        group = option.group;
        QAction *action = menu->addAction(menuText(option.text));
        action->setEnabled(!option.isDisabled);
        action->setCheckable(true);
        action->setData(static_cast<int>(i));
        if (select.chosen.contains(static_cast<int>(i))) {
            action->setChecked(true);
            current = action;
        }
    }
    // The feed may be another one when the list is answered.
    const QPointer<LiveFeed> feed = m_screen.feed();
    const auto answer = [this, feed](const QString &id, const std::optional<QList<int>> &chosen) {
        if (feed && m_listId == id)
            feed->answerSelect(id, chosen);
        if (m_listId == id)
            m_listId.clear();
    };
    connect(menu, &QMenu::triggered, this, [answer, id = select.id](const QAction *action) {
        answer(id, QList<int>{action->data().toInt()});
    });
    // It hides before it says what was chosen.
    connect(menu, &QMenu::destroyed, this, [answer, id = select.id] { answer(id, {}); });
    m_list = menu;
    m_listId = select.id;
    menu->setActiveAction(current);
    menu->popup(m_screen.mapToGlobal(m_screen.fromPage(select.place).bottomLeft()));
}

void LiveQuestions::askForFiles(const QString &id, bool isMultiple)
{
    delete m_files;
    m_files = new QFileDialog(this, tr("Files for the page"));
    m_files->setFileMode(isMultiple ? QFileDialog::ExistingFiles : QFileDialog::ExistingFile);
    const QPointer<LiveFeed> feed = m_screen.feed();
    connect(m_files, &QFileDialog::rejected, this, [feed, id] {
        if (feed)
            feed->answerChooser(id, {});
    });
    connect(m_files, &QFileDialog::filesSelected, this, [this, feed, id](const QStringList &paths) {
        if (!feed)
            return;
        QList<LiveFile> files;
        qint64 total = 0;
        for (const QString &path : paths) {
            QFile file(path);
            total += file.size();
            if (total > maxFileBytes || !file.open(QIODevice::ReadOnly)) {
                emit feed->refused(total > maxFileBytes
                                       ? tr("Files of more than 16 MiB cannot be handed over.")
                                       : tr("%1 cannot be read: %2").arg(path, file.errorString()));
                feed->answerChooser(id, {});
                return;
            }
            files.append({QFileInfo(path).fileName(), file.readAll()});
        }
        feed->answerChooser(id, files);
    });
    m_files->open();
}

} // namespace Anchorwatch
