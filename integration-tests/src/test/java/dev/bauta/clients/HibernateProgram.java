package dev.bauta.clients;

import dev.bauta.clients.shop.Customer;
import dev.bauta.clients.shop.Order;
import dev.bauta.clients.shop.Product;
import dev.bauta.clients.shop.Setting;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Tuple;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.exception.ConstraintViolationException;

/** A shop through Hibernate. */
final class HibernateProgram implements ClientProgram {
    private final StringBuilder seen = new StringBuilder();

    @Override
    public String client() {
        return "hibernate";
    }

    @Override
    public Optional<String> version() {
        return Optional.of(org.hibernate.Version.getVersionString());
    }

    @Override
    public boolean isJava() {
        return true;
    }

    @Override
    public String run(Phase phase, Target target) {
        seen.setLength(0);
        try (SessionFactory factory = factory(target, phase == Phase.SCHEMA ? "create" : "validate")) {
            if (phase == Phase.SCHEMA) {
                factory.inTransaction(HibernateProgram::fill);
            } else {
                factory.inTransaction(this::read);
                factory.inTransaction(this::query);
                factory.inTransaction(this::select);
                write(factory);
            }
        }
        if (phase == Phase.SCHEMA) {
            factory(target, "update").close();
        }
        return seen.toString();
    }

    private static SessionFactory factory(Target target, String schema) {
        return new Configuration()
                .addAnnotatedClass(Customer.class)
                .addAnnotatedClass(Product.class)
                .addAnnotatedClass(Order.class)
                .addAnnotatedClass(Setting.class)
                .setProperty("hibernate.connection.url", target.url())
                .setProperty("hibernate.connection.username", target.user())
                .setProperty("hibernate.connection.password", target.user())
                .setProperty("hibernate.hbm2ddl.auto", schema)
                .setProperty("hibernate.jdbc.batch_size", "5")
                .buildSessionFactory();
    }

    private void show(String label, Object value) {
        Object plain = value instanceof Object[] row ? Arrays.asList(row) : value;
        seen.append(label).append(": ").append(plain).append('\n');
    }

    private void showRows(String label, List<?> rows) {
        show(
                label,
                rows.stream()
                        .map(row -> row instanceof Object[] values ? Arrays.asList(values) : row)
                        .toList());
    }

    private static void fill(Session session) {
        Customer ada =
                new Customer(1, "Ada", "ada@example.org", "London", LocalDate.of(1815, 12, 10), Map.of("news", true));
        Customer alan =
                new Customer(2, "Alan", "alan@example.org", "London", LocalDate.of(1912, 6, 23), Map.of("news", false));
        Customer grace = new Customer(3, "Grace", null, "New York", LocalDate.of(1906, 12, 9), null);
        List.of(ada, alan, grace).forEach(session::persist);
        session.flush();
        grace.name = "Grace Hopper";
        Product book = new Product(1, "B-1", new BigDecimal("12.50"), Product.Kind.BOOK, "paper", "maths");
        Product tool = new Product(2, "T-1", new BigDecimal("99.00"), Product.Kind.TOOL, "steel");
        List.of(book, tool).forEach(session::persist);
        Order order = new Order(ada, OffsetDateTime.parse("2026-01-05T09:30:00Z"), true);
        order.products.addAll(List.of(book, tool));
        order.remarks.add("fast");
        session.persist(order);
        session.persist(new Order(alan, OffsetDateTime.parse("2026-02-06T10:00:00Z"), false));
    }

    private void read(Session session) {
        show("find", session.find(Customer.class, 1).email);
        show("lazy", session.find(Order.class, 1L).customer.email);
        show("collection", session.find(Customer.class, 2).orders.size());
        show("elements", session.find(Order.class, 1L).remarks);
        show("natural key", session.bySimpleNaturalId(Product.class).load("B-1").price);
        session.clear();
        show(
                "many",
                session.findMultiple(Customer.class, List.of(1, 2, 3)).stream()
                        .map(c -> String.valueOf(c.email))
                        .toList());
        session.clear();
        showRows(
                "fetched",
                session
                        .createQuery("from Customer c left join fetch c.orders order by c.id", Customer.class)
                        .getResultList()
                        .stream()
                        .map(c -> c.email + " " + c.orders.size())
                        .toList());
        session.clear();
        var graph = session.createEntityGraph(Order.class);
        graph.addAttributeNodes("customer", "products");
        show(
                "graph",
                session
                        .createQuery("from Order order by id", Order.class)
                        .setHint("jakarta.persistence.fetchgraph", graph)
                        .getResultList()
                        .stream()
                        .map(o -> o.customer.email + " " + o.products.size())
                        .toList());
        session.clear();
        session.createQuery("from Customer order by id", Customer.class)
                .setFetchSize(2)
                .getResultStream()
                .forEach(c -> show("streamed", c.email));
    }

    /** What HQL makes of it. */
    private void query(Session session) {
        for (String hql : List.of(
                "select c.name, c.email from Customer c where c.city = 'London' order by c.name",
                "select c.email from Customer c where c.name ilike 'a%' and c.id in (1, 2) or c.email is null order by c.id",
                "select c.email from Customer c where year(c.born) < 1900 and length(c.name) between 1 and 5",
                "select c.city, count(*), min(c.born) from Customer c group by c.city having count(*) > 0 order by c.city",
                "select c.email, sum(p.price) from Customer c join c.orders o join o.products p group by c.id, c.email",
                "select distinct c.city from Customer c order by c.city",
                "select c.email, (select max(o.placed) is null from Order o where o.customer = c) from Customer c order by c.id",
                "select c.email from Customer c where exists (select 1 from Order o where o.customer = c and o.paid)",
                "select c.email from Customer c where c.orders is empty",
                "select c.email from Customer c where size(c.orders) = 1 order by c.id",
                "select o.customer.email from Order o where 'fast' member of o.remarks",
                "select c.email, row_number() over (partition by c.city order by c.id) from Customer c order by c.id",
                "select case when c.city = 'London' then 'here' else 'there' end, coalesce(c.email, '-') from Customer c order by c.id",
                "select upper(c.name), c.name || '/' || c.city, cast(c.id as String), extract(month from c.born) from Customer c order by c.id",
                "with x as (select c.id as number, c.email as address from Customer c) select v.address from x v order by v.number",
                "select c.email, o.id from Customer c left join lateral (select max(o.id) as id from c.orders o) o order by c.id",
                "select c.name as n from Customer c union all select p.sku as n from Product p order by n",
                "select c.id from Customer c except select o.customer.id from Order o",
                "select listagg(c.name, ',') within group (order by c.id) from Customer c",
                "select p.sku from Product p where array_contains(p.tags, 'paper')",
                "select c.email from Customer c where c.preferences is not null order by c.id fetch first 1 rows only",
                "select local date is not null, current timestamp is not null")) {
            showRows(hql, session.createQuery(hql, Object[].class).getResultList());
        }
        showRows(
                "page",
                session.createQuery("select id from Customer order by id desc", Integer.class)
                        .setFirstResult(1)
                        .setMaxResults(1)
                        .getResultList());
        show(
                "count",
                session.createSelectionQuery("from Customer where email is not null", Customer.class)
                        .getResultCount());
        showRows(
                "parameter",
                session.createQuery("select email from Customer where id in (:ids) order by id", String.class)
                        .setParameterList("ids", List.of(1, 3))
                        .getResultList());
    }

    private void select(Session session) {
        var builder = session.getCriteriaBuilder();
        var criteria = builder.createTupleQuery();
        var order = criteria.from(Order.class);
        var customer = order.<Order, Customer>join("customer");
        criteria.select(builder.tuple(customer.get("email"), builder.count(order)))
                .where(builder.like(customer.get("name"), "A%"))
                .groupBy(customer.get("id"), customer.get("email"))
                .orderBy(builder.asc(customer.get("id")));
        show(
                "criteria",
                session.createQuery(criteria).getResultList().stream()
                        .map(Tuple::toArray)
                        .map(Arrays::asList)
                        .toList());
        showRows(
                "native",
                session.createNativeQuery(
                                "SELECT email, preferences ->> 'news' FROM customer ORDER BY id", Object[].class)
                        .getResultList());
        showRows(
                "native entity",
                session
                        .createNativeQuery("SELECT * FROM customer WHERE id < :id ORDER BY id", Customer.class)
                        .setParameter("id", 3)
                        .getResultList()
                        .stream()
                        .map(c -> c.email)
                        .toList());
    }

    private void write(SessionFactory factory) {
        long id = factory.fromTransaction(session -> {
            Order order = new Order(
                    session.getReference(Customer.class, 3), OffsetDateTime.parse("2026-03-07T00:00:00Z"), false);
            order.products.add(session.getReference(Product.class, 2));
            session.persist(order);
            return order.id;
        });
        factory.inTransaction(session -> {
            Order order = session.find(Order.class, id, LockModeType.PESSIMISTIC_WRITE);
            order.paid = true;
            order.remarks.add("new");
            show("locked", order.customer.email);
        });
        factory.inTransaction(session -> session.remove(session.find(Order.class, id)));
        factory.inTransaction(session -> {
            List.of(new Setting("a", 0), new Setting("b", 1)).forEach(session::persist);
            show(
                    "updated",
                    session.createMutationQuery("update Setting set changed = changed + 1 where key = 'a'")
                            .executeUpdate());
            show(
                    "upserted",
                    session.createMutationQuery("insert into Setting (key, changed) values ('a', 5) "
                                    + "on conflict (key) do update set changed = excluded.changed + 1")
                            .executeUpdate());
            session.createMutationQuery(
                            "insert into Setting (key, changed) select o.customer.name, 7 from Order o where o.id = 1")
                    .executeUpdate();
            session.createMutationQuery("delete from Setting where key = 'b'").executeUpdate();
            showRows(
                    "settings",
                    session.createQuery("select key, changed from Setting order by key", Object[].class)
                            .getResultList());
        });
        try {
            factory.inTransaction(session -> session.persist(new Setting("a", 9)));
        } catch (ConstraintViolationException e) {
            show("duplicate", e.getSQLState());
        }
    }

    @Override
    public String toString() {
        return client();
    }
}
