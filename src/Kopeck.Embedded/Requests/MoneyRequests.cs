using Kopeck.Embedded.Inputs;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;

namespace Kopeck.Embedded;

/// <summary>A request that moves money, alone, in a batch or in a stream. It needs a key; in a batch one can be made of the batch's.</summary>
public abstract record MoneyRequest : CallOptions
{
    /// <summary>What it is for. Not for personal data: it cannot be erased.</summary>
    public string? Description { get; init; }

    /// <summary>A JSON object of your own. Not for personal data: it cannot be erased.</summary>
    public string? Metadata { get; init; }

    internal abstract Scopes Scope { get; }

    internal Command Read(InputReader input) => ReadParts(input) with
    {
        Description = input.OptionalField<Description>("description", Description),
        Metadata = input.Metadata(Metadata),
    };

    private protected abstract MoneyCommand ReadParts(InputReader input);
}

/// <summary>Money comes in from outside to a wallet or an internal account.</summary>
/// <param name="Amount">A decimal text such as <c>100.00</c>.</param>
/// <param name="Currency">If given, the account's, as a check.</param>
public sealed record DepositRequest(LedgerId? Wallet, string? Amount, string? Currency = null) : MoneyRequest
{
    internal override Scopes Scope => Scopes.Cash;

    private protected override MoneyCommand ReadParts(InputReader input) =>
        new Deposit(input.Id("wallet", Wallet), input.Amount("amount", Amount), input.OptionalCurrency("currency", Currency));
}

/// <summary>Money goes out from a wallet or an internal account.</summary>
/// <param name="Amount">A decimal text such as <c>100.00</c>.</param>
/// <param name="Currency">If given, the account's, as a check.</param>
public sealed record WithdrawalRequest(LedgerId? Wallet, string? Amount, string? Currency = null) : MoneyRequest
{
    internal override Scopes Scope => Scopes.Cash;

    private protected override MoneyCommand ReadParts(InputReader input) =>
        new Withdraw(input.Id("wallet", Wallet), input.Amount("amount", Amount), input.OptionalCurrency("currency", Currency));
}

/// <summary>Money moves between two wallets, converted where their currencies differ.</summary>
/// <param name="Amount">A decimal text such as <c>100.00</c>.</param>
/// <param name="Currency">The sender's or the receiver's: that side is exact. The sender's if left out.</param>
public sealed record TransferRequest(LedgerId? From, LedgerId? To, string? Amount, string? Currency = null) : MoneyRequest
{
    internal override Scopes Scope => Scopes.Transfer;

    private protected override MoneyCommand ReadParts(InputReader input) =>
        new TransferMoney(input.Id("from", From), input.Id("to", To), input.Amount("amount", Amount), input.OptionalCurrency("currency", Currency));
}

/// <summary>Money moves in several legs, all or none; floors are judged on the whole.</summary>
/// <param name="Legs">1 to 1,000.</param>
public sealed record PostingRequest(params IReadOnlyList<PostingLeg> Legs) : MoneyRequest
{
    internal override Scopes Scope => Scopes.Admin;

    private protected override MoneyCommand ReadParts(InputReader input)
    {
        if (Legs.Count is 0 or > PostLegs.MaxLegs)
        {
            input.Add("legs", Legs.Count == 0 ? new FieldError("empty", "legs has at least one item") : new FieldError("too_many", $"legs has at most {PostLegs.MaxLegs} items, got {Legs.Count}"));
            return new PostLegs([]);
        }

        return new PostLegs([.. Legs.Select((leg, place) =>
        {
            input.Place = $"/legs/{place}";
            var read = new Leg(input.Id("from", leg.From), input.Id("to", leg.To), input.Amount("amount", leg.Amount));
            input.Place = "";
            return read;
        })]);
    }
}

/// <summary>One movement of a posting.</summary>
/// <param name="From">The account that pays.</param>
/// <param name="To">The account that receives, in the same currency.</param>
/// <param name="Amount">A decimal text such as <c>100.00</c>.</param>
public sealed record PostingLeg(LedgerId? From, LedgerId? To, string? Amount);

/// <summary>Several requests that move money, in order.</summary>
/// <param name="Operations">1 to 10,000.</param>
public sealed record BatchRequest(params IReadOnlyList<MoneyRequest> Operations) : CallOptions
{
    /// <summary>All or none; otherwise each for itself.</summary>
    public bool Atomic { get; init; }
}
