using System.Numerics;

namespace Kopeck.Laws.Tests.Model;

/// <summary>
/// A leg of what moved: what its payer lost and its receiver got, each in its own currency; and what reversals took of both.
/// </summary>
public sealed class ModelMove(long from, long to, BigInteger lost, BigInteger got)
{
    public long From { get; } = from;

    public long To { get; } = to;

    public BigInteger Lost { get; } = lost;

    public BigInteger Got { get; } = got;

    public BigInteger LostBack { get; set; }

    public BigInteger GotBack { get; set; }

    public bool IsUndone => LostBack == Lost && GotBack == Got;
}
