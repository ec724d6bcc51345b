package dev.bauta.clients.shop;

import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** What a customer bought. */
@Entity
@Table(name = "orders")
public class Order {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE)
    public Long id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "customer_id")
    public Customer customer;

    public OffsetDateTime placed;
    public boolean paid;

    @Version
    public int version;

    @ManyToMany
    public Set<Product> products = new HashSet<>();

    @ElementCollection
    public Set<String> remarks = new TreeSet<>();

    protected Order() {}

    /** An order of nothing. */
    public Order(Customer customer, OffsetDateTime placed, boolean paid) {
        this.customer = customer;
        this.placed = placed;
        this.paid = paid;
    }
}
