package dev.bauta.proxy.session;

/** The event that makes every conversation look at once whether its session may go on. */
public enum RulesChanged {
    /** Other rules are in force. */
    RULES_CHANGED
}
