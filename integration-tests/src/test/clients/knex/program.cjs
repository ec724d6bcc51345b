// A shop through Knex: `program.cjs schema` makes and fills it, `program.cjs work` uses it and prints what it saw.
'use strict';
const knex = require('knex')({ client: 'pg', connection: {}, pool: { min: 0, max: 3 } });

const show = (label, value) => console.log(label + ': ' + JSON.stringify(value));

async function schema() {
  await knex.schema.createTable('customer', (t) => {
    t.increments('id');
    t.string('name', 60).notNullable().index();
    t.string('email', 120).unique();
    t.string('city', 40);
    t.date('born');
    t.jsonb('preferences').notNullable().defaultTo('{}');
  });
  await knex.schema.createTable('product', (t) => {
    t.increments('id');
    t.string('sku', 20).notNullable().unique();
    t.decimal('price', 10, 2).checkPositive();
    t.specificType('tags', 'text[]');
    t.enu('kind', ['book', 'tool'], { useNative: true, enumName: 'product_kind' });
    t.comment('what is sold');
  });
  await knex.schema.createTable('orders', (t) => {
    t.increments('id');
    t.integer('customer_id').notNullable().references('id').inTable('customer');
    t.timestamp('placed').notNullable();
    t.boolean('paid').notNullable().defaultTo(false);
    t.index(['placed']);
  });
  await knex.schema.createTable('order_line', (t) => {
    t.integer('order_id').references('orders.id').onDelete('CASCADE');
    t.integer('product_id').references('product.id');
    t.integer('quantity').notNullable();
    t.primary(['order_id', 'product_id']);
  });
  await knex.schema.createTable('setting', (t) => {
    t.string('key', 40).primary();
    t.json('value');
    t.integer('changed').notNullable().defaultTo(0);
  });
  await knex.schema.alterTable('setting', (t) => t.string('extra'));
  await knex.schema.alterTable('setting', (t) => { t.renameColumn('extra', 'more'); });
  await knex.schema.alterTable('setting', (t) => t.dropColumn('more'));
  await knex.schema.createView('expensive', (v) => v.as(knex('product').where('price', '>', 50)));
  await knex('customer').insert([
    { name: 'Ada', email: 'ada@example.org', city: 'London', born: '1815-12-10', preferences: { news: true } },
    { name: 'Alan', email: 'alan@example.org', city: 'London', born: '1912-06-23', preferences: { news: false } },
    { name: 'Grace', email: null, city: 'New York', born: '1906-12-09' },
  ]);
  await knex('customer').where({ id: 3 }).update({ name: 'Grace Hopper' });
  await knex('product').insert([{ sku: 'B-1', price: 12.5, tags: ['paper', 'maths'], kind: 'book' }, { sku: 'T-1', price: 99, tags: ['steel'], kind: 'tool' }]);
  await knex('orders').insert([{ customer_id: 1, placed: '2026-01-05T09:30:00Z', paid: true }, { customer_id: 2, placed: '2026-02-06T10:00:00Z' }]);
  await knex.batchInsert('order_line', [{ order_id: 1, product_id: 1, quantity: 2 }, { order_id: 1, product_id: 2, quantity: 1 }], 1);
}

async function introspection() {
  show('has table', [await knex.schema.hasTable('customer'), await knex.schema.hasTable('none')]);
  show('has column', await knex.schema.hasColumn('customer', 'email'));
  show('columns', Object.keys(await knex('customer').columnInfo()).sort());
  show('column', await knex('customer').columnInfo('name'));
}

async function reading() {
  show('all', await knex('customer').select('id', 'name', 'email').orderBy('id'));
  show('star', (await knex('customer').orderBy('id')).map((c) => c.email));
  show('first', (await knex('customer').where({ id: 1 }).first()).email);
  show('pluck', await knex('customer').where('city', 'London').orderBy('id').pluck('email'));
  show('where', await knex('customer').whereIn('id', [1, 2, 3]).whereNotNull('email').whereBetween('born', ['1800-01-01', '1900-01-01']).pluck('id'));
  show('or', await knex('customer').where('name', 'ilike', 'a%').orWhere((b) => b.whereNull('city').andWhereNot({ id: 7 })).orderBy('name').pluck('name'));
  show('raw where', await knex('customer').whereRaw('length(name) > ?', [4]).pluck('id'));
  show('page', await knex('customer').select('id').orderBy('id', 'desc').limit(1).offset(1));
  show('count', await knex('customer').count('* as n').first());
  show('distinct', await knex('customer').distinct('city').orderBy('city'));
  show('distinct on', await knex('customer').distinctOn('city').select('city', 'email').orderBy([{ column: 'city' }, { column: 'id' }]));
  show('join', await knex('orders as o').join('customer as c', 'c.id', 'o.customer_id').select('o.id', 'c.email').orderBy('o.id'));
  show('left join', await knex('customer').leftJoin('orders', 'orders.customer_id', 'customer.id').select('customer.email', 'orders.paid').orderBy('customer.id'));
  show('join on', await knex('customer as a').join('customer as b', function () { this.on('a.city', '=', 'b.city').andOn('a.id', '<', 'b.id'); }).select('a.email', 'b.name'));
  show('using', await knex('order_line').join(knex('orders').select({ order_id: 'id' }).as('o'), (j) => j.using('order_id')).orderBy('product_id').pluck('product_id'));
  show('json', await knex('customer').jsonExtract('preferences', '$.news', 'news').select('email').orderBy('id'));
  show('json where', await knex('customer').whereJsonSupersetOf('preferences', { news: true }).pluck('email'));
  show('json path', await knex('customer').whereJsonPath('preferences', '$.news', '=', false).pluck('email'));
  show('array', await knex('product').whereRaw('? = ANY (tags)', ['paper']).pluck('sku'));
  show('view', await knex('expensive').pluck('sku'));
}

async function aggregates() {
  show('totals', await knex('order_line as l').join('orders as o', 'o.id', 'l.order_id').join('product as p', 'p.id', 'l.product_id').join('customer as c', 'c.id', 'o.customer_id')
    .groupBy('c.id', 'c.email').havingRaw('sum(l.quantity * p.price) > ?', [1]).select('c.email').select(knex.raw('sum(l.quantity * p.price) AS total')).orderBy('total'));
  show('group', await knex('customer').select('city').count({ n: 'id' }).min('born as oldest').groupBy('city').having('city', '<>', 'x').orderBy('city').then((r) => r.map((x) => [x.city, x.n])));
  show('sums', await knex('product').sum('price as s').avg('price as a').max('price as m').countDistinct('kind as k'));
  show('window', await knex('customer').select('email').rowNumber('n', (w) => w.partitionBy('city').orderBy('id')).rank('r', 'city').orderBy('id'));
  show('subquery', await knex('customer').whereIn('id', knex('orders').select('customer_id').where('paid', true)).pluck('email'));
  show('exists', await knex('customer as c').whereExists(knex('orders as o').select(knex.raw('1')).whereRaw('o.customer_id = c.id')).orderBy('id').pluck('email'));
  show('column subquery', await knex('customer as c').select('email', knex('orders').count('*').where('customer_id', knex.ref('c.id')).as('n')).orderBy('c.id'));
  show('with', await knex.with('recent', knex('orders').select('customer_id').max('placed as last').groupBy('customer_id'))
    .select('c.email').from('customer as c').join('recent as r', 'r.customer_id', 'c.id').orderBy('c.id'));
  show('recursive', await knex.withRecursive('t', ['n'], (q) => q.select('id').from('orders').where('id', 1).unionAll([knex('t').select(knex.raw('n + 1')).where('n', '<', 4)])).from('t').pluck('n'));
  show('union', await knex('customer').select('name').union([knex('product').select('sku')]).orderBy('name'));
  show('intersect', await knex('customer').select('id').intersect(knex('orders').select('customer_id')).orderBy('id'));
  show('except', await knex('customer').select('id').except(knex('orders').select('customer_id')));
  show('raw', (await knex.raw('SELECT ?? FROM ?? WHERE id = ?', ['email', 'customer', 2])).rows);
}

async function writing() {
  const [order] = await knex('orders').insert({ customer_id: 3, placed: '2026-03-07T00:00:00Z' }).returning(['id', 'paid']);
  show('inserted', order);
  show('updated', await knex('orders').where('id', order.id).update({ paid: true }, ['id', 'paid']));
  await knex('order_line').insert({ order_id: order.id, product_id: 2, quantity: 4 });
  await knex('order_line').where({ order_id: order.id }).increment('quantity', 1);
  show('line', await knex('order_line').where({ order_id: order.id }).first());
  show('deleted', await knex('orders').where('id', order.id).del());
  await knex.transaction(async (trx) => {
    await trx('setting').insert([{ key: 'a', value: JSON.stringify({ x: 1 }) }, { key: 'b', value: '[1]' }]);
    await trx.transaction(async (inner) => { await inner('setting').insert({ key: 'a' }); }).catch((e) => show('duplicate', e.code));
    show('locked', await trx('setting').where('key', 'a').forUpdate().noWait().pluck('key'));
    show('shared', await trx('orders as o').join('customer as c', 'c.id', 'o.customer_id').forShare('o').orderBy('o.id').pluck('c.email'));
  });
  await knex('setting').insert([{ key: 'a', changed: 5 }, { key: 'c' }]).onConflict('key').merge({ changed: 7 });
  await knex('setting').insert({ key: 'c' }).onConflict().ignore();
  await knex('setting').insert({ key: 'c', changed: 3 }).onConflict('key').merge().where('setting.changed', '<', 2);
  show('settings', await knex('setting').orderBy('key'));
  await knex.transaction(async (trx) => { await trx('setting').del(); throw new Error('undo'); }).catch((e) => show('rolled back', e.message));
  const trx = await knex.transaction({ isolationLevel: 'repeatable read', readOnly: true });
  show('read only', await trx('setting').count('* as n'));
  await trx.rollback();
  await knex('setting').truncate();
  show('update from', await knex('orders').updateFrom('customer').where('customer.id', knex.ref('orders.customer_id')).where('customer.city', 'New York').update({ paid: true }));
}

async function main() {
  if (process.argv[2] === 'version') {
    console.log(require('knex/package.json').version);
    return;
  }
  try {
    if (process.argv[2] === 'schema') {
      await schema();
      return;
    }
    await introspection();
    await reading();
    await aggregates();
    await writing();
  } finally {
    await knex.destroy();
  }
}

main().catch((e) => { console.error(e); process.exitCode = 1; });
