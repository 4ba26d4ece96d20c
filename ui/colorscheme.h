#pragma once

#include <QObject>

class QDBusPendingCallWatcher;
class QDBusVariant;
class QPalette;

namespace Anchorwatch {

// Whether the desktop is light or dark. It asks the desktop portal
// (org.freedesktop.portal.Settings, namespace org.freedesktop.appearance, key color-scheme: 1
// prefers dark, 2 light, 0 has no preference; see
// https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html).
// Where there is none, or it has no preference, the system's palette decides.
class ColorScheme : public QObject
{
    Q_OBJECT

public:
    enum class Scheme { Light, Dark };
    Q_ENUM(Scheme)

    // The palette is the system's, from before the program set its own. The portal answers later,
    // by changed().
    explicit ColorScheme(const QPalette &systemPalette, QObject *parent = nullptr);

    [[nodiscard]] Scheme scheme() const { return m_scheme; }

signals:
    void changed(Anchorwatch::ColorScheme::Scheme scheme);

private slots:
    // By name, since D-Bus signals can be connected in no other way.
    void onSettingChanged(const QString &space, const QString &key, const QDBusVariant &value);

private:
    void askPortal();
    void onAnswer(QDBusPendingCallWatcher *call);
    void setPreference(uint preference);

    Scheme m_systemScheme;
    Scheme m_scheme;
};

} // namespace Anchorwatch
