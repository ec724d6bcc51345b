package dev.bauta.clients;

import static dev.bauta.clients.JooqShop.BORN;
import static dev.bauta.clients.JooqShop.BUYER;
import static dev.bauta.clients.JooqShop.CHANGED;
import static dev.bauta.clients.JooqShop.CITY;
import static dev.bauta.clients.JooqShop.CUSTOMER;
import static dev.bauta.clients.JooqShop.EMAIL;
import static dev.bauta.clients.JooqShop.ID;
import static dev.bauta.clients.JooqShop.KEY;
import static dev.bauta.clients.JooqShop.LINE;
import static dev.bauta.clients.JooqShop.LINE_ORDER;
import static dev.bauta.clients.JooqShop.LINE_PRODUCT;
import static dev.bauta.clients.JooqShop.NAME;
import static dev.bauta.clients.JooqShop.ORDERS;
import static dev.bauta.clients.JooqShop.ORDER_ID;
import static dev.bauta.clients.JooqShop.PAID;
import static dev.bauta.clients.JooqShop.PLACED;
import static dev.bauta.clients.JooqShop.PREFERENCES;
import static dev.bauta.clients.JooqShop.PRICE;
import static dev.bauta.clients.JooqShop.PRODUCT;
import static dev.bauta.clients.JooqShop.PRODUCT_ID;
import static dev.bauta.clients.JooqShop.QUANTITY;
import static dev.bauta.clients.JooqShop.SETTING;
import static dev.bauta.clients.JooqShop.SKU;
import static dev.bauta.clients.JooqShop.TAGS;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.lateral;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.multiset;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.rowNumber;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.trueCondition;
import static org.jooq.impl.DSL.values;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jooq.CloseableDSLContext;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Result;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** A shop through jOOQ. */
final class JooqProgram implements ClientProgram {
    private final StringBuilder seen = new StringBuilder();

    @Override
    public String client() {
        return "jooq";
    }

    @Override
    public Optional<String> version() {
        return Optional.of(org.jooq.Constants.FULL_VERSION);
    }

    @Override
    public boolean isJava() {
        return true;
    }

    @Override
    public String run(Phase phase, Target target) {
        seen.setLength(0);
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
        try (CloseableDSLContext shop = DSL.using(target.url(), target.user(), target.user())) {
            DSLContext dsl = shop.dialect() == org.jooq.SQLDialect.POSTGRES
                    ? shop
                    : DSL.using(shop.configuration().derive(org.jooq.SQLDialect.POSTGRES));
            if (phase == Phase.SCHEMA) {
                JooqShop.schema(dsl);
                JooqShop.fill(dsl);
            } else {
                introspect(dsl);
                read(dsl);
                aggregate(dsl);
                compose(dsl);
                write(dsl);
            }
        }
        return seen.toString();
    }

    private void show(String label, Object value) {
        Object plain = value instanceof Result<?> result
                ? result.stream()
                        .map(row -> java.util.Arrays.asList(row.intoArray()))
                        .toList()
                : value;
        seen.append(label).append(": ").append(plain).append('\n');
    }

    private void introspect(DSLContext shop) {
        show(
                "tables",
                shop.meta().getSchemas("public").stream()
                        .flatMap(schema -> schema.getTables().stream())
                        .map(table -> table.getName() + " " + table.fieldsRow().size())
                        .sorted()
                        .toList());
        show(
                "keys",
                shop.meta()
                        .getTables("customer")
                        .get(0)
                        .getPrimaryKey()
                        .getFields()
                        .toString());
        show(
                "references",
                shop.meta().getTables("orders").get(0).getReferences().size());
        show("indexes", shop.meta().getTables("orders").get(0).getIndexes().size());
        show("sequences", shop.meta().getSequences("numbers").size());
    }

    private void read(DSLContext shop) {
        show("all", shop.select(ID, NAME, EMAIL).from(CUSTOMER).orderBy(ID).fetch());
        show("star", shop.selectFrom(CUSTOMER).orderBy(ID).fetch(EMAIL));
        show("one", shop.select(EMAIL).from(CUSTOMER).where(ID.eq(1)).fetchOne(EMAIL));
        show("count", shop.fetchCount(CUSTOMER, EMAIL.isNotNull()));
        show("exists", shop.fetchExists(CUSTOMER, ID.eq(9)));
        show(
                "where",
                shop.select(EMAIL)
                        .from(CUSTOMER)
                        .where(CITY.eq("London").and(NAME.likeIgnoreCase("a%")).and(ID.in(1, 2, 3)))
                        .or(BORN.between(LocalDate.of(1906, 1, 1), LocalDate.of(1907, 1, 1)))
                        .and(noCondition())
                        .orderBy(ID)
                        .fetch());
        show(
                "page",
                shop.select(ID)
                        .from(CUSTOMER)
                        .orderBy(ID.desc())
                        .limit(1)
                        .offset(1)
                        .fetch());
        show(
                "seek",
                shop.select(ID, EMAIL)
                        .from(CUSTOMER)
                        .orderBy(ID)
                        .seek(1)
                        .limit(2)
                        .fetch());
        show(
                "join",
                shop.select(ORDER_ID, EMAIL)
                        .from(ORDERS)
                        .join(CUSTOMER)
                        .on(ID.eq(BUYER))
                        .orderBy(ORDER_ID)
                        .fetch());
        show(
                "left join",
                shop.select(EMAIL, PAID)
                        .from(CUSTOMER)
                        .leftJoin(ORDERS)
                        .on(ID.eq(BUYER))
                        .orderBy(ID)
                        .fetch());
        show(
                "json",
                shop.select(DSL.jsonbGetAttributeAsText(PREFERENCES, "news"), EMAIL)
                        .from(CUSTOMER)
                        .orderBy(ID)
                        .fetch());
        show(
                "array",
                shop.select(SKU)
                        .from(PRODUCT)
                        .where(inline("paper").eq(DSL.any(TAGS)))
                        .fetch());
        show("plain", shop.fetch("SELECT email FROM customer WHERE id = ? OR name = ? ORDER BY id", 1, "Alan"));
        try (var cursor =
                shop.select(EMAIL).from(CUSTOMER).orderBy(ID).fetchSize(2).fetchLazy()) {
            show("cursor", cursor.fetch());
        }
    }

    private void aggregate(DSLContext shop) {
        show(
                "totals",
                shop.select(EMAIL, sum(PRICE.mul(QUANTITY)))
                        .from(CUSTOMER)
                        .join(ORDERS)
                        .on(ID.eq(BUYER))
                        .join(LINE)
                        .on(ORDER_ID.eq(LINE_ORDER))
                        .join(PRODUCT)
                        .on(PRODUCT_ID.eq(LINE_PRODUCT))
                        .groupBy(ID, EMAIL)
                        .having(count().gt(0))
                        .fetch());
        show(
                "group",
                shop.select(CITY, count(), min(BORN))
                        .from(CUSTOMER)
                        .groupBy(CITY)
                        .orderBy(CITY)
                        .fetch());
        show(
                "rollup",
                shop.select(CITY, count().filterWhere(EMAIL.isNotNull()))
                        .from(CUSTOMER)
                        .groupBy(DSL.rollup(CITY))
                        .orderBy(CITY.nullsFirst())
                        .fetch());
        show(
                "window",
                shop.select(
                                EMAIL,
                                rowNumber().over().partitionBy(CITY).orderBy(ID),
                                max(BORN).over())
                        .from(CUSTOMER)
                        .orderBy(ID)
                        .fetch());
        show(
                "list",
                shop.select(
                                DSL.listAgg(NAME, ",").withinGroupOrderBy(ID),
                                DSL.arrayAgg(ID).orderBy(ID))
                        .from(CUSTOMER)
                        .fetch()
                        .size());
        show(
                "distinct on",
                shop.select(CITY, EMAIL)
                        .distinctOn(CITY)
                        .from(CUSTOMER)
                        .orderBy(CITY, ID)
                        .fetch());
        show(
                "functions",
                shop.select(
                                DSL.upper(NAME),
                                DSL.concat(NAME, inline("/"), CITY),
                                DSL.year(BORN),
                                DSL.coalesce(EMAIL, inline("-")),
                                DSL.when(CITY.eq("London"), 1).otherwise(0),
                                ID.cast(SQLDataType.VARCHAR))
                        .from(CUSTOMER)
                        .orderBy(ID)
                        .fetch());
    }

    private void compose(DSLContext shop) {
        show(
                "exists",
                shop.select(EMAIL)
                        .from(CUSTOMER)
                        .where(exists(
                                selectOne().from(ORDERS).where(BUYER.eq(ID)).and(PAID)))
                        .fetch());
        show(
                "multiset",
                shop.select(
                                EMAIL,
                                multiset(select(ORDER_ID).from(ORDERS).where(BUYER.eq(ID)))
                                        .convertFrom(Result::size))
                        .from(CUSTOMER)
                        .orderBy(ID)
                        .fetch());
        var last = name("last")
                .fields("customer_id", "placed")
                .as(select(BUYER, max(PLACED)).from(ORDERS).groupBy(BUYER));
        show(
                "with",
                shop.with(last)
                        .select(EMAIL)
                        .from(CUSTOMER)
                        .join(last)
                        .on(ID.eq(last.field("customer_id", Integer.class)))
                        .orderBy(ID)
                        .fetch());
        Field<Integer> n = field(name("n"), SQLDataType.INTEGER);
        show(
                "recursive",
                shop.withRecursive("t", "n")
                        .as(select(inline(1))
                                .unionAll(
                                        select(n.plus(1)).from(table(name("t"))).where(n.lt(4))))
                        .select(n)
                        .from(table(name("t")))
                        .fetch());
        show(
                "lateral",
                shop.select(EMAIL, field(name("o", "id"), SQLDataType.INTEGER))
                        .from(CUSTOMER)
                        .leftJoin(lateral(select(max(ORDER_ID).as("id"))
                                        .from(ORDERS)
                                        .where(BUYER.eq(ID)))
                                .as("o"))
                        .on(trueCondition())
                        .orderBy(ID)
                        .fetch());
        show(
                "union",
                shop.select(NAME)
                        .from(CUSTOMER)
                        .union(select(SKU).from(PRODUCT))
                        .orderBy(1)
                        .fetch());
        show(
                "except",
                shop.select(ID)
                        .from(CUSTOMER)
                        .except(select(BUYER).from(ORDERS))
                        .fetch());
        show(
                "values",
                shop.selectFrom(values(row(1, "a"), row(2, "b")).as("v", "x", "y"))
                        .fetch());
        show(
                "row",
                shop.select(ID)
                        .from(CUSTOMER)
                        .where(row(ID, NAME).in(List.of(row(1, "Ada"), row(2, "x"))))
                        .fetch());
        show(
                "json rows",
                shop.select(DSL.jsonArrayAgg(DSL.jsonObject(DSL.jsonEntry("e", EMAIL)))
                                .orderBy(ID))
                        .from(CUSTOMER)
                        .fetchSingle()
                        .value1());
        show("series", shop.selectFrom(DSL.generateSeries(1, 3)).fetch());
        show("sequence", shop.nextval(DSL.sequence(name("numbers"))).longValue());
    }

    private void write(DSLContext shop) {
        int id = shop.insertInto(ORDERS)
                .set(BUYER, 3)
                .set(PLACED, OffsetDateTime.parse("2026-03-07T00:00:00Z"))
                .returningResult(ORDER_ID)
                .fetchSingle()
                .value1();
        show("inserted", id);
        shop.transaction(t -> {
            DSLContext inner = t.dsl();
            show(
                    "locked",
                    inner.select(EMAIL)
                            .from(ORDERS)
                            .join(CUSTOMER)
                            .on(ID.eq(BUYER))
                            .where(ORDER_ID.eq(1))
                            .forUpdate()
                            .of(ORDERS)
                            .skipLocked()
                            .fetch());
            inner.update(ORDERS)
                    .set(PAID, true)
                    .from(CUSTOMER)
                    .where(ID.eq(BUYER))
                    .and(CITY.eq("New York"))
                    .execute();
            inner.insertInto(SETTING, KEY, CHANGED)
                    .values("a", 0)
                    .values("b", 1)
                    .execute();
            try {
                inner.transaction(nested ->
                        nested.dsl().insertInto(SETTING, KEY).values("a").execute());
            } catch (IntegrityConstraintViolationException e) {
                show("duplicate", e.sqlState());
            }
        });
        shop.insertInto(SETTING, KEY, CHANGED)
                .values("a", 5)
                .onConflict(KEY)
                .doUpdate()
                .set(CHANGED, DSL.excluded(CHANGED).plus(CHANGED))
                .where(CHANGED.lt(9))
                .execute();
        shop.insertInto(SETTING, KEY).values("b").onConflictDoNothing().execute();
        shop.mergeInto(SETTING)
                .using(selectOne())
                .on(KEY.eq("c"))
                .whenMatchedThenUpdate()
                .set(CHANGED, 1)
                .whenNotMatchedThenInsert(KEY, CHANGED)
                .values("c", 2)
                .execute();
        show("settings", shop.select(KEY, CHANGED).from(SETTING).orderBy(KEY).fetch());
        show(
                "deleted",
                shop.deleteFrom(ORDERS)
                        .where(ORDER_ID.eq(id))
                        .returning(ORDER_ID)
                        .fetch()
                        .size());
        shop.truncate(SETTING).execute();
        shop.createTemporaryTable("mine").as(select(ID, EMAIL).from(CUSTOMER)).execute();
        show("temporary", shop.fetchCount(table(name("mine"))));
    }

    @Override
    public String toString() {
        return client();
    }
}
