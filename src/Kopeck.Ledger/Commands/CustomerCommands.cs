using System.Collections.Immutable;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;

namespace Kopeck.Ledger.Commands;

/// <summary>Opens a book. Only as the first command of a book that does not exist.</summary>
public sealed record OpenBook(Currency BaseCurrency, int QuoteMaxAgeDays) : Command
{
    /// <inheritdoc/>
    public override string Name => "open_book";

    /// <inheritdoc/>
    public override Scopes Scope => Scopes.Admin;

    /// <inheritdoc/>
    public override void CollectNeeds(Needs needs)
    {
        // A book that does not exist has nothing to look up.
    }

    /// <inheritdoc/>
    public override void WriteFingerprint(FingerprintWriter writer) => writer.Add(BaseCurrency.Code).Add(QuoteMaxAgeDays);
}

/// <summary>Registers a customer and, with a currency, opens its first wallet in the same group.</summary>
public sealed record RegisterCustomer(CountryCode Country, CustomerDetails Details, Currency? WalletCurrency) : Command
{
    /// <inheritdoc/>
    public override string Name => "register_customer";

    /// <inheritdoc/>
    public override Scopes Scope => Scopes.Transfer;

    /// <inheritdoc/>
    public override bool IsPersonal => true;

    /// <inheritdoc/>
    public override void CollectNeeds(Needs needs)
    {
        if (Details.Code is { } code)
            needs.CustomerCodes.Add(code);
    }

    /// <inheritdoc/>
    public override void WriteFingerprint(FingerprintWriter writer)
    {
        writer.Add(Country.Value).Add(WalletCurrency?.Code);
        for (var column = 0; column < CustomerDetails.Columns.Count; column++)
            writer.Add(CustomerDetails.Columns[column].Name).Add(Details[column]);
    }
}

/// <summary>A new value of one personal column; a null text clears it.</summary>
/// <param name="Column">The place in <see cref="CustomerDetails.Columns"/>.</param>
/// <param name="Text">A valid value of the column.</param>
public readonly record struct DetailChange(int Column, string? Text);

/// <summary>Changes some of a customer's values.</summary>
public sealed record ChangeCustomer(long Customer, CountryCode? Country, ImmutableArray<DetailChange> Changes) : Command
{
    /// <inheritdoc/>
    public override string Name => "change_customer";

    /// <inheritdoc/>
    public override Scopes Scope => Scopes.Transfer;

    /// <inheritdoc/>
    public override bool IsPersonal => true;

    /// <inheritdoc/>
    public override void CollectNeeds(Needs needs)
    {
        needs.Customers.Add(Customer);
        foreach (var change in Changes)
        {
            if (CustomerDetails.Columns[change.Column] == Tables.PersonalValues.Code && change.Text is { } code)
                needs.CustomerCodes.Add(CustomerCode.Parse(code));
        }
    }

    /// <inheritdoc/>
    public override void WriteFingerprint(FingerprintWriter writer)
    {
        writer.Add(Customer).Add(Country?.Value);
        foreach (var change in Changes.OrderBy(change => change.Column))
            writer.Add(CustomerDetails.Columns[change.Column].Name).Add(change.Text);
    }
}

/// <summary>Erases a customer's personal values, past and present.</summary>
public sealed record EraseCustomer(long Customer) : Command
{
    /// <inheritdoc/>
    public override string Name => "erase_customer";

    /// <inheritdoc/>
    public override Scopes Scope => Scopes.Admin;

    /// <inheritdoc/>
    public override void CollectNeeds(Needs needs) => needs.Customers.Add(Customer);

    /// <inheritdoc/>
    public override void WriteFingerprint(FingerprintWriter writer) => writer.Add(Customer);
}
