using Kopeck.Api.Values;
using Kopeck.Ledger.Fields;

namespace Kopeck.Api.Inputs;

/// <summary>Makes the inputs of a request record: each with its name, what it means, and the property that it is.</summary>
public sealed class InputsOf<TRequest>
    where TRequest : class
{
    /// <summary>An id in the path.</summary>
    public Input PathId(Func<TRequest, LedgerId> get, Action<TRequest, LedgerId> set) =>
        new ValueInput<TRequest, LedgerId>(
            "id", InputKind.Id, "The id", new QueryRules.Place<LedgerId>(LedgerId.Of, id => id.IsGiven), get, set);

    /// <summary>A date in the path.</summary>
    public Input PathDate(Func<TRequest, LedgerDate> get, Action<TRequest, LedgerDate> set) =>
        new ValueInput<TRequest, LedgerDate>(
            "date", InputKind.Date, "The date", new QueryRules.Place<LedgerDate>(LedgerDate.Of, date => date.IsGiven), get, set);

    /// <summary>A text in the path.</summary>
    public Input PathText(string name, FieldType field, Func<TRequest, string?> get, Action<TRequest, string?> set) =>
        new ValueInput<TRequest, string?>(
            name,
            InputKind.Text,
            field.Description,
            new QueryRules.Place<string?>(text => text, text => text is not null),
            get,
            set)
        { Field = field };

    /// <summary>A member that is an id.</summary>
    public Input Id(
        string name, string description, Func<TRequest, LedgerId> get, Action<TRequest, LedgerId> set, bool isRequired = true) =>
        new ValueInput<TRequest, LedgerId>(name, InputKind.Id, description, new BodyRules.Id(), get, set) { IsRequired = isRequired };

    /// <summary>A member that is who is paid.</summary>
    public Input Receiver(
        string name,
        string description,
        Func<TRequest, LedgerReceiver> get,
        Action<TRequest, LedgerReceiver> set,
        bool isRequired = false) =>
        new ValueInput<TRequest, LedgerReceiver>(
            name, InputKind.Receiver, description, new BodyRules.Receiver(), get, set)
        { IsRequired = isRequired };

    /// <summary>A member that is when something ends; null is never.</summary>
    public Input End(string name, string description, Func<TRequest, LedgerEnd> get, Action<TRequest, LedgerEnd> set) =>
        new ValueInput<TRequest, LedgerEnd>(name, InputKind.End, description, new BodyRules.End(), get, set)
        {
            IsNullable = true,
            Null = request => set(request, LedgerEnd.Never),
        };

    /// <summary>A member that is an amount.</summary>
    public Input Amount(
        string name, string description, Func<TRequest, LedgerAmount> get, Action<TRequest, LedgerAmount> set, bool isRequired = true) =>
        new ValueInput<TRequest, LedgerAmount>(
            name, InputKind.Amount, description, new BodyRules.Amount(), get, set)
        { IsRequired = isRequired };

    /// <summary>A member that is a decimal of a quote; its digits are judged with the other figure.</summary>
    public Input Figure(string name, string description, Func<TRequest, string?> get, Action<TRequest, string?> set) =>
        new ValueInput<TRequest, string?>(name, InputKind.Amount, description, new BodyRules.Figure(), get, set) { IsRequired = true };

    /// <summary>A member that is an account's lowest balance; null is none.</summary>
    public Input Floor(Func<TRequest, LedgerFloor> get, Action<TRequest, LedgerFloor> set, bool isRequired = false) =>
        new ValueInput<TRequest, LedgerFloor>(
            "floor",
            InputKind.Floor,
            "The lowest balance: negative grants an overdraft, positive keeps a minimum, null is none",
            new BodyRules.Floor(),
            get,
            set)
        {
            IsRequired = isRequired,
            IsNullable = true,
            Null = request => set(request, LedgerFloor.None),
        };

    /// <summary>A member that is a currency.</summary>
    public Input Currency(
        string name,
        string description,
        Func<TRequest, LedgerCurrency> get,
        Action<TRequest, LedgerCurrency> set,
        bool isRequired = false) =>
        new ValueInput<TRequest, LedgerCurrency>(
            name, InputKind.Currency, description, new BodyRules.Currency(), get, set)
        { IsRequired = isRequired };

    /// <summary>A member with a field's rules.</summary>
    public Input Text<TField>(
        string name,
        string description,
        Func<TRequest, LedgerText<TField>> get,
        Action<TRequest, LedgerText<TField>> set,
        bool isRequired = false,
        bool refusesNull = false,
        Action<TRequest>? clear = null)
        where TField : struct, IField<TField> =>
        new ValueInput<TRequest, LedgerText<TField>>(
            name,
            InputKind.Text,
            description,
            new BodyRules.Text<TField>(),
            get,
            set)
        { IsRequired = isRequired, RefusesNull = refusesNull, IsNullable = clear is not null, Null = clear, Field = TField.Type };

    /// <summary>A member that is a JSON object of the caller's own.</summary>
    public Input Json(string name, string description, Func<TRequest, LedgerJson> get, Action<TRequest, LedgerJson> set) =>
        new ValueInput<TRequest, LedgerJson>(
            name, InputKind.Metadata, description, new BodyRules.Json(), get, set)
        { Field = FieldTypes.Metadata };

    /// <summary>A member that is a whole number with a field's range.</summary>
    public Input WholeNumber(
        string name,
        string description,
        FieldType field,
        Func<TRequest, long?> get,
        Action<TRequest, long?> set,
        bool isRequired = false,
        Action<TRequest>? clear = null) =>
        new ValueInput<TRequest, long?>(
            name, InputKind.WholeNumber, description, new BodyRules.WholeNumber(field), get, set)
        { IsRequired = isRequired, IsNullable = clear is not null, Null = clear, Field = field };

    /// <summary>A member that is true or false.</summary>
    public Input Flag(string name, string description, Func<TRequest, bool> get, Action<TRequest, bool> set) =>
        new ValueInput<TRequest, bool>(name, InputKind.Flag, description, new BodyRules.Flag(), get, set);

    /// <summary>A member that is one of a few words.</summary>
    public Input Choice<TValue>(
        string name,
        string description,
        Words<TValue> words,
        Func<TRequest, TValue?> get,
        Action<TRequest, TValue?> set,
        bool isRequired = false)
        where TValue : struct, Enum =>
        new ValueInput<TRequest, TValue?>(
            name,
            InputKind.Choice,
            description,
            new BodyRules.Choice<TValue>(name, words),
            get,
            set)
        { IsRequired = isRequired, Words = words.All };

    /// <summary>A member that is an array of objects.</summary>
    public Input Objects<TItem>(
        string name,
        string description,
        int maxItems,
        Func<InputsOf<TItem>, Input[]> members,
        Func<TRequest, IReadOnlyList<TItem>?> get,
        Action<TRequest, IReadOnlyList<TItem>> set,
        bool isRequired = true)
        where TItem : class, new() =>
        new ObjectsInput<TRequest, TItem>(
            name, description, members(new InputsOf<TItem>()), get, set)
        { IsRequired = isRequired, MaxItems = maxItems };

    /// <summary>A parameter that is any text to look for.</summary>
    public Input QuerySearch(string name, string description, Func<TRequest, string?> get, Action<TRequest, string?> set) =>
        new ValueInput<TRequest, string?>(name, InputKind.Search, description, new QueryRules.Search(), get, set);

    /// <summary>A parameter with a field's rules.</summary>
    public Input QueryText<TField>(
        string name,
        string description,
        Func<TRequest, LedgerText<TField>> get,
        Action<TRequest, LedgerText<TField>> set,
        bool isRequired = false)
        where TField : struct, IField<TField> =>
        new ValueInput<TRequest, LedgerText<TField>>(
            name, InputKind.Text, description, new QueryRules.Text<TField>(), get, set)
        { IsRequired = isRequired, Field = TField.Type };

    /// <summary>A parameter that is an id.</summary>
    public Input QueryId(string name, string description, Func<TRequest, LedgerId> get, Action<TRequest, LedgerId> set) =>
        new ValueInput<TRequest, LedgerId>(name, InputKind.Id, description, new QueryRules.Id(), get, set);

    /// <summary>A parameter that is who is paid.</summary>
    public Input QueryReceiver(string name, string description, Func<TRequest, LedgerReceiver> get, Action<TRequest, LedgerReceiver> set) =>
        new ValueInput<TRequest, LedgerReceiver>(name, InputKind.Receiver, description, new QueryRules.Receiver(), get, set);

    /// <summary>A parameter that is a currency.</summary>
    public Input QueryCurrency(string name, string description, Func<TRequest, LedgerCurrency> get, Action<TRequest, LedgerCurrency> set) =>
        new ValueInput<TRequest, LedgerCurrency>(name, InputKind.Currency, description, new QueryRules.Currency(), get, set);

    /// <summary>A parameter that is one of a few words.</summary>
    public Input QueryChoice<TValue>(
        string name, string description, Words<TValue> words, Func<TRequest, TValue?> get, Action<TRequest, TValue?> set)
        where TValue : struct, Enum =>
        new ValueInput<TRequest, TValue?>(
            name, InputKind.Choice, description, new QueryRules.Choice<TValue>(words), get, set)
        { Words = words.All };

    /// <summary>A parameter that is one of a few words, which may become more.</summary>
    public Input QueryWord(
        string name, string description, IReadOnlyList<string> words, Func<TRequest, string?> get, Action<TRequest, string?> set) =>
        new ValueInput<TRequest, string?>(name, InputKind.Choice, description, new QueryRules.Word(words), get, set) { Words = words };

    /// <summary>A parameter that is a date.</summary>
    public Input QueryDate(string name, string description, Func<TRequest, LedgerDate> get, Action<TRequest, LedgerDate> set) =>
        new ValueInput<TRequest, LedgerDate>(name, InputKind.Date, description, new QueryRules.Date(), get, set);

    /// <summary>A parameter that is an instant.</summary>
    public Input QueryInstant(string name, string description, Func<TRequest, LedgerInstant> get, Action<TRequest, LedgerInstant> set) =>
        new ValueInput<TRequest, LedgerInstant>(name, InputKind.Instant, description, new QueryRules.Moment(), get, set);

    /// <summary>A parameter that is a border of a period.</summary>
    public Input QueryBorder(string name, string description, Func<TRequest, LedgerBound> get, Action<TRequest, LedgerBound> set) =>
        new ValueInput<TRequest, LedgerBound>(name, InputKind.Instant, description, new QueryRules.Border(), get, set);

    /// <summary>A parameter that is a time zone.</summary>
    public Input QueryZone(string name, string description, Func<TRequest, string?> get, Action<TRequest, string?> set) =>
        new ValueInput<TRequest, string?>(name, InputKind.Search, description, new QueryRules.Zone(), get, set);

    /// <summary>A parameter that is a point in the book's history.</summary>
    public Input QueryPoint(string description, Func<TRequest, LedgerPoint> get, Action<TRequest, LedgerPoint> set) =>
        new ValueInput<TRequest, LedgerPoint>("at", InputKind.Point, description, new QueryRules.Point(), get, set);

    /// <summary>A parameter that is a journal number, or 0.</summary>
    public Input QueryNumber(string name, string description, Func<TRequest, long?> get, Action<TRequest, long?> set) =>
        new ValueInput<TRequest, long?>(
            name, InputKind.Number, description, new QueryRules.Number(0, long.MaxValue, "a journal number: digits"), get, set);

    /// <summary>A parameter that is true or false.</summary>
    public Input QueryFlag(string name, string description, Func<TRequest, bool> get, Action<TRequest, bool> set) =>
        new ValueInput<TRequest, bool>(name, InputKind.Flag, description, new QueryRules.Flag(), get, set);

    /// <summary>A parameter that is how many items there are at most.</summary>
    public Input QueryLimit(Func<TRequest, long?> get, Action<TRequest, long?> set) =>
        new ValueInput<TRequest, long?>(
            "limit",
            InputKind.Limit,
            "How many items, 1 to 1,000; 50 if left out",
            new QueryRules.Number(1, IListRequest.MaxLimit, "a number from 1 to 1000"),
            get,
            set);
}
