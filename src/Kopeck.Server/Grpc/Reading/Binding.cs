using System.Globalization;
using System.Text;
using Google.Protobuf.Reflection;
using Kopeck.Api.Inputs;

namespace Kopeck.Server.Grpc.Reading;

/// <summary>Where a message has an input of its call.</summary>
sealed class Binding
{
    readonly Dictionary<int, byte[]> words = [];

    Binding(Input input, FieldForm field) => (Input, Field) = (input, field);

    /// <summary>The input.</summary>
    public Input Input { get; }

    /// <summary>The field.</summary>
    public FieldForm Field { get; }

    /// <summary>The money that the field is a part of; null where it stands alone.</summary>
    public FieldForm? Money { get; private init; }

    /// <summary>The flag that says null; null where there is none.</summary>
    public FieldForm? None { get; private init; }

    /// <summary>The seconds of a time; null where it is none.</summary>
    public FieldForm? Seconds { get; private init; }

    /// <summary>The nanoseconds of a time.</summary>
    public FieldForm? Nanos { get; private init; }

    /// <summary>The bindings of the objects of a list.</summary>
    public IReadOnlyList<Binding> Items { get; private init; } = [];

    /// <summary>The form of the objects of a list.</summary>
    public MessageForm? ItemForm { get; private init; }

    /// <summary>The fields that it reads.</summary>
    public IEnumerable<FieldDescriptor> Fields => new[] { (Money ?? Field).Field, None?.Field }.OfType<FieldDescriptor>();

    /// <summary>
    /// The bindings of an input: a point in history is a number or a time. None where the message has no field for it, as for a
    /// column that a table gained after the messages were written.
    /// </summary>
    public static IEnumerable<Binding> Make(Input input, MessageForm form)
    {
        var message = form.Descriptor;
        if (input.Kind == InputKind.Point)
            return [Of(input, form, Find(message, input.Name + "Number")), Of(input, form, Find(message, input.Name + "Time"))];
        var field = message.Fields.InFieldNumberOrder().FirstOrDefault(field => field.JsonName == input.Name);
        if (field is not null && !IsMoney(field))
            return [Of(input, form, field)];
        return OfMoney(input, form) is { } binding ? [binding] : [];
    }

    /// <summary>The word of a value of an enum; its number for one that is not known.</summary>
    public ReadOnlySpan<byte> Word(long number) =>
        words.TryGetValue(unchecked((int)number), out var word)
            ? word
            : Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture));

    static Binding Of(Input input, MessageForm form, FieldDescriptor field)
    {
        var found = form[field];
        var isTime = found.Nested?.Descriptor == Google.Protobuf.WellKnownTypes.Timestamp.Descriptor;
        var items = input is ObjectsInput ? MessageForm.Of(field.MessageType) : null;
        var binding = new Binding(input, found)
        {
            None = form.Descriptor.FindFieldByName("no_" + field.Name) is { } none ? form[none] : null,
            Seconds = isTime ? found.Nested![found.Nested.Descriptor.FindFieldByNumber(1)] : null,
            Nanos = isTime ? found.Nested![found.Nested.Descriptor.FindFieldByNumber(2)] : null,
            ItemForm = items,
            Items = items is null ? [] : [.. input.Members.SelectMany(member => Make(member, items))],
        };
        if (field.FieldType == FieldType.Enum)
        {
            foreach (var value in field.EnumType.Values.Where(value => value.Number != 0))
                binding.words.Add(value.Number, Encoding.UTF8.GetBytes(EnumWords.Word(field.EnumType, value.Number)!));
        }

        return binding;
    }

    // An amount and its currency are one money.
    static Binding? OfMoney(Input input, MessageForm form)
    {
        var money = form.Descriptor.Fields.InFieldNumberOrder().FirstOrDefault(IsMoney);
        if (money is null || V1.Money.Descriptor.FindFieldByName(input.Name) is not { } part)
            return null;
        var found = form[money];
        return new Binding(input, found.Nested![part]) { Money = found };
    }

    static bool IsMoney(FieldDescriptor field) =>
        field.FieldType == FieldType.Message && !field.IsRepeated && field.MessageType == V1.Money.Descriptor;

    static FieldDescriptor Find(MessageDescriptor message, string jsonName) =>
        message.Fields.InFieldNumberOrder().FirstOrDefault(field => field.JsonName == jsonName)
            ?? throw new InvalidOperationException($"{message.FullName} has no field for {jsonName}");
}
