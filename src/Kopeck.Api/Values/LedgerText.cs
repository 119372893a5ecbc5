using Kopeck.Ledger.Fields;

namespace Kopeck.Api.Values;

/// <summary>A text with a field's rules, normalised; what a text is wrong in is told by the call. The default is none.</summary>
public readonly record struct LedgerText<TField>
    where TField : struct, IField<TField>
{
    readonly bool isGiven;

    LedgerText(TField value, FieldError? error) => (isGiven, Value, Error) = (true, value, error);

    /// <summary>The value; its default where there is none.</summary>
    public TField Value { get; }

    /// <summary>Whether one was given.</summary>
    public bool IsGiven => isGiven;

    /// <summary>The value, or null.</summary>
    public TField? OrNull => isGiven ? Value : null;

    /// <summary>Why the text is no value.</summary>
    internal FieldError? Error { get; }

    /// <summary>A value.</summary>
    public static LedgerText<TField> Of(TField value) => new(value, null);

    /// <summary>A text.</summary>
    public static LedgerText<TField> Of(string text) => new(TField.TryParse(text, out var value, out var error) ? value : default, error);

    /// <summary>A value.</summary>
    public static implicit operator LedgerText<TField>(TField value) => Of(value);

    /// <summary>A text.</summary>
    public static implicit operator LedgerText<TField>(string? text) => text is null ? default : Of(text);

    /// <summary>The text.</summary>
    public override string ToString() => isGiven ? Value.Text : "";
}
