package dev.bauta.proxy.postgres;

/**
 * What a server is among its like. Immutable.
 *
 * @param standby true when it is in recovery
 * @param readOnly true when transactions cannot write, by recovery or by default
 */
record ServerRole(boolean standby, boolean readOnly) {}
