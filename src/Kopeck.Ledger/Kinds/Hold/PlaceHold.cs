using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Quotes;
using Kopeck.Ledger.Rules;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

/// <summary>An amount of a wallet or an internal account is to be reserved.</summary>
/// <param name="Currency">The account's, which it is if left out, or that of <see cref="To"/>.</param>
public sealed record PlaceHold(long From, DecimalAmount Amount, Currency? Currency) : MoneyCommand
{
    /// <summary>How far captures may go; no further than the amount if left out.</summary>
    public DecimalAmount? MaxAmount { get; init; }

    /// <summary>The one account that captures may pay; if left out, captures say.</summary>
    public long? To { get; init; }

    /// <summary>Whether captures pay the outside world.</summary>
    public bool ToCash { get; init; }

    /// <summary>How long it lives.</summary>
    public HoldLife Life { get; init; }

    /// <inheritdoc/>
    public override string Name => "hold";

    /// <inheritdoc/>
    public override Scopes Scope => Scopes.Transfer | (ToCash ? Scopes.Cash : Scopes.None) | (Life.IsForever ? Scopes.Admin : Scopes.None);

    /// <inheritdoc/>
    public override Scopes ScopeOn(BookState state) =>
        Scope | (IsInternal(state, From) || IsInternal(state, To ?? 0) ? Scopes.Admin : Scopes.None);

    /// <inheritdoc/>
    public override void CollectNeeds(Needs needs)
    {
        needs.Accounts.Add(From);
        if (To is { } to)
            needs.Accounts.Add(to);
    }

    /// <inheritdoc/>
    public override void WriteFingerprint(FingerprintWriter writer, BookState? state)
    {
        writer.Add("from", From).Add("amount", Amount).Add("currency", Currency, state?.FindAccount(From)?.Currency);
        writer.Add("to", To).Add("to", ToCash ? "cash" : null).Add("maxAmount", MaxAmount);
        Life.Write(writer);
        base.WriteFingerprint(writer, state);
    }

    /// <inheritdoc/>
    public override Rejection? CheckFields(Ruling on, out MinorAmounts amounts)
    {
        var (from, to) = (on.State.FindAccount(From), on.State.FindAccount(To ?? 0));
        if ((AmountFields.Read(Amount, Currency, from, to, out amounts) ?? Problem(Life.Check())) is { } problem)
            return problem;
        if (MaxAmount is not { } max)
            return null;
        var (amount, currency) = (amounts.One, AmountFields.InWhich(Currency, from, to));
        if (AmountFields.Read("/maxAmount", max, currency, out var most) is { } wrong)
            return Rejection.InvalidFields(wrong);
        amounts = new MinorAmounts(amount) { Each = [most] };
        return currency is not null && most < amount
            ? Rejection.InvalidFields(
                new FieldProblem(
                    "/maxAmount", "less_than_amount", "The most that captures may take is at least the amount: name more, or leave it out"))
            : null;
    }

    /// <inheritdoc/>
    public override Decision Decide(Ruling on, MinorAmounts amounts)
    {
        var (from, to) = (on.State.FindAccount(From), To is { } id ? on.State.FindAccount(id) : null);
        if ((Life.TryEnd(on.At, out var end)
            ?? AccountChecks.CheckUsable(from, From, walletsOnly: false)
            ?? (
                To is { } named
                    ? AccountChecks.CheckUsable(to, named, walletsOnly: false) ?? AccountChecks.CheckDifferent(From, named)
                    : null)
            ?? CheckCurrency(from!, to)
            ?? AccountChecks.CheckOpen(from!)
            ?? (to is null ? null : AccountChecks.CheckOpen(to))
            ?? AccountChecks.CheckDebitable(from!)
            ?? (to is null ? null : AccountChecks.CheckCreditable(to))) is { } rejection)
            return Decision.Reject(rejection);
        long? max = amounts.Each.IsEmpty ? null : amounts.Each[0];
        return Currency is not { } currency || currency.Code == from!.Currency.Code
            ? Reserve(on.State, from!, from!.Currency, amounts.One, max, amounts.One, max, end, null)
            : Convert(on, from, to!, amounts.One, max, end);
    }

    Decision Convert(Ruling on, Account from, Account to, long asked, long? askedMax, Instant? end)
    {
        var converting = new Converting(on.State, on.Today, from.Currency, to.Currency);
        if (converting.Problem is { } problem)
            return Decision.Reject(problem);
        var amount = converting.Derive(asked, namedIsFrom: false);
        Int128? max = askedMax is { } most ? converting.Derive(most, namedIsFrom: false) : null;
        if ((AccountChecks.CheckFunds(from, -amount) ?? HoldChecks.CheckLimit(Int128.Max(amount, max ?? 0), from.Currency)) is { } tooMuch)
            return Decision.Reject(tooMuch);
        return Reserve(on.State, from, to.Currency, asked, askedMax, (long)amount, (long?)max, end, converting.Exchange);
    }

    Decision Reserve(
        BookState state, Account from, Currency asked, long askedAmount, long? askedMax, long amount, long? max, Instant? end,
        Exchange? exchange)
    {
        if ((AccountChecks.CheckFunds(from, -amount) ?? HoldChecks.CheckHeld(from, amount)) is { } rejection)
            return Decision.Reject(rejection);
        var after = new HoldState(HoldStatus.Open, amount, max, 0, 0, 0, amount, end);
        var change = new HoldChange(state.Head.Number + 1, from.Id, from.Currency, amount, from.Held + amount, after);
        return Decision.Of(new Draft(new HoldPlaced(change, To, ToCash, asked, askedAmount, askedMax, Description, Metadata, exchange)));
    }

    Rejection? CheckCurrency(Account from, Account? to)
    {
        if (Currency is not { } named || named.Code == from.Currency.Code)
            return to is null ? null : AccountChecks.CheckSameMinorUnit(from, to);
        return named.Code == to?.Currency.Code
            ? null
            : new Rejection(
                ErrorCode.CurrencyMismatch,
                $"Account {from.Id} holds {from.Currency.Code}: name an amount of it, or with 'to' a receiver who holds {named.Code}");
    }

    static bool IsInternal(BookState state, long account) => state.FindAccount(account)?.Kind == AccountKind.Internal;

    static Rejection? Problem(FieldProblem? problem) => problem is null ? null : Rejection.InvalidFields(problem);
}
