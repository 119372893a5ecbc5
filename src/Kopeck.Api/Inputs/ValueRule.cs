using Kopeck.Ledger.Fields;

namespace Kopeck.Api.Inputs;

/// <summary>How values of a type are read, checked and written: the same for every interface.</summary>
abstract class ValueRule<T>
{
    /// <summary>Reads a value; either the value or the error is there.</summary>
    public abstract FieldError? Read(in WireValue wire, out T value);

    /// <summary>Whether there is one.</summary>
    public abstract bool IsGiven(T value);

    /// <summary>What is wrong with one that was made in this program.</summary>
    public virtual FieldError? Check(T value) => null;

    /// <summary>The value as text, for what a list was asked for.</summary>
    public virtual string? Text(T value) => value?.ToString();
}
