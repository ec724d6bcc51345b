<#-- Names of types. -->

void TypeName(List<SqlNode> out) : {}
{
    [ LOOKAHEAD({ kind(1) == SETOF }) <SETOF> ]
    ( LOOKAHEAD({ builtInType() }) BuiltInType(out) [ LOOKAHEAD(1) IntervalFields() ] | NamedType(out) )
    [
        LOOKAHEAD(1)
        <ARRAY> [ LOOKAHEAD(1) <LBRACKET> <UNSIGNED_INTEGER_LITERAL> <RBRACKET> ]
    |
        LOOKAHEAD(1)
        ( LOOKAHEAD(1) <LBRACKET> [ <UNSIGNED_INTEGER_LITERAL> ] <RBRACKET> )+
    ]
}

void NamedType(List<SqlNode> out) :
{
    final SqlNode name;
}
{
    name = QualifiedTypeFunctionName() { out.add(Syntax.node(Form.TYPE, name)); }
    [ LOOKAHEAD(1) TypeModifiers(out) ]
}

/** The types whose names are key words. */
void BuiltInType(List<SqlNode> out) : {}
{
    <INT> | <INTEGER> | <SMALLINT> | <BIGINT> | <REAL> | <BOOLEAN> | <DOUBLE> <PRECISION>
|
    ( <FLOAT> | <DECIMAL> | <DEC> | <NUMERIC> ) [ LOOKAHEAD(1) TypeModifiers(out) ]
|
    (
        ( <BIT> | <CHARACTER> | <CHAR> | <NCHAR> | <NATIONAL> ( <CHARACTER> | <CHAR> ) ) [ LOOKAHEAD(1) <VARYING> ]
    |
        <VARCHAR>
    )
    [ LOOKAHEAD(1) TypeModifiers(out) ]
|
    ( <TIME> | <TIMESTAMP> ) [ LOOKAHEAD(1) TypeModifiers(out) ]
    [ LOOKAHEAD(2) ( <WITH> | <WITHOUT> ) <TIME> <ZONE> ]
|
    <INTERVAL> [ LOOKAHEAD(1) TypeModifiers(out) ]
}

void IntervalFields() : {}
{
    ( <YEAR> | <MONTH> | <DAY> | <HOUR> | <MINUTE> | <SECOND> [ LOOKAHEAD(1) IntervalPrecision() ] )
    [
        LOOKAHEAD(2)
        <TO> ( <MONTH> | <HOUR> | <MINUTE> | <SECOND> [ LOOKAHEAD(1) IntervalPrecision() ] )
    ]
}

void IntervalPrecision() : {}
{
    <LPAREN> <UNSIGNED_INTEGER_LITERAL> <RPAREN>
}

/** The modifiers in parentheses; a name among them is a constant. */
void TypeModifiers(List<SqlNode> out) :
{
    final int from = next();
    final List<SqlNode> modifiers = new ArrayList<SqlNode>();
}
{
    <LPAREN> Expressions(modifiers) <RPAREN>
    { out.add(node(Form.TYPE_MODIFIERS, from, modifiers)); }
}
