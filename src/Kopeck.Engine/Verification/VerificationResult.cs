namespace Kopeck.Engine.Verification;

/// <summary>What a verification found.</summary>
/// <param name="Operations">How many operations were replayed.</param>
/// <param name="HeadHash">The hash of the last of them.</param>
/// <param name="Finding">Null when everything is right.</param>
public sealed record VerificationResult(long Operations, string HeadHash, Finding? Finding);

sealed class FindingException(Finding finding) : Exception(finding.ToString())
{
    public Finding Finding => finding;
}
