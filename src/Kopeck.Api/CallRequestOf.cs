using Kopeck.Api.Answers;

namespace Kopeck.Api;

/// <summary>What is asked by a call that answers so.</summary>
public abstract record CallRequest<TAnswer> : CallRequest
    where TAnswer : Answer
{
    /// <summary>The call that it asks.</summary>
    public abstract Call Call { get; }
}
