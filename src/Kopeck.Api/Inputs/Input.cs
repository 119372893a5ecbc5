using System.Text;
using Kopeck.Ledger.Fields;

namespace Kopeck.Api.Inputs;

/// <summary>
/// One thing that a call takes: a place in the path, a query parameter, or a member of the body. Every interface reads it by this one, and
/// it describes itself to the documents.
/// </summary>
public abstract class Input(string name, InputKind kind, string description)
{
    /// <summary>The name in JSON and in queries.</summary>
    public string Name { get; } = name;

    /// <summary>The same in UTF-8.</summary>
    public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(name);

    /// <summary>The same as the last part of a JSON pointer.</summary>
    public string Pointer { get; } = "/" + name;

    /// <summary>What it is.</summary>
    public InputKind Kind { get; } = kind;

    /// <summary>What it means.</summary>
    public string Description { get; } = description;

    /// <summary>Whether a request without it is refused.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether an explicit null is a value, rather than the same as leaving it out.</summary>
    public bool IsNullable { get; init; }

    /// <summary>Whether an explicit null is refused, though it may be left out: it cannot be cleared.</summary>
    public bool RefusesNull { get; init; }

    /// <summary>The field's rules.</summary>
    public FieldType? Field { get; init; }

    /// <summary>The words of a choice.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>The most items of an array.</summary>
    public int MaxItems { get; init; } = int.MaxValue;

    /// <summary>The members of an array's objects.</summary>
    public virtual IReadOnlyList<Input> Members => [];

    /// <summary>Reads a value into the request; what is wrong with it.</summary>
    public abstract FieldError? Read(object request, in WireValue value);

    /// <summary>Takes an explicit null, where it is one of the values.</summary>
    public virtual void Clear(object request)
    {
        // Left out and null are the same, unless an input says otherwise.
    }

    /// <summary>Checks what a request that was made in this program has here.</summary>
    /// <param name="end">Its <see cref="Pointer"/>, or the name of a parameter.</param>
    internal abstract void Check(object request, Problems problems, string place, string end);

    /// <summary>What a request has here, as text; null for nothing.</summary>
    internal virtual string? Text(object request) => null;

    /// <summary>The error of a value that has to be there.</summary>
    /// <param name="how">Such as <c>is missing</c>.</param>
    public FieldError Missing(string how) => new("required", $"{Name} {how}: {Description}");

    /// <summary>The error of a list with a wrong number of items; null when it is right.</summary>
    public FieldError? CheckCount(int count)
    {
        if (count == 0)
            return new FieldError("empty", $"{Name} has at least one item");
        return count > MaxItems ? new FieldError("too_many", $"{Name} has at most {MaxItems} items, got {count}") : null;
    }
}
