namespace Kopeck.Testing;

/// <summary>Where a ledger is kept, on whichever engine.</summary>
public interface ILedgerPlace
{
    /// <summary>As <c>KOPECK_DATABASE</c> takes it.</summary>
    string Setting { get; }

    /// <summary>The folder of the first keys.</summary>
    string Keys { get; }
}
