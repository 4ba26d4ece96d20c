#include "ui/tilemodel.h"

#include "models/agetext.h"
#include "models/urltext.h"
#include "ui/wallstills.h"

namespace Anchorwatch {

using namespace Qt::StringLiterals;

namespace {

QVariant cell(const QModelIndex &source, SessionColumn column, int role = Qt::DisplayRole)
{
    return source.siblingAtColumn(static_cast<int>(column)).data(role);
}

} // namespace

TileModel::TileModel(SessionProxyModel &model, const WallStills &stills, QObject *parent)
    : QIdentityProxyModel(parent)
    , m_model(model)
    , m_stills(stills)
{
    setSourceModel(&model);
    connect(&stills, &WallStills::changed, this, [this](const SessionKey &key) {
        if (const QModelIndex index = indexOf(key); index.isValid())
            emit dataChanged(index, index);
    });
}

QVariant TileModel::data(const QModelIndex &index, int role) const
{
    const QModelIndex source = mapToSource(index);
    if (!source.isValid())
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return cell(source, SessionColumn::Page);
    case Qt::ToolTipRole:
        return cell(source, SessionColumn::Page, role);
    case Qt::AccessibleTextRole:
        return sentence(index);
    case StatusTextRole:
        return cell(source, SessionColumn::Status);
    case IdTextRole:
        return cell(source, SessionColumn::Session);
    case AgeTextRole:
        return cell(source, SessionColumn::Age);
    case PassingTextRole: {
        const WallStill still = m_stills.stillOf(keyAt(index));
        return QString(index.data(AgeTextRole).toString() + u'\n' + still.words + u'\n'
                       + QString::number(static_cast<int>(still.age)));
    }
    default:
        return source.data(role);
    }
}

int TileModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : 1;
}

// Whatever changes in a row changes its tile.
QModelIndex TileModel::mapFromSource(const QModelIndex &sourceIndex) const
{
    return QIdentityProxyModel::mapFromSource(sourceIndex.siblingAtColumn(0));
}

SessionKey TileModel::keyAt(const QModelIndex &index) const
{
    return index.data(SessionTableModel::KeyRole).value<SessionKey>();
}

QModelIndex TileModel::indexOf(const SessionKey &key) const
{
    return mapFromSource(m_model.indexOf(key));
}

QString TileModel::sentence(const QModelIndex &index) const
{
    const WallStill still = m_stills.stillOf(keyAt(index));
    QStringList parts{index.data(Qt::DisplayRole).toString(), index.data(StatusTextRole).toString(),
                      index.data(IdTextRole).toString(), index.data(AgeTextRole).toString()};
    const QVariant connection = index.data(SessionTableModel::ConnectionRole);
    if (connection.isValid())
        parts.prepend(visibleText(connection.value<Connection>().name));
    if (!still.picture.isNull()) {
        const QString at = secondText(still.takenAt);
        parts.append(still.age == WallStill::Age::Fresh ? tr("picture of %1").arg(at)
                                                        : tr("old picture of %1").arg(at));
    }
    parts.append(still.words);
    parts.removeAll(QString());
    return parts.join(u", "_s);
}

} // namespace Anchorwatch
