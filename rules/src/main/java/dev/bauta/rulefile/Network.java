package dev.bauta.rulefile;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From where a client can come. */
public sealed interface Network {
    /** True for a client that comes from there. */
    boolean contains(@Nullable InetAddress address);

    /** No network at all: a Unix-domain socket, or the application's own process. */
    enum Local implements Network {
        LOCAL;

        @Override
        public boolean contains(@Nullable InetAddress address) {
            return address == null;
        }

        @Override
        public String toString() {
            return "local";
        }
    }

    /**
     * The addresses that begin with certain bits.
     *
     * @param address the 4 or 16 bytes of the address, as unsigned numbers; all bits behind the prefix are 0
     * @param prefix how many bits count
     */
    record Range(List<Integer> address, int prefix) implements Network {
        private static final int BYTE = 8;

        public Range {
            address = List.copyOf(address);
        }

        @Override
        public boolean contains(@Nullable InetAddress client) {
            return client != null && Arrays.equals(cut(client.getAddress(), prefix), bytes());
        }

        private byte[] bytes() {
            byte[] bytes = new byte[address.size()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = address.get(i).byteValue();
            }
            return bytes;
        }

        /** The address with all bits behind the prefix 0. */
        static byte[] cut(byte[] address, int prefix) {
            byte[] network = address.clone();
            for (int i = 0; i < network.length; i++) {
                int kept = Math.max(0, Math.min(BYTE, prefix - i * BYTE));
                network[i] &= (byte) (0xff << (BYTE - kept));
            }
            return network;
        }
    }
}
