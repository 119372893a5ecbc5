using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Kopeck.Api;
using Kopeck.Api.Inputs;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;
using FieldType = Google.Protobuf.Reflection.FieldType;

namespace Kopeck.Server.Grpc.Reading;

/// <summary>
/// Reads the bytes of a message strictly into a call's request record, by the same inputs as JSON. Pointers are those of JSON.
/// </summary>
static class MessageReader
{
    const int MostDigits = 20;

    /// <summary>Reads a request; the order of the checks is the order in which errors win.</summary>
    public static Rejection? Read(ReadOnlySpan<byte> data, GrpcMethod method, CallRequest request, Identity who, out ReadMessage read)
    {
        read = default;
        var (call, plan) = (method.Call, method.Plan);
        Span<Occurrence> row = stackalloc Occurrence[plan.Form.Slots];
        var reader = new WireReader(data, row);
        if (!reader.TryRead(0, data.Length, plan.Form))
            return Malformed;
        if ((plan.Feed is { } feed ? row[feed.Slot].Length : data.Length) > call.BodyLimit)
            return new Rejection(ErrorCode.TooLarge, $"The message has at most {call.BodyLimit} bytes");

        var problems = new Problems();
        foreach (var place in plan.Places)
            Read(place, data, row, request, isParameter: true);
        foreach (var parameter in plan.Parameters)
        {
            if (Read(parameter, data, row, request, isParameter: true) is { } error)
                problems.Add(parameter.Input.Name, error);
        }

        foreach (var parameter in plan.Parameters)
        {
            if (parameter.Input.IsRequired && !IsGiven(parameter, row))
                problems.Add(parameter.Input.Name, new FieldError("required", parameter.Input.Description));
        }

        if (problems.InvalidQuery is { } invalid)
            return invalid;
        if (Refusals.ReadKey(
            plan.Key is { } field && row[field.Slot].Length > 0 ? Text(data, row[field.Slot]) : null,
            call,
            "idempotency_key",
            out var key) is { } wrongKey)
            return wrongKey;
        read = new ReadMessage(key, plan.MaxPages is { } pages ? row[pages.Slot].Number : 0);
        return new BodyReading(data, who).Read(plan, row, reader, request);
    }

    /// <summary>The refusal of bytes that are no message.</summary>
    public static Rejection Malformed { get; } = new(ErrorCode.MalformedRequest, "The message cannot be read");

    /// <summary>Adds numbers that are no fields: passing over one could change what a newer caller means.</summary>
    internal static void AddUnknown(List<(MessageForm Form, int Number)>? unknown, string place, Problems problems)
    {
        foreach (var (form, number) in unknown ?? [])
        {
            if (problems.IsFull)
            {
                problems.Add();
                continue;
            }

            var known = string.Join(", ", form.Descriptor.Fields.InFieldNumberOrder().Select(field => field.Name));
            problems.Add(
                $"{place}{form.Path}/",
                string.Create(CultureInfo.InvariantCulture, $"[{number}]"),
                new FieldError("unknown_member", $"There is no such field, or not of this type: {form.Descriptor.Name} has {known}"));
        }
    }

    internal static string Text(ReadOnlySpan<byte> data, Occurrence found) =>
        Encoding.UTF8.GetString(data.Slice(found.Start, found.Length));

    /// <summary>Whether a message has an input, as far as the field can tell.</summary>
    internal static bool IsGiven(Binding binding, ReadOnlySpan<Occurrence> row)
    {
        var (field, found) = (binding.Field, row[binding.Field.Slot]);
        if (binding.Money is { } money)
            return row[money.Slot].IsSet && (found.Length > 0 || binding.Input.Kind == InputKind.Amount);
        if (field.IsVarint && !field.Field.HasPresence)
            return found.Number != 0;
        return found.IsSet && (field.Field.HasPresence || found.Length > 0);
    }

    /// <summary>Reads an input that is one value, where it is given.</summary>
    internal static FieldError? Read(
        Binding binding, ReadOnlySpan<byte> data, ReadOnlySpan<Occurrence> row, object request, bool isParameter)
    {
        if (!IsGiven(binding, row))
            return null;
        var found = row[binding.Field.Slot];
        if (binding.Seconds is { } seconds)
            return binding.Input.Read(
                request, WireValue.OfTimestamp(row[seconds.Slot].Number, unchecked((int)row[binding.Nanos!.Slot].Number)));
        if (!binding.Field.IsVarint)
        {
            var text = data.Slice(found.Start, found.Length);
            // Objects of a caller's own are JSON in a text.
            return binding.Input.Read(
                request, binding.Input.Kind == InputKind.Metadata ? WireValue.OfObject(text) : WireValue.OfText(text));
        }

        switch (binding.Field.Field.FieldType)
        {
            case FieldType.Bool:
                return binding.Input.Read(request, WireValue.OfFlag(found.Number != 0));
            case FieldType.Enum when found.Number == 0:
                return binding.Input.IsRequired && !isParameter ? binding.Input.Missing("is missing") : null;
            case FieldType.Enum:
                return binding.Input.Read(request, WireValue.OfText(binding.Word(found.Number)));
        }

        Span<byte> digits = stackalloc byte[MostDigits];
        var number = binding.Field.Field.FieldType == FieldType.Int32 ? unchecked((int)found.Number) : found.Number;
        Utf8Formatter.TryFormat(number, digits, out var length);
        return binding.Input.Read(request, WireValue.OfNumber(digits[..length]));
    }
}
