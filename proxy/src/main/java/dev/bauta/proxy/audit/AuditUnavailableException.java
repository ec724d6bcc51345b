package dev.bauta.proxy.audit;

import java.io.IOException;

/** The audit log cannot be taken up. The message is one line, for whoever runs the proxy. */
public final class AuditUnavailableException extends IOException {
    private static final long serialVersionUID = 1L;

    AuditUnavailableException(AuditSettings settings, IOException cause) {
        super("cannot write the audit log " + settings.file() + ": " + reason(settings, cause), cause);
    }

    private static String reason(AuditSettings settings, IOException cause) {
        String message = String.valueOf(cause.getMessage());
        boolean onlyName = message.equals(settings.file().toString());
        return onlyName ? cause.getClass().getSimpleName() + "; check the directory and its permissions" : message;
    }
}
