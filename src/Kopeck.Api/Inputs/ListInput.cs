using Kopeck.Ledger.Fields;

namespace Kopeck.Api.Inputs;

/// <summary>An input that is an array, which is read item by item into a list that the request gets at the end.</summary>
public abstract class ListInput(string name, InputKind kind, string description) : Input(name, kind, description)
{
    /// <inheritdoc/>
    public override FieldError? Read(object request, in WireValue value) => value.WrongType("an array");
}
