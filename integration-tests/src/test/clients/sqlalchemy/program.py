"""A shop through SQLAlchemy: `program.py schema` makes and fills it, `program.py work` uses it and prints what it saw."""
import json
import sys
from datetime import date, datetime
from decimal import Decimal

import sqlalchemy
from sqlalchemy import (JSON, Boolean, CheckConstraint, Column, Date, DateTime, Enum, ForeignKey, Index, Integer, MetaData,
                        Numeric, String, Table, Text, and_, bindparam, case, cast, create_engine, delete, exists, extract, func,
                        inspect, insert, literal, not_, or_, select, text, tuple_, union_all, update, values, column)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, aggregate_order_by, array, insert as pg_insert
from sqlalchemy.orm import (Session, aliased, contains_eager, declarative_base, joinedload, lazyload, load_only, relationship, selectinload,
                            subqueryload)

Base = declarative_base()


class Customer(Base):
    __tablename__ = "customer"
    id = Column(Integer, primary_key=True)
    name = Column(String(60), nullable=False, index=True)
    email = Column(String(120), unique=True)
    city = Column(String(40))
    born = Column(Date)
    preferences = Column(JSONB, nullable=False, server_default="{}")
    orders = relationship("Order", back_populates="customer", order_by="Order.id")


class Product(Base):
    __tablename__ = "product"
    id = Column(Integer, primary_key=True)
    sku = Column(String(20), nullable=False, unique=True)
    price = Column(Numeric(10, 2), CheckConstraint("price >= 0"))
    tags = Column(ARRAY(Text))
    kind = Column(Enum("book", "tool", name="product_kind"))


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    customer_id = Column(ForeignKey("customer.id"), nullable=False)
    placed = Column(DateTime(timezone=True), nullable=False)
    paid = Column(Boolean, nullable=False, default=False)
    customer = relationship("Customer", back_populates="orders")
    lines = relationship("OrderLine", back_populates="order", cascade="all, delete-orphan", order_by="OrderLine.product_id")
    __table_args__ = (Index("orders_placed", "placed"), Index("orders_unpaid", "id", postgresql_where=text("NOT paid")))


class OrderLine(Base):
    __tablename__ = "order_line"
    order_id = Column(ForeignKey("orders.id", ondelete="CASCADE"), primary_key=True)
    product_id = Column(ForeignKey("product.id"), primary_key=True)
    quantity = Column(Integer, nullable=False)
    order = relationship("Order", back_populates="lines")
    product = relationship("Product")


class Setting(Base):
    __tablename__ = "setting"
    key = Column(String(40), primary_key=True)
    value = Column(JSON)
    changed = Column(Integer, nullable=False, server_default="0")


def show(label, value):
    def plain(v):
        if isinstance(v, (list, tuple)) or hasattr(v, "_mapping"):
            return [plain(x) for x in v]
        return v if v is None or isinstance(v, (bool, int, str, dict)) else str(v)
    print(label + ": " + json.dumps(plain(value), sort_keys=True))


def schema(engine):
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all([
            Customer(id=1, name="Ada", email="ada@example.org", city="London", born=date(1815, 12, 10), preferences={"news": True}),
            Customer(id=2, name="Alan", email="alan@example.org", city="London", born=date(1912, 6, 23), preferences={"news": False}),
            Customer(id=3, name="Grace", email=None, city="New York", born=date(1906, 12, 9)),
            Product(id=1, sku="B-1", price=Decimal("12.50"), tags=["paper", "maths"], kind="book"),
            Product(id=2, sku="T-1", price=Decimal("99.00"), tags=["steel"], kind="tool"),
        ])
        session.flush()
        session.add(Order(id=1, customer_id=1, placed=datetime(2026, 1, 5, 9, 30), paid=True,
                          lines=[OrderLine(product_id=1, quantity=2), OrderLine(product_id=2, quantity=1)]))
        session.add(Order(id=2, customer_id=2, placed=datetime(2026, 2, 6, 10, 0)))
        session.commit()
        session.get(Customer, 3).name = "Grace Hopper"
        session.commit()
        session.execute(text("SELECT setval(pg_get_serial_sequence('orders', 'id'), 100)"))
        session.commit()


def reflection(engine):
    inspector = inspect(engine)
    show("schemas", sorted(inspector.get_schema_names()))
    show("tables", sorted(inspector.get_table_names()))
    show("views", inspector.get_view_names())
    for table in ("customer", "orders", "order_line"):
        show("columns of " + table, [(c["name"], str(c["type"]), c["nullable"]) for c in inspector.get_columns(table)])
        show("key of " + table, inspector.get_pk_constraint(table)["constrained_columns"])
        show("foreign keys of " + table, sorted(k["referred_table"] for k in inspector.get_foreign_keys(table)))
        show("indexes of " + table, sorted(i["name"] for i in inspector.get_indexes(table)))
        show("unique of " + table, [u["column_names"] for u in inspector.get_unique_constraints(table)])
    show("checks", len(inspector.get_check_constraints("product")))
    show("enums", [e["labels"] for e in inspector.get_enums()])
    show("comment", inspector.get_table_comment("customer")["text"])
    show("has", [engine.dialect.has_table(engine.connect(), "customer"), engine.dialect.has_sequence(engine.connect(), "none")])
    reflected = MetaData()
    reflected.reflect(engine)
    show("reflected", sorted(reflected.tables))
    with engine.connect() as connection:
        show("through reflection", connection.execute(select(reflected.tables["customer"]).order_by("id")).all())


def reading(session):
    show("all", [(c.id, c.name, c.email) for c in session.query(Customer).order_by(Customer.id)])
    show("get", session.get(Customer, 1).email)
    show("filter", session.execute(select(Customer.name, Customer.email).where(Customer.city == "London")
                                   .order_by(Customer.name)).all())
    show("like", session.scalars(select(Customer.name).where(Customer.name.ilike("a%"), Customer.id.in_([1, 2, 3]))
                                 .order_by(Customer.name)).all())
    show("or", session.scalars(select(Customer.id).where(or_(Customer.city.is_(None), not_(Customer.name.startswith("G"))))
                               .order_by(Customer.id)).all())
    show("page", session.scalars(select(Customer.id).order_by(Customer.id.desc()).limit(1).offset(1)).all())
    show("first", session.query(Customer).order_by(Customer.id).first().name)
    show("count", session.query(Customer).filter(Customer.email.isnot(None)).count())
    for name, option in (("joined", joinedload), ("selectin", selectinload), ("subquery", subqueryload), ("lazy", lazyload)):
        session.expunge_all()
        found = session.execute(select(Customer).options(option(Customer.orders)).order_by(Customer.id)).unique().scalars()
        show(name, [(c.email, [o.id for o in c.orders]) for c in found])
    session.expunge_all()
    deep = session.query(Order).options(joinedload(Order.customer), selectinload(Order.lines).joinedload(OrderLine.product))
    show("deep", [(o.customer.email, [(n.product.sku, n.quantity) for n in o.lines]) for o in deep.order_by(Order.id)])
    session.expunge_all()
    joined = session.query(Order).join(Order.customer).options(contains_eager(Order.customer)).filter(Customer.id == 1)
    show("contains eager", [o.customer.email for o in joined])
    show("load only", [c.email for c in session.query(Customer).options(load_only(Customer.email)).order_by(Customer.id)])


def aggregates(session):
    total = func.sum(OrderLine.quantity * Product.price).label("total")
    query = (select(Customer.name, Customer.email, total).join(Order, Order.customer_id == Customer.id)
             .join(OrderLine).join(Product).group_by(Customer.id).having(total > 1).order_by(total.desc()))
    show("totals", session.execute(query).all())
    show("group", session.execute(select(Customer.city, func.count()).group_by(Customer.city).order_by(Customer.city)).all())
    rank = func.row_number().over(partition_by=Customer.city, order_by=Customer.id)
    show("window", session.execute(select(Customer.name, Customer.email, rank).order_by(Customer.id)).all())
    show("agg", session.execute(select(func.string_agg(Customer.name, aggregate_order_by(literal(","), Customer.id)),
                                       func.array_agg(Customer.id), func.min(Customer.born))).all())
    show("case", session.execute(select(case((Customer.city == "London", "here"), else_="there")).order_by(Customer.id)).all())
    show("extract", session.execute(select(extract("year", Customer.born)).order_by(Customer.id)).all())
    show("json", session.execute(select(Customer.preferences["news"].astext, Customer.email)
                                 .where(Customer.preferences.has_key("news")).order_by(Customer.id)).all())
    show("contains", session.scalars(select(Customer.id).where(Customer.preferences.contains({"news": True}))).all())
    show("array", session.scalars(select(Product.sku).where(Product.tags.any("paper"))).all())
    show("overlap", session.scalars(select(Product.sku).where(Product.tags.overlap(array(["steel", "x"])))).all())
    show("distinct", session.execute(select(Customer.city).distinct().order_by(Customer.city)).all())
    show("distinct on", session.execute(select(Customer.city, Customer.email).distinct(Customer.city)
                                        .order_by(Customer.city, Customer.id)).all())
    show("cast", session.execute(select(cast(Product.price, Integer)).order_by(Product.id)).all())


def subqueries(session):
    busy = select(Order.customer_id).where(Order.paid).scalar_subquery()
    show("in", session.execute(select(Customer.email).where(Customer.id.in_(busy))).all())
    show("exists", session.execute(select(Customer.email).where(exists().where(Order.customer_id == Customer.id))
                                   .order_by(Customer.id)).all())
    show("any", [c.name for c in session.query(Customer).filter(Customer.orders.any(Order.paid)).all()])
    recent = select(Order.customer_id, func.max(Order.placed).label("last")).group_by(Order.customer_id).cte("recent")
    show("cte", session.execute(select(Customer.email, recent.c.last).join(recent, recent.c.customer_id == Customer.id)
                                .order_by(Customer.id)).all())
    numbers = select(literal(1).label("n")).cte("numbers", recursive=True)
    numbers = numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < 5))
    show("recursive", session.scalars(select(numbers.c.n)).all())
    other = aliased(Customer)
    show("alias", session.execute(select(Customer.email, other.name).join(other, and_(other.city == Customer.city,
                                  other.id > Customer.id))).all())
    last = select(Order.id).where(Order.customer_id == Customer.id).order_by(Order.id.desc()).limit(1).lateral("last")
    show("lateral", session.execute(select(Customer.email, last.c.id).join(last, text("true"), isouter=True)
                                    .order_by(Customer.id)).all())
    show("union", session.execute(union_all(select(Customer.name), select(Product.sku)).order_by("name")).all())
    show("tuple", session.scalars(select(Customer.id).where(tuple_(Customer.id, Customer.name).in_([(1, "Ada")]))).all())
    ids = values(column("id", Integer), name="ids").data([(1,), (3,)])
    show("values", session.execute(select(Customer.email).join(ids, ids.c.id == Customer.id).order_by(Customer.id)).all())
    show("raw", session.execute(text("SELECT email, preferences ->> 'news' AS news FROM customer WHERE id = :id"), {"id": 1}).all())


def writing(session, engine):
    order = Order(customer_id=3, placed=datetime(2026, 3, 7), lines=[OrderLine(product_id=2, quantity=4)])
    session.add(order)
    session.commit()
    show("inserted", (order.id, order.customer.email))
    order.paid = True
    order.lines[0].quantity = 5
    session.commit()
    show("locked", session.execute(select(Order.id).where(Order.id == order.id).with_for_update(nowait=True)).all())
    session.delete(order)
    session.commit()
    session.add_all([Setting(key="a", value={"x": 1}), Setting(key="b", value=[1, 2])])
    with session.begin_nested():
        session.execute(update(Setting).where(Setting.key == "a").values(changed=Setting.changed + 1))
    try:
        with session.begin_nested():
            session.execute(insert(Setting).values(key="a"))
    except Exception as e:
        show("duplicate", type(e).__name__)
    session.commit()
    upsert = pg_insert(Setting).values([{"key": "a", "value": {}}, {"key": "c", "value": None}])
    upsert = upsert.on_conflict_do_update(index_elements=[Setting.key], set_={"changed": Setting.changed + 10})
    show("upsert", session.execute(upsert.returning(Setting.key, Setting.changed)).all())
    session.execute(pg_insert(Setting).values(key="c").on_conflict_do_nothing())
    session.execute(delete(Setting).where(Setting.key == bindparam("k")), {"k": "b"})
    session.rollback()
    show("after", session.execute(select(Setting.key, Setting.changed).order_by(Setting.key)).all())
    late = update(Order).where(Order.customer_id == Customer.id, Customer.city == "London").values(paid=True)
    show("update from", session.execute(late, execution_options={"synchronize_session": False}).rowcount)
    session.rollback()
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        show("isolation", connection.execute(text("SHOW transaction_isolation")).scalar())
    with engine.connect().execution_options(stream_results=True) as connection:
        show("stream", [r.email for r in connection.execute(select(Customer).order_by(Customer.id))])


def main():
    if sys.argv[1] == "version":
        print(sqlalchemy.__version__)
        return
    engine = create_engine("postgresql+psycopg2://")
    if sys.argv[1] == "schema":
        schema(engine)
        return
    reflection(engine)
    with Session(engine) as session:
        reading(session)
        aggregates(session)
        subqueries(session)
        writing(session, engine)


main()
