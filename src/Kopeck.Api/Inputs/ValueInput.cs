using Kopeck.Ledger.Fields;

namespace Kopeck.Api.Inputs;

/// <summary>An input that is one value of the request record.</summary>
sealed class ValueInput<TRequest, T>(
    string name,
    InputKind kind,
    string description,
    ValueRule<T> rule,
    Func<TRequest, T> get,
    Action<TRequest, T> set) : Input(name, kind, description)
    where TRequest : class
{
    /// <summary>The value of an explicit null.</summary>
    public Action<TRequest>? Null { get; init; }

    public override FieldError? Read(object request, in WireValue value)
    {
        var error = rule.Read(value, out var read);
        if (error is null)
            set((TRequest)request, read);
        return error;
    }

    public override void Clear(object request) => Null?.Invoke((TRequest)request);

    internal override void Check(object request, Problems problems, string place, string end)
    {
        var value = get((TRequest)request);
        if (rule.IsGiven(value))
        {
            if (rule.Check(value) is { } error)
                problems.Add(place, end, error);
        }
        else if (IsRequired)
        {
            problems.Add(place, end, Missing("is missing"));
        }
    }

    internal override string? Text(object request) => get((TRequest)request) is var value && rule.IsGiven(value) ? rule.Text(value) : null;
}
