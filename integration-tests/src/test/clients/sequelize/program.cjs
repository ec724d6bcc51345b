// A shop through Sequelize: `program.cjs schema` makes and fills it, `program.cjs work` uses it and prints what it saw.
'use strict';
const { Sequelize, DataTypes, Op, QueryTypes, Transaction } = require('sequelize');
const env = process.env;
const sequelize = new Sequelize(env.PGDATABASE, env.PGUSER, env.PGPASSWORD, { host: env.PGHOST, port: env.PGPORT, dialect: 'postgres', logging: false });

const Customer = sequelize.define('customer', {
  name: { type: DataTypes.STRING(60), allowNull: false },
  email: { type: DataTypes.STRING(120), unique: true },
  city: DataTypes.STRING(40),
  born: DataTypes.DATEONLY,
  preferences: { type: DataTypes.JSONB, allowNull: false, defaultValue: {} },
}, { tableName: 'customer', timestamps: false, indexes: [{ fields: ['name'] }] });
const Product = sequelize.define('product', {
  sku: { type: DataTypes.STRING(20), allowNull: false, unique: true },
  price: DataTypes.DECIMAL(10, 2),
  tags: DataTypes.ARRAY(DataTypes.TEXT),
  kind: DataTypes.ENUM('book', 'tool'),
  sold: DataTypes.RANGE(DataTypes.DATEONLY),
}, { tableName: 'product', timestamps: false });
const Order = sequelize.define('order', {
  placed: { type: DataTypes.DATE, allowNull: false },
  paid: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: false },
}, { tableName: 'orders', underscored: true, paranoid: true, createdAt: false, updatedAt: false });
const OrderLine = sequelize.define('order_line', { quantity: { type: DataTypes.INTEGER, allowNull: false } },
  { tableName: 'order_line', underscored: true, timestamps: false });
const Setting = sequelize.define('setting', { key: { type: DataTypes.STRING(40), primaryKey: true }, value: DataTypes.JSON, level: { type: DataTypes.INTEGER, defaultValue: 0 } },
  { tableName: 'setting', timestamps: false, version: true });
Customer.hasMany(Order, { foreignKey: 'customer_id' });
Order.belongsTo(Customer, { foreignKey: 'customer_id' });
Order.belongsToMany(Product, { through: OrderLine, foreignKey: 'order_id', otherKey: 'product_id' });
Product.belongsToMany(Order, { through: OrderLine, foreignKey: 'product_id', otherKey: 'order_id' });

const show = (label, value) => console.log(label + ': ' + JSON.stringify(value));
const emails = (found) => found.map((c) => c.email);

async function schema() {
  await sequelize.sync();
  const tables = sequelize.getQueryInterface();
  await tables.addColumn('setting', 'extra', { type: DataTypes.STRING });
  await tables.changeColumn('setting', 'extra', { type: DataTypes.TEXT, allowNull: true });
  await tables.renameColumn('setting', 'extra', 'more');
  await tables.removeColumn('setting', 'more');
  await tables.addIndex('orders', ['placed'], { name: 'orders_placed', where: { paid: false } });
  await Customer.bulkCreate([
    { name: 'Ada', email: 'ada@example.org', city: 'London', born: '1815-12-10', preferences: { news: true } },
    { name: 'Alan', email: 'alan@example.org', city: 'London', born: '1912-06-23', preferences: { news: false } },
    { name: 'Grace', email: null, city: 'New York', born: '1906-12-09' },
  ]);
  await Customer.update({ name: 'Grace Hopper' }, { where: { name: 'Grace' } });
  const book = await Product.create({ sku: 'B-1', price: 12.5, tags: ['paper', 'maths'], kind: 'book', sold: ['2026-01-01', '2026-12-31'] });
  const tool = await Product.create({ sku: 'T-1', price: 99, tags: ['steel'], kind: 'tool' });
  const order = await Order.create({ customer_id: 1, placed: '2026-01-05T09:30:00Z', paid: true });
  await order.addProduct(book, { through: { quantity: 2 } });
  await order.addProduct(tool, { through: { quantity: 1 } });
  await Order.create({ customer_id: 2, placed: '2026-02-06T10:00:00Z' });
  // Makes a function of its own, which masked roles may not do.
  await Setting.findOrCreate({ where: { key: 'z' }, defaults: { value: 1 } });
  await Setting.destroy({ where: { key: 'z' } });
}

async function introspection() {
  await sequelize.authenticate();
  const tables = sequelize.getQueryInterface();
  show('tables', (await tables.showAllTables()).sort());
  show('schemas', await tables.showAllSchemas());
  const columns = await tables.describeTable('customer');
  show('columns', Object.keys(columns).map((name) => [name, columns[name].type, columns[name].allowNull]).sort());
  show('indexes', (await tables.showIndex('customer')).map((i) => i.name).sort());
  show('constraints', (await tables.showConstraint('orders')).map((c) => c.constraintName).filter((n) => !n.includes('not_null')).sort());
  show('references', (await tables.getForeignKeyReferencesForTable('orders')).map((r) => r.referencedTableName));
  show('version', (await sequelize.databaseVersion()).length > 0);
}

async function reading() {
  show('all', (await Customer.findAll({ order: ['id'], raw: true })).map((c) => [c.id, c.name, c.email]));
  show('by key', (await Customer.findByPk(1)).email);
  show('one', (await Customer.findOne({ where: { name: 'Alan' }, attributes: ['email'] })).email);
  show('where', emails(await Customer.findAll({ where: { city: 'London', name: { [Op.iLike]: 'a%' }, id: { [Op.in]: [1, 2, 3] } }, order: ['id'] })));
  show('or', emails(await Customer.findAll({ where: { [Op.or]: [{ email: { [Op.is]: null } }, { born: { [Op.lt]: '1850-01-01' } }], [Op.not]: { city: 'x' } }, order: ['id'] })));
  show('between', await Customer.count({ where: { born: { [Op.between]: ['1800-01-01', '1910-01-01'] }, name: { [Op.regexp]: '^[A-Z]' } } }));
  show('page', await Customer.findAndCountAll({ order: [['id', 'DESC']], limit: 1, offset: 1, attributes: ['id'] }).then((r) => [r.count, r.rows[0].id]));
  show('eager', (await Customer.findAll({ include: Order, order: ['id', [Order, 'id']] })).map((c) => [c.email, c.orders.map((o) => o.id)]));
  show('separate', (await Customer.findAll({ include: { model: Order, separate: true, order: ['id'] }, order: ['id'] })).map((c) => [c.email, c.orders.length]));
  show('required', emails(await Customer.findAll({ include: { model: Order, required: true, where: { paid: true } } })));
  show('limited', (await Customer.findAll({ include: { model: Order, include: Product }, order: ['id'], limit: 2 })).map((c) => [c.email, c.orders.map((o) => o.products.map((p) => p.sku).sort())]));
  show('top', (await Order.findAll({ include: { model: Customer, attributes: ['email'] }, order: [[Customer, 'name', 'DESC']] })).map((o) => o.customer.email));
  show('nested', emails(await Customer.findAll({ include: { model: Order, attributes: [] }, where: { '$orders.paid$': true } })));
  const order = await Order.findByPk(1);
  show('lazy', [(await order.getCustomer()).email, (await order.getProducts({ order: ['sku'] })).map((p) => p.sku), await order.countProducts(), await order.hasProduct(1)]);
  show('json', emails(await Customer.findAll({ where: { preferences: { news: true } } })));
  show('json attribute', (await Customer.findAll({ attributes: ['email', [sequelize.json('preferences.news'), 'news']], order: ['id'], raw: true })));
  show('contains', emails(await Customer.findAll({ where: { preferences: { [Op.contains]: { news: false } } } })));
  show('array', (await Product.findAll({ where: { tags: { [Op.contains]: ['paper'] } } })).map((p) => p.sku));
  show('overlap', (await Product.findAll({ where: { tags: { [Op.overlap]: ['steel', 'x'] } } })).map((p) => p.sku));
  show('range', (await Product.findAll({ where: { sold: { [Op.contains]: '2026-05-01' } } })).map((p) => p.sku));
  show('raw', await sequelize.query('SELECT email FROM customer WHERE id = :id OR name = :name ORDER BY id', { replacements: { id: 1, name: "O'Hara" }, type: QueryTypes.SELECT }));
  show('bound', await sequelize.query('SELECT email FROM customer WHERE id = $1', { bind: [2], type: QueryTypes.SELECT }));
  show('model', emails(await sequelize.query('SELECT * FROM customer ORDER BY id', { model: Customer })));
}

async function aggregates() {
  show('numbers', [await Customer.count(), await Product.sum('price'), await Product.min('price'), await Product.max('price'), await Customer.count({ distinct: true, col: 'city' })]);
  show('group', await Customer.findAll({ attributes: ['city', [sequelize.fn('COUNT', sequelize.col('id')), 'n']], group: 'city', order: ['city'], having: sequelize.where(sequelize.fn('COUNT', sequelize.col('id')), '>', 0), raw: true }));
  show('totals', await Order.findAll({ attributes: ['id', [sequelize.literal('(SELECT sum(quantity) FROM order_line WHERE order_id = "order".id)'), 'n']], include: { model: Customer, attributes: ['email'] }, order: ['id'], raw: true }));
  show('functions', await Customer.findAll({ attributes: [[sequelize.fn('upper', sequelize.col('name')), 'u'], [sequelize.cast(sequelize.col('id'), 'text'), 't'], [sequelize.fn('coalesce', sequelize.col('email'), '-'), 'e']], order: ['id'], raw: true }));
  show('in subquery', emails(await Customer.findAll({ where: { id: { [Op.in]: sequelize.literal('(SELECT customer_id FROM orders WHERE paid)') } } })));
  show('window', await sequelize.query('SELECT email, row_number() OVER (PARTITION BY city ORDER BY id) AS n FROM customer ORDER BY id', { type: QueryTypes.SELECT }));
}

async function writing() {
  const order = await Order.create({ customer_id: 3, placed: '2026-03-07T00:00:00Z' });
  await order.addProducts([1, 2], { through: { quantity: 4 } });
  await order.update({ paid: true });
  await order.reload({ include: [Customer, Product] });
  show('written', [order.paid, order.customer.email, order.products.length]);
  await order.setProducts([2], { through: { quantity: 1 } });
  await order.removeProduct(2);
  await OrderLine.destroy({ where: { order_id: order.id } });
  await order.destroy();
  show('hidden', [await Order.count(), await Order.count({ paranoid: false })]);
  await order.restore();
  await order.destroy({ force: true });
  show('created', [(await Setting.findCreateFind({ where: { key: 'a' }, defaults: { value: { x: 1 } } }))[1], (await Setting.findCreateFind({ where: { key: 'a' } }))[1]]);
  await Setting.upsert({ key: 'a', level: 5 });
  await Setting.bulkCreate([{ key: 'a', level: 6 }, { key: 'b' }], { updateOnDuplicate: ['level'] });
  await Setting.bulkCreate([{ key: 'a' }, { key: 'c' }], { ignoreDuplicates: true });
  await Setting.increment({ level: 2 }, { where: { key: 'a' } });
  await Setting.create({ key: 'a' }).catch((e) => show('duplicate', e.name));
  show('settings', (await Setting.findAll({ order: ['key'] })).map((s) => [s.key, s.value, s.level]));
  await sequelize.transaction({ isolationLevel: Transaction.ISOLATION_LEVELS.REPEATABLE_READ }, async (t) => {
    const locked = await Order.findAll({ where: { id: 1 }, lock: { level: t.LOCK.UPDATE, of: Order }, include: { model: Customer, required: true }, skipLocked: true, transaction: t });
    show('locked', locked[0].customer.email);
    await sequelize.transaction({ transaction: t }, (inner) => Setting.destroy({ where: { key: 'c' }, transaction: inner }));
  });
  const t = await sequelize.transaction({ type: Transaction.TYPES.IMMEDIATE, deferrable: Sequelize.Deferrable.SET_DEFERRED(), readOnly: false });
  await Setting.update({ level: 9 }, { where: {}, transaction: t, returning: true });
  await t.rollback();
  show('after', (await Setting.findAll({ order: ['key'] })).map((s) => [s.key, s.level]));
  await Setting.truncate();
}

async function main() {
  if (process.argv[2] === 'version') {
    console.log(require('sequelize/package.json').version);
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
    await sequelize.close();
  }
}

main().catch((e) => { console.error(e); process.exitCode = 1; });
