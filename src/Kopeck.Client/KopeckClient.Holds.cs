using Kopeck.V1;

namespace Kopeck.Client;

/// <content>Holds and reversals.</content>
public sealed partial class KopeckClient
{
    /// <summary>Reserves an amount until it is captured, released or expires. The operation's <c>Hold</c> is the hold.</summary>
    /// <param name="from">The wallet or internal account whose money is reserved.</param>
    /// <param name="amount">In the account's currency, or in that of the receiver.</param>
    /// <param name="to">The one account that captures may pay, or <c>cash</c>; captures say if left out.</param>
    /// <param name="life">How long it lives, in whole seconds; a week if left out.</param>
    /// <param name="key">An idempotency key of your own, for instance a booking's number; made if left out.</param>
    public async Task<Operation> PlaceHoldAsync(
        string from,
        Money amount,
        string? to = null,
        TimeSpan? life = null,
        string? description = null,
        string? key = null,
        CancellationToken cancellationToken = default)
    {
        var request = new PlaceHoldRequest { From = from, Amount = amount, IdempotencyKey = key ?? "" };
        if (to is not null)
            request.To = to;
        if (life is { } span)
            request.ExpiresInSeconds = (long)span.TotalSeconds;
        if (description is not null)
            request.Description = description;
        var response = await Holds.PlaceHoldAsync(request, cancellationToken: cancellationToken);
        return Told(response.Operation, response.Replayed);
    }

    /// <summary>Takes something of a hold and pays it.</summary>
    /// <param name="amount">All that remains if left out.</param>
    /// <param name="to">An account, or <c>cash</c>; the hold's own receiver if left out.</param>
    /// <param name="final">Whether what is not taken is released.</param>
    /// <inheritdoc cref="PlaceHoldAsync" path="/param"/>
    public async Task<Operation> CaptureHoldAsync(
        string hold,
        Money? amount = null,
        string? to = null,
        bool final = false,
        string? description = null,
        string? key = null,
        CancellationToken cancellationToken = default)
    {
        var request = new CaptureHoldRequest { Id = hold, Amount = amount, Final = final, IdempotencyKey = key ?? "" };
        if (to is not null)
            request.To = to;
        if (description is not null)
            request.Description = description;
        var response = await Holds.CaptureHoldAsync(request, cancellationToken: cancellationToken);
        return Told(response.Operation, response.Replayed);
    }

    /// <summary>Frees what a hold reserves, or a part of it.</summary>
    /// <param name="amount">In the account's currency; all that remains if left out.</param>
    /// <inheritdoc cref="PlaceHoldAsync" path="/param"/>
    public async Task<Operation> ReleaseHoldAsync(
        string hold, decimal? amount = null, string? key = null, CancellationToken cancellationToken = default)
    {
        var request = new ReleaseHoldRequest { Id = hold, IdempotencyKey = key ?? "" };
        if (amount is { } part)
            request.Amount = Text(part);
        var response = await Holds.ReleaseHoldAsync(request, cancellationToken: cancellationToken);
        return Told(response.Operation, response.Replayed);
    }

    /// <summary>Reserves more by a hold.</summary>
    /// <param name="by">In the account's currency.</param>
    /// <inheritdoc cref="PlaceHoldAsync" path="/param"/>
    public async Task<Operation> IncreaseHoldAsync(
        string hold, decimal by, string? key = null, CancellationToken cancellationToken = default)
    {
        var response = await Holds.IncreaseHoldAsync(
            new IncreaseHoldRequest { Id = hold, By = Text(by), IdempotencyKey = key ?? "" },
            cancellationToken: cancellationToken);
        return Told(response.Operation, response.Replayed);
    }

    /// <summary>Lets a hold live longer.</summary>
    /// <param name="life">From now on, in whole seconds.</param>
    /// <inheritdoc cref="PlaceHoldAsync" path="/param"/>
    public async Task<Operation> ExtendHoldAsync(
        string hold, TimeSpan life, string? key = null, CancellationToken cancellationToken = default)
    {
        var response = await Holds.ExtendHoldAsync(
            new ExtendHoldRequest { Id = hold, ExpiresInSeconds = (long)life.TotalSeconds, IdempotencyKey = key ?? "" },
            cancellationToken: cancellationToken);
        return Told(response.Operation, response.Replayed);
    }

    /// <summary>A hold now, with its captures.</summary>
    public async Task<Hold> GetHoldAsync(string id, CancellationToken cancellationToken = default) =>
        (await Holds.GetHoldAsync(new GetHoldRequest { Id = id }, cancellationToken: cancellationToken)).Hold;

    /// <summary>A hold as an operation left it.</summary>
    public async Task<Hold> GetHoldAtAsync(string id, long number, CancellationToken cancellationToken = default) =>
        (await Holds.GetHoldAsync(new GetHoldRequest { Id = id, AtNumber = number }, cancellationToken: cancellationToken)).Hold;

    /// <summary>Takes an operation that moved money back, whole or in part; never more than it moved.</summary>
    /// <param name="amount">In either of its currencies; all that remains if left out.</param>
    /// <param name="reason">Why. Not for personal data: it cannot be erased.</param>
    /// <inheritdoc cref="PlaceHoldAsync" path="/param"/>
    public async Task<Operation> ReverseAsync(
        string operation, Money? amount = null, string? reason = null, string? key = null, CancellationToken cancellationToken = default)
    {
        var request = new ReverseOperationRequest { Id = operation, Amount = amount, IdempotencyKey = key ?? "" };
        if (reason is not null)
            request.Reason = reason;
        var response = await Operations.ReverseOperationAsync(request, cancellationToken: cancellationToken);
        return Told(response.Operation, response.Replayed);
    }
}
