package dev.bauta.coverage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Gets what the measurement needs and the repository does not hold, into the build's own folder: PostgreSQL's grammar by npm and
 * its regression suite by apt. Nothing of the system is changed, and what is there already is not got again.
 *
 * @param folder where everything goes
 */
record Ingredients(Path folder) {
    private static final String KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

    /** An unpacked package. */
    record Unpacked(String version, Path folder) {}

    /** The package {@code libpg-query}: PostgreSQL's scanner and grammar as WebAssembly. */
    Unpacked grammar(String version) throws IOException, InterruptedException {
        Path home = folder.resolve("libpg-query-" + version);
        Path grammar = home.resolve("node_modules/libpg-query");
        if (!Files.exists(grammar)) {
            Files.createDirectories(home);
            run(home, "npm", "install", "--no-audit", "--no-fund", "--prefix", ".", "libpg-query@" + version);
        }
        return new Unpacked(version, grammar);
    }

    /**
     * The SQL scripts of PostgreSQL's tests, from a source package of Debian's.
     *
     * @param release Debian's
     * @param source the source package's name
     */
    Unpacked suite(String release, String source) throws IOException, InterruptedException {
        Path home = Files.createDirectories(folder.resolve(source));
        if (archives(home).isEmpty()) {
            download(release, source, home);
        }
        Path archive = archives(home).get(0);
        Path scripts = home.resolve("scripts");
        if (!Files.exists(scripts)) {
            Files.createDirectories(scripts);
            run(scripts, "tar", "-xf", archive.toAbsolutePath().toString(), "--wildcards", "*/sql/*.sql");
        }
        String version = archive.getFileName().toString().replaceAll("^.*_|\\.orig\\..*$", "");
        return new Unpacked(version, scripts);
    }

    private static List<Path> archives(Path home) throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.filter(file -> file.toString().contains(".orig.tar.")).toList();
        }
    }

    private void download(String release, String source, Path home) throws IOException, InterruptedException {
        Path apt = folder.resolve("apt-" + release).toAbsolutePath();
        Path list = apt.resolve("sources.list");
        Files.createDirectories(apt.resolve("lists/partial"));
        Files.createDirectories(apt.resolve("cache/archives/partial"));
        String mirror = System.getProperty("bauta.coverage.debian", "http://deb.debian.org/debian");
        Files.writeString(list, "deb-src [signed-by=" + KEYRING + "] " + mirror + " " + release + " main\n");
        List<String> command = new ArrayList<>(List.of("apt-get", "-qq"));
        option(command, "Dir::Etc::sourcelist=" + list);
        option(command, "Dir::Etc::sourceparts=/dev/null");
        option(command, "Dir::State::lists=" + apt.resolve("lists"));
        option(command, "Dir::Cache=" + apt.resolve("cache"));
        run(home, with(command, "update"));
        run(home, with(command, "--download-only", "source", source));
    }

    private static void option(List<String> command, String setting) {
        command.add("-o");
        command.add(setting);
    }

    private static String[] with(List<String> command, String... words) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(words));
        return all.toArray(new String[0]);
    }

    private static void run(Path directory, String... command) throws IOException, InterruptedException {
        Path log = directory.resolve("log.txt");
        int code = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException(command[0] + " ended with " + code + ": " + Files.readString(log));
        }
    }
}
