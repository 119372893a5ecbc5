using Kopeck.Statements.Formats;
using Kopeck.Statements.Formats.Hledger;
using Kopeck.Statements.Formats.Mt940;
using Kopeck.Statements.Formats.Pdf;

namespace Kopeck.Statements.Writing;

/// <summary>All formats of statements.</summary>
public static class StatementFormats
{
    /// <summary>The first is what is given when nothing is asked for.</summary>
    public static IReadOnlyList<IStatementWriter> All { get; } =
    [
        new JsonStatements(),
        new NdjsonStatements(),
        new CsvStatements(),
        new XmlStatements(),
        new XlsxStatements(),
        new PdfStatements(),
        new Camt053Statements(),
        new Mt940Statements(),
        new OfxStatements(),
        new HledgerStatements(),
    ];

    /// <summary>Finds a format by its name.</summary>
    public static IStatementWriter? Find(string name) => All.FirstOrDefault(writer => writer.Format == name);
}
