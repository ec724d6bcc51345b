package dev.bauta.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.SQLException;

/**
 * PostgreSQL's COPY for a connection of this driver, in the place of the PostgreSQL driver's {@code CopyManager}:
 * {@code connection.unwrap(Copy.class)}. Statements are decided like all others, so what is copied out is masked. Thread-safe
 * as the connection is: one statement at a time.
 */
public interface Copy {
    /**
     * Runs {@code COPY … TO STDOUT}.
     *
     * @param sql one COPY statement, without parameters and without operators that hold a question mark
     * @param to takes the data, in the format and encoding that the statement asks for; is not closed
     * @return the number of rows
     * @throws SQLException for a refusal or an error of the server
     * @throws IOException when {@code to} cannot be written to; the statement is cancelled
     */
    long copyOut(String sql, OutputStream to) throws SQLException, IOException;

    /**
     * Runs {@code COPY … FROM STDIN}, on tables without protected columns.
     *
     * @param sql one COPY statement
     * @param from the data; is not closed
     * @return the number of rows
     * @throws SQLException for a refusal or an error of the server
     * @throws IOException when {@code from} cannot be read; the statement is cancelled
     */
    long copyIn(String sql, InputStream from) throws SQLException, IOException;
}
