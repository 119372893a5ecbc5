using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Kopeck.Fields.Sql;

/// <summary>Reads the tables. Throws <see cref="SqlException"/> at the first thing that it cannot read or that does not fit.</summary>
sealed class SchemaParser
{
    static readonly string[] PlainTypes = { "smallint", "integer", "bigint", "text", "bytea", "boolean", "date" };

    // PostgreSQL's own limit on a varchar.
    const int MaxSize = 10_485_760;

    readonly Schema schema = new();
    readonly List<(TableColumn Column, Token Place)> references = new();
    List<Token> tokens = new();
    int next;

    Token Current => tokens[next];

    /// <summary>Reads all files as one schema, in their order.</summary>
    public static Schema Parse(IEnumerable<KeyValuePair<string, string>> files)
    {
        var parser = new SchemaParser();
        foreach (var file in files)
        {
            parser.tokens = Tokenizer.Read(file.Key, file.Value);
            parser.next = 0;
            parser.ParseFile();
        }

        parser.CheckReferences();
        return parser.schema;
    }

    void ParseFile()
    {
        while (Current.Text.Length > 0 || Current.IsQuoted)
        {
            var comments = Current.Comments;
            var start = Expect("CREATE");
            if (Is("DOMAIN"))
                ParseDomain(start, comments);
            else if (Is("TABLE"))
                ParseTable(start, comments);
            else if (Is("UNIQUE") || Is("INDEX"))
                ParseIndex();
            else
                throw Fail("KF0001", $"After CREATE comes DOMAIN, TABLE, INDEX or UNIQUE INDEX, not {Current.Text}");
            Expect(";");
        }
    }

    void ParseDomain(Token start, IReadOnlyList<string> comments)
    {
        Expect("DOMAIN");
        var name = Name();
        if (schema.Domains.Any(domain => GeneratedNames.Collide(domain.Name, name.Text)))
            throw Fail("KF0003", $"There are two domains {name.Text}, or two that are the same type in C#", name);
        if (PlainTypes.Contains(name.Text) || GeneratedNames.IsTakenDomain(name.Text))
            throw Fail("KF0008", $"A domain cannot be called {name.Text}: SQL or the generated code has that name itself", name);
        Expect("AS");
        var type = ParseType() ?? throw Fail(
            "KF0002",
            $"There is no type {Current.Text}: a domain is of {string.Join(", ", PlainTypes)}, varchar(n), char(n) or numeric(p,s)");
        var check = TryTake("CHECK") ? ParseCheck("VALUE", type) : new SqlCheck();
        schema.Domains.Add(
            new Domain(name.Text, type, check, Comment(comments, start, $"domain {name.Text}"), comments.Contains("@journal"), name.Place));
    }

    void ParseTable(Token start, IReadOnlyList<string> comments)
    {
        Expect("TABLE");
        var name = Name();
        if (schema.Tables.Any(other => GeneratedNames.Collide(other.Name, name.Text)))
            throw Fail("KF0003", $"There are two tables {name.Text}, or two that are the same class in C#", name);
        if (GeneratedNames.IsTakenTable(name.Text))
            throw Fail("KF0008", $"A table cannot be called {name.Text}: the generated code has that name itself", name);
        var record = Record(comments, name);
        var table = new Table(name.Text, name.Place, Comment(comments, start, $"table {name.Text}"), record, comments.Contains("@guarded"));
        Expect("(");
        do
        {
            if (Is("PRIMARY"))
                ParsePrimaryKey(table);
            else
                ParseColumn(table);
        }
        while (TryTake(","));
        Expect(")");
        if (table.PrimaryKey.Count == 0)
            throw Fail("KF0007", $"The table {table.Name} has no primary key", name);
        if (record is not null && table.Columns.All(column => !column.IsInput))
            throw Fail("KF0008", $"The record {record} has no members: mark the columns that callers give with @input", name);
        schema.Tables.Add(table);
    }

    void ParseColumn(Table table)
    {
        var comments = Current.Comments;
        var name = Name();
        if (table.Columns.Any(column => GeneratedNames.Collide(column.Name, name.Text)))
            throw Fail("KF0003", $"The table {table.Name} has two columns {name.Text}, or two that are the same member in C#", name);
        if (GeneratedNames.IsTakenColumn(table, name.Text))
            throw Fail("KF0008", $"A column of {table.Name} cannot be called {name.Text}: the generated code has that name itself", name);
        var comment = Comment(comments, name, $"column {table.Name}.{name.Text}");
        var domain = ParseColumnType(table, name, comment);
        var isNullable = true;
        string? target = null;
        Token? referencesPlace = null;
        SqlCheck? check = null;
        while (!Is(",") && !Is(")"))
        {
            if (TryTake("NOT"))
            {
                Expect("NULL");
                isNullable = false;
            }
            else if (target is null && TryTake("REFERENCES"))
            {
                referencesPlace = Name();
                Expect("(");
                target = $"{referencesPlace.Text} ({Name().Text})";
                Expect(")");
            }
            else if (check is null && TryTake("CHECK"))
            {
                check = ParseCheck(name.Text, domain.Type);
                if (!domain.Type.IsWholeNumber)
                    throw Fail("KF0005", $"A check of a {domain.Type} belongs to a domain, so that the validator knows it", name);
            }
            else
            {
                throw Fail("KF0001", $"A column has NOT NULL, one REFERENCES and one CHECK, not {Describe(Current)}");
            }
        }

        var isInput = comments.Contains("@input");
        if (isInput && !(domain.Type is { IsText: true, Length: not null } || domain.Type.Name == "numeric"))
            throw Fail(
                "KF0008",
                $"{table.Name}.{name.Text} is of {domain.Type}, which has no value type: callers give texts with a length, or numerics",
                name);
        var added = new TableColumn(name.Text, domain, isNullable, isInput, target, comment, check);
        table.Columns.Add(added);
        if (referencesPlace is not null)
            references.Add((added, referencesPlace));
    }

    Domain ParseColumnType(Table table, Token column, string comment)
    {
        var place = Current;
        if (ParseType() is { } type)
        {
            if (type.Length is null)
                return new Domain(type.Name, type, new SqlCheck(), comment);
            var own = $"{table.Name}_{column.Text}";
            return schema.Domains.All(domain => !GeneratedNames.Collide(domain.Name, own))
                ? new Domain(own, type, new SqlCheck(), comment)
                : throw Fail(
                    "KF0003", $"The type of {table.Name}.{column.Text} would be called as the domain {own}: use the domain, or rename it",
                    column);
        }

        return schema.FindDomain(Name().Text) ?? throw Fail("KF0002", $"There is no type or domain {place.Text}", place);
    }

    SqlType? ParseType()
    {
        if (PlainTypes.Contains(Current.Text))
            return new SqlType(tokens[next++].Text);
        if (!Is("varchar") && !Is("char") && !Is("numeric"))
            return null;
        var name = tokens[next++].Text;
        Expect("(");
        var length = Size();
        int? scale = null;
        if (name == "numeric")
        {
            Expect(",");
            scale = Size();
            if (length is < 1 or > 38 || scale > length)
                throw Fail("KF0002", $"numeric({length},{scale}) is not a type: 1 to 38 digits, of which some are decimals");
        }

        Expect(")");
        return length > 0 ? new SqlType(name, length, scale) : throw Fail("KF0002", $"{name}({length}) holds nothing");
    }

    SqlCheck ParseCheck(string subject, SqlType type)
    {
        Expect("(");
        var place = Current;
        var check = new SqlCheck();
        if (TryTake("octet_length"))
        {
            Expect("(");
            Expect(subject);
            Expect(")");
            Expect("=");
            check.OctetLength = Size();
        }
        else
        {
            Expect(subject);
            ParseCondition(check, place);
        }

        Expect(")");
        var fits =
            check.Pattern is not null
                ? type.IsText
                : check.IsPositive
                ? type.Name == "numeric"
                : check.OctetLength is not null
                ? type.Name == "bytea"
                : type.IsWholeNumber;
        return fits ? check : throw Fail("KF0005", $"The check does not fit the type {type}", place);
    }

    void ParseCondition(SqlCheck check, Token place)
    {
        if (TryTake("~"))
        {
            var regex = Current.IsQuoted ? tokens[next++].Text : throw Fail("KF0001", "After ~ comes a quoted regular expression");
            check.Pattern = TextPattern.Parse(regex) ?? throw Fail(
                "KF0005", $"{regex} is not of a form that every engine can hold: see docs/fields.md", place);
        }
        else if (TryTake(">"))
        {
            if (Number() != 0)
                throw Fail("KF0005", "The check is > 0, or >= a number", place);
            check.IsPositive = true;
        }
        else if (TryTake(">="))
        {
            check.Minimum = Number();
        }
        else if (TryTake("BETWEEN"))
        {
            check.Minimum = Number();
            Expect("AND");
            check.Maximum = Number();
            if (check.Minimum > check.Maximum)
                throw Fail("KF0005", $"Nothing is between {check.Minimum} and {check.Maximum}", place);
        }
        else
        {
            throw Fail("KF0005", "A check is ~ 'regex', > 0, >= n, BETWEEN a AND b, or octet_length(...) = n", place);
        }
    }

    void ParsePrimaryKey(Table table)
    {
        Expect("PRIMARY");
        Expect("KEY");
        if (table.PrimaryKey.Count > 0)
            throw Fail("KF0003", $"The table {table.Name} has two primary keys");
        table.PrimaryKey.AddRange(ParseColumns(table));
    }

    void ParseIndex()
    {
        var isUnique = TryTake("UNIQUE");
        Expect("INDEX");
        var name = Name();
        if (schema.Tables.Any(other => other.Indexes.Any(index => index.Name == name.Text)))
            throw Fail("KF0003", $"There are two indexes {name.Text}", name);
        Expect("ON");
        var tableName = Name();
        var table = schema.FindTable(tableName.Text) ?? throw Fail("KF0006", $"There is no table {tableName.Text} above", tableName);
        var columns = ParseColumns(table);
        string? condition = null;
        if (TryTake("WHERE"))
        {
            var words = new List<string>();
            while (!Is(";") && Current.Text.Length > 0)
            {
                if (Current.Text is not ("AND" or "IS" or "NOT" or "NULL") && table.Columns.All(column => column.Name != Current.Text))
                    throw Fail(
                        "KF0007", $"The table {table.Name} has no column {Current.Text}; a condition has columns, IS, NOT, NULL and AND");
                words.Add(tokens[next++].Text);
            }

            condition = string.Join(" ", words);
        }

        table.Indexes.Add(new TableIndex(name.Text, isUnique, columns, condition));
    }

    List<string> ParseColumns(Table table)
    {
        Expect("(");
        var columns = new List<string>();
        do
        {
            var column = Name();
            if (table.Columns.All(other => other.Name != column.Text))
                throw Fail("KF0007", $"The table {table.Name} has no column {column.Text}", column);
            columns.Add(column.Text);
        }
        while (TryTake(","));
        Expect(")");
        return columns;
    }

    void CheckReferences()
    {
        foreach (var (column, place) in references)
        {
            var parts = column.References!.Split(' ', '(', ')');
            if (schema.FindTable(parts[0])?.Columns.Any(other => other.Name == parts[2]) != true)
                throw Fail("KF0006", $"There is no {column.References} to reference", place);
        }
    }

    string? Record(IReadOnlyList<string> comments, Token table)
    {
        const string Mark = "@record";
        if (comments.FirstOrDefault(line => line.StartsWith(Mark, System.StringComparison.Ordinal)) is not { } line)
            return null;
        var name = line.Substring(Mark.Length).Trim();
        return GeneratedNames.IsTypeName(name)
            && schema.Tables.All(other => other.Record != name)
            && schema.Domains.All(domain => GeneratedNames.Pascal(domain.Name) != name)
            ? name
            : throw Fail("KF0008", $"{Mark} needs the name of a type that there is not yet, such as CustomerDetails", table);
    }

    static string Comment(IReadOnlyList<string> comments, Token place, string what)
    {
        var text = string.Join(" ", comments.Where(line => line.Length > 0 && line[0] != '@'));
        return text.Length > 0 ? text : throw new SqlException("KF0004", $"The {what} has no comment that says what it means", place.Place);
    }

    Token Name()
    {
        var token = Current;
        if (token.IsQuoted || token.Text.Length == 0 || !GeneratedNames.IsName(token.Text))
            throw Fail("KF0001", $"Expected a name of lower-case words between single underscores, got {Describe(token)}");
        next++;
        return token;
    }

    long Number()
    {
        var sign = TryTake("-") ? "-" : "";
        if (!long.TryParse(sign + Current.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            || Current.IsQuoted)
            throw Fail("KF0001", $"Expected a whole number, got {Describe(Current)}");
        next++;
        return number;
    }

    int Size()
    {
        var place = Current;
        return Number() is var number and >= 0 and <= MaxSize ? (int)number : throw Fail("KF0002", $"A size is 0 to {MaxSize}", place);
    }

    bool Is(string text) => !Current.IsQuoted && Current.Text == text;

    bool TryTake(string text)
    {
        if (!Is(text))
            return false;
        next++;
        return true;
    }

    Token Expect(string text)
    {
        var token = Current;
        if (!TryTake(text))
            throw Fail("KF0001", $"Expected {text}, got {Describe(token)}");
        return token;
    }

    static string Describe(Token token) => token.Text.Length == 0 ? "the end" : token.Text;

    SqlException Fail(string id, string message, Token? at = null) => new(id, message, (at ?? Current).Place);
}
