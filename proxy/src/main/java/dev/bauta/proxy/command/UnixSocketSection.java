package dev.bauta.proxy.command;

import dev.bauta.proxy.UnixSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the configuration file says of a Unix-domain socket. */
final class UnixSocketSection {
    private static final String EVERYBODY = "0777";
    private static final Pattern OCTAL = Pattern.compile("0?[0-7]{3}");
    private static final String[] DIGITS = {"---", "--x", "-w-", "-wx", "r--", "r-x", "rw-", "rwx"};

    private UnixSocketSection() {}

    /** Null when there is none. */
    static @Nullable UnixSocket read(ConfigSection root, int port) {
        if (!root.has("unix-socket")) {
            return null;
        }
        ConfigSection section = root.section("unix-socket", "directory", "permissions");
        Path directory = section.requirePath("directory", "name the directory, such as 'directory: /run/bauta'")
                .orElse(Path.of("/"));
        UnixSocket socket = new UnixSocket(directory, toPermissions(section));
        if (section.has("directory") && !Files.isDirectory(directory)) {
            section.report("directory", "'unix-socket.directory': there is no directory " + directory);
        } else if (socket.file(port).toString().getBytes(StandardCharsets.UTF_8).length > UnixSocket.MAX_PATH) {
            section.report(
                    "directory",
                    "'unix-socket.directory' is too long: the path of a socket has at most " + UnixSocket.MAX_PATH
                            + " bytes");
        }
        return socket;
    }

    private static Set<PosixFilePermission> toPermissions(ConfigSection section) {
        String text = section.findText("permissions").orElse(EVERYBODY);
        if (!OCTAL.matcher(text).matches()) {
            section.report("permissions", "'unix-socket.permissions' must be octal, such as 0770");
            return Set.of();
        }
        return PosixFilePermissions.fromString(text.substring(text.length() - 3)
                .chars()
                .mapToObj(digit -> DIGITS[digit - '0'])
                .collect(Collectors.joining()));
    }
}
