<#-- INSERT, UPDATE, DELETE and MERGE. -->

SqlNode Insert(int from, SqlNode with) :
{
    final int relationFrom;
    final SqlNode name;
    final SqlNode relation;
    SqlNode source = null;
    final List<SqlNode> alias = new ArrayList<SqlNode>();
    final List<SqlNode> out = new ArrayList<SqlNode>();
}
{
    <INSERT> <INTO>
    { relationFrom = next(); }
    name = QualifiedName() { relation = Syntax.node(Form.RELATION, relationFrom, last(), name); }
    [ <AS> Named(alias) ]
    (
        <DEFAULT_> <VALUES>
    |
        [ LOOKAHEAD({ targetColumns() }) TargetColumns(out) ]
        [ Overriding() ]
        source = Query()
    )
    [
        <ON> <CONFLICT>
        [
            <LPAREN> ConflictElement(out) ( <COMMA> ConflictElement(out) )* <RPAREN> [ <WHERE> Expression(out) ]
        |
            <ON> <CONSTRAINT> Named(out)
        ]
        <DO> ( <NOTHING> | <UPDATE> <SET> SetList(out) [ <WHERE> Expression(out) ] )
    ]
    [ Returning(out) ]
    {
        return Syntax.node(Form.INSERT, from, last(), with, Syntax.aliased(relation, alias, null), source,
            node(Form.EXPRESSION, from, out));
    }
}

void Overriding() : {}
{
    <OVERRIDING> ( <USER> | <SYSTEM> ) <VALUE>
}

void TargetColumns(List<SqlNode> out) : {}
{
    <LPAREN> TargetColumn(out) ( <COMMA> TargetColumn(out) )* <RPAREN>
}

/** A column that is written to, or an element or a field of it. */
void TargetColumn(List<SqlNode> out) : {}
{
    Named(out) Indirections(out)
}

/** A column of the target, or an expression as in an index. */
void ConflictElement(List<SqlNode> out) : {}
{
    ( LOOKAHEAD({ indexedColumn() }) Named(out) | Operand(out) )
    [ <COLLATE> NamedQualified(out) ]
    [ LOOKAHEAD(1, { kind(1) != NULLS }) NamedQualified(out) ] [ <ASC> | <DESC> ] [ <NULLS> ( <FIRST> | <LAST> ) ]
}

void SetList(List<SqlNode> out) : {}
{
    SetItem(out) ( <COMMA> SetItem(out) )*
}

void SetItem(List<SqlNode> out) : {}
{
    ( TargetColumns(out) | TargetColumn(out) ) <EQ> Expression(out)
}

void Returning(List<SqlNode> out) : {}
{
    <RETURNING>
    [ <WITH> <LPAREN> ReturningAlias(out) ( <COMMA> ReturningAlias(out) )* <RPAREN> ]
    SelectList(out)
}

/** {@code OLD AS name} or {@code NEW AS name}, from PostgreSQL 18 on. */
void ReturningAlias(List<SqlNode> out) : {}
{
    Named(out) <AS> Named(out)
}

/** The relation that is changed, with its alias. */
SqlNode Target() :
{
    final List<SqlNode> relation = new ArrayList<SqlNode>();
    final List<SqlNode> alias = new ArrayList<SqlNode>();
}
{
    Relation(relation)
    [ LOOKAHEAD(1, { kind(1) != SET }) [ <AS> ] Named(alias) ]
    { return Syntax.aliased(relation.get(0), alias, null); }
}

SqlNode Update(int from, SqlNode with) :
{
    final SqlNode target;
    final List<SqlNode> out = new ArrayList<SqlNode>();
}
{
    <UPDATE> target = Target() <SET> SetList(out)
    [ <FROM> FromList(out) ]
    [ WhereOrCurrent(out) ]
    [ Returning(out) ]
    { return Syntax.node(Form.UPDATE, from, last(), with, target, node(Form.EXPRESSION, from, out)); }
}

SqlNode Delete(int from, SqlNode with) :
{
    final SqlNode target;
    final List<SqlNode> out = new ArrayList<SqlNode>();
}
{
    <DELETE> <FROM> target = Target()
    [ <USING> FromList(out) ]
    [ WhereOrCurrent(out) ]
    [ Returning(out) ]
    { return Syntax.node(Form.DELETE, from, last(), with, target, node(Form.EXPRESSION, from, out)); }
}

void WhereOrCurrent(List<SqlNode> out) : {}
{
    <WHERE> ( LOOKAHEAD(2) <CURRENT> <OF> Named(out) | Expression(out) )
}

SqlNode Merge(int from, SqlNode with) :
{
    final SqlNode target;
    final List<SqlNode> out = new ArrayList<SqlNode>();
}
{
    <MERGE> <INTO> target = Target()
    <USING> TableReference(out) <ON> Expression(out)
    (
        <WHEN> [ <NOT> ] <MATCHED> [ <BY> Named(out) ] [ <AND> Expression(out) ] <THEN> MergeAction(out)
    )+
    [ Returning(out) ]
    { return Syntax.node(Form.MERGE, from, last(), with, target, node(Form.EXPRESSION, from, out)); }
}

void MergeAction(List<SqlNode> out) : {}
{
    <DELETE> | <DO> <NOTHING> | <UPDATE> <SET> SetList(out)
|
    <INSERT> [ TargetColumns(out) ] [ Overriding() ]
    ( <DEFAULT_> <VALUES> | <VALUES> <LPAREN> Expressions(out) <RPAREN> )
}
