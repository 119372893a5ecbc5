using System.Buffers.Text;
using Kopeck.Api.Values;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Money;

namespace Kopeck.Api.Inputs;

/// <summary>How members of bodies are read.</summary>
static class BodyRules
{
    static readonly FieldError HalfACharacter = new("unpaired_surrogate", "The text has an unpaired surrogate: send whole characters");
    static readonly FieldError BadId = new("bad_format", "An id is a string of digits, such as \"13\"");

    /// <summary>Requires a text.</summary>
    static FieldError? RequireText(in WireValue wire) =>
        wire.Kind != WireKind.Text ? wire.WrongType("a string") : wire.IsBroken ? HalfACharacter : null;

    public sealed class Id : ValueRule<LedgerId>
    {
        public override FieldError? Read(in WireValue wire, out LedgerId value)
        {
            value = default;
            if (RequireText(wire) is { } error)
                return error;
            value = LedgerId.Of(wire.Utf8);
            return Check(value);
        }

        public override bool IsGiven(LedgerId value) => value.IsGiven;

        public override FieldError? Check(LedgerId value) => value.IsWellFormed ? null : BadId;
    }

    public sealed class Receiver : ValueRule<LedgerReceiver>
    {
        static readonly FieldError Wrong = new("bad_format", "A receiver is an account's id, such as \"13\", or \"cash\"");

        public override FieldError? Read(in WireValue wire, out LedgerReceiver value)
        {
            value = default;
            if (RequireText(wire) is { } error)
                return error;
            value = LedgerReceiver.Of(wire.Utf8);
            return Check(value);
        }

        public override bool IsGiven(LedgerReceiver value) => value.IsGiven;

        public override FieldError? Check(LedgerReceiver value) => value.IsWellFormed ? null : Wrong;
    }

    public sealed class End : ValueRule<LedgerEnd>
    {
        static readonly FieldError Wrong =
            new("not_an_instant", "An end is an instant such as 2026-11-23T09:15:02Z, a date such as 2026-11-23, or null for never");

        public override FieldError? Read(in WireValue wire, out LedgerEnd value)
        {
            value = default;
            if (wire.Kind == WireKind.Timestamp)
                value = Timestamps.Find(wire) is { } instant ? LedgerEnd.Of(instant) : LedgerEnd.Of("");
            else if (RequireText(wire) is { } error)
                return error;
            else
                value = LedgerEnd.Of(wire.ToString());
            return Check(value);
        }

        public override bool IsGiven(LedgerEnd value) => value.IsGiven;

        public override FieldError? Check(LedgerEnd value) => value.IsWellFormed ? null : Wrong;
    }

    public sealed class Amount : ValueRule<LedgerAmount>
    {
        public override FieldError? Read(in WireValue wire, out LedgerAmount value)
        {
            value = default;
            if (RequireDecimal(wire) is { } wrong)
                return wrong;
            if (!DecimalAmount.TryParse(wire.Utf8, out var amount, out var error))
                return error;
            value = LedgerAmount.Of(amount);
            return null;
        }

        public override bool IsGiven(LedgerAmount value) => value.IsGiven;

        public override FieldError? Check(LedgerAmount value) => value.Error;
    }

    public sealed class Figure : ValueRule<string?>
    {
        public override FieldError? Read(in WireValue wire, out string? value)
        {
            value = wire.ToString();
            return RequireDecimal(wire);
        }

        public override bool IsGiven(string? value) => value is not null;
    }

    public sealed class Floor : ValueRule<LedgerFloor>
    {
        public override FieldError? Read(in WireValue wire, out LedgerFloor value)
        {
            value = default;
            if (RequireDecimal(wire) is { } wrong)
                return wrong;
            if (!DecimalAmount.TryParseSigned(wire.Utf8, out var amount, out var error))
                return error;
            value = LedgerFloor.Of(amount);
            return null;
        }

        public override bool IsGiven(LedgerFloor value) => value.IsGiven;

        public override FieldError? Check(LedgerFloor value) => value.Error;
    }

    public sealed class Currency : ValueRule<LedgerCurrency>
    {
        public override FieldError? Read(in WireValue wire, out LedgerCurrency value)
        {
            value = default;
            if (RequireText(wire) is { } error)
                return error;
            value = CurrencyCodes.Find(wire.Utf8);
            return value.Error;
        }

        public override bool IsGiven(LedgerCurrency value) => value.IsGiven;

        public override FieldError? Check(LedgerCurrency value) => value.Error;
    }

    public sealed class Text<TField> : ValueRule<LedgerText<TField>>
        where TField : struct, IField<TField>
    {
        public override FieldError? Read(in WireValue wire, out LedgerText<TField> value)
        {
            value = default;
            if (RequireText(wire) is { } error)
                return error;
            value = LedgerText<TField>.Of(wire.ToString());
            return value.Error;
        }

        public override bool IsGiven(LedgerText<TField> value) => value.IsGiven;

        public override FieldError? Check(LedgerText<TField> value) => value.Error;
    }

    public sealed class Json : ValueRule<LedgerJson>
    {
        public override FieldError? Read(in WireValue wire, out LedgerJson value) => LedgerJson.Read(wire, out value);

        public override bool IsGiven(LedgerJson value) => value.IsGiven;

        public override FieldError? Check(LedgerJson value) => value.Error;
    }

    public sealed class WholeNumber(FieldType field) : ValueRule<long?>
    {
        public override FieldError? Read(in WireValue wire, out long? value)
        {
            value = null;
            if (wire.Kind != WireKind.Number)
                return wire.WrongType("a whole number");
            if (!Utf8Parser.TryParse(wire.Utf8, out long number, out var read) || read != wire.Utf8.Length)
                return new FieldError("bad_format", "A whole number has no decimals and no exponent");
            value = number;
            return Check(value);
        }

        public override bool IsGiven(long? value) => value is not null;

        public override FieldError? Check(long? value) =>
            value < field.Minimum || value > field.Maximum ? new FieldError(
                "out_of_range", $"The number is from {field.Minimum} to {field.Maximum}, got {value}") : null;
    }

    public sealed class Flag : ValueRule<bool>
    {
        public override FieldError? Read(in WireValue wire, out bool value)
        {
            value = wire.Kind == WireKind.Flag && wire.IsTrue;
            return wire.Kind == WireKind.Flag ? null : wire.WrongType("true or false");
        }

        public override bool IsGiven(bool value) => value;
    }

    public sealed class Choice<TValue>(string name, Words<TValue> words) : ValueRule<TValue?>
        where TValue : struct, Enum
    {
        public override FieldError? Read(in WireValue wire, out TValue? value)
        {
            value = null;
            if (RequireText(wire) is { } error)
                return error;
            value = words.Find(wire.Utf8);
            return value is null ? new FieldError("unknown_value", $"{name} is one of {string.Join(", ", words.All)}") : null;
        }

        public override bool IsGiven(TValue? value) => value is not null;

        public override string? Text(TValue? value) => value is { } given ? words.Word(given) : null;
    }

    static FieldError? RequireDecimal(in WireValue wire) => wire.Kind switch
    {
        WireKind.Number => null,
        WireKind.Text => wire.IsBroken ? HalfACharacter : null,
        _ => wire.WrongType("a decimal string, such as \"100.00\""),
    };

    /// <summary>A text by a column's rules; metadata are JSON, and an empty object says nothing.</summary>
    public static FieldError? Read(in WireValue wire, Column column, out string? text)
    {
        text = null;
        if (!IsJson(column))
            return RequireText(wire) ?? Check(wire.ToString(), column, out text);
        var error = LedgerJson.Read(wire, out var json);
        text = json.OrNull?.Value;
        return error;
    }

    /// <summary>A text by a column's rules.</summary>
    public static FieldError? Check(string given, Column column, out string? text)
    {
        if (!IsJson(column))
            return TextRules.TryNormalize(column.Type, given, out text, out var error) ? null : error;
        var json = LedgerJson.Of(given);
        text = json.OrNull?.Value;
        return json.Error;
    }

    static bool IsJson(Column column) => column.Type.Name == FieldTypes.Metadata.Name;
}
