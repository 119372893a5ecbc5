namespace Kopeck.Engine.Execution;

/// <summary>Why a submission was not taken in.</summary>
enum QueueRefusal
{
    None,
    Full,
    ShareFull,
    Closed,
}
