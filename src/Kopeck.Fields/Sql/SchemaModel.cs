using System.Collections.Generic;
using System.Linq;

namespace Kopeck.Fields.Sql;

/// <summary>A place in a file of tables.</summary>
readonly struct SqlPlace
{
    public SqlPlace(string path, int start, int length)
    {
        Path = path;
        Start = start;
        Length = length;
    }

    public string Path { get; }

    public int Start { get; }

    public int Length { get; }
}

/// <summary>A column's type before domains: varchar(200), numeric(28,14), bigint.</summary>
sealed class SqlType
{
    public SqlType(string name, int? length = null, int? scale = null)
    {
        Name = name;
        Length = length;
        Scale = scale;
    }

    public string Name { get; }

    /// <summary>The length of a text, or the precision of a numeric.</summary>
    public int? Length { get; }

    public int? Scale { get; }

    public bool IsText => Name is "varchar" or "char" or "text";

    public bool IsWholeNumber => Name is "smallint" or "integer" or "bigint";

    public override string ToString() =>
        Scale is { } scale ? $"{Name}({Length},{scale})" : Length is { } length ? $"{Name}({length})" : Name;
}

/// <summary>A CHECK of a domain or a column.</summary>
sealed class SqlCheck
{
    /// <summary>A regular expression of a form that every engine can hold; null for other checks.</summary>
    public TextPattern? Pattern { get; set; }

    public bool IsPositive { get; set; }

    public long? Minimum { get; set; }

    public long? Maximum { get; set; }

    public int? OctetLength { get; set; }

    /// <summary>Both checks: a column's own range narrows its domain's.</summary>
    public SqlCheck And(SqlCheck other) => new()
    {
        Pattern = Pattern ?? other.Pattern,
        IsPositive = IsPositive || other.IsPositive,
        Minimum = Minimum is { } minimum && !(other.Minimum > minimum) ? minimum : other.Minimum,
        Maximum = Maximum is { } maximum && !(other.Maximum < maximum) ? maximum : other.Maximum,
        OctetLength = OctetLength ?? other.OctetLength,
    };

    public override string ToString() => $"{Pattern?.Regex};{IsPositive};{Minimum};{Maximum};{OctetLength}";
}

/// <summary>A type with a name, a meaning and rules: the source of a value type.</summary>
sealed class Domain
{
    public Domain(string name, SqlType type, SqlCheck check, string comment, bool isInJournal = false, SqlPlace place = default)
    {
        IsInJournal = isInJournal;
        Place = place;
        Name = name;
        Type = type;
        Check = check;
        Comment = comment;
    }

    public string Name { get; }

    public SqlType Type { get; }

    public SqlCheck Check { get; }

    public string Comment { get; }

    /// <summary>Marked @journal: its values stand in the bodies of the journal, which no migration rewrites.</summary>
    public bool IsInJournal { get; }

    public SqlPlace Place { get; }

    /// <summary>What its values are: the type and the checks.</summary>
    public override string ToString() => Check.Pattern is { } pattern ? $"{Type} ~ '{pattern.Regex}'" : $"{Type}";
}

/// <summary>A column of a table.</summary>
sealed class TableColumn
{
    public TableColumn(string name, Domain domain, bool isNullable, bool isInput, string? references, string comment, SqlCheck? ownCheck)
    {
        Name = name;
        Domain = domain;
        IsNullable = isNullable;
        IsInput = isInput;
        References = references;
        Comment = comment;
        OwnCheck = ownCheck;
    }

    public string Name { get; }

    /// <summary>The domain; one made for the column where it names a plain type.</summary>
    public Domain Domain { get; }

    public bool IsNullable { get; }

    public bool IsInput { get; }

    /// <summary><c>table (column)</c>, or null.</summary>
    public string? References { get; }

    public string Comment { get; }

    public SqlCheck? OwnCheck { get; }

    public SqlCheck Check => OwnCheck?.And(Domain.Check) ?? Domain.Check;

    // Without @input: who gives a value is not the database's matter.
    public override string ToString() => $"{Name} {Domain.Type} {IsNullable} {References} {Check}";
}

/// <summary>An index.</summary>
sealed class TableIndex
{
    public TableIndex(string name, bool isUnique, IReadOnlyList<string> columns, string? condition)
    {
        Name = name;
        IsUnique = isUnique;
        Columns = columns;
        Condition = condition;
    }

    public string Name { get; }

    public bool IsUnique { get; }

    public IReadOnlyList<string> Columns { get; }

    public string? Condition { get; }

    public override string ToString() => $"{Name} {IsUnique} {string.Join(",", Columns)} {Condition}";
}

/// <summary>A table.</summary>
sealed class Table
{
    public Table(string name, SqlPlace place, string comment, string? record, bool isGuarded)
    {
        IsGuarded = isGuarded;
        Name = name;
        Place = place;
        Comment = comment;
        Record = record;
    }

    public string Name { get; }

    public SqlPlace Place { get; }

    public string Comment { get; }

    /// <summary>The name of the record made of its @input columns; null for none.</summary>
    public string? Record { get; }

    /// <summary>Marked @guarded: its rows are written only behind the guard, in one transaction with their book's row.</summary>
    public bool IsGuarded { get; }

    public List<TableColumn> Columns { get; } = new();

    public List<string> PrimaryKey { get; } = new();

    public List<TableIndex> Indexes { get; } = new();

    public override string ToString() =>
        $"{Name}{(IsGuarded ? " guarded" : "")} ({string.Join("; ", Columns)}) {string.Join(",", PrimaryKey)} {string.Join("; ", Indexes.OrderBy(index => index.Name, System.StringComparer.Ordinal))}";
}

/// <summary>All domains and tables, in their order.</summary>
sealed class Schema
{
    public List<Domain> Domains { get; } = new();

    public List<Table> Tables { get; } = new();

    public Domain? FindDomain(string name) => Domains.FirstOrDefault(domain => domain.Name == name);

    public Table? FindTable(string name) => Tables.FirstOrDefault(table => table.Name == name);

    /// <summary>
    /// What the tables mean, without comments and the order of tables, indexes and domains: two schemas with the same text need no
    /// migration.
    /// </summary>
    public string TablesCanonical => string.Join("\n", Tables.OrderBy(table => table.Name, System.StringComparer.Ordinal));

    /// <summary>
    /// The same, and what the values in the journal's bodies are: a change there moves no row, but nobody makes it unawares.
    /// </summary>
    public string Canonical => TablesCanonical + "\n" + string.Join("\n", JournalDomains.Select(domain => $"{domain.Name} {domain}"));

    /// <summary>The domains whose values stand in the journal's bodies, by name.</summary>
    public IEnumerable<Domain> JournalDomains =>
        Domains.Where(domain => domain.IsInJournal).OrderBy(domain => domain.Name, System.StringComparer.Ordinal);
}
