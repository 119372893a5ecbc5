using System.Diagnostics.CodeAnalysis;

namespace Kopeck.Ledger.Fields;

/// <summary>A value with the rules of a field: made only by parsing, so it is always valid (but for <c>default</c>).</summary>
public interface IField<TSelf>
    where TSelf : struct, IField<TSelf>
{
    /// <summary>What the tables say of it.</summary>
    static abstract FieldType Type { get; }

    /// <summary>The value as text: what is stored and shown.</summary>
    string Text { get; }

    /// <summary>Reads a text; either the value or the error is there, never both.</summary>
    static abstract bool TryParse(string? text, out TSelf value, [NotNullWhen(false)] out FieldError? error);
}
