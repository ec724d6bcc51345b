package dev.bauta.clients.shop;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** Whose address is protected. */
@Entity
@Table(name = "customer", indexes = @Index(name = "customer_name", columnList = "name"))
public class Customer {
    @Id
    public int id;

    @Column(length = 60, nullable = false)
    public String name;

    @Column(length = 120, unique = true)
    public String email;

    @Column(length = 40)
    public String city;

    public LocalDate born;

    @JdbcTypeCode(SqlTypes.JSON)
    public Map<String, Object> preferences;

    @OneToMany(mappedBy = "customer")
    @OrderBy("id")
    public List<Order> orders = new ArrayList<>();

    protected Customer() {}

    /** A customer without orders. */
    public Customer(int id, String name, String email, String city, LocalDate born, Map<String, Object> preferences) {
        this.id = id;
        this.name = name;
        this.email = email;
        this.city = city;
        this.born = born;
        this.preferences = preferences;
    }
}
