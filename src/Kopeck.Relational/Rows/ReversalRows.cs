using Kopeck.Ledger.Reversals;
using Kopeck.Relational.Sql;

namespace Kopeck.Relational.Rows;

/// <summary>Rows of <c>reversals</c>.</summary>
public static class ReversalRows
{
    // From leg to leg along the primary key, whatever was reversed of each; of each the last row, which has the totals.
    const string LastOfLegs = $"""
        WITH RECURSIVE legs (leg) AS (
          SELECT min(leg) FROM reversals WHERE book = $1 AND original = {Dialect.Key}
          UNION ALL
          SELECT (SELECT min(r.leg) FROM reversals r WHERE r.book = $1 AND r.original = {Dialect.Key} AND r.leg > legs.leg)
          FROM legs WHERE legs.leg IS NOT NULL)
        SELECT r.original, r.leg, r.paid_back, r.received_back
        FROM legs CROSS JOIN reversals r
        WHERE r.book = $1 AND r.original = {Dialect.Key} AND r.leg = legs.leg
          AND r.number = (
            SELECT max(m.number) FROM reversals m
            WHERE m.book = $1 AND m.original = {Dialect.Key} AND m.leg = legs.leg AND m.number <= $3)
        """;

    const string First = $"""
        SELECT original, number, leg, paid, received, paid_back, received_back FROM reversals
        WHERE book = $1 AND original = {Dialect.Key} AND number <= $3 ORDER BY number, leg LIMIT $4
        """;

    /// <summary>What all reversals until the number $3 took of each leg of the operations $2, where they took something.</summary>
    public static string SelectBack(Dialect dialect) => dialect.ForEach(LastOfLegs, 2, ValueKind.Number);

    /// <summary>The first reversals until the number $3 of each of the operations $2, leg by leg, at most $4 of each.</summary>
    public static string SelectFirst(Dialect dialect) => dialect.ForEach(First, 2, ValueKind.Number);

    /// <summary>Reads a row of <see cref="SelectBack"/>.</summary>
    public static (long Original, int Leg, Sides Back) ReadBack(IRow row) =>
        (row.Int64(0), (int)row.Int64(1), new Sides(row.Int64(2), row.Int64(3)));

    /// <summary>Reads a row of <see cref="SelectFirst"/>.</summary>
    public static ReversalRow Read(IRow row) => new(
        row.Int64(0), row.Int64(1), (int)row.Int64(2), new Sides(row.Int64(3), row.Int64(4)), new Sides(row.Int64(5), row.Int64(6)));
}
