package dev.bauta.proxy.postgres;

import org.postgresql.hostchooser.HostRequirement;

/** Which of several servers sessions go to, as libpq's {@code target_session_attrs}. */
public enum SessionTarget {
    /** The first that answers. */
    ANY("any", HostRequirement.any),
    /** One where transactions can write. */
    READ_WRITE("read-write", HostRequirement.primary),
    /** One where they cannot. */
    READ_ONLY("read-only", HostRequirement.secondary),
    /** One that is not in recovery. */
    PRIMARY("primary", HostRequirement.primary),
    /** One that is in recovery. */
    STANDBY("standby", HostRequirement.secondary),
    /** One that is in recovery, and where there is none any. */
    PREFER_STANDBY("prefer-standby", HostRequirement.preferSecondary);

    private final String label;
    private final HostRequirement driver;

    SessionTarget(String label, HostRequirement driver) {
        this.label = label;
        this.driver = driver;
    }

    /** As libpq and the configuration name it. */
    public String label() {
        return label;
    }

    /** What comes nearest to it in PostgreSQL JDBC, which looks whether transactions can write. */
    String driver() {
        return driver.name();
    }

    /** True when sessions can go to a server of that kind. */
    boolean takes(ServerRole role) {
        return switch (this) {
            case ANY, PREFER_STANDBY -> true;
            case READ_WRITE -> !role.readOnly();
            case READ_ONLY -> role.readOnly();
            case PRIMARY -> !role.standby();
            case STANDBY -> role.standby();
        };
    }
}
