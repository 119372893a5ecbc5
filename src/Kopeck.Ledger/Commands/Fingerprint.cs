using Kopeck.Ledger.Journal;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Commands;

/// <summary>
/// The digest of a request, by its meaning: it tells a replay from another request under the same key, for ever. Golden files in the
/// repository hold one of every command. See docs/journal.md, Fingerprints.
/// </summary>
public static class Fingerprint
{
    const string Version = "kopeck-request-1";

    /// <summary>The digest of a command.</summary>
    /// <param name="state">The book, with the command's needs.</param>
    /// <param name="salt">For a command with personal fields: that of the personal values; null for others.</param>
    public static Digest Of(Command command, BookState? state, Digest? salt)
    {
        var writer = new FingerprintWriter();
        writer.Write(Version);
        writer.Add("salt", salt?.ToString());
        writer.Write(command.Name);
        command.WriteFingerprint(writer, state);
        return Digest.Of(writer.Written);
    }
}
