using Kopeck.Statements.Formats;
using Kopeck.Statements.Formats.Camt053;
using Kopeck.Statements.Formats.ClientBank;
using Kopeck.Statements.Formats.Csv;
using Kopeck.Statements.Formats.Hledger;
using Kopeck.Statements.Formats.Mt940;
using Kopeck.Statements.Formats.Ofx;
using Kopeck.Statements.Formats.Pdf;
using Kopeck.Statements.Formats.Xlsx;

namespace Kopeck.Statements.Writing;

/// <summary>All formats of statements.</summary>
public static class StatementFormats
{
    /// <summary>The first is what is given when nothing is asked for.</summary>
    public static IReadOnlyList<IStatementWriter> All { get; } =
    [
        new JsonStatements(),
        new NdjsonStatements(),
        new CsvStatements(forPeople: false),
        new CsvStatements(forPeople: true),
        new CsvSummaryStatements(),
        new XmlStatements(),
        new XlsxStatements(),
        new PdfStatements(),
        new PdfConfirmation(),
        new Camt053Statements(CamtVersion.V08),
        new Camt053Statements(CamtVersion.V02),
        new Mt940Statements(new CodeWords()),
        new Mt940Statements(new Subfields()),
        new OfxStatements(OfxForm.Ofx2),
        new OfxStatements(OfxForm.Ofx1),
        new OfxStatements(OfxForm.Quicken),
        new ClientBankStatements(),
        new HledgerStatements(),
    ];

    /// <summary>Finds a format by its name.</summary>
    public static IStatementWriter? Find(string name) => All.FirstOrDefault(writer => writer.Format == name);
}
