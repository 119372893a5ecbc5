using Kopeck.Ledger.Journal;

namespace Kopeck.Ledger.Rules;

/// <summary>Where salts come from: injected, so that tests are repeatable.</summary>
public interface ISaltSource
{
    /// <summary>32 bytes that nobody can guess.</summary>
    Digest Next();
}
