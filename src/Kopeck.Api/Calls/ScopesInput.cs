using Kopeck.Api.Inputs;
using Kopeck.Ledger.Commands;

namespace Kopeck.Api.Calls;

/// <summary>The scopes of an API key.</summary>
sealed class ScopesInput : WordsInput
{
    const int Most = 5;

    public ScopesInput()
        : base("scopes", "What the key may do; admin includes all") => (IsRequired, Words, MaxItems) = (true, ScopeNames.All, Most);

    public override void Set(object request, List<string> words) => ((CreateKeyRequest)request).Scopes = words;

    internal override void Check(object request, Problems problems, string place, string end) =>
        Check(((CreateKeyRequest)request).Scopes, problems, place, end);
}
