namespace Kopeck.Api.Inputs;

/// <summary>An input that is an array of objects of one shape.</summary>
public abstract class ObjectsInput(
    string name, string description, IReadOnlyList<Input> members) : ListInput(name, InputKind.Objects, description)
{
    /// <inheritdoc/>
    public override IReadOnlyList<Input> Members { get; } = members;

    /// <summary>An item without values.</summary>
    public abstract object NewItem();

    /// <summary>Gives the request its items.</summary>
    public abstract void Set(object request, List<object> items);
}
