using Kopeck.Ledger.Money;
using Kopeck.Statements.Model;
using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats.Mt940;

/// <summary>How field 86 tells of an entry: the standard leaves it to banks, and readers know two ways.</summary>
interface IEntryInformation
{
    /// <summary>The name of the format that tells so.</summary>
    string Format { get; }

    /// <summary>The field's text before it is broken into lines; what may be cut comes last.</summary>
    string Of(StatementLine line, Currency currency, Currency baseCurrency, StatementStyle style);
}
