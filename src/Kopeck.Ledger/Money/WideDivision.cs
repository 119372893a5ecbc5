namespace Kopeck.Ledger.Money;

/// <summary>Multiplies first and divides once, with a product of up to 192 bits and without allocating.</summary>
static class WideDivision
{
    /// <summary><c>multiplier * multiplicand / divisor</c>, exact: a whole quotient and a remainder below the divisor.</summary>
    /// <param name="divisor">From 1 to 2^127 - 1.</param>
    /// <returns>False when the quotient does not fit in 64 bits.</returns>
    public static bool TryMultiplyDivide(ulong multiplier, UInt128 multiplicand, UInt128 divisor, out ulong quotient, out UInt128 remainder)
    {
        var low = Math.BigMul(multiplier, (ulong)(multiplicand & ulong.MaxValue));
        // At most (2^64 - 1)^2 + 2^64 - 1, which is below 2^128. The product is upper * 2^64 + lower.
        var upper = Math.BigMul(multiplier, (ulong)(multiplicand >> 64)) + (low >> 64);
        var lower = (ulong)(low & ulong.MaxValue);
        quotient = 0;
        remainder = 0;
        if (upper >= divisor)
            return false;

        if (upper >> 64 == 0)
        {
            var (whole, rest) = UInt128.DivRem((upper << 64) | lower, divisor);
            (quotient, remainder) = ((ulong)whole, rest);
            return true;
        }

        // Schoolbook division, bit by bit. The remainder stays below the divisor, so its double stays within 128 bits.
        remainder = upper;
        for (var bit = 63; bit >= 0; bit--)
        {
            remainder = (remainder << 1) | ((lower >> bit) & 1);
            if (remainder < divisor)
                continue;
            remainder -= divisor;
            quotient |= 1UL << bit;
        }

        return true;
    }
}
