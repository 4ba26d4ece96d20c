#include "ui/anchorwatchstyle.h"
#include "ui/theme.h"
#include "ui/toast.h"

#include <QAccessible>
#include <QApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Anchorwatch;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const ToastContent copied{u"copy"_s, u"CDP address copied"_s, u"Clear now"_s};

} // namespace

class TestToast : public QObject
{
    Q_OBJECT

    std::unique_ptr<QWidget> m_window;
    QLineEdit *m_field = nullptr;

    // Removed by its window.
    Toast *shown(std::chrono::milliseconds stay)
    {
        auto *toast = new Toast(*m_window, stay);
        toast->showContent(copied);
        return toast;
    }

private slots:
    void init();

    void goesByItself();
    void staysWhileThePointerIsOverIt();
    void buttonActsAndEndsIt();
    void takesTheFocusFromNobody();
    void aNewOneTakesItsPlace();
    void standsInTheMiddleAboveTheBottom();
    void followsTheWindow();
    void isAnAlertToScreenReaders();
    void withoutAnActionThereIsNoButton();
};

void TestToast::init()
{
    m_window = std::make_unique<QWidget>();
    m_window->resize(800, 400);
    m_field = new QLineEdit(m_window.get());
    m_window->show();
    QApplication::setActiveWindow(m_window.get());
    m_field->setFocus();
    QTRY_VERIFY(m_field->hasFocus());
    // Away from where the toast will be.
    QTest::mouseMove(m_window.get(), {5, 5});
}

void TestToast::goesByItself()
{
    const Toast *toast = shown(20ms);
    QVERIFY(toast->isVisible());
    QTRY_VERIFY(!toast->isVisible());
}

void TestToast::staysWhileThePointerIsOverIt()
{
    Toast *pointed = shown(20ms);
    QEnterEvent enter({5, 5}, {5, 5}, {5, 5});
    QApplication::sendEvent(pointed, &enter);
    const Toast *other = shown(40ms); // has gone later than the first would have
    QTRY_VERIFY(!other->isVisible());
    QVERIFY(pointed->isVisible());
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(pointed, &leave);
    QTRY_VERIFY(!pointed->isVisible());
}

void TestToast::buttonActsAndEndsIt()
{
    Toast *toast = shown(Toast::defaultStay);
    QSignalSpy spy(toast, &Toast::actionTriggered);
    QTest::mouseClick(toast->findChild<QPushButton *>(), Qt::LeftButton);
    QCOMPARE(spy.size(), 1);
    QVERIFY(!toast->isVisible());
}

void TestToast::takesTheFocusFromNobody()
{
    Toast *toast = shown(Toast::defaultStay);
    QVERIFY(m_field->hasFocus());
    QTest::mouseClick(toast, Qt::LeftButton, {}, {20, 18});
    QVERIFY(m_field->hasFocus());
    QTest::keyClick(m_field, Qt::Key_Tab); // but it can be reached
    QVERIFY(toast->findChild<QPushButton *>()->hasFocus());
}

void TestToast::aNewOneTakesItsPlace()
{
    Toast *toast = shown(Toast::defaultStay);
    const int before = toast->width();
    toast->showContent({u"external"_s, u"Opened a page with a rather long title"_s, {}});
    QVERIFY(toast->width() > before);
    QCOMPARE(toast->accessibleName(), u"Opened a page with a rather long title"_s);
}

void TestToast::standsInTheMiddleAboveTheBottom()
{
    const Toast *toast = shown(Toast::defaultStay);
    QVERIFY(qAbs(toast->geometry().center().x() - m_window->width() / 2) <= 1);
    QVERIFY(toast->geometry().bottom() < m_window->height() - 8);
}

void TestToast::followsTheWindow()
{
    const Toast *toast = shown(Toast::defaultStay);
    m_window->resize(600, 300);
    QTRY_VERIFY(m_window->rect().contains(toast->geometry()));
    QVERIFY(qAbs(toast->geometry().center().x() - m_window->width() / 2) <= 1);
}

void TestToast::isAnAlertToScreenReaders()
{
    const auto *spoken = QAccessible::queryAccessibleInterface(shown(Toast::defaultStay));
    QVERIFY(spoken);
    QCOMPARE(spoken->role(), QAccessible::AlertMessage);
    QCOMPARE(spoken->text(QAccessible::Name), u"CDP address copied"_s);
}

void TestToast::withoutAnActionThereIsNoButton()
{
    Toast *toast = shown(Toast::defaultStay);
    toast->showContent({u"copy"_s, u"Copied"_s, {}});
    QVERIFY(!toast->findChild<QPushButton *>()->isVisible());
}

QTEST_MAIN(TestToast)
#include "tst_toast.moc"
