using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Rules;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Commands;

/// <summary>
/// What a caller asks of a book. Parsed and valid in itself; whether it can be done it decides on the book. Each stands in the folder of
/// the kind of operation that it makes. Where several rejections apply, the order is that of docs/http.md.
/// </summary>
public abstract record Command
{
    /// <summary>The name of the call, part of its fingerprint: the same key with another call is a reused key.</summary>
    public abstract string Name { get; }

    /// <summary>The scope that a key needs for it.</summary>
    public abstract Scopes Scope { get; }

    /// <summary>
    /// The scopes that a key needs for it, once its needs are known: more than <see cref="Scope"/> where that depends on what it is about.
    /// </summary>
    public virtual Scopes ScopeOn(BookState state) => Scope;

    /// <summary>Whether a request is refused without an idempotency key.</summary>
    public virtual bool NeedsKey => false;

    /// <summary>Whether it is decided also where the book's last operation is ahead of the clock: it is what ends that.</summary>
    public virtual bool FreesClock => false;

    /// <summary>Whether the fingerprint covers personal fields, and so is salted with the personal values' salt.</summary>
    public virtual bool IsPersonal => false;

    /// <summary>
    /// Whether a group may be of this request, by what is not personal: for a group whose personal values, and with them the salt, were
    /// erased.
    /// </summary>
    public virtual bool MayHaveMade(IReadOnlyList<Operation> group) => false;

    /// <summary>What must be known of the book to decide it.</summary>
    public virtual void CollectNeeds(Needs needs)
    {
    }

    /// <summary>Adds the accounts that it reaches through what it names, such as that of a hold, once that is known.</summary>
    public virtual void CollectReached(BookState state, Needs needs)
    {
    }

    /// <summary>
    /// Writes what tells this request from another one of the same name: what is present, by name. See <see cref="Fingerprint"/>.
    /// </summary>
    /// <param name="state">With the command's needs: says what is the default.</param>
    public abstract void WriteFingerprint(FingerprintWriter writer, BookState? state);

    /// <summary>
    /// What can be said of the fields only with the book at hand, such as the decimals of an amount in an account's currency. Comes before
    /// keys are looked at.
    /// </summary>
    /// <param name="amounts">The amounts in minor units, for <see cref="Decide"/>.</param>
    public virtual Rejection? CheckFields(Ruling on, out MinorAmounts amounts)
    {
        amounts = default;
        return null;
    }

    /// <summary>Decides it, once its fields are right and its needs are loaded.</summary>
    /// <param name="amounts">As <see cref="CheckFields"/> gave them on the same state.</param>
    public abstract Decision Decide(Ruling on, MinorAmounts amounts);
}
