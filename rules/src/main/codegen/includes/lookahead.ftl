<#-- Members of the parser: where it stands, and what cannot be decided by the next token alone. -->

    /** Text is never parsed, tokens are. */
    public void ReInit(Reader reader) {
        throw new UnsupportedOperationException();
    }

    /** How deep queries, tables and expressions can stand in each other. */
    private static final int DEEPEST = 700;

    /** How many tokens are looked at before one is read; longer names and types there are none. */
    private static final int FARTHEST = 32;

    /** How many parts a name can have: PostgreSQL knows no more than database, schema, relation and column. */
    private static final int MOST_PARTS = 8;

    /** The tokens that were read as names and not as key words, by index. */
    public final java.util.BitSet names = new java.util.BitSet();

    private int depth;

    private void enter() throws ParseException {
        if (++depth > DEEPEST) {
            throw new ParseException("the statement is nested too deeply");
        }
    }

    private static void requireShort(List<Integer> parts) throws ParseException {
        if (parts.size() > MOST_PARTS) {
            throw new ParseException("the statement holds a name of more than " + MOST_PARTS + " parts");
        }
    }

    private void leave() {
        depth--;
    }

    /** The token that was read last is a name. */
    private int name() {
        int index = token.beginColumn - 1;
        names.set(index);
        return index;
    }

    /** Index of the token to be read next. */
    private int next() {
        return getToken(1).beginColumn - 1;
    }

    /** Index after the token that was read last. */
    private int last() {
        return token.endColumn;
    }

    private SqlNode node(Form form, int from, List<SqlNode> children) {
        return Syntax.node(form, from, last(), children);
    }

    private SqlNode node(Form form, int from) {
        return Syntax.node(form, from, last(), Collections.<SqlNode>emptyList());
    }

    private int kind(int ahead) {
        return getToken(ahead).kind;
    }

    private boolean queryStart(int ahead) {
        switch (kind(ahead)) {
            case SELECT: case WITH: case TABLE:
                return true;
            case VALUES:
                return kind(ahead + 1) == LPAREN;
            default:
                return false;
        }
    }

    /** True when a query in parentheses is an operand of a greater query, and not of an expression or a join. */
    private boolean queryContinues() {
        switch (kind(1)) {
            case UNION: case INTERSECT: case EXCEPT: case ORDER: case LIMIT: case OFFSET: case FETCH: case FOR:
            case RPAREN:
                return true;
            default:
                return false;
        }
    }

    /** RECURSIVE is a name where it is followed by what follows a name. */
    private boolean recursiveWord() {
        return kind(1) == RECURSIVE && kind(2) != AS && kind(2) != LPAREN;
    }

    /** {@code ROWS ONLY}, with no number in front. */
    private boolean rowsAndTies() {
        return (kind(1) == ROW || kind(1) == ROWS) && (kind(2) == ONLY || kind(2) == WITH);
    }

    /** True where a word behind INTO is not the table's name but says what kind of table it is. */
    private boolean intoKind() {
        switch (kind(1)) {
            case LOCAL: case GLOBAL:
                return kind(2) == TEMP || kind(2) == TEMPORARY;
            case TEMP: case TEMPORARY: case UNLOGGED:
                return kind(2) != EOF && kind(2) != DOT && kind(2) != FROM && kind(2) != RPAREN && !itemEnds(2);
            default:
                return false;
        }
    }

    private boolean windowName() {
        switch (kind(1)) {
            case PARTITION: case ORDER: case RANGE: case ROWS: case GROUPS: case RPAREN:
                return false;
            default:
                return true;
        }
    }

    /** A column list and not a query in parentheses. */
    private boolean targetColumns() {
        return kind(1) == LPAREN && kind(2) != LPAREN && !queryStart(2);
    }

    private boolean indexedColumn() {
        return kind(1) != LPAREN && !functionTable();
    }

    private boolean continues() {
        switch (kind(1)) {
            case EQ: case GT: case LT: case LE: case GE: case NE: case NE2: case PLUS: case MINUS: case STAR:
            case SLASH: case PERCENT_REMAINDER: case CARET: case OTHER_OPERATOR: case CAST_OPERATOR:
            case ISNULL: case NOTNULL: case OVERLAPS:
                return true;
            case AND: case OR: case LIKE: case ILIKE: case SIMILAR: case BETWEEN: case IN: case IS: case ESCAPE:
            case COLLATE:
                return !itemEnds(2);
            case NOT:
                return kind(2) == IN || kind(2) == LIKE || kind(2) == ILIKE || kind(2) == SIMILAR || kind(2) == BETWEEN;
            case OPERATOR:
                return kind(2) == LPAREN;
            case AT:
                return kind(2) == TIME || kind(2) == LOCAL;
            default:
                return false;
        }
    }

    /** True where an item of a select list ends: the word before is its label then, and not an operator. */
    private boolean itemEnds(int ahead) {
        switch (kind(ahead)) {
            case EOF: case COMMA: case RPAREN: case FROM: case WHERE: case GROUP: case HAVING: case WINDOW: case UNION:
            case INTERSECT: case EXCEPT: case ORDER: case LIMIT: case OFFSET: case FETCH: case FOR: case RETURNING:
                return true;
            default:
                return false;
        }
    }

    private boolean prefixOperator() {
        switch (kind(1)) {
            case PLUS: case MINUS: case OTHER_OPERATOR: case NOT:
                return true;
            case OPERATOR:
                return kind(2) == LPAREN;
            default:
                return false;
        }
    }

    private boolean quantifier() {
        switch (kind(1)) {
            case ANY: case SOME: case ALL:
                return true;
            default:
                return false;
        }
    }

    private boolean specialCall() {
        switch (kind(1)) {
            case CAST: case TREAT: case EXTRACT: case NORMALIZE: case COALESCE: case GREATEST: case LEAST: case NULLIF:
            case OVERLAY: case POSITION: case SUBSTRING: case TRIM: case XMLCONCAT: case XMLELEMENT: case XMLPI:
            case XMLFOREST: case XMLEXISTS: case XMLPARSE: case XMLROOT: case XMLSERIALIZE:
                return kind(2) == LPAREN;
            case COLLATION:
                return kind(2) == FOR;
            default:
                return false;
        }
    }

    /** True at a function whose arguments have a syntax of their own from PostgreSQL 16 on. */
    private boolean jsonCall() {
        switch (kind(1)) {
            case JSON: case JSON_ARRAY: case JSON_ARRAYAGG: case JSON_EXISTS: case JSON_OBJECT: case JSON_OBJECTAGG:
            case JSON_QUERY: case JSON_SCALAR: case JSON_SERIALIZE: case JSON_TABLE: case JSON_VALUE:
                return kind(2) == LPAREN;
            default:
                return false;
        }
    }

    private boolean niladicFunction() {
        switch (kind(1)) {
            case CURRENT_DATE: case CURRENT_ROLE: case CURRENT_USER: case SESSION_USER: case USER:
            case CURRENT_CATALOG: case CURRENT_TIME: case CURRENT_TIMESTAMP: case LOCALTIME: case LOCALTIMESTAMP:
                return true;
            case CURRENT_SCHEMA:
                return kind(2) != LPAREN;
            default:
                return false;
        }
    }

    private boolean builtInType() {
        switch (kind(1)) {
            case INT: case INTEGER: case SMALLINT: case BIGINT: case REAL: case BOOLEAN: case FLOAT: case DECIMAL:
            case DEC: case NUMERIC: case BIT: case CHARACTER: case CHAR: case NCHAR: case NATIONAL: case VARCHAR:
            case TIME: case TIMESTAMP: case INTERVAL:
                return true;
            case DOUBLE:
                return kind(2) == PRECISION;
            default:
                return false;
        }
    }

    /** True when a constant follows a type whose name is a key word. */
    private boolean typedConstant() {
        if (!builtInType()) {
            return false;
        }
        int ahead = kind(1) == DOUBLE ? 3 : 2;
        while (ahead < FARTHEST && isTypeWord(kind(ahead))) {
            ahead++;
        }
        if (kind(ahead) == LPAREN) {
            do {
                ahead++;
            } while (ahead < FARTHEST
                    && (kind(ahead) == UNSIGNED_INTEGER_LITERAL || kind(ahead) == COMMA || kind(ahead) == MINUS));
            if (kind(ahead++) != RPAREN) {
                return false;
            }
        }
        while (ahead < FARTHEST && isTypeWord(kind(ahead))) {
            ahead++;
        }
        return kind(ahead) == QUOTED_STRING;
    }

    private static boolean isTypeWord(int kind) {
        switch (kind) {
            case VARYING: case CHARACTER: case CHAR: case WITH: case WITHOUT: case TIME: case ZONE:
                return true;
            default:
                return false;
        }
    }

    /** A possibly qualified name with a parenthesis behind it. */
    private boolean functionCall() {
        int ahead = 1;
        while (ahead < FARTHEST && kind(ahead + 1) == DOT) {
            ahead += 2;
        }
        return kind(ahead + 1) == LPAREN;
    }

    private boolean functionTable() {
        return specialCall() || niladicFunction() || kind(1) != ONLY && functionCall();
    }

    /** The tokens that are key words of PostgreSQL's and have a meaning in the grammar or are reserved somewhere. */
    public static final int[] KEY_WORDS = {
<#list parser.columnNameWords + parser.typeFunctionWords + parser.reservedWords + parser.unreservedWords as word>
        ${word},
</#list>
    };
