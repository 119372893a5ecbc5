using System.Collections;
using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Kopeck.Server.Bodies;
using Kopeck.Server.Calls;
using Kopeck.Server.Queries;
using Microsoft.Extensions.Primitives;

namespace Kopeck.Server.Grpc.Reading;

/// <summary>Where a request message holds what HTTP has in path, query, header and body.</summary>
sealed class RequestPlan
{
    const string CursorName = "cursor";
    const string LimitName = "limit";

    readonly IReadOnlyList<FieldDescriptor> places;
    readonly IReadOnlyList<(QueryParameter Parameter, FieldDescriptor[] Fields)> parameters;
    readonly FieldDescriptor? key;
    readonly FieldDescriptor? maxPages;

    public RequestPlan(Call call, MessageDescriptor message)
    {
        places = [.. call.Segments.Where(segment => segment[0] == '{').Select(segment => Find(message, segment.Trim('{', '}')))];
        parameters = [.. call.Parameters.Select(parameter => (parameter, FindParameter(message, parameter)))];
        key = message.FindFieldByName("idempotency_key");
        maxPages = message.FindFieldByName("max_pages");
        Body = call.Body is { } shape ? ShapePlan.Make(message, shape) : null;
        Map = call.BodyKind == BodyKind.Map ? message.Fields.InFieldNumberOrder().Single(field => field.IsMap) : null;
        Feed = call.BodyKind == BodyKind.Feed ? message.Fields.InFieldNumberOrder().Single(field => field.FieldType == FieldType.Bytes) : null;
    }

    /// <summary>Where the members of the body are.</summary>
    public ShapePlan? Body { get; }

    /// <summary>The field of a body whose members are data.</summary>
    public FieldDescriptor? Map { get; }

    /// <summary>The field of a body that is bytes.</summary>
    public FieldDescriptor? Feed { get; }

    /// <summary>All fields that are read: any other field of the message would be passed over in silence.</summary>
    public IReadOnlySet<FieldDescriptor> Fields =>
        new[] { key, maxPages, Map, Feed }.OfType<FieldDescriptor>().Concat(places).Concat(parameters.SelectMany(pair => pair.Fields)).Concat(Body?.Fields ?? []).ToHashSet();

    /// <summary>The values of the path's places.</summary>
    public IReadOnlyList<string> ReadPath(IMessage message) => [.. places.Select(field => (string)field.Accessor.GetValue(message))];

    /// <summary>The idempotency key; null when none was sent.</summary>
    public string? ReadKey(IMessage message) => key?.Accessor.GetValue(message) is string { Length: > 0 } text ? text : null;

    /// <summary>After how many pages a list ends; 0 is never.</summary>
    public int ReadMaxPages(IMessage message) => maxPages?.Accessor.GetValue(message) is int pages ? pages : 0;

    /// <summary>The members of a body whose members are data.</summary>
    public IReadOnlyList<MapEntry> ReadMap(IMessage message) =>
        Map?.Accessor.GetValue(message) is IDictionary map ? [.. map.Keys.Cast<string>().Order(StringComparer.Ordinal).Select(name => new MapEntry(name, (string)map[name]!))] : [];

    /// <summary>The bytes of a feed.</summary>
    public ReadOnlyMemory<byte> ReadFeed(IMessage message) => Feed?.Accessor.GetValue(message) is ByteString bytes ? bytes.Memory : ReadOnlyMemory<byte>.Empty;

    /// <summary>The query parameters as texts, as HTTP has them.</summary>
    /// <param name="cursor">Takes the place of the request's.</param>
    /// <param name="limit">Takes the place of the request's.</param>
    public IEnumerable<KeyValuePair<string, StringValues>> ReadQuery(IMessage message, string? cursor, int? limit)
    {
        foreach (var (parameter, fields) in parameters)
        {
            var other = parameter.Name switch
            {
                CursorName => cursor,
                LimitName => limit?.ToString(CultureInfo.InvariantCulture),
                _ => null,
            };
            var text = other ?? fields.Select(field => ReadText(message, field, parameter)).FirstOrDefault(text => text is not null);
            if (text is not null)
                yield return KeyValuePair.Create(parameter.Name, new StringValues(text));
        }
    }

    static string? ReadText(IMessage message, FieldDescriptor field, QueryParameter parameter)
    {
        if (field.HasPresence && !field.Accessor.HasValue(message))
            return null;
        return field.Accessor.GetValue(message) switch
        {
            Timestamp timestamp => Timestamps.ToText(timestamp),
            bool flag => flag ? "true" : null,
            string text => text,
            var value when field.FieldType == FieldType.Enum => EnumWords.Word(field.EnumType, (int)value),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => throw new InvalidOperationException($"{field.FullName} cannot be the parameter {parameter.Name}"),
        };
    }

    static FieldDescriptor Find(MessageDescriptor message, string jsonName) =>
        message.Fields.InFieldNumberOrder().FirstOrDefault(field => field.JsonName == jsonName) ?? throw new InvalidOperationException($"{message.FullName} has no field for {jsonName}");

    // A moment is a number or a time.
    static FieldDescriptor[] FindParameter(MessageDescriptor message, QueryParameter parameter) => parameter.Kind == ParameterKind.Moment
        ? [Find(message, parameter.Name + "Number"), Find(message, parameter.Name + "Time")]
        : [Find(message, parameter.Name)];
}
