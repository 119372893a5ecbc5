using Kopeck.Statements.Writing;

namespace Kopeck.Statements.Formats.ClientBank;

/// <summary>Who paid, or was paid.</summary>
/// <param name="Number">Of the account.</param>
/// <param name="TaxId">ИНН; empty where it is not known.</param>
/// <param name="TaxReason">КПП; empty where it is not known.</param>
/// <param name="Bank">Where the account is.</param>
readonly record struct ClientBankParty(string Name, string Number, string TaxId, string TaxReason, Letterhead? Bank);
