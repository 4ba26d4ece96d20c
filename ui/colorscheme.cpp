#include "ui/colorscheme.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QFile>
#include <QPalette>
#include <QStandardPaths>

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

const auto portalService = u"org.freedesktop.portal.Desktop"_s;
const auto portalPath = u"/org/freedesktop/portal/desktop"_s;
const auto portalInterface = u"org.freedesktop.portal.Settings"_s;
const auto appearance = u"org.freedesktop.appearance"_s;
const auto colorSchemeKey = u"color-scheme"_s;

// Asking for a session bus where there is none would start one.
bool hasSessionBus()
{
    if (qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS"))
        return true;
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    return !runtime.isEmpty() && QFile::exists(runtime + "/bus"_L1);
}

ColorScheme::Scheme schemeOf(const QPalette &palette)
{
    const bool dark = palette.color(QPalette::Window).lightness()
                      < palette.color(QPalette::WindowText).lightness();
    return dark ? ColorScheme::Scheme::Dark : ColorScheme::Scheme::Light;
}

// The portal's Read() wraps its answer in a variant of its own.
QVariant unwrapped(QVariant value)
{
    while (value.canConvert<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    return value;
}

} // namespace

ColorScheme::ColorScheme(const QPalette &systemPalette, QObject *parent)
    : QObject(parent)
    , m_systemScheme(schemeOf(systemPalette))
    , m_scheme(m_systemScheme)
{
    if (hasSessionBus())
        askPortal();
}

void ColorScheme::askPortal()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(portalService, portalPath, portalInterface, u"SettingChanged"_s, this,
                SLOT(onSettingChanged(QString, QString, QDBusVariant)));
    QDBusMessage call =
        QDBusMessage::createMethodCall(portalService, portalPath, portalInterface, u"Read"_s);
    call << appearance << colorSchemeKey;
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, &ColorScheme::onAnswer);
}

void ColorScheme::onAnswer(QDBusPendingCallWatcher *call)
{
    const QDBusPendingReply<QVariant> reply = *call;
    call->deleteLater();
    if (reply.isValid()) // else there is no portal, and the palette's word stands
        setPreference(unwrapped(reply.value()).toUInt());
}

void ColorScheme::onSettingChanged(const QString &space, const QString &key,
                                   const QDBusVariant &value)
{
    if (space == appearance && key == colorSchemeKey)
        setPreference(unwrapped(value.variant()).toUInt());
}

void ColorScheme::setPreference(uint preference)
{
    Scheme scheme = m_systemScheme;
    if (preference == 1)
        scheme = Scheme::Dark;
    else if (preference == 2)
        scheme = Scheme::Light;
    if (scheme == m_scheme)
        return;
    m_scheme = scheme;
    emit changed(scheme);
}

} // namespace Anchorwatch
