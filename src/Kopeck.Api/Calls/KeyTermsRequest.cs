using Kopeck.Api.Answers;
using Kopeck.Api.Inputs;
using Kopeck.Api.Values;
using Kopeck.Engine.Keys;
using Kopeck.Ledger;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;

namespace Kopeck.Api.Calls;

/// <summary>Asks something of an API key's terms.</summary>
public abstract record KeyTermsRequest : CallRequest<KeyAnswer>
{
    /// <summary>From when on the key is not valid.</summary>
    public LedgerEnd ExpiresAt { get; set; }

    /// <summary>Where it may be used from: addresses and networks such as <c>10.0.0.0/8</c>, separated by commas.</summary>
    public LedgerText<KeyNetworks> AllowedNetworks { get; set; }

    /// <summary>How often it may ask a second.</summary>
    public long? RateLimit { get; set; }

    /// <summary>Whether it may be used from anywhere again.</summary>
    public bool AllowsAnyNetwork { get; set; }

    /// <summary>Whether it may ask as often as the server lets keys again.</summary>
    public bool HasNoRateLimit { get; set; }

    /// <inheritdoc/>
    public override void CheckWhole(Problems problems)
    {
        if (AllowedNetworks.OrNull is { } text && !Engine.Keys.AllowedNetworks.TryParse(text, out _))
            problems.Add(
                "/allowedNetworks", new FieldError("not_networks", "Expected: addresses and networks such as 10.0.0.0/8, separated by commas"));
    }

    internal static Input[] Inputs<TRequest>(InputsOf<TRequest> take)
        where TRequest : KeyTermsRequest =>
    [
        take.End("expiresAt", "From when on it is not valid", r => r.ExpiresAt, (r, end) => r.ExpiresAt = end),
        take.Text<KeyNetworks>(
            "allowedNetworks",
            "Where it may be used from: addresses and networks, separated by commas; null for anywhere",
            r => r.AllowedNetworks,
            (r, networks) => r.AllowedNetworks = networks,
            clear: r => r.AllowsAnyNetwork = true),
        take.WholeNumber(
            "rateLimit",
            "How often it may ask a second; null for as often as the server lets keys",
            FieldTypes.KeyRateLimit,
            r => r.RateLimit,
            (r, limit) => r.RateLimit = limit,
            clear: r => r.HasNoRateLimit = true),
    ];

    /// <summary>What the terms become: what was left out stays.</summary>
    internal KeyTerms Change(KeyTerms before) => new(
        ExpiresAt.IsGiven ? ExpiresAt.Instant : before.ExpiresAt,
        AllowsAnyNetwork ? null
            : AllowedNetworks.OrNull is { } text && Engine.Keys.AllowedNetworks.TryParse(text, out var networks) ? networks
            : before.Networks,
        HasNoRateLimit ? null : (int?)RateLimit ?? before.RateLimit);

    /// <summary>The refusal of an end that has come.</summary>
    internal Rejection? CheckEnd(Instant now) => ExpiresAt.Instant is { } end && end <= now
        ? Rejection.InvalidFields(new FieldProblem("/expiresAt", "in_the_past", "A key ends in the future: revoke it to end it now"))
        : null;
}
