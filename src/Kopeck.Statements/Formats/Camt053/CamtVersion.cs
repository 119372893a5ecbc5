namespace Kopeck.Statements.Formats.Camt053;

/// <summary>The versions of BankToCustomerStatement that bank software reads.</summary>
enum CamtVersion
{
    /// <summary>camt.053.001.02, of 2009: still what most programs read.</summary>
    V02,

    /// <summary>camt.053.001.08, of 2019.</summary>
    V08,
}
