using Kopeck.Fields.Sql;

namespace Kopeck.Fields.Emit;

/// <summary>Writes a value type for a domain that constrains a text or a numeric.</summary>
static class ValueTypeWriter
{
    public static bool Has(Domain domain) => domain.Type is { IsText: true, Length: not null } || domain.Type.Name == "numeric";

    public static string Write(Domain domain) => domain.Type.Name == "numeric" ? Numeric(domain) : Text(domain);

    static string Text(Domain domain)
    {
        var name = CodeText.Pascal(domain.Name);
        var minLength = domain.Type.Name == "char" ? domain.Type.Length : 1;
        return CodeText.Header + $$"""

            /// <summary>{{CodeText.Doc(domain.Comment)}} {{minLength}} to {{domain.Type.Length}} Unicode code points in NFC. <c>default</c> is the empty text, which is no valid value.</summary>
            [System.Text.Json.Serialization.JsonConverter(typeof(FieldJsonConverter<{{name}}>))]
            public readonly record struct {{name}} : IField<{{name}}>
            {
                /// <summary>The most Unicode code points.</summary>
                public const int MaxLength = {{domain.Type.Length}};

                /// <summary>The least Unicode code points.</summary>
                public const int MinLength = {{minLength}};

                readonly string? value;

                {{name}}(string value) => this.value = value;

                /// <summary>What the tables say of it.</summary>
                public static FieldType Type => FieldTypes.{{FieldTypesWriter.Name(domain)}};

                /// <summary>The text, in NFC.</summary>
                public string Value => value ?? "";

                /// <inheritdoc/>
                public string Text => Value;

                /// <inheritdoc/>
                public static bool TryParse(string? text, out {{name}} value, [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out FieldError? error)
                {
                    value = default;
                    if (!TextRules.TryNormalize(Type, text, out var normal, out error))
                        return false;
                    value = new {{name}}(normal);
                    return true;
                }

                /// <summary>Reads a text that is known to be valid. Throws <see cref="System.FormatException"/>.</summary>
                public static {{name}} Parse(string text) => TryParse(text, out var value, out var error) ? value : throw new System.FormatException($"{{domain.Name}}: {error.Detail}");

                /// <summary>Takes a text that was accepted and stored, whatever today's limits are: for what history holds, never for input.</summary>
                public static {{name}} Restore(string stored) => new {{name}}(stored);

                /// <summary>The text.</summary>
                public override string ToString() => Value;
            }

            """.Replace("\r", "");
    }

    static string Numeric(Domain domain)
    {
        var name = CodeText.Pascal(domain.Name);
        return CodeText.Header + $$"""

            /// <summary>{{CodeText.Doc(domain.Comment)}} At most {{domain.Type.Length}} digits, {{domain.Type.Scale}} of them decimals. <c>default</c> is zero, which is no valid value where it must be positive.</summary>
            [System.Text.Json.Serialization.JsonConverter(typeof(FieldJsonConverter<{{name}}>))]
            public readonly record struct {{name}} : IField<{{name}}>
            {
                /// <summary>All digits.</summary>
                public const int Precision = {{domain.Type.Length}};

                /// <summary>The decimals.</summary>
                public const int Scale = {{domain.Type.Scale}};

                {{name}}(System.UInt128 scaled) => Scaled = scaled;

                /// <summary>What the tables say of it.</summary>
                public static FieldType Type => FieldTypes.{{FieldTypesWriter.Name(domain)}};

                /// <summary>The largest value, in units of 10^-Scale.</summary>
                public static System.UInt128 MaxScaled { get; } = DecimalRules.MaxScaled(Precision);

                /// <summary>The value in units of 10^-Scale.</summary>
                public System.UInt128 Scaled { get; }

                /// <inheritdoc/>
                public string Text => ToString();

                /// <summary>Takes a value in units of 10^-Scale; false when it is out of range.</summary>
                public static bool TryFromScaled(System.UInt128 scaled, out {{name}} value)
                {
                    var isValid = scaled <= MaxScaled{{(domain.Check.IsPositive ? " && scaled != 0" : "")}};
                    value = isValid ? new {{name}}(scaled) : default;
                    return isValid;
                }

                /// <inheritdoc/>
                public static bool TryParse(string? text, out {{name}} value, [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out FieldError? error) =>
                    TryParse(System.MemoryExtensions.AsSpan(text), out value, out error);

                /// <summary>Reads plain decimal digits. The error is <c>not_a_number</c>, <c>not_positive</c>, <c>too_many_decimals</c> or <c>too_large</c>.</summary>
                public static bool TryParse(System.ReadOnlySpan<char> text, out {{name}} value, [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out FieldError? error)
                {
                    value = default;
                    if (!DecimalRules.TryParse(Type, text, out var scaled, out error))
                        return false;
                    value = new {{name}}(scaled);
                    return true;
                }

                /// <summary>Reads a text that is known to be valid. Throws <see cref="System.FormatException"/>.</summary>
                public static {{name}} Parse(string text) => TryParse(text, out var value, out var error) ? value : throw new System.FormatException($"{{domain.Name}}: {error.Detail}");

                /// <summary>Decimal digits without trailing zeros: 1.0842, 163.</summary>
                public override string ToString() => DecimalRules.Write(Scaled, Scale);
            }

            """.Replace("\r", "");
    }
}
