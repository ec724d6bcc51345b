package dev.bauta.proxy.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table of text with aligned columns, as {@code psql} prints one. Immutable.
 *
 * @param header the columns' names
 * @param rows as many cells each as there are columns
 */
record TextTable(List<String> header, List<List<String>> rows) {
    private static final String ELLIPSIS = "…";

    TextTable {
        header = List.copyOf(header);
        rows = rows.stream().map(List::copyOf).toList();
    }

    /** The table's lines, with cells of more than so many characters cut. */
    List<String> lines(int widest) {
        int[] widths = IntStream.range(0, header.size())
                .map(column -> width(column, widest))
                .toArray();
        List<String> lines = new ArrayList<>();
        lines.add(line(header, widths));
        lines.add(IntStream.of(widths).mapToObj(width -> "-".repeat(width + 2)).collect(Collectors.joining("+")));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    /**
     * The lines of two tables of as many rows, with a title above each and a double bar between them.
     *
     * @param width how many characters a line may have; cells are cut where they need more
     */
    static List<String> sideBySide(String leftTitle, TextTable left, String rightTitle, TextTable right, int width) {
        for (int widest = width; ; widest--) {
            List<String> lines =
                    join(withTitle(leftTitle, left.lines(widest)), withTitle(rightTitle, right.lines(widest)));
            if (widest == 1 || lines.stream().allMatch(line -> line.length() <= width)) {
                return lines;
            }
        }
    }

    private static List<String> join(List<String> lefts, List<String> rights) {
        int width = lefts.stream().mapToInt(String::length).max().orElse(0);
        return IntStream.range(0, Math.min(lefts.size(), rights.size()))
                .mapToObj(i -> (pad(lefts.get(i), width) + "║" + rights.get(i)).stripTrailing())
                .toList();
    }

    private static List<String> withTitle(String title, List<String> lines) {
        List<String> titled = new ArrayList<>();
        titled.add(" " + title);
        titled.addAll(lines);
        return titled;
    }

    private int width(int column, int widest) {
        int longest =
                rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
        return Math.min(widest, Math.max(longest, header.get(column).length()));
    }

    private static String line(List<String> cells, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(i -> " " + pad(cut(cells.get(i), widths[i]), widths[i]) + " ")
                .collect(Collectors.joining("|"))
                .stripTrailing();
    }

    private static String cut(String cell, int width) {
        return cell.length() <= width ? cell : cell.substring(0, width - 1) + ELLIPSIS;
    }

    private static String pad(String cell, int width) {
        return cell + " ".repeat(Math.max(0, width - cell.length()));
    }
}
