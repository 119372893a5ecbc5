using Kopeck.Api.Inputs;
using Kopeck.Api.Values;
using Kopeck.Ledger.Fields;

namespace Kopeck.Api.Calls;

/// <summary>Asks to move money or to reserve it, with what it is for.</summary>
public abstract record MoneyRequest : ItemRequest
{
    /// <summary>What it is for. Not for personal data: it cannot be erased.</summary>
    public LedgerText<Description> Description { get; set; }

    /// <summary>A JSON object of your own. Not for personal data: it cannot be erased.</summary>
    public LedgerJson Metadata { get; set; }

    /// <summary>The members that all of them have, at the end.</summary>
    internal static Input[] Remarks<TRequest>(InputsOf<TRequest> take)
        where TRequest : MoneyRequest =>
        [
            take.Text<Description>("description", Describe.Description, r => r.Description, (r, text) => r.Description = text),
            take.Json("metadata", Describe.Metadata, r => r.Metadata, (r, json) => r.Metadata = json),
        ];
}
