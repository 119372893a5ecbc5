using Kopeck.Ledger.Fields;
using Kopeck.Relational.Reading;

namespace Kopeck.Stores.Tests;

/// <summary>The keys of a list come in its order, each once, by short statements.</summary>
public sealed class KeyScanTests
{
    const long Rows = 1_000_000;

    static readonly BookName Book = BookName.Parse("main");
    static readonly KeySource Scanned = new("", [], IsScan: true);
    static readonly KeySource Indexed = new("", []);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_list_without_an_index_looks_at_few_rows_at_a_time(bool isAscending)
    {
        var scan = new KeyScan([Scanned], isAscending, isThinned: false, 1, Rows + 1);
        long looked = 0;
        var statements = 0;
        while (!scan.IsAtEnd)
        {
            var query = Assert.Single(scan.Next(Book, 50));
            var (from, to) = (query.Values[1].Number, query.Values[2].Number);
            Assert.InRange(to - from, 1, 20_000);
            looked += to - from;
            statements++;
            Assert.Empty(scan.Take());
        }

        Assert.Equal(Rows, looked);
        Assert.Equal(50, statements);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Keys_of_several_sources_come_in_order_and_once(bool isAscending)
    {
        var random = new Random(7);
        var tables = Enumerable.Range(0, 3)
            .Select(_ => Enumerable.Range(1, 500).Where(_ => random.Next(3) == 0).Select(key => (long)key).ToList()).ToList();
        var scan = new KeyScan([Indexed, Indexed, Indexed], isAscending, isThinned: false, 1, 501);
        var keys = new List<long>();
        while (!scan.IsAtEnd)
        {
            var queries = scan.Next(Book, 7);
            for (var source = 0; source < tables.Count; source++)
            {
                var values = queries[source].Values;
                var rows = tables[source].Where(key => key >= values[1].Number && key < values[2].Number);
                foreach (var key in (isAscending ? rows : rows.Reverse()).Take((int)values[3].Number))
                    queries[source].OnRow(new ScannedRow(key));
            }

            keys.AddRange(scan.Take());
        }

        var expected = tables.SelectMany(table => table).Distinct().Order();
        Assert.Equal(isAscending ? expected : expected.Reverse(), keys);
    }
}
