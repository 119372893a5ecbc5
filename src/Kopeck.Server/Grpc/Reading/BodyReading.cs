using System.Globalization;
using Kopeck.Api;
using Kopeck.Api.Calls;
using Kopeck.Api.Inputs;
using Kopeck.Ledger.Errors;
using Kopeck.Ledger.Fields;

namespace Kopeck.Server.Grpc.Reading;

/// <summary>Reads what HTTP has in the body out of a message's bytes.</summary>
readonly ref struct BodyReading(ReadOnlySpan<byte> data, Identity who)
{
    readonly ReadOnlySpan<byte> data = data;

    /// <summary>Reads it; the refusal of what is wrong with it.</summary>
    public Rejection? Read(MessagePlan plan, ReadOnlySpan<Occurrence> row, WireReader reader, CallRequest request)
    {
        var problems = new Problems();
        MessageReader.AddUnknown(reader.Unknown, "", problems);
        if (plan.Feed is { } feed)
            ((ImportQuotesRequest)request).Feed = data.Slice(row[feed.Slot].Start, row[feed.Slot].Length).ToArray();
        if (plan.Map is { } map && !TryReadMap(plan.MapMember!, map, plan.MapForm!, reader.Repeated, request, problems))
            return MessageReader.Malformed;
        if (request is BatchRequest batch)
            return ReadBatch(plan, row, reader.Repeated, batch, problems);
        var cleared = plan.Clear is null ? null : ReadMask(plan, row, reader.Repeated, problems);
        if (!TryReadMembers(plan.Members, row, reader.Repeated, request, "", problems, cleared))
            return MessageReader.Malformed;
        request.CheckWhole(problems);
        return problems.Refusal;
    }

    /// <summary>Reads members; false where there are bytes that are no message.</summary>
    public bool TryReadMembers(
        IReadOnlyList<Binding> members,
        ReadOnlySpan<Occurrence> row,
        List<Occurrence>? repeated,
        object target,
        string place,
        Problems problems,
        List<Input>? cleared = null)
    {
        foreach (var member in members)
        {
            var input = member.Input;
            if (cleared?.Contains(input) == true || (member.None is { } none && row[none.Slot].Number != 0))
                Clear(input, target, place, problems);
            else if (input is ObjectsInput objects)
            {
                if (!TryReadObjects(objects, member, repeated, target, problems))
                    return false;
            }
            else if (input is WordsInput words)
                ReadWords(words, member, repeated, target, problems);
            else if (MessageReader.IsGiven(member, row))
            {
                if (MessageReader.Read(member, data, row, target, isParameter: false) is { } error)
                    problems.Add(place, input.Pointer, error);
            }
            else if (input.IsRequired)
                problems.Add(place, input.Pointer, input.Missing("is missing"));
        }

        return true;
    }

    static void Clear(Input input, object target, string place, Problems problems)
    {
        if (input.IsNullable)
            input.Clear(target);
        else if (input.IsRequired || input.RefusesNull)
            problems.Add(place, input.Pointer, input.Missing("is null"));
    }

    bool TryReadObjects(ObjectsInput list, Binding member, List<Occurrence>? repeated, object target, Problems problems)
    {
        var items = new List<object>();
        var (count, inner) = (0, new Problems());
        Span<Occurrence> row = stackalloc Occurrence[member.ItemForm!.Slots];
        foreach (var found in repeated ?? [])
        {
            if (found.Slot != member.Field.Slot || ++count > list.MaxItems)
                continue;
            var reader = new WireReader(data, row);
            if (!reader.TryRead(found.Start, found.Length, member.ItemForm))
                return false;
            var item = list.NewItem();
            items.Add(item);
            var own = new Problems();
            MessageReader.AddUnknown(reader.Unknown, "", own);
            TryReadMembers(member.Items, row, reader.Repeated, item, "", own);
            inner.AddAll($"{list.Pointer}/", count - 1, own);
        }

        // A message does not tell an empty list from none.
        if (count == 0 && !list.IsRequired)
            return true;
        list.Set(target, items);
        if (count == 0)
            problems.Add("", list.Pointer, list.Missing("is missing"));
        else if (list.CheckCount(count) is { } error)
            problems.Add("", list.Pointer, error);
        else
            problems.AddAll(inner);
        return true;
    }

    static void ReadWords(WordsInput list, Binding member, List<Occurrence>? repeated, object target, Problems problems)
    {
        var words = new List<string>();
        foreach (var found in repeated ?? [])
        {
            if (found.Slot != member.Field.Slot)
                continue;
            var place = words.Count;
            var word = found.Number == 0 ? "unspecified"u8 : member.Word(found.Number);
            if (list.ReadWord(WireValue.OfText(word), words) is { } error)
                problems.Add(list.Pointer, string.Create(CultureInfo.InvariantCulture, $"/{place}"), error);
        }

        list.Set(target, words);
        if (words.Count == 0)
            problems.Add("", list.Pointer, list.Missing("is missing"));
        else if (list.CheckCount(words.Count) is { } wrong)
            problems.Add("", list.Pointer, wrong);
    }

    List<Input>? ReadMask(MessagePlan plan, ReadOnlySpan<Occurrence> row, List<Occurrence>? repeated, Problems problems)
    {
        var paths = plan.Clear!.Nested![plan.Clear.Nested.Descriptor.FindFieldByNumber(1)];
        List<Input>? cleared = null;
        foreach (var found in repeated ?? [])
        {
            if (found.Slot != paths.Slot)
                continue;
            var path = MessageReader.Text(data, found);
            if (plan.Members.FirstOrDefault(member => member.Field.Field.Name == path || member.Input.Name == path) is not { } named)
                problems.Add("/clear", new FieldError("unknown_member", $"There is no field {path} that can be cleared"));
            else if (MessageReader.IsGiven(named, row))
                problems.Add("/clear", new FieldError("repeated", $"{path} is to be cleared and has a value: send one of both"));
            else
                (cleared ??= []).Add(named.Input);
        }

        return cleared;
    }

    bool TryReadMap(MapInput input, FieldForm map, MessageForm form, List<Occurrence>? repeated, CallRequest request, Problems problems)
    {
        // Of a name that is there more than once the last counts.
        var parts = new SortedDictionary<string, object>(StringComparer.Ordinal);
        var (key, value) = (form[form.Descriptor.FindFieldByNumber(1)], form[form.Descriptor.FindFieldByNumber(2)]);
        var members = input.Members.SelectMany(member => Binding.Make(member, value.Nested!)).ToList();
        Span<Occurrence> row = stackalloc Occurrence[form.Slots];
        foreach (var found in repeated ?? [])
        {
            if (found.Slot != map.Slot)
                continue;
            var reader = new WireReader(data, row);
            if (!reader.TryRead(found.Start, found.Length, form))
                return false;
            var (name, part) = (MessageReader.Text(data, row[key.Slot]), input.NewPart());
            MessageReader.AddUnknown(reader.Unknown, "/" + Pointer.Escape(name), problems);
            foreach (var member in members)
                MessageReader.Read(member, data, row, part, isParameter: false);
            parts[name] = part;
        }

        foreach (var (name, part) in parts)
            input.AddTo(request, name, part, problems);
        return true;
    }

    Rejection? ReadBatch(
        MessagePlan plan, ReadOnlySpan<Occurrence> row, List<Occurrence>? repeated, BatchRequest request, Problems problems)
    {
        var operations = plan.Members.Single(member => member.Input is ItemsInput);
        var items = new List<BatchItem>();
        var (count, told) = (0, 0);
        foreach (var found in repeated ?? [])
        {
            if (found.Slot != operations.Field.Slot || ++count > operations.Input.MaxItems)
                continue;
            if (!ItemReader.TryRead(data, found, who, BatchItems.MostProblems - told, out var item))
                return MessageReader.Malformed;
            if (item.Refusal is { Code: ErrorCode.MalformedRequest } malformed)
                return malformed;
            told += item.Refusal?.Fields.Length ?? 0;
            items.Add(item);
        }

        ItemsInput.Set(request, items);
        if (count == 0)
            problems.Add("", operations.Input.Pointer, operations.Input.Missing("is missing"));
        else if (operations.Input.CheckCount(count) is { } wrong)
            problems.Add("", operations.Input.Pointer, wrong);
        foreach (var member in plan.Members)
        {
            if (member != operations && MessageReader.Read(member, data, row, request, isParameter: false) is { } error)
                problems.Add("", member.Input.Pointer, error);
        }

        return problems.Refusal;
    }
}
