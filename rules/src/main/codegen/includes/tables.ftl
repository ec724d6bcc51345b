<#-- What stands in a FROM clause. -->

void FromList(List<SqlNode> out) : {}
{
    TableReference(out) ( <COMMA> TableReference(out) )*
}

void TableReference(List<SqlNode> out) : {}
{
    { enter(); }
    TablePrimary(out) Joins(out)
    { leave(); }
}

void Joins(List<SqlNode> out) : {}
{
    ( Join(out) )*
}

void Join(List<SqlNode> out) : {}
{
    <CROSS> <JOIN> TablePrimary(out)
|
    <NATURAL> { out.add(node(Form.NATURAL, last() - 1)); } [ JoinType() ] <JOIN> TablePrimary(out)
|
    [ JoinType() ] <JOIN> TableReference(out)
    (
        <ON> Expression(out)
    |
        <USING> ParenthesizedNames(out) [ LOOKAHEAD(1) <AS> Named(out) ]
    )
}

void JoinType() : {}
{
    <INNER> | ( <LEFT> | <RIGHT> | <FULL> ) [ <OUTER> ]
}

void TablePrimary(List<SqlNode> out) :
{
    final SqlNode query;
    final int from = next();
    final List<SqlNode> parts = new ArrayList<SqlNode>();
}
{
    [ <LATERAL> ]
    (
        <LPAREN> query = ParenthesizedTable(out) <RPAREN>
        [ LOOKAHEAD(1) TableAlias(parts) ]
        { out.addAll(query == null ? Syntax.joined(from, parts) : List.of(Syntax.derived(query, parts))); }
    |
        LOOKAHEAD({ kind(1) == ROWS && kind(2) == FROM && kind(3) == LPAREN })
        <ROWS> <FROM> <LPAREN> RowsFromItem(parts) ( <COMMA> RowsFromItem(parts) )* <RPAREN>
        FunctionTableEnd(parts)
        { out.add(node(Form.TABLE_FUNCTION, from, parts)); }
    |
        LOOKAHEAD({ kind(1) == XMLTABLE && kind(2) == LPAREN })
        XmlTable(parts) FunctionTableEnd(parts)
        { out.add(node(Form.TABLE_FUNCTION, from, parts)); }
    |
        LOOKAHEAD({ functionTable() })
        FunctionTable(parts) FunctionTableEnd(parts)
        { out.add(node(Form.TABLE_FUNCTION, from, parts)); }
    |
        RelationTable(out)
    )
}

/**
 * What stands between the parentheses of a FROM item: a query, which is returned, or joined tables, which are added.
 */
SqlNode ParenthesizedTable(List<SqlNode> out) :
{
    final int from = next();
    SqlNode query;
    final List<SqlNode> alias = new ArrayList<SqlNode>();
}
{
    { enter(); }
    (
        LOOKAHEAD({ queryStart(1) })
        query = Query()
    |
        LOOKAHEAD({ kind(1) == LPAREN })
        <LPAREN> query = ParenthesizedTable(out) <RPAREN>
        (
            LOOKAHEAD({ query != null && queryContinues() })
            query = QueryEnd(from, null, query)
        |
            [ LOOKAHEAD(1) TableAlias(alias) ]
            {
                out.addAll(query == null ? Syntax.joined(from, alias) : List.of(Syntax.derived(query, alias)));
                query = null;
            }
            Joins(out)
        )
    |
        TableReference(out) { query = null; }
    )
    { leave(); return query; }
}

/** A relation with its alias and its sample. */
void RelationTable(List<SqlNode> out) :
{
    final List<SqlNode> relation = new ArrayList<SqlNode>();
    final List<SqlNode> alias = new ArrayList<SqlNode>();
    SqlNode sample = null;
}
{
    Relation(relation)
    [ LOOKAHEAD(1) TableAlias(alias) ]
    [ sample = Sample() ]
    { out.add(Syntax.aliased(relation.get(0), alias, sample)); }
}

/** A relation's name, with ONLY or a star; no alias. */
void Relation(List<SqlNode> out) :
{
    final int from = next();
    final SqlNode name;
}
{
    <ONLY> ( <LPAREN> name = QualifiedName() <RPAREN> | name = QualifiedName() )
    { out.add(Syntax.node(Form.ONLY_RELATION, from, last(), name)); }
|
    name = QualifiedName() [ <STAR> ]
    { out.add(Syntax.node(Form.RELATION, from, last(), name)); }
}

void TableAlias(List<SqlNode> out) : {}
{
    [ <AS> ] Named(out) [ LOOKAHEAD(1) ParenthesizedNames(out) ]
}

SqlNode Sample() :
{
    final int from = next();
    final SqlNode method;
    final List<SqlNode> out = new ArrayList<SqlNode>();
}
{
    <TABLESAMPLE> method = QualifiedTypeFunctionName() { out.add(Syntax.node(Form.LABEL, method)); }
    <LPAREN> Expressions(out) <RPAREN>
    [ <REPEATABLE> <LPAREN> Expression(out) <RPAREN> ]
    { return node(Form.SAMPLE, from, out); }
}

void FunctionTable(List<SqlNode> out) : {}
{
    LOOKAHEAD({ specialCall() }) SpecialCall(out)
|
    LOOKAHEAD({ niladicFunction() }) NiladicFunction()
|
    FunctionCall(out)
}

void RowsFromItem(List<SqlNode> out) : {}
{
    FunctionTable(out) [ <AS> ColumnDefinitions(out) ]
}

void FunctionTableEnd(List<SqlNode> out) : {}
{
    [ LOOKAHEAD(2) <WITH> <ORDINALITY> ]
    [
        LOOKAHEAD({ kind(1) == AS && kind(2) == LPAREN })
        <AS> ColumnDefinitions(out)
    |
        LOOKAHEAD(1)
        [ <AS> ] Named(out) [ LOOKAHEAD(1) ColumnDefinitions(out) ]
    ]
}

/** A list of column names, with or without types. */
void ColumnDefinitions(List<SqlNode> out) : {}
{
    <LPAREN> ColumnDefinition(out) ( <COMMA> ColumnDefinition(out) )* <RPAREN>
}

void ColumnDefinition(List<SqlNode> out) : {}
{
    Named(out) [ TypeName(out) [ <COLLATE> NamedQualified(out) ] ]
}

void XmlTable(List<SqlNode> out) : {}
{
    <XMLTABLE> <LPAREN>
    [
        LOOKAHEAD(2)
        <XMLNAMESPACES> <LPAREN> XmlNamespace(out) ( <COMMA> XmlNamespace(out) )* <RPAREN> <COMMA>
    ]
    Operand(out) XmlPassing(out)
    <COLUMNS> XmlColumn(out) ( <COMMA> XmlColumn(out) )*
    <RPAREN>
}

void XmlNamespace(List<SqlNode> out) :
{
    int label;
}
{
    LOOKAHEAD({ kind(1) == DEFAULT_ }) <DEFAULT_> Expression(out)
|
    Expression(out) <AS> label = Label() { out.add(Syntax.label(label)); }
}

void XmlColumn(List<SqlNode> out) :
{
    int option;
}
{
    Named(out)
    (
        <FOR> <ORDINALITY>
    |
        TypeName(out)
        (
            <DEFAULT_> Expression(out)
        |   LOOKAHEAD(2) <NOT> <NULL>
        |   LOOKAHEAD(1) <NULL>
        |   <PATH> Expression(out)
        |   <IDENTIFIER> { out.add(Syntax.label(name())); } Expression(out)
        )*
    )
}
