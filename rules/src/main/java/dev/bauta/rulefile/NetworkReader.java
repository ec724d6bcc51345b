package dev.bauta.rulefile;

import dev.bauta.yaml.Node;
import dev.bauta.yaml.Problems;
import dev.bauta.yaml.Words;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads networks: {@code local}, an address, or an address with the length of its prefix. Not thread-safe. */
public final class NetworkReader {
    /** Nothing that could be a host's name, which Java would go and look up. */
    private static final Pattern FORM =
            Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*)(?:/([0-9]{1,3}))?");

    private final Problems problems;

    /** @param problems where is told what is no network */
    public NetworkReader(Problems problems) {
        this.problems = problems;
    }

    /** The network; empty when it was reported why there is none. */
    public Optional<Network> read(Node.Scalar scalar) {
        if (scalar.text().equals("local")) {
            return Optional.of(Network.Local.LOCAL);
        }
        Matcher form = FORM.matcher(scalar.text());
        if (!form.matches()) {
            return notANetwork(scalar);
        }
        try {
            byte[] address = InetAddress.getByName(form.group(1)).getAddress();
            int bits = address.length * Byte.SIZE;
            int prefix = form.group(2) == null ? bits : Integer.parseInt(form.group(2));
            return prefix > bits ? notANetwork(scalar) : range(address, prefix, scalar);
        } catch (UnknownHostException e) {
            return notANetwork(scalar);
        }
    }

    private Optional<Network> range(byte[] address, int prefix, Node.Scalar scalar) {
        Network.Range range = new Network.Range(numbers(address), prefix);
        List<Integer> network = numbers(Network.Range.cut(address, prefix));
        if (!network.equals(range.address())) {
            problems.add(scalar, Words.quoted(scalar.text()) + " has bits behind its prefix; set them to 0");
            return Optional.empty();
        }
        return Optional.of(range);
    }

    private Optional<Network> notANetwork(Node.Scalar scalar) {
        problems.add(
                scalar,
                Words.quoted(scalar.text()) + " is no network; write 10.0.0.0/8, 2001:db8::/32, an address, or local");
        return Optional.empty();
    }

    private static List<Integer> numbers(byte[] bytes) {
        List<Integer> numbers = new ArrayList<>(bytes.length);
        for (byte b : bytes) {
            numbers.add(Byte.toUnsignedInt(b));
        }
        return numbers;
    }
}
