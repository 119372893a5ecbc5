using System.Numerics;
using System.Runtime.CompilerServices;

namespace Kopeck.Ledger.Money;

/// <summary>
/// A whole number of up to 512 bits that lives on the stack: products of an amount, four figures of quotes and powers of ten (320 bits
/// at most), and their one division. <c>default</c> is zero.
/// </summary>
struct WideNumber
{
    const int Limbs = 16;
    const int BitsALimb = 32;

    LimbArray limbs;
    int length;

    public WideNumber(UInt128 value)
    {
        for (; value != 0; value >>= BitsALimb)
            limbs[length++] = (uint)(value & uint.MaxValue);
    }

    public readonly bool IsZero => length == 0;

    /// <summary>How many bits it has; 0 for zero.</summary>
    public readonly int BitLength => length == 0 ? 0 : length * BitsALimb - BitOperations.LeadingZeroCount(limbs[length - 1]);

    /// <summary>
    /// Multiplies it. Throws <see cref="IndexOutOfRangeException"/> past 512 bits, which no product of the ledger comes near.
    /// </summary>
    public void Multiply(UInt128 factor)
    {
        var product = default(LimbArray);
        for (var place = 0; factor != 0; place++, factor >>= BitsALimb)
        {
            var digit = (uint)(factor & uint.MaxValue);
            ulong carry = 0;
            for (var index = 0; index < length; index++)
            {
                // At most (2^32 - 1)^2 + 2 * (2^32 - 1), which is 2^64 - 1.
                var part = (ulong)limbs[index] * digit + product[index + place] + carry;
                product[index + place] = (uint)(part & uint.MaxValue);
                carry = part >> BitsALimb;
            }

            if (carry != 0)
                product[length + place] = (uint)carry;
        }

        limbs = product;
        length = Limbs;
        Trim();
    }

    /// <summary>Multiplies it by a power of ten.</summary>
    public void MultiplyByTenTo(int exponent)
    {
        for (; exponent > PowersOfTen.Largest; exponent -= PowersOfTen.Largest)
            Multiply(PowersOfTen.Of(PowersOfTen.Largest));
        Multiply(PowersOfTen.Of(exponent));
    }

    /// <summary>A whole quotient, and a remainder below the divisor.</summary>
    public static WideNumber DivRem(in WideNumber dividend, in WideNumber divisor, out WideNumber remainder)
    {
        if (divisor.IsZero)
            throw new DivideByZeroException();
        if (Compare(dividend, divisor) < 0)
        {
            remainder = dividend;
            return default;
        }

        return divisor.length == 1 ? DivideByLimb(dividend, divisor.limbs[0], out remainder) : DivideLong(dividend, divisor, out remainder);
    }

    /// <summary>A quotient rounded half-even.</summary>
    public static WideNumber DivideHalfEven(in WideNumber dividend, in WideNumber divisor)
    {
        var quotient = DivRem(dividend, divisor, out var remainder);
        remainder.Multiply(2);
        var order = Compare(remainder, divisor);
        if (order > 0 || (order == 0 && (quotient.limbs[0] & 1) != 0))
            quotient.Increment();
        return quotient;
    }

    /// <summary>Adds one.</summary>
    public void Increment()
    {
        var index = 0;
        while (limbs[index] == uint.MaxValue)
            limbs[index++] = 0;
        limbs[index]++;
        length = Math.Max(length, index + 1);
    }

    public readonly bool TryToUInt128(out UInt128 value)
    {
        value = 0;
        if (length > 4)
            return false;
        for (var index = length - 1; index >= 0; index--)
            value = (value << BitsALimb) | limbs[index];
        return true;
    }

    static int Compare(in WideNumber left, in WideNumber right)
    {
        if (left.length != right.length)
            return left.length.CompareTo(right.length);
        for (var index = left.length - 1; index >= 0; index--)
        {
            if (left.limbs[index] != right.limbs[index])
                return left.limbs[index].CompareTo(right.limbs[index]);
        }

        return 0;
    }

    static WideNumber DivideByLimb(in WideNumber dividend, uint divisor, out WideNumber remainder)
    {
        var quotient = default(WideNumber);
        ulong rest = 0;
        for (var index = dividend.length - 1; index >= 0; index--)
        {
            var part = (rest << BitsALimb) | dividend.limbs[index];
            quotient.limbs[index] = (uint)(part / divisor);
            rest = part % divisor;
        }

        quotient.length = dividend.length;
        quotient.Trim();
        remainder = new WideNumber(rest);
        return quotient;
    }

    /// <summary>Knuth, The Art of Computer Programming, volume 2, section 4.3.1, algorithm D.</summary>
    static WideNumber DivideLong(in WideNumber dividend, in WideNumber divisor, out WideNumber remainder)
    {
        var count = divisor.length;
        var shift = BitOperations.LeadingZeroCount(divisor.limbs[count - 1]);
        Span<uint> rest = stackalloc uint[Limbs + 1];
        Span<uint> by = stackalloc uint[Limbs];
        ShiftLeft(dividend, shift, rest);
        ShiftLeft(divisor, shift, by);
        var quotient = default(WideNumber);
        for (var place = dividend.length - count; place >= 0; place--)
        {
            var window = rest.Slice(place, count + 1);
            var digit = Estimate(window, by, count);
            if (Subtract(window, by[..count], digit))
            {
                digit--;
                AddBack(window, by[..count]);
            }

            quotient.limbs[place] = (uint)digit;
        }

        quotient.length = dividend.length - count + 1;
        quotient.Trim();
        remainder = ShiftRight(rest[..count], shift);
        return quotient;
    }

    /// <summary>A digit of the quotient from the first three limbs: right, or one too large.</summary>
    static ulong Estimate(ReadOnlySpan<uint> window, ReadOnlySpan<uint> by, int count)
    {
        var top = ((ulong)window[count] << BitsALimb) | window[count - 1];
        var digit = top / by[count - 1];
        var left = top % by[count - 1];
        while (digit > uint.MaxValue || digit * by[count - 2] > ((left << BitsALimb) | window[count - 2]))
        {
            digit--;
            left += by[count - 1];
            if (left > uint.MaxValue)
                break;
        }

        return digit;
    }

    /// <summary>Takes the divisor away as often as the digit says; true where that was once too often.</summary>
    static bool Subtract(Span<uint> window, ReadOnlySpan<uint> by, ulong digit)
    {
        ulong carry = 0;
        ulong borrow = 0;
        for (var index = 0; index <= by.Length; index++)
        {
            var product = (index < by.Length ? digit * by[index] : 0) + carry;
            carry = product >> BitsALimb;
            var taken = (product & uint.MaxValue) + borrow;
            borrow = window[index] < taken ? 1u : 0;
            window[index] = (uint)(((borrow << BitsALimb) + window[index] - taken) & uint.MaxValue);
        }

        return borrow != 0;
    }

    static void AddBack(Span<uint> window, ReadOnlySpan<uint> by)
    {
        ulong carry = 0;
        for (var index = 0; index <= by.Length; index++)
        {
            var sum = (ulong)window[index] + (index < by.Length ? by[index] : 0) + carry;
            window[index] = (uint)(sum & uint.MaxValue);
            carry = sum >> BitsALimb;
        }
    }

    static void ShiftLeft(in WideNumber number, int shift, Span<uint> target)
    {
        ulong carry = 0;
        for (var index = 0; index < number.length; index++)
        {
            var part = ((ulong)number.limbs[index] << shift) | carry;
            target[index] = (uint)(part & uint.MaxValue);
            carry = part >> BitsALimb;
        }

        if (number.length < target.Length)
            target[number.length] = (uint)carry;
    }

    static WideNumber ShiftRight(ReadOnlySpan<uint> limbs, int shift)
    {
        var number = default(WideNumber);
        for (var index = 0; index < limbs.Length; index++)
        {
            var above = index + 1 < limbs.Length ? limbs[index + 1] : 0;
            number.limbs[index] = (uint)(((((ulong)above << BitsALimb) | limbs[index]) >> shift) & uint.MaxValue);
        }

        number.length = limbs.Length;
        number.Trim();
        return number;
    }

    void Trim()
    {
        while (length > 0 && limbs[length - 1] == 0)
            length--;
    }

    [InlineArray(Limbs)]
    struct LimbArray
    {
        uint first;
    }
}
