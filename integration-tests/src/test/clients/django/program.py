"""A shop through Django: `program.py schema` makes and fills it, `program.py work` uses it and prints what it saw."""
import io
import json
import os
import sys
from datetime import date, datetime, timezone
from decimal import Decimal

import django
from django.conf import settings

if sys.argv[1] == "version":
    print(django.get_version())
    sys.exit()

settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.postgresql", "NAME": os.environ["PGDATABASE"], "USER": os.environ["PGUSER"],
                           "PASSWORD": os.environ["PGPASSWORD"], "HOST": os.environ["PGHOST"], "PORT": os.environ["PGPORT"]}},
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.postgres", "shop"],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField", USE_TZ=True, TIME_ZONE="UTC", SECRET_KEY="x")
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.contrib.postgres.aggregates import ArrayAgg, StringAgg  # noqa: E402
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.paginator import Paginator  # noqa: E402
from django.db import IntegrityError, connection, models, transaction  # noqa: E402
from django.db.models import (Avg, Case, CharField, Count, Exists, ExpressionWrapper, F, FilteredRelation, IntegerField, Max, Min,  # noqa: E402
                              OuterRef, Prefetch, Q, Subquery, Sum, Value, When, Window)
from django.db.models.functions import (Cast, Coalesce, Concat, ExtractYear, Lag, Length, Lower, Rank, RowNumber,  # noqa: E402
                                        TruncMonth, Upper)
from shop.models import Customer, Order, OrderLine, Product, Setting, Tag  # noqa: E402


def show(label, value):
    def plain(v):
        if isinstance(v, (list, tuple, models.QuerySet)):
            return [plain(x) for x in v]
        if isinstance(v, dict):
            return {k: plain(x) for k, x in v.items()}
        return v if v is None or isinstance(v, (bool, int, str)) else str(v)
    print(label + ": " + json.dumps(plain(value), sort_keys=True))


def schema():
    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        for model in (Customer, Tag, Product, Order, OrderLine, Setting):
            editor.create_model(model)
    with connection.schema_editor() as editor:
        extra = models.CharField(max_length=10, default="x")
        extra.set_attributes_from_name("extra")
        editor.add_field(Setting, extra)
        editor.remove_field(Setting, extra)
    people = [Customer(id=1, name="Ada", email="ada@example.org", city="London", born=date(1815, 12, 10), preferences={"news": True}),
              Customer(id=2, name="Alan", email="alan@example.org", city="London", born=date(1912, 6, 23), preferences={"news": False}),
              Customer(id=3, name="Grace", email=None, city="New York", born=date(1906, 12, 9))]
    Customer.objects.bulk_create(people)
    Customer.objects.filter(name="Grace").update(name="Grace Hopper")
    people[0].save()
    Customer.objects.bulk_update(people, ["city"])
    User.objects.create(username="ada", email="ada@example.org", password="!", date_joined=datetime(2026, 1, 1, tzinfo=timezone.utc))
    paper = Tag.objects.create(id=1, name="paper")
    book = Product.objects.create(id=1, sku="B-1", price=Decimal("12.50"), words=["paper", "maths"], sold=(date(2026, 1, 1), None))
    tool = Product.objects.create(id=2, sku="T-1", price=Decimal("99.00"), words=["steel"])
    book.tags.add(paper)
    order = Order.objects.create(id=1, customer_id=1, placed=datetime(2026, 1, 5, 9, 30, tzinfo=timezone.utc), paid=True)
    Order.objects.create(id=2, customer_id=2, placed=datetime(2026, 2, 6, 10, tzinfo=timezone.utc))
    OrderLine.objects.create(id=1, order=order, product=book, quantity=2)
    OrderLine.objects.create(id=2, order=order, product=tool, quantity=1)
    with connection.cursor() as cursor:
        for table in ("orders", "order_line", "customer", "tag"):
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), 100)", [table])


def introspection():
    out = io.StringIO()
    call_command("inspectdb", "customer", "orders", "order_line", "product", "setting", stdout=out)
    show("inspectdb", [line.strip() for line in out.getvalue().splitlines() if " = models." in line])
    out = io.StringIO()
    call_command("showmigrations", "auth", stdout=out)
    show("migrations", len(out.getvalue().splitlines()))
    with connection.cursor() as cursor:
        show("tables", sorted(t.name for t in connection.introspection.get_table_list(cursor)))
        show("constraints", sorted(connection.introspection.get_constraints(cursor, "order_line")))
        show("sequences", [s["table"] for s in connection.introspection.get_sequences(cursor, "orders")])
    show("version", connection.pg_version > 0)


def reading():
    everyone = Customer.objects.order_by("id")
    show("all", list(everyone.values_list("id", "name", "email")))
    show("get", Customer.objects.get(pk=1).email)
    show("user", User.objects.get(username="ada").email)
    show("filter", list(everyone.filter(city="London", name__istartswith="a").values("name", "email")))
    show("lookups", [everyone.filter(q).count() for q in (
        Q(name__contains="a"), Q(name__icontains="A"), Q(name__endswith="n"), Q(name__regex="^A"), Q(name__iregex="^a"), Q(id__in=[1, 2]),
        Q(id__range=(1, 2)), Q(email__isnull=True), Q(born__year=1815), Q(born__month__gte=6), Q(born__lt=date(1900, 1, 1)),
        Q(preferences__news=True), Q(preferences__has_key="news"), Q(preferences__contains={"news": False}), ~Q(city="London"),
        Q(city="London") | Q(id=3), Q(orders__placed__date=date(2026, 1, 5)), Q(orders__lines__product__sku="B-1"))])
    show("page", [[c.email for c in Paginator(everyone, 2).page(n)] for n in (1, 2)])
    show("slice", [c.id for c in everyone[1:2]])
    show("first", (everyone.first().email, everyone.last().email, everyone.exists(), everyone.count()))
    show("joined", [o.customer.email for o in Order.objects.select_related("customer").order_by("id")])
    show("lazy", [o.customer.email for o in Order.objects.order_by("id")])
    lines = Prefetch("lines", OrderLine.objects.select_related("product").order_by("id"))
    show("prefetched", [(c.email, [[n.product.sku for n in o.lines.all()] for o in c.orders.all()])
                        for c in everyone.prefetch_related(Prefetch("orders", Order.objects.order_by("id").prefetch_related(lines)))])
    show("many", [t.name for t in Product.objects.get(pk=1).tags.all()])
    show("through", list(Order.objects.get(pk=1).products.order_by("sku").values_list("sku", flat=True)))
    show("only", [c.email for c in everyone.only("email")])
    show("defer", [c.email for c in everyone.defer("preferences")])
    show("in bulk", sorted(Customer.objects.in_bulk([1, 2])))
    show("iterator", [c.email for c in everyone.iterator(chunk_size=2)])
    show("raw", [(c.email, c.n) for c in Customer.objects.raw("SELECT *, length(city) AS n FROM customer WHERE id < %s ORDER BY id", [3])])
    show("array", list(Product.objects.filter(words__contains=["paper"]).values_list("sku", flat=True)))
    show("overlap", list(Product.objects.filter(words__overlap=["steel", "x"], words__len=1).values_list("sku", flat=True)))
    show("range", list(Product.objects.filter(sold__contains=date(2026, 5, 1)).values_list("sku", flat=True)))


def aggregates():
    total = Sum(ExpressionWrapper(F("orders__lines__quantity") * F("orders__lines__product__price"), output_field=models.DecimalField()))
    show("totals", list(Customer.objects.annotate(total=total).filter(total__gt=1).values_list("email", "total")))
    show("group", list(Customer.objects.values("city").annotate(n=Count("id")).order_by("city")))
    show("aggregate", Product.objects.aggregate(Avg("price"), Min("price"), Max("price"), n=Count("id", filter=Q(price__gt=50))))
    show("window", list(Customer.objects.annotate(n=Window(RowNumber(), [F("city")], F("id").asc()),
                                                 r=Window(Rank(), order_by=F("city").desc()), b=Window(Lag("id"), order_by=F("id").asc()))
                        .order_by("id").values_list("email", "n", "r", "b")))
    show("strings", list(Customer.objects.values("city").order_by("city").annotate(
        all=StringAgg("name", ",", ordering="id"), ids=ArrayAgg("id", ordering="id")).values_list("city", "all", "ids")))
    show("functions", list(Customer.objects.order_by("id").annotate(
        l=Lower("name"), u=Upper("city"), n=Length("name"), c=Concat("name", Value("/"), "city"), y=ExtractYear("born"),
        t=Cast("id", CharField()), e=Coalesce("email", Value("-"))).values_list("l", "u", "n", "c", "y", "t", "e")))
    show("months", list(Order.objects.annotate(m=TruncMonth("placed")).values("m").annotate(n=Count("*")).order_by("m").values_list("m", "n")))
    show("dates", list(Order.objects.datetimes("placed", "day")))
    show("case", list(Customer.objects.annotate(k=Case(When(city="London", then=Value(1)), default=Value(0), output_field=IntegerField()))
                      .order_by("-k", "name").values_list("k", "email")))
    has = Order.objects.filter(customer=OuterRef("pk"), paid=True)
    show("exists", list(Customer.objects.filter(Exists(has)).values_list("email", flat=True)))
    last = Order.objects.filter(customer=OuterRef("pk")).order_by("-placed").values("id")[:1]
    show("subquery", list(Customer.objects.annotate(last=Subquery(last)).order_by("id").values_list("email", "last")))
    show("in", list(Customer.objects.filter(id__in=Order.objects.values("customer")).order_by("id").values_list("email", flat=True)))
    show("filtered", list(Customer.objects.annotate(p=FilteredRelation("orders", condition=Q(orders__paid=True)))
                          .order_by("id").values_list("email", "p__id")))
    a, b = Customer.objects.filter(id=1).values_list("email"), Customer.objects.filter(id__lte=2).values_list("email")
    show("sets", [sorted(a.union(b, all=True)), list(a.intersection(b)), list(b.difference(a))])
    show("distinct", list(Customer.objects.order_by("city", "id").distinct("city").values_list("city", "email")))
    vector = SearchVector("name", "city", config="english")
    show("search", list(Customer.objects.annotate(s=vector, r=SearchRank(vector, SearchQuery("london", config="english")))
                        .filter(s=SearchQuery("london", config="english")).order_by("id").values_list("email", flat=True)))
    show("explain", "on setting" in Setting.objects.all().explain())


def writing():
    with transaction.atomic():
        order = Order.objects.create(customer_id=3, placed=datetime(2026, 3, 7, tzinfo=timezone.utc))
        line = order.lines.create(product_id=2, quantity=4)
        OrderLine.objects.filter(pk=line.pk).update(quantity=F("quantity") + 1)
        line.refresh_from_db()
        show("written", (order.customer.email, line.quantity))
        locked = Order.objects.select_for_update(nowait=True, of=("self",)).select_related("customer").get(pk=order.pk)
        show("locked", locked.customer.email)
        locked.paid = True
        locked.save(update_fields=["paid"])
    show("deleted", order.delete()[0])
    show("created", [Setting.objects.get_or_create(key="a", defaults={"value": {"x": 1}})[1] for _ in range(2)])
    show("updated", Setting.objects.update_or_create(key="a", defaults={"changed": 5})[1])
    Setting.objects.bulk_create([Setting(key="a"), Setting(key="b", value=[1])], ignore_conflicts=True)
    try:
        with transaction.atomic(), transaction.atomic():
            Setting.objects.create(key="a")
    except IntegrityError as e:
        show("duplicate", type(e).__name__)
    show("settings", list(Setting.objects.order_by("key").values_list("key", "value", "changed")))
    show("json", list(Setting.objects.filter(value__x__gte=1).values_list("key", flat=True)))
    tag = Tag.objects.create(name="steel")
    Product.objects.get(pk=2).tags.set([tag])
    Product.objects.get(pk=2).tags.clear()
    tag.delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT email FROM customer WHERE id = ANY(%s) ORDER BY id", [[1, 2]])
        show("cursor", cursor.fetchall())
    show("usable", connection.is_usable())


if sys.argv[1] == "schema":
    schema()
else:
    introspection()
    reading()
    aggregates()
    writing()
