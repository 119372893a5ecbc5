using System.Collections.Immutable;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Rules;
using Kopeck.Ledger.State;
using static Kopeck.Ledger.Rules.ManyChecks;

namespace Kopeck.Ledger.Kinds;

/// <summary>Postings: several legs, judged on the whole.</summary>
static class PostingRules
{
    /// <param name="amounts">Of the legs, in minor units.</param>
    public static Decision Decide(BookState state, PostLegs posting, ImmutableArray<long> amounts)
    {
        if (CheckAccounts(state, posting) is { } rejection)
            return Decision.Reject(rejection);
        var legs = ImmutableArray.CreateBuilder<PostedLeg>(posting.Legs.Length);
        var net = new Dictionary<long, Int128>();
        for (var index = 0; index < posting.Legs.Length; index++)
        {
            var (leg, amount) = (posting.Legs[index], amounts[index]);
            legs.Add(new PostedLeg(leg.From, leg.To, amount, state.FindAccount(leg.From)!.Currency));
            net[leg.From] = net.GetValueOrDefault(leg.From) - amount;
            net[leg.To] = net.GetValueOrDefault(leg.To) + amount;
        }

        foreach (var (id, change) in net)
        {
            if (AccountChecks.CheckFunds(state.FindAccount(id)!, change) is { } shortage)
                return Decision.Reject(shortage);
        }

        return Move(state, posting, legs.MoveToImmutable());
    }

    static Decision Move(BookState state, PostLegs posting, ImmutableArray<PostedLeg> legs)
    {
        var moved = new Dictionary<long, Account>();
        var entries = ImmutableArray.CreateBuilder<Entry>(2 * legs.Length);
        foreach (var leg in legs)
        {
            foreach (var (id, amount) in new[] { (leg.From, -leg.AmountMinor), (leg.To, leg.AmountMinor) })
            {
                var account = moved.GetValueOrDefault(id) ?? state.FindAccount(id)!;
                if (AccountChecks.CheckRange(account, amount) is { } overflow)
                    return Decision.Reject(overflow);
                entries.Add(Movements.Of(account, amount));
                moved[id] = account with { Posted = account.Posted + amount };
            }
        }

        return Decision.Of(new Draft(new Posted(legs, posting.Description, posting.Metadata)) { Entries = entries.MoveToImmutable() });
    }

    static Rejection? CheckAccounts(BookState state, PostLegs posting)
    {
        foreach (var leg in posting.Legs)
        {
            if ((AccountChecks.CheckUsable(state.FindAccount(leg.From), leg.From, walletsOnly: false)
                ?? AccountChecks.CheckUsable(state.FindAccount(leg.To), leg.To, walletsOnly: false)
                ?? AccountChecks.CheckDifferent(leg.From, leg.To)) is { } rejection)
                return rejection;
        }

        var pairs = posting.Legs.Select(leg => (From: state.FindAccount(leg.From)!, To: state.FindAccount(leg.To)!)).ToList();
        return First(pairs, pair => CheckCurrency(pair.From, pair.To))
            ?? First(pairs, pair => AccountChecks.CheckOpen(pair.From) ?? AccountChecks.CheckOpen(pair.To))
            ?? First(pairs, pair => AccountChecks.CheckDebitable(pair.From) ?? AccountChecks.CheckCreditable(pair.To));
    }

    static Rejection? CheckCurrency(Account from, Account to) =>
        from.Currency.Code == to.Currency.Code
            ? AccountChecks.CheckSameMinorUnit(from, to)
            : new Rejection(
                ErrorCode.CurrencyMismatch,
                $"Account {from.Id} holds {from.Currency.Code}, account {to.Id} {to.Currency.Code}: a leg has one currency");
}
