using System.Buffers.Text;
using System.Globalization;
using Kopeck.Api.Values;
using Kopeck.Ledger;
using Kopeck.Ledger.Fields;

namespace Kopeck.Api.Inputs;

/// <summary>How query parameters are read.</summary>
static class QueryRules
{
    const int MaxTextLength = 300;
    const int MaxCursorLength = 100;

    static FieldError Expected(string what) => new("bad_value", $"Expected: {what}");

    /// <summary>An instant as messages have it, or what a text says.</summary>
    static T InstantOr<T>(in WireValue wire, Func<Instant, T> ofInstant, Func<string, T> ofText) =>
        wire.Kind == WireKind.Timestamp && Timestamps.Find(wire) is { } instant ? ofInstant(instant) : ofText(wire.ToString());

    /// <summary>A whole number without leading zeros.</summary>
    static bool IsNumber(ReadOnlySpan<byte> utf8, out long number)
    {
        number = 0;
        return utf8.Length is > 0 and <= 19 && !utf8.ContainsAnyExceptInRange((byte)'0', (byte)'9') && (utf8[0] != '0' || utf8.Length == 1)
            && Utf8Parser.TryParse(utf8, out number, out var read) && read == utf8.Length;
    }

    public sealed class Search : ValueRule<string?>
    {
        static readonly FieldError Wrong = Expected($"1 to {MaxTextLength} characters without control characters");

        public override FieldError? Read(in WireValue wire, out string? value)
        {
            value = wire.IsBroken ? "" : wire.ToString();
            return Check(value);
        }

        public override bool IsGiven(string? value) => value is not null;

        public override FieldError? Check(string? value) =>
            value!.Length is > 0 and <= MaxTextLength && !value.Any(char.IsControl) && IsWhole(value) ? null : Wrong;

        static bool IsWhole(string text)
        {
            for (var index = 0; index < text.Length; index++)
            {
                if (!char.IsSurrogate(text[index]))
                    continue;
                if (index + 1 >= text.Length || !char.IsSurrogatePair(text[index], text[index + 1]))
                    return false;
                index++;
            }

            return true;
        }
    }

    public sealed class Text<TField> : ValueRule<LedgerText<TField>>
        where TField : struct, IField<TField>
    {
        public override FieldError? Read(in WireValue wire, out LedgerText<TField> value)
        {
            value = LedgerText<TField>.Of(wire.ToString());
            return value.Error;
        }

        public override bool IsGiven(LedgerText<TField> value) => value.IsGiven;

        public override FieldError? Check(LedgerText<TField> value) => value.Error;
    }

    public sealed class Id : ValueRule<LedgerId>
    {
        static readonly FieldError Wrong = Expected("an id: digits");

        public override FieldError? Read(in WireValue wire, out LedgerId value)
        {
            value = LedgerId.Of(wire.Utf8);
            return Check(value);
        }

        public override bool IsGiven(LedgerId value) => value.IsGiven;

        public override FieldError? Check(LedgerId value) => value.IsWellFormed ? null : Wrong;
    }

    public sealed class Receiver : ValueRule<LedgerReceiver>
    {
        static readonly FieldError Wrong = Expected("an account's id, or cash");

        public override FieldError? Read(in WireValue wire, out LedgerReceiver value)
        {
            value = LedgerReceiver.Of(wire.Utf8);
            return Check(value);
        }

        public override bool IsGiven(LedgerReceiver value) => value.IsGiven;

        public override FieldError? Check(LedgerReceiver value) => value.IsWellFormed ? null : Wrong;
    }

    public sealed class Currency : ValueRule<LedgerCurrency>
    {
        public override FieldError? Read(in WireValue wire, out LedgerCurrency value)
        {
            value = CurrencyCodes.Find(wire.Utf8);
            return value.Error;
        }

        public override bool IsGiven(LedgerCurrency value) => value.IsGiven;

        public override FieldError? Check(LedgerCurrency value) => value.Error;
    }

    public sealed class Choice<TValue>(Words<TValue> words) : ValueRule<TValue?>
        where TValue : struct, Enum
    {
        readonly FieldError wrong = Expected(string.Join(" or ", words.All));

        public override FieldError? Read(in WireValue wire, out TValue? value)
        {
            value = words.Find(wire.Utf8);
            return value is null ? wrong : null;
        }

        public override bool IsGiven(TValue? value) => value is not null;

        public override string? Text(TValue? value) => value is { } given ? words.Word(given) : null;
    }

    /// <summary>One of a few words that stay words, such as formats.</summary>
    public sealed class Word(IReadOnlyList<string> words) : ValueRule<string?>
    {
        readonly FieldError wrong = Expected(string.Join(" or ", words));

        public override FieldError? Read(in WireValue wire, out string? value)
        {
            value = wire.ToString();
            return Check(value);
        }

        public override bool IsGiven(string? value) => value is not null;

        public override FieldError? Check(string? value) => words.Contains(value, StringComparer.Ordinal) ? null : wrong;
    }

    public sealed class Date : ValueRule<LedgerDate>
    {
        static readonly FieldError Wrong = Expected("a date such as 2026-11-23");

        public override FieldError? Read(in WireValue wire, out LedgerDate value)
        {
            value = LedgerDate.Of(wire.ToString());
            return Check(value);
        }

        public override bool IsGiven(LedgerDate value) => value.IsGiven;

        public override FieldError? Check(LedgerDate value) => value.Date is null ? Wrong : null;
    }

    public sealed class Moment : ValueRule<LedgerInstant>
    {
        static readonly FieldError Wrong = Expected(
            "an instant such as 2026-11-23T09:15:02Z (a + in it is sent as %2B), or a date such as 2026-11-23");

        public override FieldError? Read(in WireValue wire, out LedgerInstant value)
        {
            value = InstantOr(wire, LedgerInstant.Of, LedgerInstant.Of);
            return Check(value);
        }

        public override bool IsGiven(LedgerInstant value) => value.IsGiven;

        public override FieldError? Check(LedgerInstant value) => value.Instant is null ? Wrong : null;
    }

    public sealed class Border : ValueRule<LedgerBound>
    {
        static readonly FieldError Wrong = Expected(
            "an instant such as 2026-11-23T09:15:02Z (a + in it is sent as %2B), or a day such as 2026-11-23");

        public override FieldError? Read(in WireValue wire, out LedgerBound value)
        {
            value = InstantOr(wire, instant => LedgerBound.Of(instant), LedgerBound.Of);
            return Check(value);
        }

        public override bool IsGiven(LedgerBound value) => value.IsGiven;

        public override FieldError? Check(LedgerBound value) => value.Bound is null ? Wrong : null;
    }

    /// <summary>A time zone.</summary>
    public sealed class Zone : ValueRule<string?>
    {
        static readonly FieldError Wrong = new("unknown_zone", "Expected: a time zone of the IANA's, such as Europe/Berlin or UTC");

        public override FieldError? Read(in WireValue wire, out string? value)
        {
            value = wire.ToString();
            return Check(value);
        }

        public override bool IsGiven(string? value) => value is not null;

        public override FieldError? Check(string? value) => DayZone.Find(value!) is null ? Wrong : null;
    }

    public sealed class Point : ValueRule<LedgerPoint>
    {
        static readonly FieldError Wrong = Expected("a journal number, or an instant or a date in the past");

        public override FieldError? Read(in WireValue wire, out LedgerPoint value)
        {
            value = InstantOr(wire, LedgerPoint.Of, LedgerPoint.Of);
            return Check(value);
        }

        public override bool IsGiven(LedgerPoint value) => value.IsGiven;

        public override FieldError? Check(LedgerPoint value) => value.Point is null ? Wrong : null;
    }

    /// <summary>A whole number in a range.</summary>
    public sealed class Number(long least, long most, string what) : ValueRule<long?>
    {
        readonly FieldError wrong = Expected(what);

        public override FieldError? Read(in WireValue wire, out long? value)
        {
            value = IsNumber(wire.Utf8, out var number) ? number : -1;
            return Check(value);
        }

        public override bool IsGiven(long? value) => value is not null;

        public override FieldError? Check(long? value) => value < least || value > most ? wrong : null;

        public override string? Text(long? value) => value?.ToString(CultureInfo.InvariantCulture);
    }

    public sealed class Cursor : ValueRule<string?>
    {
        static readonly FieldError Wrong = Expected("the next of the page before");

        public override FieldError? Read(in WireValue wire, out string? value)
        {
            value = wire.ToString();
            return Check(value);
        }

        public override bool IsGiven(string? value) => value is not null;

        public override FieldError? Check(string? value) => value!.Length is > 0 and <= MaxCursorLength ? null : Wrong;
    }

    public sealed class Flag : ValueRule<bool>
    {
        static readonly FieldError Wrong = Expected("true or false");

        public override FieldError? Read(in WireValue wire, out bool value)
        {
            value = wire.IsTrue;
            return value || wire.Utf8.SequenceEqual("false"u8) ? null : Wrong;
        }

        public override bool IsGiven(bool value) => value;

        public override string? Text(bool value) => null;
    }

    /// <summary>What a place of the path has: judged by the call, to which a wrong one is nobody's.</summary>
    public sealed class Place<T>(Func<string, T> read, Func<T, bool> isGiven) : ValueRule<T>
    {
        public override FieldError? Read(in WireValue wire, out T value)
        {
            value = read(wire.ToString());
            return null;
        }

        public override bool IsGiven(T value) => isGiven(value);
    }
}
