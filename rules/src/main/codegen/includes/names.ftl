<#-- Names and key words: the categories of appendix C of PostgreSQL's manual. -->
<#macro anyOf words>
    <#list words as word><#if word?index gt 0>| </#if><${word}> </#list>
</#macro>

void ColumnNameWord() : {}
{
    <@anyOf parser.columnNameWords/>
}

void TypeFunctionWord() : {}
{
    <@anyOf parser.typeFunctionWords/>
}

void ReservedWord() : {}
{
    <@anyOf parser.reservedWords/>
}

void UnreservedWord() : {}
{
    <@anyOf parser.unreservedWords/>
}

void BareLabelWord() : {}
{
    <@anyOf parser.bareLabelWords/>
}

/** The name of a column or a relation, or an alias. */
int ColumnName() : {}
{
    ( <IDENTIFIER> | UnreservedWord() | ColumnNameWord() ) { return name(); }
}

/** The name of a function or a type. */
int TypeFunctionName() : {}
{
    ( <IDENTIFIER> | UnreservedWord() | TypeFunctionWord() ) { return name(); }
}

/** Any name but a reserved word: what a column reference or a function call begins with. */
int NonReservedName() : {}
{
    ( <IDENTIFIER> | UnreservedWord() | ColumnNameWord() | TypeFunctionWord() ) { return name(); }
}

/** What follows AS in a select list, and every name behind a dot. */
int Label() : {}
{
    ( <IDENTIFIER> | UnreservedWord() | ColumnNameWord() | TypeFunctionWord() | ReservedWord() ) { return name(); }
}

/** What can be a label of a select list with no AS in front. */
int BareLabel() : {}
{
    ( <IDENTIFIER> | BareLabelWord() ) { return name(); }
}

/** A name with the qualifiers in front of it. */
SqlNode QualifiedName() :
{
    int part;
    final List<Integer> parts = new ArrayList<Integer>();
}
{
    part = ColumnName() { parts.add(part); }
    Qualification(parts)
    { return Syntax.identifier(parts); }
}

/** Like {@link #QualifiedName}, of a function or a type. */
SqlNode QualifiedTypeFunctionName() :
{
    int part;
    final List<Integer> parts = new ArrayList<Integer>();
}
{
    part = NonReservedName() { parts.add(part); }
    Qualification(parts)
    { return Syntax.identifier(parts); }
}

void Qualification(List<Integer> parts) :
{
    int part;
}
{
    (
        LOOKAHEAD({ kind(1) == DOT && kind(2) != STAR })
        <DOT> part = Label() { parts.add(part); requireShort(parts); }
    )*
}

/** One name that is not a reference: an alias, a label, a new name. */
void Named(List<SqlNode> out) :
{
    int part;
}
{
    part = ColumnName() { out.add(Syntax.label(part)); }
}

/** A qualified name that is not a reference to a relation: of an operator class, a collation. */
void NamedQualified(List<SqlNode> out) :
{
    final SqlNode name;
}
{
    name = QualifiedName() { out.add(Syntax.node(Form.LABEL, name)); }
}

void NamedList(List<SqlNode> out) : {}
{
    Named(out) ( <COMMA> Named(out) )*
}

void ParenthesizedNames(List<SqlNode> out) : {}
{
    <LPAREN> NamedList(out) <RPAREN>
}

/** A string constant. */
void Text() : {}
{
    <QUOTED_STRING>
}
