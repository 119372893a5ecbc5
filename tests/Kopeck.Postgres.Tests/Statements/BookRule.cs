using Kopeck.Ledger.Fields;

namespace Kopeck.Postgres.Tests.Statements;

/// <summary>
/// Whether a statement names one book, by one parameter, in each of its tables: <c>alias.book = $1</c> among the conditions that every row
/// meets, at the place where the table stands. A comparison of one table's book with another's is not enough: what routes a statement to
/// where a book is looks at each table for itself.
/// </summary>
sealed class BookRule
{
    // The instance's own: they belong to no book.
    static readonly HashSet<string> OfNoBook = ["operator_keys", "schema_migrations"];

    static readonly HashSet<string> OfBooks = [.. Tables.All.Where(table => !OfNoBook.Contains(table))];

    static readonly HashSet<string> Clauses =
        ["SELECT", "FROM", "WHERE", "GROUP", "HAVING", "WINDOW", "ORDER", "LIMIT", "OFFSET", "FOR", "RETURNING", "SET", "VALUES", "USING"];

    static readonly HashSet<string> Joins = ["JOIN", "CROSS", "INNER", "LEFT", "RIGHT", "FULL", "OUTER", "NATURAL", "LATERAL"];

    static readonly HashSet<string> NoAlias =
        [.. Clauses, .. Joins, "ON", "AS", "AND", "UNION", "INTERSECT", "EXCEPT"];

    readonly List<string> problems = [];
    readonly HashSet<string> parameters = new(StringComparer.Ordinal);
    readonly HashSet<string> common = new(StringComparer.Ordinal);

    /// <summary>What is wrong; nothing where the rule is kept.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <summary>How many tables of books the statement names.</summary>
    public int Named { get; private set; }

    /// <summary>The parameter that names the book; null where there is none, or more than one.</summary>
    public string? Parameter => parameters.Count == 1 ? parameters.First() : null;

    public static BookRule Of(string statement)
    {
        var rule = new BookRule();
        var part = new List<SqlNode>();
        foreach (var node in SqlNode.Parse(statement).Append(new SqlNode(";", null)))
        {
            if (!node.Is(";"))
            {
                part.Add(node);
                continue;
            }

            if (part.Count > 0)
                rule.Query(part);
            part = [];
        }

        if (rule.parameters.Count > 1)
            rule.problems.Add("names the book by " + string.Join(" and ", rule.parameters.Order(StringComparer.Ordinal)));
        return rule;
    }

    static bool IsQuery(IReadOnlyList<SqlNode> nodes) =>
        nodes.Count > 0
        && (nodes[0].Is("SELECT") || nodes[0].Is("WITH") || nodes[0].Is("INSERT") || nodes[0].Is("UPDATE") || nodes[0].Is("DELETE"));

    void Query(IReadOnlyList<SqlNode> nodes)
    {
        var rest = With(nodes);
        var branch = new List<SqlNode>();
        foreach (var node in rest)
        {
            if (node.Is("UNION") || node.Is("INTERSECT") || node.Is("EXCEPT"))
            {
                Level(branch);
                branch = [];
            }
            else if (branch.Count > 0 || !node.Is("ALL"))
            {
                branch.Add(node);
            }
        }

        Level(branch);
    }

    List<SqlNode> With(IReadOnlyList<SqlNode> nodes)
    {
        if (!nodes[0].Is("WITH"))
            return [.. nodes];
        var place = nodes[1].Is("RECURSIVE") ? 2 : 1;
        while (true)
        {
            common.Add(nodes[place++].Name!);
            while (!nodes[place].Is("AS"))
                place++;
            while (!nodes[++place].IsGroup)
            {
            }

            Query(nodes[place++].Children!);
            if (!nodes[place].Is(","))
                return [.. nodes.Skip(place)];
            place++;
        }
    }

    // One SELECT, INSERT, UPDATE or DELETE: its tables, and the conditions that all its rows meet.
    void Level(List<SqlNode> nodes)
    {
        if (nodes is [{ IsGroup: true } only])
        {
            Query(only.Children!);
            return;
        }

        var conflict = nodes.FindIndex(node => node.Is("CONFLICT"));
        if (conflict > 0)
            nodes = nodes[..(conflict - 1)];
        var level = new LevelTables();
        var place = 0;
        if (nodes[0].Is("INSERT"))
        {
            Insert(nodes);
            return;
        }

        if (nodes[0].Is("UPDATE"))
            place = Item(nodes, 1, level);
        foreach (var (clause, part) in Parts(nodes, place))
        {
            Nested(part);
            if (clause is "FROM" or "USING")
                From(part, level);
            else if (clause == "WHERE")
                level.Conditions.AddRange(Conjuncts(part));
        }

        Judge(level);
    }

    void Insert(List<SqlNode> nodes)
    {
        var table = nodes[2].Name!;
        var columns = nodes[3].Children!.Where(node => !node.Is(",")).Select(node => node.Name!).ToList();
        var book = columns.IndexOf("book");
        if (!OfBooks.Contains(table))
        {
            Nested(nodes);
            return;
        }

        Named++;
        if (book < 0)
        {
            problems.Add($"{table} is given no book");
            return;
        }

        if (nodes[4].Is("VALUES"))
        {
            foreach (var row in nodes.Skip(5).Where(node => node.IsGroup))
                Value(table, ListOf(row.Children!)[book], null);
            Nested(nodes);
            return;
        }

        var select = nodes[4..];
        var level = new LevelTables();
        var shown = new List<List<SqlNode>>();
        foreach (var (clause, part) in Parts(select, 0))
        {
            Nested(part);
            if (clause == "SELECT")
                shown = ListOf(part);
            else if (clause == "FROM")
                From(part, level);
            else if (clause == "WHERE")
                level.Conditions.AddRange(Conjuncts(part));
        }

        Judge(level);
        Value(table, shown[book], level);
    }

    void Value(string table, List<SqlNode> value, LevelTables? level)
    {
        if (value is [{ Word: ['$', ..] } parameter])
            parameters.Add(parameter.Word);
        else if (value is not [{ Name: { } name }] || level?.Tables.Any(each => name == each.Alias + ".book") != true)
            problems.Add($"{table} is given the book {string.Join(' ', value)}");
    }

    void Judge(LevelTables level)
    {
        foreach (var (table, alias) in level.Tables)
        {
            Named++;
            var named = level.Conditions.Concat(level.Joined.GetValueOrDefault(alias) ?? [])
                .Select(condition => ParameterOf(condition, alias, isAlone: level.Tables.Count == 1))
                .FirstOrDefault(found => found is not null);
            if (named is null)
                problems.Add($"{table} {alias} is not of the book of a parameter");
            else
                parameters.Add(named);
        }
    }

    static string? ParameterOf(IReadOnlyList<SqlNode> condition, string alias, bool isAlone)
    {
        if (condition is not [var left, { Word: "=" }, var right])
            return null;
        bool IsBook(SqlNode node) => node.Name == alias + ".book" || (isAlone && node.Name == "book");
        return IsBook(left) && right.Word is ['$', ..] ? right.Word : IsBook(right) && left.Word is ['$', ..] ? left.Word : null;
    }

    // What is nested in expressions: each query by itself. Those of FROM too.
    void Nested(IReadOnlyList<SqlNode> nodes)
    {
        foreach (var node in nodes.Where(node => node.IsGroup))
        {
            if (IsQuery(node.Children!))
                Query(node.Children!);
            else
                Nested(node.Children!);
        }
    }

    static IEnumerable<(string Clause, List<SqlNode> Part)> Parts(List<SqlNode> nodes, int from)
    {
        string? clause = null;
        var part = new List<SqlNode>();
        // FOR UPDATE and IS DISTINCT FROM are what they are.
        for (var place = from; place < nodes.Count; place++)
        {
            var word = nodes[place].IsGroup ? "" : nodes[place].Word.ToUpperInvariant();
            if (!Clauses.Contains(word) || (word == "FROM" && nodes[place - 1].Is("DISTINCT")))
            {
                part.Add(nodes[place]);
                continue;
            }

            if (clause is not null)
                yield return (clause, part);
            (clause, part) = (word, []);
        }

        if (clause is not null)
            yield return (clause, part);
    }

    void From(List<SqlNode> part, LevelTables level)
    {
        var place = 0;
        while (place < part.Count)
        {
            var isOuter = false;
            while (place < part.Count && (part[place].Is(",") || Joins.Contains(part[place].Word.ToUpperInvariant())))
            {
                isOuter |= part[place].Is("LEFT");
                if (part[place].Is("RIGHT") || part[place].Is("FULL"))
                    problems.Add("joins in a way that is not looked at: " + part[place]);
                place++;
            }

            var count = level.Tables.Count;
            place = Item(part, place, level);
            if (place >= part.Count || !part[place].Is("ON"))
                continue;
            var end = place + 1;
            while (end < part.Count && !part[end].Is(",") && !Joins.Contains(part[end].Word.ToUpperInvariant()))
                end++;
            var conditions = Conjuncts(part[(place + 1)..end]);
            if (!isOuter)
                level.Conditions.AddRange(conditions);
            else if (level.Tables.Count > count)
                level.Joined[level.Tables[^1].Alias] = conditions;
            place = end;
        }
    }

    // A table, a query or a function, and what it is called here; where it ends.
    int Item(List<SqlNode> nodes, int place, LevelTables level)
    {
        var item = nodes[place++];
        // Of a function the arguments, of a query nothing: nested queries were looked at.
        var isTable = !item.IsGroup && !(place < nodes.Count && nodes[place].IsGroup);
        if (!item.IsGroup && !isTable)
            place++;
        var alias = item.Name ?? "";
        if (place < nodes.Count && nodes[place].Is("AS"))
            place++;
        if (place < nodes.Count && nodes[place].Name is { } name && !NoAlias.Contains(name.ToUpperInvariant()))
        {
            alias = name;
            place++;
            if (place < nodes.Count && nodes[place].IsGroup)
                place++;
        }

        if (isTable && OfBooks.Contains(item.Name!) && !common.Contains(item.Name!))
            level.Tables.Add((item.Name!, alias));
        return place;
    }

    // The conditions of which all must hold; none where one of several is enough.
    static List<IReadOnlyList<SqlNode>> Conjuncts(IReadOnlyList<SqlNode> condition)
    {
        if (condition.Any(node => node.Is("OR")))
            return [];
        var all = new List<IReadOnlyList<SqlNode>>();
        var part = new List<SqlNode>();
        foreach (var node in condition.Append(new SqlNode("AND", null)))
        {
            if (!node.Is("AND"))
            {
                part.Add(node);
                continue;
            }

            if (part is [{ IsGroup: true } group] && !IsQuery(group.Children!))
                all.AddRange(Conjuncts(group.Children!));
            else
                all.Add(part);
            part = [];
        }

        return all;
    }

    static List<List<SqlNode>> ListOf(IReadOnlyList<SqlNode> nodes)
    {
        var items = new List<List<SqlNode>> { new() };
        foreach (var node in nodes)
        {
            if (node.Is(","))
                items.Add([]);
            else
                items[^1].Add(node);
        }

        return items;
    }

    sealed class LevelTables
    {
        public List<(string Table, string Alias)> Tables { get; } = [];

        public List<IReadOnlyList<SqlNode>> Conditions { get; } = [];

        /// <summary>Those of an outer join hold for what it joins alone.</summary>
        public Dictionary<string, List<IReadOnlyList<SqlNode>>> Joined { get; } = [];
    }
}
