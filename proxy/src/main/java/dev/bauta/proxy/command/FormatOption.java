package dev.bauta.proxy.command;

import picocli.CommandLine.Option;

/** How a command that reports something shows it. */
final class FormatOption {
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.text;

    /** What {@code --format} chooses. */
    private enum Format {
        /** For people. */
        text,
        /** One JSON document, for programs. */
        json
    }

    /** True for one JSON document. */
    boolean isJson() {
        return format == Format.json;
    }
}
