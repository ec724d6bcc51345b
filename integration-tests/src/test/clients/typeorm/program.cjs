// A shop through TypeORM: `program.cjs schema` makes and fills it, `program.cjs work` uses it and prints what it saw.
'use strict';
const { DataSource, EntitySchema, In, IsNull, Not, ILike, Between, LessThan, ArrayContains, Raw, Or, Equal } = require('typeorm');
const env = process.env;

const Customer = new EntitySchema({
  name: 'Customer', tableName: 'customer',
  columns: {
    id: { type: Number, primary: true, generated: true },
    name: { type: 'varchar', length: 60 },
    email: { type: 'varchar', length: 120, nullable: true, unique: true },
    city: { type: 'varchar', length: 40, nullable: true },
    born: { type: 'date', nullable: true },
    preferences: { type: 'jsonb', default: {} },
  },
  indices: [{ name: 'customer_name', columns: ['name'] }],
  relations: { orders: { type: 'one-to-many', target: 'Order', inverseSide: 'customer' } },
});
const Product = new EntitySchema({
  name: 'Product', tableName: 'product',
  columns: {
    id: { type: Number, primary: true, generated: true },
    sku: { type: 'varchar', length: 20, unique: true },
    price: { type: 'numeric', precision: 10, scale: 2 },
    tags: { type: 'text', array: true, nullable: true },
    kind: { type: 'enum', enum: ['book', 'tool'], nullable: true },
    token: { type: 'uuid', generated: 'uuid' },
  },
  checks: [{ expression: 'price >= 0' }],
});
const Order = new EntitySchema({
  name: 'Order', tableName: 'orders',
  columns: {
    id: { type: Number, primary: true, generated: true },
    placed: { type: 'timestamptz' },
    paid: { type: Boolean, default: false },
    customerId: { type: Number, name: 'customer_id' },
    version: { type: Number, version: true },
  },
  relations: {
    customer: { type: 'many-to-one', target: 'Customer', inverseSide: 'orders', joinColumn: { name: 'customer_id' } },
    products: { type: 'many-to-many', target: 'Product', joinTable: { name: 'order_line', joinColumn: { name: 'order_id' }, inverseJoinColumn: { name: 'product_id' } } },
  },
});
const Setting = new EntitySchema({
  name: 'Setting', tableName: 'setting',
  columns: { key: { type: 'varchar', length: 40, primary: true }, value: { type: 'json', nullable: true }, changed: { type: Number, default: 0 }, gone: { type: 'timestamptz', nullable: true, deleteDate: true } },
});

const source = new DataSource({
  type: 'postgres', host: env.PGHOST, port: Number(env.PGPORT), username: env.PGUSER, password: env.PGPASSWORD, database: env.PGDATABASE,
  entities: [Customer, Product, Order, Setting], uuidExtension: 'pgcrypto', installExtensions: false,
});
const show = (label, value) => console.log(label + ': ' + JSON.stringify(value));
const emails = (found) => found.map((c) => c.email);

async function schema() {
  await source.synchronize();
  await source.synchronize();
  const runner = source.createQueryRunner();
  await runner.query('ALTER TABLE "setting" ADD "extra" text');
  await runner.dropColumn('setting', 'extra');
  await runner.release();
  await source.getRepository('Customer').save([
    { name: 'Ada', email: 'ada@example.org', city: 'London', born: '1815-12-10', preferences: { news: true } },
    { name: 'Alan', email: 'alan@example.org', city: 'London', born: '1912-06-23', preferences: { news: false } },
    { name: 'Grace', email: null, city: 'New York', born: '1906-12-09' },
  ]);
  await source.getRepository('Customer').update({ name: 'Grace' }, { name: 'Grace Hopper' });
  const products = await source.getRepository('Product').save([
    { sku: 'B-1', price: '12.50', tags: ['paper', 'maths'], kind: 'book', token: '00000000-0000-0000-0000-000000000001' },
    { sku: 'T-1', price: '99.00', tags: ['steel'], kind: 'tool', token: '00000000-0000-0000-0000-000000000002' },
  ]);
  await source.getRepository('Order').save([{ customerId: 1, placed: new Date('2026-01-05T09:30:00Z'), paid: true, products }]);
  await source.getRepository('Order').save({ customerId: 2, placed: new Date('2026-02-06T10:00:00Z') });
}

async function introspection() {
  const runner = source.createQueryRunner();
  const table = await runner.getTable('customer');
  show('columns', table.columns.map((c) => [c.name, c.type, c.isNullable]).sort());
  show('indexes', table.indices.map((i) => i.name));
  show('all tables', (await runner.getTables()).map((t) => t.name).filter((n) => n.startsWith('public.') || !n.includes('.')).sort());
  show('has', [await runner.hasTable('customer'), await runner.hasColumn('customer', 'email'), await runner.hasSchema('public'), await runner.getCurrentSchema()]);
  await runner.release();
}

async function reading(customers, orders, products) {
  show('all', (await customers.find({ order: { id: 'ASC' } })).map((c) => [c.id, c.name, c.email]));
  show('one', (await customers.findOneBy({ id: 1 })).email);
  show('select', await customers.find({ select: { email: true }, where: { city: 'London' }, order: { id: 'ASC' } }));
  show('operators', emails(await customers.find({ where: [{ name: ILike('a%'), id: In([1, 2, 3]), born: Between('1800-01-01', '1900-01-01') }, { email: IsNull() }], order: { id: 'ASC' } })));
  show('more', emails(await customers.find({ where: { city: Not('x'), born: Or(LessThan('1850-01-01'), Equal('1912-06-23')), name: Raw((n) => `length(${n}) < :max`, { max: 9 }) }, order: { id: 'ASC' } })));
  show('page', (await customers.findAndCount({ order: { id: 'DESC' }, take: 1, skip: 1 })).map((r) => (Array.isArray(r) ? r[0].id : r)));
  show('eager', (await customers.find({ relations: { orders: { products: true } }, order: { id: 'ASC', orders: { products: { sku: 'ASC' } } } })).map((c) => [c.email, c.orders.map((o) => o.products.map((p) => p.sku))]));
  show('paged eager', (await customers.find({ relations: { orders: true }, order: { id: 'ASC' }, take: 2 })).map((c) => [c.email, c.orders.length]));
  show('separate', (await orders.find({ relations: { customer: true }, relationLoadStrategy: 'query', order: { id: 'ASC' } })).map((o) => o.customer.email));
  show('array', (await products.findBy({ tags: ArrayContains(['paper']) })).map((p) => p.sku));
  show('nested where', emails(await customers.findBy({ orders: { paid: true, products: { sku: 'B-1' } } })));
  show('lazy', await orders.createQueryBuilder().relation('Order', 'customer').of(1).loadOne().then((c) => c.email));
  show('exists', [await customers.existsBy({ id: 1 }), await customers.exists({ where: { id: 99 } })]);
  show('count', [await customers.count(), await customers.countBy({ city: 'London' }), await products.sum('price'), await products.average('price'), await products.minimum('price')]);
  show('raw', await source.query('SELECT email FROM customer WHERE id = $1', [2]));
  show('sql', await source.sql`SELECT email FROM customer WHERE id = ${1}`);
}

async function builder(customers) {
  const query = () => customers.createQueryBuilder('c');
  show('join', (await query().leftJoinAndSelect('c.orders', 'o', 'o.paid = :paid', { paid: true }).orderBy('c.id').getMany()).map((c) => [c.email, c.orders.length]));
  show('map', (await query().leftJoinAndMapOne('c.last', 'c.orders', 'o').orderBy('c.id').getMany()).map((c) => [c.email, c.last && c.last.id]));
  show('group', await query().select('c.city', 'city').addSelect('count(*)', 'n').groupBy('c.city').having('count(*) > :n', { n: 0 }).orderBy('c.city').getRawMany());
  show('totals', await query().innerJoin('c.orders', 'o').innerJoin('o.products', 'p').select('c.email', 'email').addSelect('sum(p.price)', 'total').groupBy('c.id').addGroupBy('c.email').getRawMany());
  show('subquery', emails(await query().where((q) => 'c.id IN ' + q.subQuery().select('o.customerId').from('Order', 'o').where('o.paid').getQuery()).getMany()));
  show('from', await source.createQueryBuilder().select('s.n', 'n').from((q) => q.select('count(*)', 'n').from('Customer', 'c'), 's').getRawOne());
  show('cte', await source.createQueryBuilder().addCommonTableExpression('SELECT customer_id, max(placed) AS last FROM orders GROUP BY customer_id', 'recent').select('r.last', 'last').from('recent', 'r').orderBy('r.last').getRawMany());
  show('distinct on', emails(await query().distinctOn(['c.city']).orderBy('c.city').addOrderBy('c.id').getMany()));
  show('json', emails(await query().where("c.preferences ->> 'news' = :news", { news: 'true' }).getMany()));
  show('window', await query().select('c.email', 'email').addSelect('row_number() OVER (PARTITION BY c.city ORDER BY c.id)', 'n').orderBy('c.id').getRawMany());
  show('query count', await query().getCount());
  show('take', (await query().leftJoinAndSelect('c.orders', 'o').orderBy('c.name').skip(1).take(1).getMany()).map((c) => c.email));
}

async function writing(orders, settings) {
  const order = await orders.save({ customerId: 3, placed: new Date('2026-03-07T00:00:00Z'), products: [{ id: 2 }] });
  order.paid = true;
  await orders.save(order);
  const found = await orders.findOne({ where: { id: order.id }, relations: { customer: true, products: true } });
  show('written', [found.paid, found.version, found.customer.email, found.products.map((p) => p.sku)]);
  await orders.createQueryBuilder().relation('products').of(order.id).add(1);
  await orders.createQueryBuilder().relation('products').of(order.id).remove(2);
  await orders.remove(found);
  await settings.insert([{ key: 'a', value: { x: 1 } }, { key: 'b' }]);
  await settings.upsert([{ key: 'a', changed: 5 }, { key: 'c' }], ['key']);
  await settings.createQueryBuilder().insert().values({ key: 'c', changed: 4 }).orUpdate(['changed'], ['key']).returning('*').execute();
  await settings.createQueryBuilder().insert().values({ key: 'c' }).orIgnore().execute();
  await settings.increment({ key: 'a' }, 'changed', 2);
  await settings.createQueryBuilder().update().set({ changed: () => 'changed + 1' }).where('key = :key', { key: 'b' }).returning(['key', 'changed']).execute();
  await settings.softDelete({ key: 'b' });
  show('settings', (await settings.find({ order: { key: 'ASC' }, withDeleted: true })).map((s) => [s.key, s.value, s.changed, s.gone !== null]));
  await settings.restore({ key: 'b' });
  await settings.insert({ key: 'a' }).catch((e) => show('duplicate', e.code));
  await source.transaction('REPEATABLE READ', async (manager) => {
    const locked = await manager.getRepository('Order').findOne({ where: { id: 1 }, relations: { customer: true }, lock: { mode: 'pessimistic_write', tables: ['orders'], onLocked: 'nowait' } });
    show('locked', locked.customer.email);
    await manager.transaction(async (inner) => { await inner.delete('Setting', { key: 'c' }); throw new Error('undo'); }).catch((e) => show('undone', e.message));
  });
  const runner = source.createQueryRunner();
  await runner.startTransaction();
  await runner.manager.clear('Setting');
  await runner.rollbackTransaction();
  await runner.release();
  show('after', await settings.count());
  await settings.deleteAll();
}

async function main() {
  if (process.argv[2] === 'version') {
    const installed = require('node:path').join(require.resolve('typeorm'), '..', 'package.json');
    console.log(JSON.parse(require('node:fs').readFileSync(installed, 'utf8')).version);
    return;
  }
  await source.initialize();
  try {
    if (process.argv[2] === 'schema') {
      await schema();
      return;
    }
    const customers = source.getRepository('Customer');
    const orders = source.getRepository('Order');
    await introspection();
    await reading(customers, orders, source.getRepository('Product'));
    await builder(customers);
    await writing(orders, source.getRepository('Setting'));
  } finally {
    await source.destroy();
  }
}

main().catch((e) => { console.error(e); process.exitCode = 1; });
