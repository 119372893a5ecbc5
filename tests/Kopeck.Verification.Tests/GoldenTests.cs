using System.Diagnostics;
using System.Globalization;
using System.Text;
using Kopeck.Engine.Verification;
using Kopeck.Ledger;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Money;
using Kopeck.Testing.Stores.Authoring;
using Kopeck.Testing.Stores.Engines;
using static Kopeck.Testing.Stores.Authoring.Values;

namespace Kopeck.Verification.Tests;

/// <summary>
/// A book whose bytes never change: what was written once is written, read and verified so on every machine and by every later version.
/// </summary>
public sealed class GoldenTests
{
    static readonly string Golden = Path.Combine(AppContext.BaseDirectory, "Golden", "book.jsonl");

    // Composed and decomposed, scripts whose marks are letters, dotless i, beyond the BMP, Unicode 17, and what JSON and JavaScript escape.
    static readonly string[] Texts =
    [
        "plain", "cafe\u0301 ﬁne Å\u212B", "İstanbul ısparta IIII", "กิ ที่ ๑๒๓", "علی رضا محـــمد ی", "हिन्दी क़ बी", "バス ﾊﾞｽ か\u3099",
        "한 \u1112\u1161\u11AB",
        "🎉 👩‍👧 𝒜 \U0001D15E", "\u20C1 riyal \u1ACF\u0301 \uA7CE", "<&'\"\\/> + =1+1 \u200B\u00AD\u007E", "Jean\u2212Luc O\u2019Brien",
        "q\u0323\u0307 q\u0307\u0323 a\u0302\u0323", "\uE000 \uF900",
    ];

    [Fact]
    public async Task The_scripted_book_has_the_golden_bytes_and_verifies()
    {
        await using var database = await StoreEngine.Sqlite.CreateAsync();
        var author = new BookAuthor("golden", 13);
        Play(author);
        await using (var store = database.Ledger.OpenStore())
        {
            foreach (var batch in author.Batches)
                Assert.True(await store.CommitAsync(batch, null));
            using var export = new MemoryStream();
            await JournalExport.WriteAsync(store, author.Book, 0, withPersonal: true, export, null, TestContext.Current.CancellationToken);
            var written = Encoding.UTF8.GetString(export.ToArray());
            if (Environment.GetEnvironmentVariable("KOPECK_TEST_REFRESH") is "1")
                await File.WriteAllTextAsync(Golden, written, TestContext.Current.CancellationToken);
            Assert.Equal(await File.ReadAllTextAsync(Golden, TestContext.Current.CancellationToken), written);
        }

        var result = Verifier.Verify(database.Ledger.OpenForVerification(), author.Book);
        Assert.True(result.Finding is null, result.Finding?.ToString());
        Assert.Equal(author.Row!.Head.Hash.ToString(), result.HeadHash);
    }

    /// <summary>The test above in a process of each language: none of their rules of case, order, digits or calendars may show.</summary>
    [Theory]
    [InlineData("tr_TR.UTF-8")]
    [InlineData("th_TH.UTF-8")]
    [InlineData("fa_IR.UTF-8")]
    [InlineData("de_DE.UTF-8")]
    [InlineData("ar_SA.UTF-8")]
    [InlineData("ja_JP.UTF-8")]
    [InlineData("lt_LT.UTF-8")]
    [InlineData("C")]
    public async Task The_golden_book_is_written_the_same_in_every_language(string locale)
    {
        // Started by itself: this would start itself for ever.
        if (Environment.GetEnvironmentVariable("KOPECK_TEST_LOCALE") is { } asked)
        {
            Assert.Equal(locale, asked);
            return;
        }

        var method = $"{typeof(GoldenTests).FullName}.{nameof(The_scripted_book_has_the_golden_bytes_and_verifies)}";
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["--filter-method", method])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        foreach (var name in new[] { "LANG", "LC_ALL", "KOPECK_TEST_LOCALE" })
            start.Environment[name] = locale;
        start.Environment.Remove("KOPECK_TEST_REFRESH");
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        // A run of no test does not end with 0.
        Assert.True(process.ExitCode == 0, said + await errors);
    }

    [Fact]
    public async Task The_independent_script_accepts_the_golden_book_and_a_proof_of_one_entry()
    {
        var script = Path.Combine(AppContext.BaseDirectory, "verify_journal.py");
        var (code, said) = await PythonAsync(script, Golden);
        Assert.True(code == 0, said);

        using var folder = new TemporaryFolder();
        var proof = folder.File("proof.json");
        var deposit = (await File.ReadAllLinesAsync(Golden, TestContext.Current.CancellationToken)).Index()
            .First(line => line.Item.Contains("\"kind\":\"deposit\"", StringComparison.Ordinal));
        (code, said) = await PythonAsync(script, Golden, "--prove", (deposit.Index + 1).ToString(CultureInfo.InvariantCulture), "1");
        Assert.True(code == 0, said);
        await File.WriteAllTextAsync(proof, said, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("plain", said, StringComparison.Ordinal);
        var hash = System.Text.Json.Nodes.JsonNode.Parse(deposit.Item)!["hash"]!.GetValue<string>();
        Assert.Equal(0, (await PythonAsync(script, "--proof", proof, hash)).Code);
        Assert.Equal(1, (await PythonAsync(script, "--proof", proof, new string('0', 64))).Code);
        var json = System.Text.Json.Nodes.JsonNode.Parse(said)!;
        json["entry"]!["amountMinor"] = "1";
        await File.WriteAllTextAsync(proof, json.ToJsonString(), TestContext.Current.CancellationToken);
        Assert.Equal(1, (await PythonAsync(script, "--proof", proof, hash)).Code);
    }

    static void Play(BookAuthor author)
    {
        Story.Play(author);
        author.Write(new OpenInternalAccount(AccountCode.Parse("golden"), Currency("EUR"), null));
        var account = author.Last;
        foreach (var (place, text) in Texts.Index())
        {
            author.Write(
                new RegisterCustomer(CountryCode.Parse("PT"), Details(text, text, $"{place} {text}", Metadata(text)), Currency("EUR")));
            author.Write(
                new Deposit(author.Last, Amount("1.00"), null)
                {
                    Description = Description.Parse(text),
                    Metadata = Ledger.Fields.Metadata.Parse(Metadata(text))
                });
        }

        author.Write(new FreezeAccount(account, AccountStatus.Frozen));
        Story.Reserve(author);
        // The day of the zone is the next one of UTC: its quote is the one that counts.
        author.At = new Instant(author.At.Microseconds + (long)TimeSpan.FromHours(12).TotalMicroseconds);
        author.Write(new ChangeBook(30, ZoneName.Parse("Pacific/Kiritimati")));
        author.Write(new LoadQuotes(author.At.Date.AddDays(1), [new LoadedQuote("USD", QuotePair.Parse("1", "0.95"))]));
        author.Write(new RegisterCustomer(CountryCode.Parse("KI"), Details("plain", "plain"), Currency("USD")));
        var dollars = author.Last;
        author.Write(new Deposit(dollars, Amount("50.00"), null));
        author.Write(new RegisterCustomer(CountryCode.Parse("KI"), Details("plain", "plain"), Currency("KWD")));
        author.Write(new TransferMoney(dollars, author.Last, Amount("5.00"), null));
        author.Write(new ChangeBook(null, ZoneName.Parse("Pacific/Pago_Pago")));
        // Items of a batch with a key of its own: the first tells what is in it.
        author.Batch = new BatchMark(KeyDigest.Of(IdempotencyKey.Parse("golden-batch")), Digest.Of("its contents"u8));
        author.Write(new Deposit(dollars, Amount("1.00"), null), new Deposit(dollars, Amount("2.00"), null));
    }

    static string Metadata(string text)
    {
        using var json = System.Text.Json.JsonDocument.Parse(
            System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, object> { [text] = text, ["n"] = 1.50m }));
        return MetadataReader.Read(json.RootElement, FieldTypes.Metadata, out _)!;
    }

    static async Task<(int Code, string Said)> PythonAsync(params string[] arguments)
    {
        using var process =
            Process.Start(new ProcessStartInfo("python3", arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, said);
    }
}
