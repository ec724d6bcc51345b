package dev.bauta.clients.shop;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Something without a protected neighbour. */
@Entity
@Table(name = "setting")
public class Setting {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Integer id;

    @Column(unique = true, length = 40)
    public String key;

    public int changed;

    protected Setting() {}

    /** A setting. */
    public Setting(String key, int changed) {
        this.key = key;
        this.changed = changed;
    }
}
