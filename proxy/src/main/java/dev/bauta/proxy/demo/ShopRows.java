package dev.bauta.proxy.demo;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The rows of schema {@code public}: customers and what they buy. */
final class ShopRows {
    private static final int CUSTOMERS = 8_000;
    private static final int PRODUCTS = 400;
    private static final int ORDERS = 15_000;
    private static final LocalDate OPENING = LocalDate.of(2023, 1, 2);
    private static final LocalDate TODAY = LocalDate.of(2025, 6, 30);

    private final Invention invent;
    private final CopyText customers = new CopyText("customers");
    private final CopyText products = new CopyText("products");
    private final CopyText orders = new CopyText("orders");
    private final CopyText orderItems = new CopyText("order_items");
    private final CopyText payments = new CopyText("payments");
    private final List<Card> cards = new ArrayList<>();
    private final List<BigDecimal> prices = new ArrayList<>();

    private record Card(String number, String holder) {}

    private ShopRows(Invention invent) {
        this.invent = invent;
    }

    static List<CopyText> generate(Invention invent) {
        ShopRows rows = new ShopRows(invent);
        for (int id = 1; id <= CUSTOMERS; id++) {
            rows.addCustomer(id);
        }
        for (int id = 1; id <= PRODUCTS; id++) {
            rows.addProduct(id);
        }
        for (int id = 1; id <= ORDERS; id++) {
            rows.addOrder(id);
        }
        return List.of(rows.customers, rows.products, rows.orders, rows.orderItems, rows.payments);
    }

    private void addCustomer(int id) {
        String name = invent.fullName();
        Card card = new Card(invent.cardNumber(), name);
        cards.add(card);
        customers.add(
                id,
                invent.uuid(),
                name,
                invent.email(name, id),
                invent.chance(95) ? invent.phone() : null,
                card.number(),
                invent.chance(90) ? invent.birthDate(1940, 2004) : null,
                invent.street(),
                invent.city(),
                invent.oneOf("AT", "DE", "FR", "GB", "IT", "US"),
                invent.chance(80) ? invent.ipAddress() : null,
                invent.chance(40),
                invent.someOf("books", "garden", "music", "sailing", "theatre", "wine"),
                "{\"language\": \"%s\", \"font\": %d}"
                        .formatted(invent.oneOf("de", "en", "it"), invent.between(10, 18)),
                invent.timeOf(invent.date(OPENING.minusYears(3), OPENING)));
    }

    private void addProduct(int id) {
        BigDecimal price = invent.amount(100, 20_000).movePointLeft(2).setScale(2, java.math.RoundingMode.CEILING);
        prices.add(price);
        products.add(id, "SKU%05d".formatted(id), invent.productName(), price);
    }

    private void addOrder(int id) {
        int customer = invent.between(1, CUSTOMERS);
        LocalDate day = invent.date(OPENING, TODAY);
        String status = invent.oneOf("new", "paid", "shipped", "delivered", "delivered", "delivered", "cancelled");
        BigDecimal total = addItems(id);
        orders.add(id, customer, status, invent.timeOf(day), total, invent.chance(30) ? invent.street() : null);
        if (!status.equals("new") && !status.equals("cancelled")) {
            Card card = cards.get(customer - 1);
            payments.add(payments.rows() + 1, id, card.number(), card.holder(), total, invent.timeOf(day));
        }
    }

    private BigDecimal addItems(int order) {
        BigDecimal total = BigDecimal.ZERO;
        int lines = invent.between(1, 3);
        for (int line = 1; line <= lines; line++) {
            int product = invent.between(1, PRODUCTS);
            int quantity = invent.between(1, 4);
            BigDecimal price = prices.get(product - 1);
            orderItems.add(order, line, product, quantity, price);
            total = total.add(price.multiply(BigDecimal.valueOf(quantity)));
        }
        return total;
    }
}
