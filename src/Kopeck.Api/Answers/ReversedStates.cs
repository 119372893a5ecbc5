using Kopeck.Api.Inputs;
using Kopeck.Engine.Reading;

namespace Kopeck.Api.Answers;

/// <summary>The words of how much of an operation was reversed.</summary>
public static class ReversedStates
{
    /// <summary>All of them.</summary>
    public static Words<ReversedState> Words { get; } =
        new(("none", ReversedState.None), ("partly", ReversedState.Partly), ("fully", ReversedState.Fully));
}
