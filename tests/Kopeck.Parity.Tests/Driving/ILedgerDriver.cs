using Kopeck.Ledger.Rules;

namespace Kopeck.Parity.Tests.Driving;

/// <summary>One interface of the ledger, driven as its users do. The suite compares what each tells.</summary>
public interface ILedgerDriver : IAsyncDisposable
{
    /// <summary>Does a step and tells what came of it.</summary>
    Task<Told> DoAsync(Step step);
}

/// <summary>What a ledger told.</summary>
/// <param name="Code">The error's code; empty when it was done.</param>
/// <param name="Fields">The codes of the fields that were wrong, by name: their order is each interface's own.</param>
/// <param name="Answer">The answer as <see cref="Normal"/> JSON, in the members of HTTP; empty for an error.</param>
/// <param name="IsReplay">Whether an earlier request with the same key did it.</param>
public sealed record Told(string Code, string Fields, string Answer, bool IsReplay)
{
    public static Told Error(string code, IEnumerable<string> fields) =>
        new(code, string.Join(' ', fields.Order(StringComparer.Ordinal)), "", false);

    public static Told Done(string answer, bool isReplay = false) => new("", "", answer, isReplay);

    /// <summary>A member of the answer, such as <c>id</c> or <c>wallets/0/id</c>.</summary>
    public string this[string path] => Normal.Find(Answer, path);
}

/// <summary>
/// Where a driver's ledger is: a database with the book <c>main</c> (EUR, 7 days), a clock and salts that are the same for every driver.
/// </summary>
/// <param name="DatabasePath">A SQLite file.</param>
/// <param name="AdminKey">The secret of main's key <c>admin</c>.</param>
/// <param name="OperatorKey">The secret of the operator's key <c>operator</c>.</param>
public sealed record Bench(string DatabasePath, ManualClock Clock, ISaltSource Salts, string AdminKey, string OperatorKey);

/// <summary>A clock that stands until it is moved.</summary>
public sealed class ManualClock(DateTimeOffset start) : TimeProvider
{
    long ticks = start.UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref ticks);
}
