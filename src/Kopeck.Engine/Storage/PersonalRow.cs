using Kopeck.Ledger.Journal;

namespace Kopeck.Engine.Storage;

/// <summary>A row of <c>personal_values</c> that is in force; the customer's rows before it no longer are.</summary>
public sealed record PersonalRow(long Number, PersonalValues Values);
