package dev.bauta.tools;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;

/** What {@link AllJarTest} runs in a JVM with nothing but the one jar: connects, asks once, and tells how long that took. */
final class AllJarProbe {
    private AllJarProbe() {}

    public static void main(String[] arguments) throws Exception {
        long start = System.nanoTime();
        try (Connection connection = DriverManager.getConnection(arguments[0], arguments[1], arguments[1]);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(arguments[2])) {
            while (rows.next()) {
                System.out.println(rows.getString(1));
            }
        }
        System.out.println((System.nanoTime() - start) / 1_000_000 + " ms");
    }
}
