"""The shop's tables."""
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import Q


class Customer(models.Model):
    name = models.CharField(max_length=60, db_index=True)
    email = models.EmailField(max_length=120, unique=True, null=True)
    city = models.CharField(max_length=40)
    born = models.DateField()
    preferences = models.JSONField(default=dict)

    class Meta:
        app_label, db_table = "shop", "customer"


class Tag(models.Model):
    name = models.SlugField(unique=True)

    class Meta:
        app_label, db_table = "shop", "tag"


class Product(models.Model):
    sku = models.CharField(max_length=20, unique=True)
    price = models.DecimalField(max_digits=10, decimal_places=2)
    words = ArrayField(models.CharField(max_length=20), default=list)
    sold = DateRangeField(null=True)
    tags = models.ManyToManyField(Tag, related_name="products")

    class Meta:
        app_label, db_table = "shop", "product"
        constraints = [models.CheckConstraint(check=Q(price__gte=0), name="price_not_negative")]


class Order(models.Model):
    customer = models.ForeignKey(Customer, models.PROTECT, related_name="orders")
    placed = models.DateTimeField()
    paid = models.BooleanField(default=False)
    products = models.ManyToManyField(Product, through="OrderLine")

    class Meta:
        app_label, db_table = "shop", "orders"
        indexes = [models.Index(fields=["-placed"], name="orders_placed")]


class OrderLine(models.Model):
    order = models.ForeignKey(Order, models.CASCADE, related_name="lines")
    product = models.ForeignKey(Product, models.PROTECT)
    quantity = models.PositiveIntegerField()

    class Meta:
        app_label, db_table, unique_together = "shop", "order_line", [("order", "product")]


class Setting(models.Model):
    key = models.CharField(max_length=40, primary_key=True)
    value = models.JSONField(null=True)
    changed = models.IntegerField(default=0)

    class Meta:
        app_label, db_table = "shop", "setting"
