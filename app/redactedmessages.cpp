#include "app/redactedmessages.h"

#include "models/redaction.h"

#include <QtGlobal>

namespace Anchorwatch {

namespace {

QtMessageHandler writeMessage = nullptr;

void writeRedacted(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    writeMessage(type, context, redacted(message));
}

} // namespace

void redactMessages()
{
    writeMessage = qInstallMessageHandler(writeRedacted);
}

} // namespace Anchorwatch
