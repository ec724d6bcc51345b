-- The demonstration's database: a shop, its staff and the clinic next door. All people in it are invented.
CREATE SCHEMA clinic;
CREATE SCHEMA hr;

CREATE TYPE order_status AS ENUM ('new', 'paid', 'shipped', 'delivered', 'cancelled');

CREATE TABLE customers (
    id integer PRIMARY KEY,
    public_id uuid NOT NULL UNIQUE,
    full_name varchar(60) NOT NULL,
    email varchar(80) NOT NULL UNIQUE,
    phone varchar(20),
    card_number char(16),
    birth_date date,
    street text,
    city varchar(60) NOT NULL,
    country char(2) NOT NULL,
    last_login_ip inet,
    newsletter boolean NOT NULL,
    interests text[] NOT NULL,
    preferences jsonb NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX customers_city ON customers (country, city);

CREATE TABLE products (
    id integer PRIMARY KEY,
    sku char(8) NOT NULL UNIQUE,
    name text NOT NULL,
    price numeric(10,2) NOT NULL
);

CREATE TABLE orders (
    id integer PRIMARY KEY,
    customer_id integer NOT NULL REFERENCES customers,
    status order_status NOT NULL,
    ordered_at timestamptz NOT NULL,
    total numeric(10,2) NOT NULL,
    ship_to text
);
CREATE INDEX orders_customer ON orders (customer_id);
CREATE INDEX orders_time ON orders (ordered_at);

CREATE TABLE order_items (
    order_id integer NOT NULL REFERENCES orders,
    line smallint NOT NULL,
    product_id integer NOT NULL REFERENCES products,
    quantity integer NOT NULL,
    price numeric(10,2) NOT NULL,
    PRIMARY KEY (order_id, line)
);

CREATE TABLE payments (
    id integer NOT NULL,
    order_id integer NOT NULL REFERENCES orders,
    card_number char(16) NOT NULL,
    holder varchar(60) NOT NULL,
    amount numeric(10,2) NOT NULL,
    paid_at timestamptz NOT NULL,
    PRIMARY KEY (id, paid_at)
) PARTITION BY RANGE (paid_at);
CREATE TABLE payments_2023 PARTITION OF payments FOR VALUES FROM ('2023-01-01 00:00:00+00') TO ('2024-01-01 00:00:00+00');
CREATE TABLE payments_2024 PARTITION OF payments FOR VALUES FROM ('2024-01-01 00:00:00+00') TO ('2025-01-01 00:00:00+00');
CREATE TABLE payments_2025 PARTITION OF payments FOR VALUES FROM ('2025-01-01 00:00:00+00') TO ('2026-01-01 00:00:00+00');
CREATE INDEX payments_order ON payments (order_id);

CREATE TABLE clinic.patients (
    id integer PRIMARY KEY,
    full_name varchar(60) NOT NULL,
    ssn char(11) NOT NULL UNIQUE,
    birth_date date NOT NULL,
    email text,
    phone varchar(20),
    blood_type varchar(3) NOT NULL,
    allergies text[] NOT NULL,
    emergency_contact jsonb NOT NULL
);

CREATE TABLE clinic.visits (
    id integer PRIMARY KEY,
    patient_id integer NOT NULL REFERENCES clinic.patients,
    visited_at timestamptz NOT NULL,
    ward varchar(20) NOT NULL,
    diagnosis text NOT NULL,
    cost numeric(10,2) NOT NULL
);
CREATE INDEX visits_patient ON clinic.visits (patient_id);

CREATE TABLE hr.departments (
    id integer PRIMARY KEY,
    name varchar(40) NOT NULL UNIQUE,
    budget numeric(12,2) NOT NULL
);

CREATE TABLE hr.employees (
    id integer PRIMARY KEY,
    department_id integer NOT NULL REFERENCES hr.departments,
    manager_id integer REFERENCES hr.employees,
    full_name varchar(60) NOT NULL,
    work_email varchar(80) NOT NULL UNIQUE,
    birth_date date NOT NULL,
    hired_on date NOT NULL,
    salary numeric(10,2) NOT NULL,
    bank_account varchar(34) NOT NULL,
    remote boolean NOT NULL
);
CREATE INDEX employees_department ON hr.employees (department_id);

-- Copies protected columns: they stay protected in the view.
CREATE VIEW customer_directory AS
    SELECT id, full_name, email, city, country FROM customers;

-- Uses nothing protected: it stays clear.
CREATE VIEW revenue_by_month AS
    SELECT date_trunc('month', ordered_at AT TIME ZONE 'UTC')::date AS month, count(*) AS orders, sum(total) AS revenue
    FROM orders WHERE status <> 'cancelled' GROUP BY 1;

-- Computes from a protected column: what it computes is suppressed.
CREATE VIEW hr.payroll AS
    SELECT d.name AS department, count(*) AS employees, sum(e.salary) AS salaries
    FROM hr.departments d JOIN hr.employees e ON e.department_id = d.id GROUP BY d.name;

CREATE ROLE analyst LOGIN PASSWORD 'analyst';
GRANT USAGE ON SCHEMA clinic, hr TO analyst;
GRANT SELECT ON ALL TABLES IN SCHEMA public, clinic, hr TO analyst;
