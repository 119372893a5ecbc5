using Kopeck.Api.Answers;
using Kopeck.Api.Inputs;

namespace Kopeck.Api;

/// <summary>A call that takes one request record and gives one result.</summary>
/// <param name="run">Does it.</param>
public sealed class Call<TRequest, TAnswer>(
    string method, string path, string summary, Func<CallContext, TRequest, ValueTask<Result<TAnswer>>> run) : Call(method, path, summary)
    where TRequest : CallRequest, new()
    where TAnswer : Answer
{
    static readonly InputsOf<TRequest> Take = new();

    /// <summary>The places of the path.</summary>
    public Func<InputsOf<TRequest>, Input[]> In { init => Places = value(Take); }

    /// <summary>The query parameters; every mutation has <c>dryRun</c> too.</summary>
    public Func<InputsOf<TRequest>, Input[]> Query { init => Parameters = [.. value(Take), .. Parameters]; }

    /// <summary>The members of the body.</summary>
    public Func<InputsOf<TRequest>, Input[]> Body { init => Members = value(Take); }

    /// <summary>The members that an item of a batch has in place of the path's places.</summary>
    public Func<InputsOf<TRequest>, Input[]> InItem { init => ItemPlaces = value(Take); }

    /// <inheritdoc/>
    public override CallRequest NewRequest() => new TRequest();

    /// <inheritdoc/>
    public override async ValueTask<Result> RunAsync(CallContext context, CallRequest request) =>
        await run(context, (TRequest)request).ConfigureAwait(false);
}
