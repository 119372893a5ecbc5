using Google.Protobuf.Reflection;
using Kopeck.Api;
using Kopeck.Api.Inputs;

namespace Kopeck.Server.Grpc.Reading;

/// <summary>Where a request message holds what its call takes; made once.</summary>
sealed class MessagePlan
{
    public MessagePlan(Call call, MessageDescriptor message)
    {
        Form = MessageForm.Of(message);
        Places = Bind(call.Places);
        Parameters = Bind(call.Parameters);
        Members = Bind(call.Members.Where(member => member is not MapInput));
        Key = Find("idempotency_key");
        MaxPages = Find("max_pages");
        Clear = Find("clear");
        Map = call.BodyKind == BodyKind.Map ? Form[message.Fields.InFieldNumberOrder().Single(field => field.IsMap)] : null;
        MapMember = call.Members.OfType<MapInput>().FirstOrDefault();
        MapForm = Map is null ? null : MessageForm.Of(Map.Field.MessageType);
        var bytes = message.Fields.InFieldNumberOrder().SingleOrDefault(field => field.FieldType == FieldType.Bytes);
        Feed = bytes is null ? null : Form[bytes];
    }

    /// <summary>The message on the wire.</summary>
    public MessageForm Form { get; }

    /// <summary>The places of the path.</summary>
    public IReadOnlyList<Binding> Places { get; }

    /// <summary>The query parameters.</summary>
    public IReadOnlyList<Binding> Parameters { get; }

    /// <summary>The members of the body.</summary>
    public IReadOnlyList<Binding> Members { get; }

    /// <summary>The idempotency key.</summary>
    public FieldForm? Key { get; }

    /// <summary>After how many pages a list ends; 0 is never.</summary>
    public FieldForm? MaxPages { get; }

    /// <summary>The mask of members that are to be null.</summary>
    public FieldForm? Clear { get; }

    /// <summary>The field of a body whose members are data.</summary>
    public FieldForm? Map { get; }

    /// <summary>How its members are read.</summary>
    public MapInput? MapMember { get; }

    /// <summary>An entry of it.</summary>
    public MessageForm? MapForm { get; }

    /// <summary>The field of a body that is bytes.</summary>
    public FieldForm? Feed { get; }

    /// <summary>All fields that are read: any other field of the message would be passed over in silence.</summary>
    public IReadOnlySet<FieldDescriptor> Fields =>
        new[] { Key, MaxPages, Clear, Map, Feed }.OfType<FieldForm>().Select(form => form.Field)
            .Concat(Places.Concat(Parameters).Concat(Members).SelectMany(binding => binding.Fields))
            .ToHashSet();

    IReadOnlyList<Binding> Bind(IEnumerable<Input> inputs) => [.. inputs.SelectMany(input => Binding.Make(input, Form))];

    FieldForm? Find(string name) => Form.Descriptor.FindFieldByName(name) is { } field ? Form[field] : null;
}
