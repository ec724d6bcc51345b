package dev.bauta.clients;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** The shop's tables as jOOQ names them. */
final class JooqShop {
    static final Table<Record> CUSTOMER = table(name("customer"));
    static final Field<Integer> ID = field(name("customer", "id"), SQLDataType.INTEGER.identity(true));
    static final Field<String> NAME =
            field(name("customer", "name"), SQLDataType.VARCHAR(60).notNull());
    static final Field<String> EMAIL = field(name("customer", "email"), SQLDataType.VARCHAR(120));
    static final Field<String> CITY = field(name("customer", "city"), SQLDataType.VARCHAR(40));
    static final Field<LocalDate> BORN = field(name("customer", "born"), SQLDataType.LOCALDATE);
    static final Field<JSONB> PREFERENCES = field(name("customer", "preferences"), SQLDataType.JSONB);

    static final Table<Record> PRODUCT = table(name("product"));
    static final Field<Integer> PRODUCT_ID = field(name("product", "id"), SQLDataType.INTEGER);
    static final Field<String> SKU =
            field(name("product", "sku"), SQLDataType.VARCHAR(20).notNull());
    static final Field<BigDecimal> PRICE = field(name("product", "price"), SQLDataType.NUMERIC(10, 2));
    static final Field<String[]> TAGS = field(name("product", "tags"), SQLDataType.CLOB.array());

    static final Table<Record> ORDERS = table(name("orders"));
    static final Field<Integer> ORDER_ID = field(name("orders", "id"), SQLDataType.INTEGER.identity(true));
    static final Field<Integer> BUYER = field(name("orders", "customer_id"), SQLDataType.INTEGER.notNull());
    static final Field<OffsetDateTime> PLACED = field(name("orders", "placed"), SQLDataType.OFFSETDATETIME);
    static final Field<Boolean> PAID = field(name("orders", "paid"), SQLDataType.BOOLEAN);

    static final Table<Record> LINE = table(name("order_line"));
    static final Field<Integer> LINE_ORDER = field(name("order_line", "order_id"), SQLDataType.INTEGER);
    static final Field<Integer> LINE_PRODUCT = field(name("order_line", "product_id"), SQLDataType.INTEGER);
    static final Field<Integer> QUANTITY = field(name("order_line", "quantity"), SQLDataType.INTEGER);

    static final Table<Record> SETTING = table(name("setting"));
    static final Field<String> KEY =
            field(name("setting", "key"), SQLDataType.VARCHAR(40).notNull());
    static final Field<Integer> CHANGED = field(name("setting", "changed"), SQLDataType.INTEGER.defaultValue(0));

    private JooqShop() {}

    static void schema(DSLContext shop) {
        shop.createTable(CUSTOMER)
                .columns(ID, NAME, EMAIL, CITY, BORN, PREFERENCES)
                .primaryKey(ID)
                .unique(EMAIL)
                .execute();
        shop.createTable(PRODUCT)
                .columns(PRODUCT_ID, SKU, PRICE, TAGS)
                .primaryKey(PRODUCT_ID)
                .check(PRICE.ge(BigDecimal.ZERO))
                .execute();
        shop.createTable(ORDERS)
                .columns(ORDER_ID, BUYER, PLACED, PAID)
                .primaryKey(ORDER_ID)
                .constraint(DSL.constraint("orders_customer").foreignKey(BUYER).references(CUSTOMER, ID))
                .execute();
        shop.createTable(LINE)
                .columns(LINE_ORDER, LINE_PRODUCT, QUANTITY)
                .primaryKey(LINE_ORDER, LINE_PRODUCT)
                .execute();
        shop.createTableIfNotExists(SETTING)
                .columns(KEY, CHANGED)
                .primaryKey(KEY)
                .execute();
        shop.createIndex("orders_placed").on(ORDERS, PLACED).execute();
        shop.createView("paid_orders")
                .as(select(ORDER_ID, BUYER).from(ORDERS).where(PAID))
                .execute();
        shop.alterTable(SETTING).add(field(name("more"), SQLDataType.CLOB)).execute();
        shop.alterTable(SETTING).dropColumn("more").execute();
        shop.commentOnTable(PRODUCT).is("what is sold").execute();
        shop.createSequence("numbers").execute();
    }

    static void fill(DSLContext shop) {
        shop.insertInto(CUSTOMER, NAME, EMAIL, CITY, BORN, PREFERENCES)
                .values(
                        "Ada",
                        "ada@example.org",
                        "London",
                        LocalDate.of(1815, 12, 10),
                        JSONB.valueOf("{\"news\": true}"))
                .values(
                        "Alan",
                        "alan@example.org",
                        "London",
                        LocalDate.of(1912, 6, 23),
                        JSONB.valueOf("{\"news\": false}"))
                .values("Grace", null, "New York", LocalDate.of(1906, 12, 9), null)
                .execute();
        shop.update(CUSTOMER).set(NAME, "Grace Hopper").where(ID.eq(3)).execute();
        shop.insertInto(PRODUCT, PRODUCT_ID, SKU, PRICE, TAGS)
                .values(1, "B-1", new BigDecimal("12.50"), new String[] {"paper", "maths"})
                .values(2, "T-1", new BigDecimal("99.00"), new String[] {"steel"})
                .execute();
        shop.batch(
                        shop.insertInto(ORDERS, BUYER, PLACED, PAID)
                                .values(1, OffsetDateTime.parse("2026-01-05T09:30:00Z"), true),
                        shop.insertInto(ORDERS, BUYER, PLACED, PAID)
                                .values(2, OffsetDateTime.parse("2026-02-06T10:00:00Z"), false))
                .execute();
        shop.insertInto(LINE).values(1, 1, 2).values(1, 2, 1).execute();
    }
}
