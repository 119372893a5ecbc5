using Kopeck.Engine.Requests;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Journal;

namespace Kopeck.Engine.Execution;

/// <summary>What was decided on top of a head, or of a batch that is yet to be confirmed.</summary>
sealed class Decisions
{
    /// <summary>Where the state can be rolled back to.</summary>
    public int Savepoint { get; set; }

    public List<BatchOutcome> Outcomes { get; } = [];

    public List<Applied> Applied { get; } = [];

    /// <summary>The salts that went into it.</summary>
    public List<Digest> Salts { get; } = [];

    /// <summary>Keys that were taken as new without being looked up, of requests that write nothing: no commit would refuse them.</summary>
    public List<KeyDigest> UncheckedKeys { get; } = [];
}
