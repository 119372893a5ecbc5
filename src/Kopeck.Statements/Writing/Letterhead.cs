using Kopeck.Engine.Reading;
using Kopeck.Ledger;

namespace Kopeck.Statements.Writing;

/// <summary>Who the house is, from an instant on: what it puts above its statements, and what banks' formats call it.</summary>
/// <param name="From">The instant from which it counts.</param>
/// <param name="Name">The house's name.</param>
/// <param name="Lines">Address and the like.</param>
public sealed record Letterhead(Instant From, string Name, IReadOnlyList<string> Lines)
{
    /// <summary>ISO 9362, 8 or 11 characters.</summary>
    public string? Bic { get; init; }

    /// <summary>The number that its country's banks know it by, such as a routing number or a БИК; at most 9 characters.</summary>
    public string? BankId { get; init; }

    /// <summary>ISO 3166-1, two letters.</summary>
    public string? Country { get; init; }

    /// <summary>Its tax number: in Russia the ИНН.</summary>
    public string? TaxId { get; init; }

    /// <summary>In Russia the КПП.</summary>
    public string? TaxReason { get; init; }

    /// <summary>In Russia its account with the central bank.</summary>
    public string? CorrespondentAccount { get; init; }

    /// <summary>The number that Intuit gave it, for Quicken's files.</summary>
    public string? QuickenId { get; init; }

    /// <summary>What accounts are called outside, by their id or their code.</summary>
    public IReadOnlyDictionary<string, AccountNumbers> Accounts { get; init; } =
        new Dictionary<string, AccountNumbers>(StringComparer.Ordinal);

    /// <summary>Customers' tax numbers, by their id or their code.</summary>
    public IReadOnlyDictionary<string, TaxNumbers> Customers { get; init; } = new Dictionary<string, TaxNumbers>(StringComparer.Ordinal);

    /// <summary>What an account is called outside: what is said of its id, else of its code.</summary>
    public AccountNumbers NumbersOf(Party account) =>
        Accounts.GetValueOrDefault(PlainText.Of(account.Account))
            ?? (account.Code is { } code ? Accounts.GetValueOrDefault(code.Value) : null) ?? AccountNumbers.None;

    /// <summary>A customer's tax numbers: what is said of the id, else of the code.</summary>
    public TaxNumbers TaxOf(long? customer, string? code) =>
        (customer is { } id ? Customers.GetValueOrDefault(PlainText.Of(id)) : null)
            ?? (code is null ? null : Customers.GetValueOrDefault(code)) ?? TaxNumbers.None;
}
