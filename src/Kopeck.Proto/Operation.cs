namespace Kopeck.V1;

/// <content>What an answer says beside the operation.</content>
public sealed partial class Operation
{
    /// <summary>
    /// Whether the answer is that of the same request before, so that nothing was done now. Set by the client's methods, not by what reads
    /// the journal; no part of the message.
    /// </summary>
    public bool IsReplay { get; set; }
}
