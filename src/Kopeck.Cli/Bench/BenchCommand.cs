using Kopeck.Cli.Commands;
using Kopeck.Cli.Settings;
using Kopeck.Engine.Verification;
using Kopeck.Ledger.Fields;

namespace Kopeck.Cli.Bench;

/// <summary>
/// <c>kopeck bench</c>: loads a running server, or the engine in this process, says how fast it was, and verifies the book.
/// </summary>
static class BenchCommand
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<int> RunAsync(
        ProgramSettings settings, BenchPlan plan, string bookName, string? key, bool verifies, bool isJson)
    {
        plan.Check();
        if (!BookName.TryParse(bookName, out var book, out var error))
            throw new UsageException($"The book {bookName}: {error.Detail}");
        if (plan.Url is not null && verifies && !settings.IsDatabaseNamed)
            throw new UsageException("the book is verified in its database: name the server's with --database, or say --no-verify");
        return plan.Url is { } url
            ? await LoadServerAsync(settings, plan, url, key ?? ReadKey(settings), book, verifies, isJson)
            : await LoadEngineAsync(settings, plan, book, verifies, isJson);
    }

    static async Task<int> LoadServerAsync(
        ProgramSettings settings, BenchPlan plan, Uri url, string key, BookName book, bool verifies, bool isJson)
    {
        // One thread takes the sockets' events and answers them itself. Read by the runtime when the first socket is made.
        InlineSockets.Enable();
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT", "1");
        using var ledger = new HttpLedger(url, key);
        var run = await LoadAsync(ledger, plan);
        if (!verifies)
            return Report(plan, ledger, run, null, book, isJson);
        await using var session = await Session.OpenAsync(settings);
        // On a thread of its own: verification waits for the database, and this may be the thread that takes the sockets' events.
        return await Task.Run(() => Report(plan, ledger, run, () => Verify(session, book), book, isJson));
    }

    static async Task<int> LoadEngineAsync(ProgramSettings settings, BenchPlan plan, BookName book, bool verifies, bool isJson)
    {
        if (settings.Database.SqlitePath is not null)
            await DatabaseCommands.CreateQuietlyAsync(settings);
        await using var session = await Session.OpenAsync(settings);
        await FirstKeys.OpenBookAsync(session, settings, book);
        var ledger = new EngineLedger(session, book, settings.Database.Description);
        var run = await LoadAsync(ledger, plan);
        return Report(plan, ledger, run, verifies ? () => Verify(session, book) : null, book, isJson);
    }

    static async Task<LoadRun> LoadAsync(IBenchLedger ledger, BenchPlan plan)
    {
        long[] wallets = [], others = [];
        if (plan.NeedsWallets)
        {
            var preparation = new BenchWallets(ledger);
            wallets = await preparation.PrepareAsync(plan.Currency.Code, plan.Accounts);
            if (plan.Converts)
            {
                others = await preparation.PrepareAsync(plan.OtherCurrency.Code, plan.Accounts);
                await ledger.RequireQuotesAsync(
                    wallets[0], others[0], [(plan.Currency.Code, "1.0842"), (plan.OtherCurrency.Code, "0.9213")]);
            }
        }

        var run = new LoadRun(plan, new ItemSource(plan, wallets, others));
        var load = ledger.LoadAsync(run, plan.Connections);
        await DriveAsync(run, plan, load);
        return run;
    }

    static async Task DriveAsync(LoadRun run, BenchPlan plan, Task load)
    {
        using var progress = new LoadProgress(run);
        if (plan.WarmUpSeconds > 0)
        {
            await progress.WaitAsync("warming up", TimeSpan.FromSeconds(plan.WarmUpSeconds), load);
            run.Measure();
        }

        if (plan.Count is null)
        {
            await progress.WaitAsync("measuring", TimeSpan.FromSeconds(plan.Seconds), load);
            run.Stop();
            await Task.WhenAny(load, Task.Delay(Patience));
        }
        else
        {
            await progress.WaitAsync("measuring", Timeout.InfiniteTimeSpan, load);
        }

        if (!load.IsCompleted)
            throw new BenchException($"some requests were not answered within {Patience.TotalSeconds:0} s");
        await load;
    }

    static int Report(BenchPlan plan, IBenchLedger ledger, LoadRun run, Func<VerificationResult>? verify, BookName book, bool isJson)
    {
        var report = new BenchReport(plan, ledger.Description, run.WarmUp, run.Measured);
        if (!isJson)
            report.WriteText();
        var verification = verify?.Invoke();
        if (isJson)
            report.WriteJson(verification);
        else if (verification is not null)
            Console.Out.WriteLine(
                verification.Finding is { } wrong
                    ? $"Book {book} is wrong: {wrong}"
                    : $"Book {book} is right: {verification.Operations} operations verified");
        return verification?.Finding is null
            && run.Measured.Errors.Count == 0
            && run.WarmUp.Errors.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
    }

    static VerificationResult Verify(Session session, BookName book)
    {
        using var progress = new Progress("operations verified");
        return Verifier.Verify(session.Database.OpenForVerification(), book, null, progress.Report);
    }

    static string ReadKey(ProgramSettings settings)
    {
        var file = Path.Combine(settings.KeysFolder, KeyFiles.Administrator);
        return File.Exists(file)
            ? File.ReadAllText(file).Trim()
            : throw new UsageException($"there is no {file}: name an API key with the scopes read, transfer, cash and quotes: --key KEY");
    }
}
