<#-- Expressions. Their operators are read flat, as a list of operands: precedence decides nothing that matters here. -->

void Expressions(List<SqlNode> out) : {}
{
    Expression(out) ( <COMMA> Expression(out) )*
}

void Expression(List<SqlNode> out) : {}
{
    { enter(); }
    Operand(out) Continuation(out)
    { leave(); }
}

/** The operators behind an operand, with their further operands. */
void Continuation(List<SqlNode> out) : {}
{
    (
        LOOKAHEAD({ continues() })
        (
            LOOKAHEAD({ kind(1) == IN || kind(1) == NOT && kind(2) == IN })
            [ <NOT> ] <IN> ( LOOKAHEAD({ kind(1) == LPAREN }) Parenthesized(out) | Operand(out) )
        |
            Infix(out) ( LOOKAHEAD({ quantifier() }) Quantified(out) | Operand(out) )
        |
            <IS> [ <NOT> ] Test(out)
        |
            <ISNULL> | <NOTNULL>
        |
            <AT> ( <TIME> <ZONE> Operand(out) | <LOCAL> )
        |
            <COLLATE> NamedQualified(out)
        |
            <CAST_OPERATOR> TypeName(out)
        )
    )*
}

void Infix(List<SqlNode> out) : {}
{
    <AND> | <OR> | SymbolOperator() | <OVERLAPS> | <ESCAPE>
|
    QualifiedOperator(out)
|
    [ <NOT> ]
    (
        <LIKE> | <ILIKE> | <SIMILAR> [ <TO> ]
    |
        <BETWEEN> [ <SYMMETRIC> | <ASYMMETRIC> ]
    )
}

void SymbolOperator() : {}
{
    <EQ> | <GT> | <LT> | <LE> | <GE> | <NE> | <NE2> | <PLUS> | <MINUS> | <STAR> | <SLASH> | <PERCENT_REMAINDER>
|   <CARET> | <OTHER_OPERATOR>
}

/** {@code OPERATOR(schema.+)}. */
void QualifiedOperator(List<SqlNode> out) :
{
    int part;
    final List<Integer> schema = new ArrayList<Integer>();
}
{
    <OPERATOR> <LPAREN>
    ( part = ColumnName() <DOT> { out.add(Syntax.label(part)); schema.add(part); requireShort(schema); } )*
    SymbolOperator() <RPAREN>
}

void AnyOperator(List<SqlNode> out) : {}
{
    SymbolOperator() | QualifiedOperator(out)
}

void Quantified(List<SqlNode> out) : {}
{
    ( <ANY> | <SOME> | <ALL> ) Parenthesized(out)
}

/** What follows IS or IS NOT. */
void Test(List<SqlNode> out) : {}
{
    <NULL> | <TRUE> | <FALSE> | <UNKNOWN> | <DOCUMENT>
|
    <JSON> [ LOOKAHEAD(1) ( <VALUE> | <ARRAY> | <OBJECT> | <SCALAR> ) ] [ LOOKAHEAD(2) JsonUniqueKeys() ]
|
    [ <NFC> | <NFD> | <NFKC> | <NFKD> ] <NORMALIZED>
|
    <DISTINCT> <FROM> Operand(out)
}

/** An operand with its prefix operators, subscripts and fields. */
void Operand(List<SqlNode> out) : {}
{
    (
        LOOKAHEAD({ prefixOperator() })
        ( <PLUS> | <MINUS> | <OTHER_OPERATOR> | <NOT> | QualifiedOperator(out) )
    )*
    Primary(out)
    Indirections(out)
}

void Indirections(List<SqlNode> out) :
{
    int field;
}
{
    (
        LOOKAHEAD(1)
        <LBRACKET> [ LOOKAHEAD({ kind(1) != COLON && kind(1) != RBRACKET }) Expression(out) ]
        [ <COLON> [ LOOKAHEAD({ kind(1) != RBRACKET }) Expression(out) ] ]
        <RBRACKET>
    |
        LOOKAHEAD(1)
        <DOT> ( <STAR> | field = Label() { out.add(Syntax.label(field)); } )
    )*
}

void Primary(List<SqlNode> out) :
{
    final SqlNode query;
}
{
    <UNSIGNED_INTEGER_LITERAL> | <DECIMAL_NUMERIC_LITERAL> | Text() | <HOOK> | <TRUE> | <FALSE> | <NULL> | <DEFAULT_>
|
    Parenthesized(out)
|
    Case(out)
|
    LOOKAHEAD({ kind(1) == EXISTS && kind(2) == LPAREN })
    <EXISTS> <LPAREN> query = Query() <RPAREN>
    { out.add(Syntax.node(Form.SUBQUERY, query)); }
|
    <ARRAY>
    (
        ArrayElements(out)
    |
        <LPAREN> query = Query() <RPAREN>
        { out.add(Syntax.node(Form.SUBQUERY, query)); }
    )
|
    LOOKAHEAD({ (kind(1) == ROW || kind(1) == GROUPING) && kind(2) == LPAREN })
    ( <ROW> | <GROUPING> ) <LPAREN> [ RowElement(out) ( <COMMA> RowElement(out) )* ] <RPAREN>
|
    LOOKAHEAD({ specialCall() }) SpecialCall(out)
|
    LOOKAHEAD({ niladicFunction() }) NiladicFunction()
|
    LOOKAHEAD({ typedConstant() }) BuiltInType(out) Text() [ LOOKAHEAD(1) IntervalFields() ]
|
    LOOKAHEAD({ functionCall() }) FunctionCall(out) FunctionCallEnd(out) [ Text() ]
|
    ColumnOrConstant(out)
}

void RowElement(List<SqlNode> out) : {}
{
    Expression(out)
}

/** {@code (…)} in an expression: a subquery, an expression, or a row of expressions. */
void Parenthesized(List<SqlNode> out) :
{
    final SqlNode query;
}
{
    <LPAREN> query = ParenthesizedContent(out) <RPAREN>
    { if (query != null) { out.add(Syntax.node(Form.SUBQUERY, query)); } }
}

/** What stands between parentheses: a query, which is returned, or expressions, which are added. */
SqlNode ParenthesizedContent(List<SqlNode> out) :
{
    final int from = next();
    SqlNode query;
}
{
    { enter(); }
    (
        LOOKAHEAD({ queryStart(1) })
        query = Query()
    |
        LOOKAHEAD({ kind(1) == LPAREN })
        <LPAREN> query = ParenthesizedContent(out) <RPAREN>
        (
            LOOKAHEAD({ query != null && queryContinues() })
            query = QueryEnd(from, null, query)
        |
            {
                if (query != null) { out.add(Syntax.node(Form.SUBQUERY, query)); }
                query = null;
            }
            Indirections(out) Continuation(out)
            ( <COMMA> Expression(out) )*
        )
    |
        Expressions(out) { query = null; }
    )
    { leave(); return query; }
}

void ArrayElements(List<SqlNode> out) : {}
{
    { enter(); }
    <LBRACKET>
    [
        LOOKAHEAD({ kind(1) == LBRACKET }) ArrayElements(out) ( <COMMA> ArrayElements(out) )*
    |
        LOOKAHEAD({ kind(1) != RBRACKET }) Expressions(out)
    ]
    <RBRACKET>
    { leave(); }
}

void Case(List<SqlNode> out) : {}
{
    <CASE> [ LOOKAHEAD({ kind(1) != WHEN }) Expression(out) ]
    ( <WHEN> Expression(out) <THEN> Expression(out) )+
    [ <ELSE> Expression(out) ]
    <END>
}

/** A column reference, or a constant of a type given by name: {@code date '2020-01-01'}. */
void ColumnOrConstant(List<SqlNode> out) :
{
    final SqlNode name;
    boolean star = false;
    final int from = next();
}
{
    name = QualifiedTypeFunctionName()
    [ LOOKAHEAD({ kind(1) == DOT && kind(2) == STAR }) <DOT> <STAR> { star = true; } ]
    (
        LOOKAHEAD({ kind(1) == QUOTED_STRING })
        Text() { out.add(Syntax.node(Form.TYPE, name)); }
    |
        { out.add(Syntax.node(star ? Form.COLUMN_STAR : Form.COLUMN, from, last(), name)); }
    )
}

void FunctionCall(List<SqlNode> out) :
{
    final SqlNode name;
}
{
    LOOKAHEAD({ jsonCall() }) JsonCall(out)
|
    name = QualifiedTypeFunctionName() { out.add(Syntax.node(Form.FUNCTION, name)); }
    <LPAREN>
    [
        LOOKAHEAD({ kind(1) == STAR }) <STAR>
    |
        LOOKAHEAD({ kind(1) != RPAREN })
        [ <ALL> | <DISTINCT> ]
        Argument(out) ( <COMMA> Argument(out) )*
        [ OrderBy(out) ]
    ]
    <RPAREN>
}

void Argument(List<SqlNode> out) :
{
    int label;
}
{
    [ <VARIADIC> ]
    [
        LOOKAHEAD({ kind(2) == ASSIGNMENT_OPERATOR || kind(2) == NAMED_ARGUMENT_ASSIGNMENT })
        label = TypeFunctionName() { out.add(Syntax.label(label)); }
        ( <ASSIGNMENT_OPERATOR> | <NAMED_ARGUMENT_ASSIGNMENT> )
    ]
    Expression(out)
}

/** WITHIN GROUP, FILTER and OVER. */
void FunctionCallEnd(List<SqlNode> out) : {}
{
    [ LOOKAHEAD(2) <WITHIN> <GROUP> <LPAREN> OrderBy(out) <RPAREN> ]
    [ LOOKAHEAD(2) <FILTER> <LPAREN> <WHERE> Expression(out) <RPAREN> ]
    [ LOOKAHEAD(1) <OVER> ( WindowSpecification(out) | Named(out) ) ]
}

void NiladicFunction() : {}
{
    <CURRENT_DATE> | <CURRENT_ROLE> | <CURRENT_USER> | <SESSION_USER> | <USER> | <CURRENT_CATALOG> | <CURRENT_SCHEMA>
|
    ( <CURRENT_TIME> | <CURRENT_TIMESTAMP> | <LOCALTIME> | <LOCALTIMESTAMP> )
    [ LOOKAHEAD(1) <LPAREN> <UNSIGNED_INTEGER_LITERAL> <RPAREN> ]
}

/** The calls that have a syntax of their own. */
void SpecialCall(List<SqlNode> out) : {}
{
    ( <CAST> | <TREAT> ) <LPAREN> Expression(out) <AS> TypeName(out) <RPAREN>
|
    <COLLATION> <FOR> <LPAREN> Expression(out) <RPAREN>
|
    <EXTRACT> <LPAREN> ( Text() | ExtractField(out) ) <FROM> Expression(out) <RPAREN>
|
    <NORMALIZE> <LPAREN> Expression(out) [ <COMMA> ( <NFC> | <NFD> | <NFKC> | <NFKD> ) ] <RPAREN>
|
    ( <COALESCE> | <GREATEST> | <LEAST> | <NULLIF> | <XMLCONCAT> ) <LPAREN> Expressions(out) <RPAREN>
|
    ( <OVERLAY> | <POSITION> | <SUBSTRING> | <TRIM> )
    <LPAREN>
    [ <BOTH> | <LEADING> | <TRAILING> ] [ <FROM> ]
    [ LOOKAHEAD({ kind(1) != RPAREN }) Argument(out) ( ( <COMMA> | <FROM> | <FOR> | <PLACING> ) Argument(out) )* ]
    <RPAREN>
|
    XmlCall(out)
}

void ExtractField(List<SqlNode> out) :
{
    int field;
}
{
    field = Label() { out.add(Syntax.label(field)); }
}

void XmlCall(List<SqlNode> out) :
{
    int label;
}
{
    <XMLELEMENT> <LPAREN> <NAME> label = Label() { out.add(Syntax.label(label)); }
    [
        LOOKAHEAD({ kind(1) == COMMA && kind(2) == XMLATTRIBUTES && kind(3) == LPAREN })
        <COMMA> <XMLATTRIBUTES> <LPAREN> XmlLabelled(out) <RPAREN>
    ]
    [ <COMMA> Expressions(out) ] <RPAREN>
|
    <XMLPI> <LPAREN> <NAME> label = Label() { out.add(Syntax.label(label)); } [ <COMMA> Expression(out) ] <RPAREN>
|
    <XMLFOREST> <LPAREN> XmlLabelled(out) <RPAREN>
|
    <XMLEXISTS> <LPAREN> Operand(out) XmlPassing(out) <RPAREN>
|
    <XMLPARSE> <LPAREN> ( <DOCUMENT> | <CONTENT> ) Expression(out) [ ( <PRESERVE> | <STRIP> ) <WHITESPACE> ] <RPAREN>
|
    <XMLROOT> <LPAREN> Expression(out)
    <COMMA> <VERSION> ( LOOKAHEAD(2) <NO> <VALUE> | Expression(out) )
    [ <COMMA> <STANDALONE> ( <YES> | <NO> [ <VALUE> ] ) ] <RPAREN>
|
    <XMLSERIALIZE> <LPAREN> ( <DOCUMENT> | <CONTENT> ) Expression(out) <AS> TypeName(out) [ [ <NO> ] <INDENT> ] <RPAREN>
}

void XmlLabelled(List<SqlNode> out) : {}
{
    SelectItem(out) ( <COMMA> SelectItem(out) )*
}

void XmlPassing(List<SqlNode> out) : {}
{
    <PASSING> [ LOOKAHEAD(2) <BY> XmlMechanism(out) ] Operand(out) [ <BY> XmlMechanism(out) ]
}

/** REF, or VALUE. */
void XmlMechanism(List<SqlNode> out) : {}
{
    <REF> | <VALUE>
}
