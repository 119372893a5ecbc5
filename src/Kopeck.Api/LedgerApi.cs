using Kopeck.Api.Inputs;
using Kopeck.Engine;
using Kopeck.Engine.Keys;
using Kopeck.Engine.Storage;

namespace Kopeck.Api;

/// <summary>A ledger as its callers see it: what all interfaces call. Safe for concurrent use.</summary>
public sealed class LedgerApi(LedgerEngine engine, ApiKeys keys, ApiOptions options, TimeProvider time)
{
    /// <summary>The engine.</summary>
    public LedgerEngine Engine { get; } = engine;

    /// <summary>The API keys.</summary>
    public ApiKeys Keys { get; } = keys;

    /// <summary>What whoever runs it has set.</summary>
    public ApiOptions Options { get; } = options;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; } = time;

    /// <summary>
    /// Does a call whose request was made in this program: checks it as the other interfaces do, in the same order, and runs it.
    /// </summary>
    public async ValueTask<Result<TAnswer>> DoAsync<TAnswer>(
        CallRequest<TAnswer> request, Identity who, CancellationToken cancellationToken)
        where TAnswer : Answers.Answer
    {
        var call = request.Call;
        if (Refusals.Forbid(call, who) is { } forbidden)
            return forbidden;
        if (call.CheckParameters(request) is { } invalid)
            return invalid;
        if (Refusals.ReadKey(request.Key, call, "a key", out var key) is { } wrongKey)
            return wrongKey;
        var problems = new Problems();
        call.CheckBody(request, problems);
        if (problems.Refusal is { } refusal)
            return refusal;
        try
        {
            return (Result<TAnswer>)await call.RunAsync(
                new CallContext(this, who, call, key, cancellationToken), request).ConfigureAwait(false);
        }
        catch (StorageUnavailableException exception)
        {
            return Refusals.Unavailable(exception);
        }
    }
}
