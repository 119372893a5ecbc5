using System.Globalization;
using Kopeck.Api;
using Kopeck.Api.Answers;
using Kopeck.Api.Calls;
using Kopeck.Api.Values;
using Kopeck.Cli.Settings;
using Kopeck.Engine.Storage;
using Kopeck.Ledger;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;

namespace Kopeck.Cli.Commands;

/// <summary><c>kopeck clock</c>: how far a book's last operation is ahead of the clock, and letting the book go on all the same.</summary>
static class ClockCommand
{
    public static async Task<int> RunAsync(ProgramSettings settings, string book, string? standAt, bool isJson)
    {
        Instant? stand = null;
        if (standAt is not null)
            stand = Instant.TryParse(standAt, out var read)
                ? read
                : throw new UsageException($"--stand-at is {standAt}: use the instant that `kopeck clock` shows as headAt");
        await using var session = await Session.OpenAsync(settings);
        var name = await session.RequireBookAsync(book);
        if (stand is { } at && await StandAsync(session, name, at) is { } rejection)
        {
            Console.Error.WriteLine($"{rejection.Detail} ({rejection.Code.Name()})");
            return rejection.Code is ErrorCode.StorageUnavailable or ErrorCode.Overloaded or ErrorCode.ClockSkew
                ? ExitCodes.Unavailable
                : ExitCodes.Failed;
        }

        Show((await session.Store.FindBookAsync(name, CancellationToken.None))!, Instant.From(session.Time.GetUtcNow()), isJson);
        return ExitCodes.Done;
    }

    static async ValueTask<Rejection?> StandAsync(Session session, BookName book, Instant at)
    {
        var who = new Identity(book, Session.Actor, Scopes.Admin, IsOperator: false);
        var request = new ChangeBookRequest { ClockStandsAt = LedgerEnd.Of(at) };
        var result = await request.Call.RunAsync(new CallContext(session.Api, who, request.Call, null, CancellationToken.None), request);
        return result.Answer is BookAnswer ? null : result.Rejection;
    }

    static void Show(BookRow row, Instant now, bool isJson)
    {
        var ahead = decimal.Divide(row.Head.At.Microseconds - now.Microseconds, 1_000_000).ToString("0.000", CultureInfo.InvariantCulture);
        Output.Table(
            isJson, ["book", "head", "headAt", "clock", "headAheadSeconds", "clockStandsAt"],
            [[
                row.Book.Value, Output.Text(row.Head.Number), row.Head.At.ToString(), now.ToString(), ahead,
                row.Terms.ClockStandsAt?.ToString() ?? "",
            ]]);
    }
}
