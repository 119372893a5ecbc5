using Kopeck.Ledger.Fields;

namespace Kopeck.Engine.Verification;

/// <summary>A store whose rows can be read as they stand, however damaged.</summary>
public interface IVerificationStore
{
    /// <summary>A snapshot of one book: everything in it is as of one moment, beside writers.</summary>
    IVerificationSnapshot OpenSnapshot(BookName book);
}
