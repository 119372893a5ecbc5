using System.Numerics;

namespace Kopeck.Laws.Tests.Model;

public sealed class ModelHold
{
    public required long Id { get; init; }

    public required long Account { get; init; }

    /// <summary>Who gets it, where that is fixed.</summary>
    public long? To { get; init; }

    public bool ToCash { get; init; }

    /// <summary>The currency in which it was asked, and in which captures name amounts unless they say otherwise.</summary>
    public required string Asked { get; init; }

    public string Status { get; set; } = "open";

    public BigInteger Authorised { get; set; }

    public BigInteger? Max { get; set; }

    public BigInteger Captured { get; set; }

    public BigInteger Released { get; set; }

    public BigInteger Expired { get; set; }

    public BigInteger Remaining { get; set; }

    public long? ExpiresAt { get; set; }

    public int Captures { get; set; }

    /// <summary>What each operation on it left.</summary>
    public List<(long Number, string State)> History { get; } = [];

    public override string ToString() =>
        $"{Id} of {Account}: {Status} {Authorised} {Max} {Captured} {Released} {Expired} {Remaining} {ExpiresAt} {Captures}";
}
