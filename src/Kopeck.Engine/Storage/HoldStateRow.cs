using Kopeck.Ledger.Holds;

namespace Kopeck.Engine.Storage;

/// <summary>What a row of <c>holds</c> becomes.</summary>
public readonly record struct HoldStateRow(long Hold, HoldState State, long Changed);
