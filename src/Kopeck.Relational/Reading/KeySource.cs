using Kopeck.Relational.Sql;

namespace Kopeck.Relational.Reading;

/// <summary>
/// One place that the keys of a list come from. Its statement selects a group (0, or the key that it is run for) and the list's key, of
/// book $1, from $2 up to but without $3, in the list's order, at most $4 a group.
/// </summary>
/// <param name="Text">The statement, its direction written as <see cref="Direction"/>.</param>
/// <param name="Values">Its own values, from $5 on.</param>
/// <param name="IsScan">Whether it looks at every row of its range, so that it is given short ranges.</param>
public sealed record KeySource(string Text, IReadOnlyList<QueryValue> Values, bool IsScan = false)
{
    /// <summary>Stands for ASC or DESC.</summary>
    public const string Direction = "@direction";

    /// <summary>A source whose values are added to it.</summary>
    public static KeySource Of(string text, Func<Query, Query> add, bool isScan = false) => new(text, add(new Query(text)).Values, isScan);
}
