package dev.bauta.clients.shop;

import jakarta.persistence.CheckConstraint;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.NaturalId;
import org.hibernate.type.SqlTypes;

/** What is sold. */
@Entity
@Table(name = "product", check = @CheckConstraint(constraint = "price >= 0"))
public class Product {
    /** A kind of product. */
    public enum Kind {
        BOOK,
        TOOL
    }

    @Id
    public int id;

    @NaturalId
    @Column(length = 20)
    public String sku;

    @Column(precision = 10, scale = 2)
    public BigDecimal price;

    public String[] tags;

    @Enumerated
    @JdbcTypeCode(SqlTypes.NAMED_ENUM)
    public Kind kind;

    protected Product() {}

    /** A product. */
    public Product(int id, String sku, BigDecimal price, Kind kind, String... tags) {
        this.id = id;
        this.sku = sku;
        this.price = price;
        this.kind = kind;
        this.tags = tags;
    }
}
