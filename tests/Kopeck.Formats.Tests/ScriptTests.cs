using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Kinds;
using Kopeck.Statements.Formats.Pdf.Text;
using Kopeck.Statements.Model;
using static Kopeck.Testing.Stores.Authoring.Values;

namespace Kopeck.Formats.Tests;

/// <summary>
/// Names in the scripts of the world on a page: drawn with fonts of this machine, copied in the order in which they are read.
/// </summary>
public sealed class ScriptTests
{
    static readonly string[] Names =
        [
            "محمد عبد الله الأحمد", "דוד בן־גוריון", "田中 花子", "王小明", "김민수", "प्रिया शर्मा", "สมชาย ใจดี", "Nguyễn Thị Hương",
            "Şükrü İğdırlıoğlu"];

    [Fact]
    public async Task Names_in_nine_scripts_are_drawn_without_boxes_and_copied_in_the_order_in_which_they_are_read()
    {
        using var folder = new TestFolder();
        await using var book = await TestBook.OpenAsync();
        var subject = await TellAsync(book);
        var file = folder.Write("scripts.pdf", await book.DrawAsync("pdf", subject));
        if (Environment.GetEnvironmentVariable("KOPECK_TEST_KEEP") is { } keep)
            File.Copy(file, Path.Combine(keep, "scripts.pdf"), overwrite: true);
        var said = Programs.Pdftotext("-layout", file, folder.File("out.txt"));
        Assert.Equal((0, ""), (said.ExitCode, said.Errors));
        var text = (await File.ReadAllTextAsync(folder.File("out.txt"), TestContext.Current.CancellationToken)).Normalize();
        // Poppler puts marks of direction around what goes from right to left.
        text = string.Concat(text.Where(letter => letter is not ('\u202a' or '\u202b' or '\u202c')));
        // Two letters that are one glyph it turns around, as it does not look into what a glyph stands for.
        foreach (var word in Names.SelectMany(name => name.Split(' ')).Where(word => !word.Contains("لأ", StringComparison.Ordinal)))
            Assert.Contains(word, text, StringComparison.Ordinal);
        Assert.DoesNotContain("boxes", text, StringComparison.Ordinal);
        var qpdf = Readers.OtherReaders.Program("qpdf", "qpdf", "--check", file);
        Assert.True(qpdf.ExitCode == 0, qpdf.Output + qpdf.Errors);
        Assert.Matches("Tagged: +yes", Programs.Pdfinfo(file).Output);
        var fonts =
            Readers.OtherReaders.Program("poppler-utils", "pdffonts", file).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[2..];
        Assert.True(fonts.Length >= 6, string.Join('\n', fonts));
        Assert.All(fonts, font => Assert.Matches("^KOPECK\\+.* yes +yes +yes ", font));
    }

    [Theory]
    [InlineData("abc", "abc")]
    [InlineData("שלום", "םולש")]
    [InlineData("שלום 12.50 EUR", "EUR 12.50 םולש")]
    [InlineData("pay שלום now", "pay םולש now")]
    [InlineData("אב (גד) 5", "5 (דג) בא")]
    [InlineData("محمد 123", "123 دمحم")]
    [InlineData("EUR ١٢٣ محمد", "EUR دمحم ١٢٣")]
    public void A_text_of_both_directions_is_drawn_in_the_order_of_UAX_9(string text, string drawn)
    {
        var levels = Bidi.Levels(text) ?? new byte[text.Length];
        var seen = Bidi.Order(levels).Select(run => text.Substring(run.Start, run.Length)).Zip(Bidi.Order(levels), (part, run) =>
            run.Level % 2 == 0 ? part : Bidi.Mirror(string.Concat(part.Reverse())));
        Assert.Equal(drawn, string.Concat(seen));
    }

    static async Task<StatementSubject> TellAsync(TestBook book)
    {
        var (customer, wallet) = await book.RegisterAsync(Names[0], "AE", "دبي", "EUR", "arabic");
        foreach (var name in Names[1..])
        {
            var (_, other) = await book.RegisterAsync(name, "DE", "Berlin", "EUR");
            await book.WriteAsync(new Deposit(other, Amount("1234.56"), null));
            await book.WriteAsync(
                new TransferMoney(other, wallet, Amount("100"), null) { Description = Description.Parse($"for {name}, thanks") });
        }

        return new StatementSubject.OfCustomer(customer);
    }
}
