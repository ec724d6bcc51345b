package dev.bauta.attacks;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Programs that reckon a protected value from answers in which it never stands. Each asks as often as it needs to. */
enum Inference {
    /** Halves a range by WHERE until one number is left. */
    BINARY_SEARCH {
        @Override
        String recover(Connection connection) throws SQLException {
            int low = 0;
            int high = 5_000;
            while (low < high) {
                int middle = (low + high) / 2;
                if (hasRow(connection, "SELECT FROM clinic.patients WHERE id = 1 AND weight > " + middle + " / 10.0")) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return Integer.toString(low);
        }
    },
    /** Tries each letter in each place by equality. */
    EQUALITY {
        @Override
        String recover(Connection connection) throws SQLException {
            return spell(letter ->
                    hasRow(connection, "SELECT FROM clinic.patients WHERE id = 1 AND " + letter.inPlace("full_name")));
        }
    },
    /** Counts groups of one letter. */
    GROUPS {
        @Override
        String recover(Connection connection) throws SQLException {
            return spell(letter -> hasRow(
                    connection,
                    "SELECT count(*) FROM clinic.patients WHERE id = 1 GROUP BY " + letter.of("full_name") + " HAVING "
                            + letter.inPlace("full_name")));
        }
    },
    /** Plants rows and looks between which of them the secret one is sorted. */
    ORDER {
        @Override
        String recover(Connection connection) throws SQLException {
            for (int number = 0; number < 5_000; number += 5) {
                String sorted =
                        "SELECT id FROM (SELECT id, weight FROM clinic.patients WHERE id = 1 UNION ALL SELECT 99, "
                                + number + " / 10.0) AS x (id, w) ORDER BY w, id";
                if (first(connection, sorted).equals("1")) {
                    return Integer.toString(number);
                }
            }
            return "";
        }
    },
    /** Lets a division by zero say yes. */
    ERRORS {
        @Override
        String recover(Connection connection) throws SQLException {
            return spell(letter -> fails(
                    connection,
                    "SELECT 1 / (CASE WHEN " + letter.inPlace("full_name")
                            + " THEN 0 ELSE 1 END) FROM clinic.patients WHERE id = 1"));
        }
    },
    /** Counts the rows of another table that an UPDATE would change. */
    ROW_COUNTS {
        @Override
        String recover(Connection connection) throws SQLException {
            return spell(letter -> changes(
                    connection,
                    "UPDATE clinic.guesses g SET guess = guess FROM clinic.patients p WHERE g.id = 97 AND p.id = 1 AND "
                            + letter.inPlace("p.full_name")));
        }
    },
    /** Asks a unique index whether a key is taken. */
    CONFLICTS {
        @Override
        String recover(Connection connection) throws SQLException {
            for (int digit = 0; digit < 10; digit++) {
                String insert = "INSERT INTO clinic.patients (id, ssn, full_name, ward) VALUES (50, '1" + digit
                        + "-22', 'x', 1) ON CONFLICT (ssn) DO NOTHING";
                if (!changes(connection, insert)) {
                    return Integer.toString(digit);
                }
            }
            return "";
        }
    },
    /** Asks a foreign key whether the value that it points to is there. */
    FOREIGN_KEYS {
        @Override
        String recover(Connection connection) throws SQLException {
            for (int digit = 0; digit < 10; digit++) {
                String insert = "INSERT INTO clinic.badges VALUES ('1" + digit + "-22', 'x')";
                if (changes(connection, insert)) {
                    return Integer.toString(digit);
                }
            }
            return "";
        }
    },
    /** Joins a list of candidates. */
    CANDIDATES {
        @Override
        String recover(Connection connection) throws SQLException {
            return first(
                    connection,
                    "SELECT v.name FROM (VALUES ('Aalpha Lovelace'), ('Aomegas Lovelace'), ('Aquila Lovelace')) AS v (name)"
                            + " JOIN clinic.patients p ON p.full_name = v.name");
        }
    };

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ ";
    private static final int LONGEST = 20;

    /** What it takes for the secret; whatever it makes of answers that tell nothing where it cannot find it. */
    abstract String recover(Connection connection) throws SQLException;

    /**
     * A guess.
     *
     * @param place from 1
     * @param letter what may stand there
     */
    private record Letter(int place, char letter) {
        String of(String column) {
            return "substr(" + column + ", " + place + ", 1)";
        }

        String inPlace(String column) {
            return of(column) + " = '" + letter + "'";
        }
    }

    /** Answers whether a guess is right. */
    private interface Question {
        boolean isRight(Letter guess) throws SQLException;
    }

    private static String spell(Question question) throws SQLException {
        StringBuilder spelt = new StringBuilder();
        for (int place = 1; place <= LONGEST; place++) {
            for (int i = 0; i < LETTERS.length() && spelt.length() < place; i++) {
                if (question.isRight(new Letter(place, LETTERS.charAt(i)))) {
                    spelt.append(LETTERS.charAt(i));
                }
            }
            if (spelt.length() < place) {
                break;
            }
        }
        return spelt.toString();
    }

    private static boolean hasRow(Connection connection, String query) throws SQLException {
        return ask(connection, statement -> {
            try (ResultSet rows = statement.executeQuery(query)) {
                return rows.next();
            }
        });
    }

    private static String first(Connection connection, String query) throws SQLException {
        return ask(connection, statement -> {
            try (ResultSet rows = statement.executeQuery(query)) {
                return rows.next() ? rows.getString(1) : "";
            }
        });
    }

    private static boolean fails(Connection connection, String query) throws SQLException {
        return ask(connection, statement -> {
            try {
                statement.executeQuery(query).close();
                return false;
            } catch (SQLException e) {
                return true;
            }
        });
    }

    private static boolean changes(Connection connection, String change) throws SQLException {
        return ask(connection, statement -> {
            try {
                return statement.executeUpdate(change) > 0;
            } catch (SQLException e) {
                return false;
            }
        });
    }

    private interface Answer<T> {
        T of(Statement statement) throws SQLException;
    }

    private static <T> T ask(Connection connection, Answer<T> answer) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            return answer.of(statement);
        } finally {
            connection.rollback();
        }
    }

    /** What is there to find in each world. */
    List<String> secrets() {
        return switch (this) {
            case BINARY_SEARCH, ORDER -> List.of("735", "775");
            case CONFLICTS, FOREIGN_KEYS -> List.of("3", "7");
            default -> List.of("Aalpha Lovelace", "Aomegas Lovelace");
        };
    }
}
