<#-- The SQL/JSON functions of PostgreSQL 16 and later. What is read here is somewhat more than each of them takes. -->

/** A call of a function that has this syntax, or of one that has only the name of such a function. */
void JsonCall(List<SqlNode> out) :
{
    final SqlNode name;
}
{
    name = QualifiedTypeFunctionName() { out.add(Syntax.node(Form.FUNCTION, name)); }
    <LPAREN> [ LOOKAHEAD({ kind(1) != RPAREN }) JsonArguments(out) ] <RPAREN>
}

void JsonArguments(List<SqlNode> out) :
{
    final SqlNode query;
}
{
    LOOKAHEAD({ queryStart(1) })
    query = Query() { out.add(Syntax.node(Form.SUBQUERY, query)); } [ JsonReturning(out) ]
|
    (
        LOOKAHEAD({ kind(1) != RETURNING })
        [ <ALL> | <DISTINCT> ]
        JsonArgument(out) ( <COMMA> JsonArgument(out) )*
        [ OrderBy(out) ]
    |
        JsonClause(out)
    )
    ( JsonClause(out) )*
}

/** An argument, a key with its value, or the path of JSON_TABLE with its name. */
void JsonArgument(List<SqlNode> out) : {}
{
    Argument(out) [ JsonFormat(out) ]
    [ ( <COLON> | <VALUE> ) Expression(out) [ JsonFormat(out) ] | <AS> Named(out) ]
}

void JsonFormat(List<SqlNode> out) : {}
{
    <FORMAT> <JSON> [ <ENCODING> Named(out) ]
}

void JsonClause(List<SqlNode> out) : {}
{
    JsonBehavior(out) <ON> ( <NULL> | <EMPTY> | <ERROR> )
|
    LOOKAHEAD(2) JsonUniqueKeys()
|
    JsonWrapper()
|
    JsonReturning(out)
|
    <PASSING> JsonPassed(out) ( LOOKAHEAD(1) <COMMA> JsonPassed(out) )*
|
    ( <KEEP> | <OMIT> ) <QUOTES> [ LOOKAHEAD(2) <ON> <SCALAR> <STRING> ]
|
    JsonColumns(out)
}

void JsonReturning(List<SqlNode> out) : {}
{
    <RETURNING> TypeName(out) [ JsonFormat(out) ]
}

/** What stands in the place of what is not there, or is not valid. */
void JsonBehavior(List<SqlNode> out) : {}
{
    <NULL> | <ABSENT> | <ERROR> | <TRUE> | <FALSE> | <UNKNOWN> | <EMPTY> [ <ARRAY> | <OBJECT> ] | <DEFAULT_> Expression(out)
}

void JsonUniqueKeys() : {}
{
    ( <WITH> | <WITHOUT> ) <UNIQUE> [ LOOKAHEAD(1) <KEYS> ]
}

void JsonWrapper() : {}
{
    ( <WITH> | <WITHOUT> ) [ <CONDITIONAL> | <UNCONDITIONAL> ] [ <ARRAY> ] <WRAPPER>
}

void JsonPassed(List<SqlNode> out) :
{
    int label;
}
{
    Expression(out) [ JsonFormat(out) ] <AS> label = Label() { out.add(Syntax.label(label)); }
}

void JsonColumns(List<SqlNode> out) : {}
{
    { enter(); }
    <COLUMNS> <LPAREN> JsonColumn(out) ( <COMMA> JsonColumn(out) )* <RPAREN>
    { leave(); }
}

void JsonColumn(List<SqlNode> out) : {}
{
    LOOKAHEAD({ kind(1) == NESTED && (kind(2) == PATH || kind(2) == QUOTED_STRING) })
    <NESTED> [ <PATH> ] Text() [ <AS> Named(out) ] JsonColumns(out)
|
    Named(out)
    (
        <FOR> <ORDINALITY>
    |
        TypeName(out) [ JsonFormat(out) ] [ <EXISTS> ] [ <PATH> Text() ] ( JsonClause(out) )*
    )
}
