package dev.bauta.jdbc;

import java.nio.ByteBuffer;
import javax.transaction.xa.Xid;

/** A branch of a global transaction. */
record TestXid(int number) implements Xid {
    @Override
    public int getFormatId() {
        return 7;
    }

    @Override
    public byte[] getGlobalTransactionId() {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    @Override
    public byte[] getBranchQualifier() {
        return new byte[] {1};
    }
}
