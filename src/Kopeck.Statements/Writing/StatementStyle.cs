using Kopeck.Engine.Reading;
using Kopeck.Statements.Languages;

namespace Kopeck.Statements.Writing;

/// <summary>How a statement looks, where its format leaves a choice.</summary>
/// <param name="Language">Of the headings.</param>
/// <param name="Letterhead">The house's, as of the pin; null is none.</param>
public sealed record StatementStyle(Language Language, Letterhead? Letterhead = null)
{
    /// <summary>What banks call a house that does not say who it is.</summary>
    internal const string Nobody = "KOPECK";

    /// <summary>What an account is called outside of the ledger.</summary>
    internal AccountNumbers NumbersOf(Party account) => Letterhead?.NumbersOf(account) ?? AccountNumbers.None;

    /// <summary>What an account is called on a page: its IBAN, else its national number, else its id.</summary>
    internal string NumberOf(Party account) =>
        NumbersOf(account) is var numbers && numbers.Iban is { } iban ? iban : numbers.Number ?? PlainText.Of(account.Account);
}
