using System.Globalization;

namespace Kopeck.Api.Inputs;

/// <summary>An input that is an array of objects of one shape, as a list of the request record.</summary>
sealed class ObjectsInput<TRequest, TItem>(
    string name,
    string description,
    IReadOnlyList<Input> members,
    Func<TRequest, IReadOnlyList<TItem>?> get,
    Action<TRequest, IReadOnlyList<TItem>> set)
    : ObjectsInput(name, description, members)
    where TRequest : class
    where TItem : class, new()
{
    public override object NewItem() => new TItem();

    public override void Set(object request, List<object> items) => set((TRequest)request, items.ConvertAll(item => (TItem)item));

    internal override void Check(object request, Problems problems, string place, string end)
    {
        if ((get((TRequest)request) ?? (IsRequired ? [] : null)) is not { } items)
            return;
        if (CheckCount(items.Count) is { } error)
        {
            problems.Add(place, end, error);
            return;
        }

        for (var index = 0; index < items.Count; index++)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{place}{end}/{index}");
            foreach (var member in Members)
                member.Check(items[index], problems, at, member.Pointer);
        }
    }
}
