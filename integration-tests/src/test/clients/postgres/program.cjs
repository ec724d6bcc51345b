// Works with Postgres.js, which pipelines what it sends, and prints all that it sees.
const fs = require('fs');
const path = require('path');
const postgres = require('postgres');

const attempt = async (label, action) => {
  try {
    console.log(label, JSON.stringify(await action()));
  } catch (error) {
    console.log(label, error.name, error.code);
  }
};

const work = async (sql) => {
  console.log('customers', JSON.stringify(await sql`SELECT * FROM customer ORDER BY id`));
  const emails = await Promise.all([1, 2, 3].map((id) => sql`SELECT name, email FROM customer WHERE id = ${id}`));
  console.log('pipelined', JSON.stringify(emails));
  console.log('simple', JSON.stringify(await sql`SELECT 1 AS a; SELECT email FROM customer WHERE id = 1`.simple()));
  console.log('described', JSON.stringify((await sql`SELECT id, email FROM customer`.describe()).columns.map((c) => [c.name, c.type])));
  console.log('inserted', JSON.stringify(await sql`INSERT INTO thing ${sql([{ label: 'one', price: 1 }, { label: 'two', price: null }])} RETURNING id, label, price`));
  await sql`SELECT id, email FROM customer ORDER BY id`.cursor(1, (rows) => console.log('cursor', JSON.stringify(rows)));
  await attempt('transaction', () => sql.begin(async (transaction) => {
    await attempt('refused', () => transaction.savepoint((inner) => inner`UPDATE customer SET email = 'x'`));
    return transaction`SELECT count(*)::int FROM customer`;
  }));
  const pipeline = (statement) => sql.begin((t) => [t`INSERT INTO thing (label) VALUES ('undone')`, t.unsafe(statement), t`SELECT 1`]);
  await attempt('refused in a pipeline', () => pipeline("UPDATE customer SET email = 'x'"));
  await attempt('wrong in a pipeline', () => pipeline('SELECT 1/0'));
  console.log('undone', JSON.stringify(await sql`SELECT count(*)::int FROM thing WHERE label = 'undone'`));
  const out = await sql`COPY (SELECT id, email FROM customer ORDER BY id) TO STDOUT`.readable();
  const copied = [];
  for await (const chunk of out) copied.push(chunk);
  console.log('copy', Buffer.concat(copied).toString());
  const into = await sql`COPY thing (label) FROM STDIN`.writable();
  await new Promise((done, failed) => into.on('finish', done).on('error', failed).end('copied\n'));
  console.log('copied', JSON.stringify(await sql`SELECT count(*)::int FROM thing WHERE label = 'copied'`));
  const query = sql`SELECT pg_sleep(60)`;
  setTimeout(() => query.cancel(), 100);
  await attempt('canceled', () => query);
  await new Promise((heard) => sql.listen('news', (text) => { console.log('notified', text); heard(); }).then(() => sql.notify('news', 'come')));
};

(async () => {
  if (process.argv[2] === 'version') {
    console.log(JSON.parse(fs.readFileSync(path.join(require.resolve('postgres'), '../../../package.json'))).version);
    return;
  }
  const sql = postgres({ max: 1, onnotice: () => {} });
  await work(sql);
  await sql.end();
})();
