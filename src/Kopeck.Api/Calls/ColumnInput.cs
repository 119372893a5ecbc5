using Kopeck.Api.Inputs;
using Kopeck.Ledger.Fields;

namespace Kopeck.Api.Calls;

/// <summary>A personal value of a customer, by the rules of its column.</summary>
sealed class ColumnInput(int place, Column column) : Input(
    column.JsonName, column.Type.Name == FieldTypes.Metadata.Name ? InputKind.Metadata : InputKind.Text, column.Description)
{
    public override FieldError? Read(object request, in WireValue value)
    {
        var error = BodyRules.Read(value, column, out var text);
        if (error is null)
            ((CustomerRequest)request).Set(place, text);
        return error;
    }

    public override void Clear(object request) => ((CustomerRequest)request).Set(place, null);

    internal override void Check(object request, Problems problems, string at, string end)
    {
        var customer = (CustomerRequest)request;
        if (customer.IsCleared(column))
        {
            if (RefusesNull)
                problems.Add(at, end, Missing("is null"));
            else
                customer.Set(place, null);
        }
        else if (customer.Text(place) is not { } given)
        {
            if (IsRequired)
                problems.Add(at, end, Missing("is missing"));
        }
        else if (BodyRules.Check(given, column, out var text) is { } error)
        {
            problems.Add(at, end, error);
        }
        else
        {
            customer.Set(place, text);
        }
    }
}
