// Answers what PostgreSQL's own grammar makes of texts. Reads one JSON string a line, writes one JSON object a line:
//   {"error": "…"}                     the grammar rejects the text
//   {"statements": [{kind, from, length, relations, columns, modifiers}, …]}   what it holds, empty statements left out
// Offsets are bytes of UTF-8. A relation is [offset, name parts…], a column [offset, name parts…] with "*" for a star; a column among the
// modifiers of a type is a constant and stands apart. References in INTO and in locking clauses are left out: they name a new table and
// an alias. Argument: the package's directory.
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const grammar = await import(pathToFileURL(`${process.argv[2]}/wasm/index.js`));
await grammar.loadModule();

function walk(node, found, columns = found.columns) {
    if (Array.isArray(node)) {
        node.forEach(child => walk(child, found, columns));
    } else if (node !== null && typeof node === 'object') {
        for (const [key, child] of Object.entries(node)) {
            if (key === 'intoClause' || key === 'lockedRels') {
                continue;
            } else if (key === 'RangeVar' || (key === 'relation' && child.relname !== undefined)) {
                found.relations.push(relation(child));
            } else if (key === 'ColumnRef') {
                columns.push([child.location ?? 0, ...child.fields.map(field => field.String?.sval ?? '*')]);
            }
            walk(child, found, key === 'typmods' ? found.modifiers : columns);
        }
    }
}

function relation(node) {
    const parts = [node.catalogname, node.schemaname, node.relname].filter(part => part !== undefined);
    return [node.location ?? 0, ...parts];
}

function statement(raw) {
    const kind = Object.keys(raw.stmt)[0];
    const found = { kind, from: raw.stmt_location ?? 0, length: raw.stmt_len ?? -1, relations: [], columns: [], modifiers: [] };
    if (/^(Select|Insert|Update|Delete|Merge)Stmt$/.test(kind)) {
        walk(raw.stmt, found);
    }
    return found;
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    let answer;
    try {
        const stmts = grammar.parseSync(JSON.parse(line)).stmts ?? [];
        answer = { statements: stmts.filter(raw => raw.stmt !== undefined).map(statement) };
    } catch (e) {
        answer = { error: e.message, fatal: e.name !== 'SqlError' };
    }
    process.stdout.write(JSON.stringify(answer) + '\n');
}
