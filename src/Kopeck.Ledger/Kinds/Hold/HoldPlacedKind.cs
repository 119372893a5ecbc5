using System.Globalization;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Holds;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Journal.Codec;
using Kopeck.Ledger.Rules;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

sealed class HoldPlacedKind() : KindOf<HoldPlaced>(OperationKind.Hold, "hold")
{
    const string Cash = "cash";

    protected override void Encode(CanonicalJson json, HoldPlaced body) => json
        .Hold(body.Change)
        .OptionalText("to"u8, body.ToCash ? Cash : body.To?.ToString(CultureInfo.InvariantCulture))
        .Number("amountMinor"u8, body.AskedMinor)
        .OptionalNumber("maxAmountMinor"u8, body.AskedMaxMinor)
        .Currency(body.Asked)
        .Exchange(body.Exchange)
        .Remarks(body.Description, body.Metadata);

    protected override HoldPlaced Read(Stored body)
    {
        var to = body.OptionalText("to");
        return new HoldPlaced(
            body.HoldChange(), to is null or Cash ? null : long.Parse(to, NumberStyles.None, CultureInfo.InvariantCulture), to == Cash,
            body.Currency(),
            body.Number("amountMinor"), body.OptionalNumber("maxAmountMinor"), body.Description(), body.Metadata(), body.Exchange());
    }

    protected override void Fold(BookState state, Operation operation, HoldPlaced body) =>
        state.Place(operation, body.ToHold(), body.Change);

    protected override Touched Touches(Operation operation, HoldPlaced body) => new() { Holds = [body.Change], Placed = [body.ToHold()] };

    protected override Flaw? Recheck(BookState before, Operation operation, HoldPlaced body) => Flaw.OfBody(Check(before, operation, body));

    static string? Check(BookState before, Operation operation, HoldPlaced body)
    {
        var (change, after) = (body.Change, body.Change.After);
        if (change.Hold != operation.Number)
            return "a hold's id is the number of its operation";
        if (before.FindAccount(change.Account) is not { IsSystem: false, Status: AccountStatus.Open } account
            || account.Currency != change.Currency)
            return $"account {change.Account} could not reserve anything";
        if (body.To is { } to
            && (
                to == account.Id
                    || before.FindAccount(to) is not { IsSystem: false, Status: AccountStatus.Open or AccountStatus.DebitsFrozen }))
            return $"account {to} could not be its receiver";
        if (after != new HoldState(HoldStatus.Open, after.Authorised, after.MaxAmount, 0, 0, 0, after.Authorised, after.ExpiresAt)
            || after.Authorised <= 0
            || after.MaxAmount < after.Authorised || change.Change != after.Authorised || change.Held != account.Held + change.Change)
            return "how the hold stands does not follow from what was asked";
        if (after.ExpiresAt <= operation.At)
            return "it had expired when it was placed";
        if (account.Available < after.Authorised)
            return "the account had less available than was reserved";
        if (body.Asked == account.Currency)
            return body.AskedMinor == after.Authorised
                && body.AskedMaxMinor == after.MaxAmount
                && body.Exchange is null ? null : "the amounts are not those that were asked";
        var converting = Converting.Again(before, operation, body.Exchange, account.Currency, body.Asked);
        return converting.Problem is null
            && converting.Exchange == body.Exchange
            && converting.Derive(body.AskedMinor, namedIsFrom: false) == after.Authorised
            && (body.AskedMaxMinor is { } max ? converting.Derive(max, namedIsFrom: false) : (Int128?)null) == after.MaxAmount
            ? null
            : "the amounts do not follow from the quotes";
    }
}
