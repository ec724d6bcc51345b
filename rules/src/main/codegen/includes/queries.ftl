<#-- Queries: SELECT, VALUES, TABLE, WITH, set operations, and what follows them. -->

/** A statement and nothing behind it. */
SqlNode SqlStmtEof() :
{
    final SqlNode statement;
}
{
    statement = Statement() <EOF>
    { return statement; }
}

SqlNode Statement() :
{
    SqlNode with = null;
    final SqlNode statement;
    final int from = next();
}
{
    { enter(); }
    [ with = With() ]
    (
        statement = Insert(from, with)
    |   statement = Update(from, with)
    |   statement = Delete(from, with)
    |   statement = Merge(from, with)
    |   statement = QueryAfterWith(from, with)
    )
    { leave(); return statement; }
}

SqlNode Query() :
{
    SqlNode with = null;
    final SqlNode query;
    final int from = next();
}
{
    { enter(); }
    [ with = With() ]
    query = QueryAfterWith(from, with)
    { leave(); return query; }
}

SqlNode QueryAfterWith(int from, SqlNode with) :
{
    final SqlNode first;
    final SqlNode query;
}
{
    first = QueryOperand()
    query = QueryEnd(from, with, first)
    { return query; }
}

/** The set operations and the clauses behind a query whose first operand has been read. */
SqlNode QueryEnd(int from, SqlNode with, SqlNode first) :
{
    SqlNode operand;
    final List<SqlNode> operands = new ArrayList<SqlNode>();
    final List<SqlNode> tail = new ArrayList<SqlNode>();
}
{
    { operands.add(first); }
    (
        ( <UNION> | <INTERSECT> | <EXCEPT> ) [ <ALL> | <DISTINCT> ]
        operand = QueryOperand() { operands.add(operand); }
    )*
    QueryTail(tail)
    {
        SqlNode body = operands.size() == 1 ? first : node(Form.SET_OPERATION, from, operands);
        return Syntax.node(Form.QUERY, from, last(), with, body, node(Form.TAIL, from, tail));
    }
}

SqlNode QueryOperand() :
{
    final SqlNode query;
}
{
    ( query = SelectCore() | query = Values() | query = TableCommand() | <LPAREN> query = Query() <RPAREN> )
    { return query; }
}

/** ORDER BY, LIMIT, OFFSET, FETCH and the locking clauses, in any order. */
void QueryTail(List<SqlNode> out) : {}
{
    (
        OrderBy(out)
    |   <LIMIT> ( <ALL> | Expression(out) )
    |   <OFFSET> Expression(out) [ <ROW> | <ROWS> ]
    |   <FETCH> ( <FIRST> | <NEXT> )
        [ LOOKAHEAD({ !rowsAndTies() }) Operand(out) ]
        ( <ROW> | <ROWS> ) ( <ONLY> | <WITH> <TIES> )
    |   Locking(out)
    )*
}

void Locking(List<SqlNode> out) : {}
{
    <FOR>
    (
        <READ> <ONLY>
    |
        ( <UPDATE> | <NO> <KEY> <UPDATE> | <SHARE> | <KEY> <SHARE> )
        [ <OF> NamedQualified(out) ( <COMMA> NamedQualified(out) )* ]
        [ <NOWAIT> | <SKIP_> <LOCKED> ]
    )
}

void OrderBy(List<SqlNode> out) : {}
{
    <ORDER> <BY> OrderItem(out) ( <COMMA> OrderItem(out) )*
}

void OrderItem(List<SqlNode> out) : {}
{
    Expression(out)
    [ <ASC> | <DESC> | <USING> AnyOperator(out) ]
    [ <NULLS> ( <FIRST> | <LAST> ) ]
}

SqlNode SelectCore() :
{
    final int from = next();
    final List<SqlNode> out = new ArrayList<SqlNode>();
}
{
    <SELECT>
    [
        <ALL>
    |
        <DISTINCT> [ LOOKAHEAD(2) <ON> <LPAREN> Expressions(out) <RPAREN> ]
    ]
    [ SelectList(out) ]
    [ <INTO> IntoTarget(out) ]
    [ <FROM> FromList(out) ]
    [ <WHERE> Expression(out) ]
    [ GroupBy(out) ]
    [ <HAVING> Expression(out) ]
    [ <WINDOW> WindowDefinition(out) ( <COMMA> WindowDefinition(out) )* ]
    { return node(Form.SELECT, from, out); }
}

/** The table that SELECT INTO creates. */
void IntoTarget(List<SqlNode> out) :
{
    final SqlNode name;
}
{
    [
        LOOKAHEAD({ intoKind() })
        ( [ <LOCAL> | <GLOBAL> ] ( <TEMPORARY> | <TEMP> ) | <UNLOGGED> )
    ]
    [ <TABLE> ] name = QualifiedName() { out.add(Syntax.node(Form.INTO, name)); }
}

void SelectList(List<SqlNode> out) : {}
{
    SelectItem(out) ( <COMMA> SelectItem(out) )*
}

void SelectItem(List<SqlNode> out) :
{
    int label = next();
}
{
    (
        <STAR> { out.add(node(Form.STAR, label)); out.add(node(Form.ITEM, label)); }
    |
        Expression(out) { out.add(node(Form.ITEM, label)); }
        [
            LOOKAHEAD(1)
            <AS> label = Label() { out.add(Syntax.label(label)); }
        |
            LOOKAHEAD(1)
            label = BareLabel() { out.add(Syntax.label(label)); }
        ]
    )
}

SqlNode Values() :
{
    final int from = next();
    final List<SqlNode> out = new ArrayList<SqlNode>();
}
{
    <VALUES> <LPAREN> Expressions(out) <RPAREN>
    ( <COMMA> <LPAREN> Expressions(out) <RPAREN> )*
    { return node(Form.VALUES, from, out); }
}

SqlNode TableCommand() :
{
    final int from = next();
    final List<SqlNode> out = new ArrayList<SqlNode>();
}
{
    <TABLE> Relation(out)
    { return node(Form.TABLE, from, out); }
}

void GroupBy(List<SqlNode> out) :
{
    final int from = next();
    boolean plain = true;
    boolean item;
    final List<SqlNode> items = new ArrayList<SqlNode>();
}
{
    <GROUP> <BY> [ <ALL> | <DISTINCT> { plain = false; } ]
    item = GroupingItem(items) { plain &= item; }
    ( <COMMA> item = GroupingItem(items) { plain &= item; } )*
    { out.add(node(plain ? Form.GROUPING : Form.GROUPING_SETS, from, items)); }
}

/** Tells whether the item is an expression and not a set of groupings. */
boolean GroupingItem(List<SqlNode> out) :
{
    final int from = next();
    final List<SqlNode> item = new ArrayList<SqlNode>();
}
{
    LOOKAHEAD({ kind(1) == LPAREN && kind(2) == RPAREN })
    <LPAREN> <RPAREN>
    { return false; }
|
    LOOKAHEAD({ (kind(1) == ROLLUP || kind(1) == CUBE) && kind(2) == LPAREN })
    ( <ROLLUP> | <CUBE> ) <LPAREN> Expressions(out) <RPAREN>
    { return false; }
|
    LOOKAHEAD({ kind(1) == GROUPING && kind(2) == SETS })
    <GROUPING> <SETS> <LPAREN> GroupingItem(out) ( <COMMA> GroupingItem(out) )* <RPAREN>
    { return false; }
|
    Expression(item)
    { out.add(node(Form.EXPRESSION, from, item)); return true; }
}

void WindowDefinition(List<SqlNode> out) : {}
{
    Named(out) <AS> WindowSpecification(out)
}

void WindowSpecification(List<SqlNode> out) : {}
{
    <LPAREN>
    [ LOOKAHEAD(1, { windowName() }) Named(out) ]
    [ <PARTITION> <BY> Expressions(out) ]
    [ OrderBy(out) ]
    [
        ( <RANGE> | <ROWS> | <GROUPS> )
        ( LOOKAHEAD(1) <BETWEEN> FrameBound(out) <AND> FrameBound(out) | FrameBound(out) )
        [ <EXCLUDE> ( <CURRENT> <ROW> | <GROUP> | <TIES> | <NO> <OTHERS> ) ]
    ]
    <RPAREN>
}

void FrameBound(List<SqlNode> out) : {}
{
    LOOKAHEAD(2) <UNBOUNDED> ( <PRECEDING> | <FOLLOWING> )
|
    LOOKAHEAD(2) <CURRENT> <ROW>
|
    Expression(out) ( <PRECEDING> | <FOLLOWING> )
}

SqlNode With() :
{
    final int from = next();
    boolean recursive = false;
    SqlNode item;
    final List<SqlNode> items = new ArrayList<SqlNode>();
}
{
    <WITH>
    [ LOOKAHEAD({ recursiveWord() }) <RECURSIVE> { recursive = true; } ]
    item = WithItem() { items.add(item); }
    ( <COMMA> item = WithItem() { items.add(item); } )*
    { return node(recursive ? Form.WITH_RECURSIVE : Form.WITH, from, items); }
}

SqlNode WithItem() :
{
    final int from = next();
    final SqlNode statement;
    final List<SqlNode> name = new ArrayList<SqlNode>();
    final List<SqlNode> out = new ArrayList<SqlNode>();
}
{
    Named(name)
    [ ParenthesizedNames(out) ]
    <AS> [ [ <NOT> ] <MATERIALIZED> ]
    <LPAREN> statement = Statement() <RPAREN>
    [ <SEARCH> ( <BREADTH> | <DEPTH> ) <FIRST> <BY> NamedList(out) <SET> Named(out) ]
    [
        <CYCLE> NamedList(out) <SET> Named(out)
        [ <TO> Expression(out) <DEFAULT_> Expression(out) ]
        <USING> Named(out)
    ]
    { return Syntax.node(Form.WITH_ITEM, from, last(), name.get(0), statement, node(Form.EXPRESSION, from, out)); }
}
