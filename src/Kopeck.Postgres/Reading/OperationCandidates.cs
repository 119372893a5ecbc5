using System.Globalization;
using Kopeck.Engine.Reading;
using Kopeck.Ledger.Fields;
using Kopeck.Postgres.Writing;
using Npgsql;

namespace Kopeck.Postgres.Reading;

/// <summary>
/// The numbers of the operations that a list may show, in its order, a chunk at a time: each statement is short, however long the list. Each
/// source (an account's entries, its changes, a customer's changes) gives its own next numbers from its index.
/// </summary>
/// <param name="accounts">The accounts of which one must be touched; null for any operation.</param>
/// <param name="customer">The customer whose own changes count too.</param>
/// <param name="mustTouch">Accounts of which one must be touched besides; null for none.</param>
sealed class OperationCandidates(BookName book, OperationFilter filter, bool isAscending, long[]? accounts, long? customer, long[]? mustTouch, (long From, long To) range)
{
    const int MaxChunk = 4_096;

    // How much of a journal one statement looks through for operations of one kind.
    const long Window = 100_000;

    long from = range.From;
    long to = range.To;
    int chunk;

    /// <summary>Whether everything was looked at.</summary>
    public bool IsAtEnd => from >= to;

    /// <summary>The statement for the next numbers.</summary>
    /// <param name="wanted">How many operations are still missing.</param>
    public NpgsqlBatchCommand Next(int wanted)
    {
        // Where a filter looks at the operations themselves, most candidates may fall through.
        chunk = filter.Kind is null ? wanted : Math.Min(MaxChunk, Math.Max(chunk, wanted) * 4);
        var (first, end) = Part();
        var order = isAscending ? "ASC" : "DESC";
        var command = new NpgsqlBatchCommand().Add(book.Value).Add(first).Add(end).Add(chunk);
        var sources = Sources(command, order);
        var touch = mustTouch is null ? "" : $" WHERE {Touches(command)}";
        command.CommandText = $"SELECT number FROM ({string.Join(" UNION ", sources)}) candidate{touch} ORDER BY number {order} LIMIT $4";
        return command;
    }

    /// <summary>Goes on after the numbers that <see cref="Next"/> gave.</summary>
    public void Advance(List<long> numbers)
    {
        var (first, end) = Part();
        if (isAscending)
            from = numbers.Count < chunk ? end : numbers[^1] + 1;
        else
            to = numbers.Count < chunk ? first : numbers[^1];
    }

    (long From, long To) Part() =>
        accounts is not null || customer is not null ? (from, to)
        : isAscending ? (from, Math.Min(to, from + Window))
        : (Math.Max(from, to - Window), to);

    List<string> Sources(NpgsqlBatchCommand command, string order)
    {
        var sources = new List<string>();
        if (accounts is not null)
        {
            command.Add(accounts);
            var parameter = Last(command);
            // Without touching accounts a source's own limit would cut off what the other condition lets through.
            var limit = mustTouch is null ? " LIMIT $4" : "";
            foreach (var (table, distinct) in new[] { ("entries", "DISTINCT "), ("account_changes", "") })
                sources.Add($"SELECT found.number FROM unnest({parameter}::bigint[]) AS wanted (account) CROSS JOIN LATERAL (SELECT {distinct}number FROM {table} WHERE book = $1 AND account = wanted.account AND number >= $2 AND number < $3 ORDER BY number {order}{limit}) found");
        }

        if (customer is { } id)
        {
            command.Add(id);
            sources.Add($"(SELECT number FROM customer_changes WHERE book = $1 AND customer = {Last(command)} AND number >= $2 AND number < $3 ORDER BY number {order} LIMIT $4)");
        }

        if (sources.Count == 0)
        {
            var kind = "";
            if (filter.Kind is { } wanted)
            {
                command.Add((short)wanted);
                kind = $" AND kind = {Last(command)}";
            }

            sources.Add($"(SELECT number FROM operations WHERE book = $1 AND number >= $2 AND number < $3{kind} ORDER BY number {order} LIMIT $4)");
        }

        return sources;
    }

    string Touches(NpgsqlBatchCommand command)
    {
        command.Add(mustTouch!);
        var parameter = Last(command);
        return $"EXISTS (SELECT 1 FROM entries WHERE book = $1 AND account = ANY({parameter}) AND number = candidate.number) OR EXISTS (SELECT 1 FROM account_changes WHERE book = $1 AND account = ANY({parameter}) AND number = candidate.number)";
    }

    static string Last(NpgsqlBatchCommand command) => "$" + command.Parameters.Count.ToString(CultureInfo.InvariantCulture);
}
