package dev.bauta.proxy.command;

/** What {@code --format} chooses. */
enum OutputFormat {
    /** For people. */
    text,
    /** One JSON document, for programs. */
    json
}
