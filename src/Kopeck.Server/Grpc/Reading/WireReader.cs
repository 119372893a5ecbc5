using System.Text.Unicode;
using Google.Protobuf;

namespace Kopeck.Server.Grpc.Reading;

/// <summary>
/// One pass over the bytes of a message: where its fields are, and which numbers are none of its own. Of a field that is there more than
/// once the last counts, as the wire format says.
/// </summary>
ref struct WireReader
{
    const int MostVarint = 10;
    const int MostGroups = 100;

    readonly ReadOnlySpan<byte> data;
    readonly Span<Occurrence> row;

    /// <summary>Reads a part of the data.</summary>
    /// <param name="row">Gets where fields are that are there once; as many as the form has places.</param>
    public WireReader(ReadOnlySpan<byte> data, Span<Occurrence> row)
    {
        this.data = data;
        this.row = row;
        row.Clear();
    }

    /// <summary>Where fields are that may be there several times, in order; null for none.</summary>
    public List<Occurrence>? Repeated { get; private set; }

    /// <summary>Numbers that are no fields, with the path of the message that has them; null for none.</summary>
    public List<(MessageForm Form, int Number)>? Unknown { get; private set; }

    /// <summary>Reads the bytes from a place on; false where they are no message.</summary>
    public bool TryRead(int start, int length, MessageForm form)
    {
        var (at, end) = (start, start + length);
        while (at < end)
        {
            if (!TryVarint(ref at, end, out var tag) || tag > uint.MaxValue || tag >> 3 == 0)
                return false;
            var (number, type) = ((int)(tag >> 3), (WireFormat.WireType)(tag & 7));
            if (form.Find(number, type) is { } field)
            {
                if (!TryField(field, type, ref at, end))
                    return false;
            }
            else
            {
                if (!TrySkip(type, number, ref at, end, 0))
                    return false;
                Unknown ??= [];
                if (!Unknown.Contains((form, number)))
                    Unknown.Add((form, number));
            }
        }

        return at == end;
    }

    bool TryField(FieldForm field, WireFormat.WireType type, ref int at, int end)
    {
        foreach (var rival in field.Rivals)
            row[rival.Slot..rival.End].Clear();
        if (type == WireFormat.WireType.Varint)
        {
            if (!TryVarint(ref at, end, out var number))
                return false;
            Add(field, new Occurrence(field.Slot, true, unchecked((long)number), 0, 0));
            return true;
        }

        if (!TryLength(ref at, end, out var length))
            return false;
        var start = at;
        at += length;
        if (field.IsVarint)
            return TryPacked(field, start, at);
        if (field.IsText && !Utf8.IsValid(data.Slice(start, length)))
            return false;
        Add(field, new Occurrence(field.Slot, true, 0, start, length));
        return field.Nested is not { } nested || TryRead(start, length, nested);
    }

    bool TryPacked(FieldForm field, int at, int end)
    {
        while (at < end)
        {
            if (!TryVarint(ref at, end, out var number))
                return false;
            Add(field, new Occurrence(field.Slot, true, unchecked((long)number), 0, 0));
        }

        return true;
    }

    void Add(FieldForm field, Occurrence found)
    {
        if (field.IsRepeated)
            (Repeated ??= []).Add(found);
        else
            row[field.Slot] = found;
    }

    readonly bool TrySkip(WireFormat.WireType type, int number, ref int at, int end, int depth)
    {
        switch (type)
        {
            case WireFormat.WireType.Varint:
                return TryVarint(ref at, end, out _);
            case WireFormat.WireType.Fixed64:
                at += sizeof(ulong);
                return at <= end;
            case WireFormat.WireType.Fixed32:
                at += sizeof(uint);
                return at <= end;
            case WireFormat.WireType.LengthDelimited:
                if (!TryLength(ref at, end, out var length))
                    return false;
                at += length;
                return true;
            case WireFormat.WireType.StartGroup:
                return depth < MostGroups && TrySkipGroup(number, ref at, end, depth);
            default:
                return false;
        }
    }

    readonly bool TrySkipGroup(int number, ref int at, int end, int depth)
    {
        while (TryVarint(ref at, end, out var tag) && tag <= uint.MaxValue && tag >> 3 != 0)
        {
            var (inner, type) = ((int)(tag >> 3), (WireFormat.WireType)(tag & 7));
            if (type == WireFormat.WireType.EndGroup)
                return inner == number;
            if (!TrySkip(type, inner, ref at, end, depth + 1))
                return false;
        }

        return false;
    }

    readonly bool TryLength(ref int at, int end, out int length)
    {
        length = 0;
        if (!TryVarint(ref at, end, out var given) || given > (ulong)(end - at))
            return false;
        length = (int)given;
        return true;
    }

    readonly bool TryVarint(ref int at, int end, out ulong value)
    {
        value = 0;
        for (var count = 0; count < MostVarint && at < end; count++)
        {
            var part = data[at++];
            value |= (ulong)(part & 0x7f) << (7 * count);
            if (part < 0x80)
                return true;
        }

        return false;
    }
}
