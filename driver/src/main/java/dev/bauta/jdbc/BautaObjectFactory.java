package dev.bauta.jdbc;

import java.util.Collections;
import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.Name;
import javax.naming.RefAddr;
import javax.naming.Reference;
import javax.naming.spi.ObjectFactory;
import org.jspecify.annotations.Nullable;

/** Makes data sources from their {@linkplain BautaCommonDataSource#getReference() references} in JNDI. Thread-safe. */
public final class BautaObjectFactory implements ObjectFactory {
    /** The address that holds a data source's URL; all others are properties of their names. */
    static final String URL = "url";

    /** A factory; JNDI makes one for each reference. */
    public BautaObjectFactory() {}

    /** The data source that a reference describes, or null if the object is no reference to one of Bauta's. */
    @Override
    public @Nullable Object getObjectInstance(
            @Nullable Object object,
            @Nullable Name name,
            @Nullable Context context,
            @Nullable Hashtable<?, ?> environment) {
        if (!(object instanceof Reference reference)) {
            return null;
        }
        BautaCommonDataSource source = create(reference.getClassName());
        if (source != null) {
            for (RefAddr address : Collections.list(reference.getAll())) {
                set(source, address.getType(), String.valueOf(address.getContent()));
            }
        }
        return source;
    }

    private static @Nullable BautaCommonDataSource create(String type) {
        if (type.equals(BautaDataSource.class.getName())) {
            return new BautaDataSource();
        }
        if (type.equals(BautaConnectionPoolDataSource.class.getName())) {
            return new BautaConnectionPoolDataSource();
        }
        return type.equals(BautaXADataSource.class.getName()) ? new BautaXADataSource() : null;
    }

    private static void set(BautaCommonDataSource source, String name, String value) {
        if (name.equals(URL)) {
            source.setUrl(value);
        } else {
            source.setProperty(name, value);
        }
    }
}
