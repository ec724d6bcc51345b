package dev.bauta.proxy.discovery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What columns with personal data are called, in five languages. A term is found as a run of a name's words, whatever stands
 * before it: {@code cust_email_address} has <i>email address</i>. Of overlapping terms the longest counts, so that an ip address
 * is no address. Immutable and thread-safe.
 */
final class Terms {
    static final Terms SHIPPED = new Terms();

    /** More words than the longest term has. */
    private static final int MOST_WORDS = 5;
    /** A term of so many letters is found at the end of a compound too: kundentelefonnummer. */
    private static final int COMPOUND_LETTERS = 5;

    /** What follows a term and makes the column tell something about the data, not the data itself. */
    private static final Set<String> ABOUT = Set.of(
            ("id ids key fk ref type kind count flag status state verified enabled valid confirmed format template length at on version sent "
                            + "optin optout required allowed provider domain class category level policy typ art anzahl source hash_algorithm "
                            + "expires expiry updated changed created used attempts since until order sort")
                    .split(" "));
    /** What comes first and does the same. */
    private static final Set<String> WHETHER =
            Set.of("is", "has", "num", "count", "show", "allow", "requires", "send", "max", "min", "ist", "hat");

    private final Map<String, Term> byText = new HashMap<>();

    /** How much a term tells. */
    enum Strength {
        STRONG(0.75),
        MEDIUM(0.55),
        WEAK(0.3),
        /** As strong as medium in tables about people, and weaker than weak elsewhere. */
        PEOPLE(0.55);

        final double weight;

        Strength(double weight) {
            this.weight = weight;
        }
    }

    /**
     * A term.
     *
     * @param words its words, for messages
     */
    record Term(DataKind kind, Strength strength, String words) {}

    private record Run(Term term, int end, int letters) {}

    private Terms() {
        for (String line : WordLists.lines("terms.txt")) {
            int colon = line.indexOf(':');
            String[] head = line.substring(0, colon).split(" ");
            DataKind kind = DataKind.valueOf(head[0]);
            Strength strength = Strength.valueOf(head[1].toUpperCase(Locale.ROOT));
            for (String words : line.substring(colon + 1).split(",")) {
                byText.putIfAbsent(words.replace(" ", ""), new Term(kind, strength, words.strip()));
            }
        }
    }

    /** The term that a column's name has. */
    Optional<Term> find(List<String> tokens) {
        Optional<Run> run = longestRun(tokens);
        if (run.isEmpty()) {
            return findCompound(tokens);
        }
        boolean about = tokens.subList(run.get().end(), tokens.size()).stream().anyMatch(ABOUT::contains);
        boolean whether = WHETHER.contains(tokens.get(0)) && run.get().end() > 1;
        return about || whether ? Optional.empty() : run.map(Run::term);
    }

    private Optional<Run> longestRun(List<String> tokens) {
        Run longest = null;
        for (int start = 0; start < tokens.size(); start++) {
            StringBuilder text = new StringBuilder();
            for (int end = start + 1; end <= Math.min(tokens.size(), start + MOST_WORDS); end++) {
                text.append(tokens.get(end - 1));
                Term term = byText.get(text.toString());
                if (term != null && (longest == null || text.length() >= longest.letters())) {
                    longest = new Run(term, end, text.length());
                }
            }
        }
        return Optional.ofNullable(longest);
    }

    private Optional<Term> findCompound(List<String> tokens) {
        if (tokens.isEmpty()) {
            return Optional.empty();
        }
        String last = tokens.get(tokens.size() - 1);
        for (int from = 1; from <= last.length() - COMPOUND_LETTERS; from++) {
            Term term = byText.get(last.substring(from));
            if (term != null && term.strength() == Strength.STRONG) {
                return Optional.of(new Term(term.kind(), Strength.MEDIUM, term.words()));
            }
        }
        return Optional.empty();
    }

    /** The kinds that a comment speaks of: strong terms of two words or of many letters, since a text has many words. */
    List<Term> findInText(String text) {
        List<String> tokens = new ArrayList<>();
        Arrays.stream(text.split("[^\\p{L}\\p{N}-]+")).limit(100).forEach(word -> tokens.addAll(NameTokens.of(word)));
        List<Term> found = new ArrayList<>();
        for (int start = 0; start < tokens.size(); start++) {
            StringBuilder run = new StringBuilder();
            for (int end = start + 1; end <= Math.min(tokens.size(), start + MOST_WORDS); end++) {
                run.append(tokens.get(end - 1));
                Term term = byText.get(run.toString());
                if (term != null && term.strength() == Strength.STRONG && run.length() >= COMPOUND_LETTERS) {
                    found.add(term);
                }
            }
        }
        return found;
    }

    /** True for the name of a table about people. */
    static boolean isAboutPeople(String table) {
        return NameTokens.of(table).stream().anyMatch(Terms::isPerson);
    }

    private static boolean isPerson(String word) {
        Set<String> people = WordLists.SHIPPED.people();
        return people.contains(word)
                || word.endsWith("s") && people.contains(word.substring(0, word.length() - 1))
                || word.endsWith("n") && people.contains(word.substring(0, word.length() - 1));
    }
}
