using Kopeck.Engine.Requests;
using Kopeck.Laws.Tests.Model;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Kinds;
using Kopeck.Ledger.Money;
using Kopeck.Ledger.Reversals;
using Kopeck.Testing.Stores.Authoring;
using static Kopeck.Testing.Stores.Authoring.Values;

namespace Kopeck.Laws.Tests.Driving;

/// <summary>From the model's words to the ledger's requests, and from the ledger's outcomes to the model's words.</summary>
static class Translation
{
    public static Request ToRequest(ModelCommand command, DateOnly today) => new()
    {
        Key = command.Key is { } key ? IdempotencyKey.Parse(key) : null,
        Command = command.Kind switch
        {
            "deposit" => new Deposit(command.From, Amount(command.Amount), OptionalCurrency(command.Currency)),
            "withdrawal" => new Withdraw(command.From, Amount(command.Amount), OptionalCurrency(command.Currency)),
            "transfer" => new TransferMoney(command.From, command.To, Amount(command.Amount), OptionalCurrency(command.Currency)),
            "posting" => new PostLegs([.. command.Legs.Select(leg => new Leg(leg.From, leg.To, Amount(leg.Amount)))]),
            "register" =>
                new RegisterCustomer(
                    CountryCode.Parse(command.Country!), Details(command.Name!, code: command.Code), OptionalCurrency(command.Currency)),
            "change" =>
                new ChangeCustomer(
                    command.From, null,
                    [Change(Tables.PersonalValues.Name, command.Name), Change(Tables.PersonalValues.Code, command.Code)]),
            "erase" => new EraseCustomer(command.From),
            "open_wallet" =>
                new OpenWallet(command.From, Values.Currency(command.Currency!), command.Code is { } code ? AccountCode.Parse(code) : null),
            "open_account" => new OpenInternalAccount(AccountCode.Parse(command.Code!), Values.Currency(command.Currency!), 0),
            "freeze" => new FreezeAccount(command.From, command.What == "all" ? AccountStatus.Frozen : AccountStatus.DebitsFrozen),
            "unfreeze" => new UnfreezeAccount(command.From),
            "close" => new CloseAccount(command.From),
            "floor" => new SetFloor(command.From, command.Amount.Length == 0 ? null : SignedAmount(command.Amount)),
            "quotes" =>
                new LoadQuotes(
                    today.AddDays(command.Day),
                    [new LoadedQuote(command.Currency!, QuotePair.OfOne(QuoteFigure.Parse(Rate(command.Amount))))]),
            "terms" => new ChangeBook(command.Day, null),
            _ => ToHoldCommand(command),
        },
    };

    static Command ToHoldCommand(ModelCommand command) => command.Kind switch
    {
        "hold" => new PlaceHold(command.From, Amount(command.Amount), OptionalCurrency(command.Currency))
        {
            To = command.To == 0 || command.ToCash ? null : command.To,
            ToCash = command.ToCash,
            MaxAmount = OptionalAmount(command.MaxAmount),
            Life = ToLife(command),
        },
        "increase" => new IncreaseHold(command.Hold, Amount(command.Amount), command.IsTotal, OptionalAmount(command.MaxAmount)),
        "extend" => new ExtendHold(command.Hold, ToLife(command)),
        "release" => new ReleaseHold(command.Hold, OptionalAmount(command.Amount)),
        "capture" => new CaptureHold(command.Hold)
        {
            Amount = OptionalAmount(command.Amount),
            Currency = OptionalCurrency(command.Currency),
            To = command.To == 0 || command.ToCash ? null : command.To,
            ToCash = command.ToCash,
            IsFinal = command.IsFinal,
            Legs =
                command.Legs.Count == 0
                    ? null
                    : [.. command.Legs.Select(leg => new CaptureLeg(leg.To, Amount(leg.Amount), OptionalCurrency(leg.Currency)))],
        },
        "reverse" => new ReverseOperation(command.Original)
        {
            Amount = OptionalAmount(command.Amount),
            Currency = OptionalCurrency(command.Currency),
            Legs =
                command.Legs.Count == 0
                    ? null
                    : [.. command.Legs.Select(leg => new ReverseLeg((int)leg.From, Amount(leg.Amount), OptionalCurrency(leg.Currency)))],
            Difference = Differences.TryParse(command.Difference, out var difference) ? difference : default,
            IsPartial = command.IsPartial,
        },
        _ => throw new ArgumentOutOfRangeException(nameof(command), command.Kind, "unknown kind"),
    };

    static HoldLife ToLife(ModelCommand command) => new()
    {
        Seconds = command.IsForever || command.ExpiresAt is not null ? null : command.Seconds,
        Until = command.IsForever || command.ExpiresAt is not { } end ? null : new Ledger.Instant(end),
        IsForever = command.IsForever,
    };

    static DecimalAmount? OptionalAmount(string? amount) => string.IsNullOrEmpty(amount) ? null : Amount(amount);

    /// <summary>Compares an outcome with what the model says; what differs, or null.</summary>
    public static string? Compare(ModelCommand command, ModelOutcome expected, Outcome actual)
    {
        if (expected.Error != actual.Rejection?.Code.Name())
            return $"expected {expected.Error ?? "success"}, got {actual.Rejection?.Code.Name() ?? "success"} ({actual.Rejection?.Detail})";
        if (expected.Error is not null)
            return null;
        if (expected.IsReplay != actual.IsReplay)
            return $"expected replay = {expected.IsReplay}";
        if (expected.Operations != actual.Group.Count)
            return $"expected {expected.Operations} operations, got {actual.Group.Count}";
        if (!command.IsDryRun
            && actual.Group.Count > 0
            && (actual.Answer.Number != expected.Number || actual.Group.Any(operation => operation.Group != expected.Number)))
            return $"expected number {expected.Number}, got {actual.Answer.Number}";
        var entries =
            actual.Group.Count > 0 ? actual.Answer.Entries.Select(entry => new ModelEntry(entry.Account, entry.Amount, entry.Balance)) : [];
        if (!entries.SequenceEqual(expected.Entries))
            return $"expected entries {string.Join(", ", expected.Entries)}, got {string.Join(", ", entries)}";
        if (expected.Hold is not null && expected.Hold != Show(actual))
            return $"expected hold {expected.Hold}, got {Show(actual)}";
        if (expected.Reverses is not null && expected.Reverses != Show((Reversed)actual.Answer.Body))
            return $"expected {expected.Reverses}, got {Show((Reversed)actual.Answer.Body)}";
        if (actual.Customer is { IsErased: true } && expected.IsReplay)
            return null;
        var state =
            actual.Customer is { } customer
                ? $"{customer.Details?.Name.Value} {customer.Country} {customer.Details?.Code?.Value}"
                : actual.Account is { } account
                && expected.State.Length > 0 ? Show(account) : "";
        return state == expected.State ? null : $"expected {expected.State}, got {state}";
    }

    public static string Show(Account account) =>
        $"{account.Kind.ToString().ToLowerInvariant()} {account.Currency.Code} {account.Code?.Value} {(account.Status == AccountStatus.DebitsFrozen ? "debits_frozen" : account.Status.ToString().ToLowerInvariant())} {account.Posted} {account.Held} {account.Floor}";

    public static string Show(Hold hold)
    {
        var state = hold.State;
        return $"{hold.Id} of {hold.Account}: {state.Status.Name()} {state.Authorised} {state.MaxAmount} {state.Captured} {state.Released} {state.Expired} {state.Remaining} "
            + $"{state.ExpiresAt?.Microseconds} {hold.Captures.Length}";
    }

    static string Show(Outcome outcome)
    {
        var change = ((HoldBody)outcome.Answer.Body).Change;
        return $"{Show(outcome.Hold!)}, {change.Change} {change.Held}";
    }

    static string Show(Reversed body) =>
        string.Join(", ", body.Legs.Select(leg => $"{leg.Leg}: {leg.Part.Paid} {leg.Part.Received} {leg.Back.Paid} {leg.Back.Received}"));


    static Currency? OptionalCurrency(string? code) => code is null ? null : Values.Currency(code);

    // The model says rates in millionths.
    static string Rate(string millionths) => millionths.PadLeft(7, '0').Insert(millionths.PadLeft(7, '0').Length - 6, ".");
}
