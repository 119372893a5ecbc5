using Kopeck.Ledger.Fields;

namespace Kopeck.Api.Inputs;

/// <summary>An input whose members are data, such as currencies: read member by member, each a single value or an object of some.</summary>
public abstract class MapInput(string name, string description) : Input(name, InputKind.Map, description)
{
    /// <summary>What a member is read into.</summary>
    public abstract object NewPart();

    /// <summary>What is wrong with a member's name.</summary>
    public abstract FieldError? CheckName(string name);

    /// <summary>Reads a member that is a single value; what is wrong with it.</summary>
    public abstract FieldError? ReadSingle(object part, in WireValue value);

    /// <summary>Gives the request a member.</summary>
    /// <returns>Which part of it is wrong, empty for all of it; null when all is well.</returns>
    public abstract string? Add(object request, string name, object part, out FieldError? error);

    /// <summary>Gives the request a member, or tells what is wrong with it.</summary>
    public void AddTo(object request, string name, object part, Problems problems)
    {
        var place = "/" + Inputs.Pointer.Escape(name);
        if (CheckName(name) is { } unknown)
            problems.Add(place, unknown);
        else if (Add(request, name, part, out var error) is { } wrong)
            problems.Add(wrong.Length > 0 ? $"{place}/{wrong}" : place, error!);
    }

    /// <inheritdoc/>
    public override FieldError? Read(object request, in WireValue value) => value.WrongType("an object");
}
