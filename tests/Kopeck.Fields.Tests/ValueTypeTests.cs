using System.Text.Json;
using Kopeck.Ledger.Fields;

namespace Kopeck.Fields.Tests;

/// <summary>The generated types, as programs use them.</summary>
public sealed class ValueTypeTests
{
    [Fact]
    public void A_value_is_a_string_in_JSON_and_what_is_not_valid_is_refused()
    {
        var name = CustomerName.Parse("Zoë");
        Assert.Equal("\"Zo\\u00EB\"", JsonSerializer.Serialize(name));
        Assert.Equal(name, JsonSerializer.Deserialize<CustomerName>("\"Zoe\\u0308\""));
        Assert.Equal(QuoteFigure.Parse("1.5"), JsonSerializer.Deserialize<QuoteFigure>("\"1.50\""));
        foreach (var json in new[] { "\"\"", "\" a\"", "7", "null", "{}" })
            Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<CustomerName>(json));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<QuoteFigure>("1.5"));
    }

    [Fact]
    public void Values_are_equal_when_their_texts_are_and_default_is_the_empty_text()
    {
        Assert.Equal(CustomerName.Parse("e\u0301"), CustomerName.Parse("é"));
        Assert.NotEqual(CustomerName.Parse("a"), CustomerName.Parse("A"));
        Assert.Equal("", default(CustomerName).Value);
        Assert.Throws<FormatException>(() => CustomerName.Parse(""));
    }

    [Fact]
    public void A_record_says_everything_that_is_wrong_by_column()
    {
        var values = new string?[CustomerDetails.Columns.Count];
        values[Place(Tables.PersonalValues.Name)] = " Ana";
        values[Place(Tables.PersonalValues.Code)] = new string('x', CustomerCode.MaxLength + 1);
        Assert.False(CustomerDetails.TryCreate(values, out var details, out var errors));
        Assert.Null(details);
        Assert.Equal(
            [("name", "surrounding_space"), ("city", "required"), ("code", "too_long")],
            errors.Select(error => (error.Column.Name, error.Error.Code)));
    }

    [Fact]
    public void A_record_gives_back_its_texts_in_the_order_of_its_columns_and_is_equal_by_value()
    {
        var values = CustomerDetails.Columns.Select(column => column.IsNullable ? null : "Ana").ToArray();
        Assert.True(CustomerDetails.TryCreate(values, out var details, out var errors));
        Assert.Empty(errors);
        Assert.Equal(values, CustomerDetails.Columns.Select((_, place) => details[place]));
        Assert.True(CustomerDetails.TryCreate(values, out var again, out _));
        Assert.Equal(details, again);
        Assert.NotEqual(details, details with { Code = CustomerCode.Parse("c-1") });
        Assert.Throws<ArgumentOutOfRangeException>(() => details[values.Length]);
    }

    [Fact]
    public void The_limits_of_a_type_are_its_constants()
    {
        Assert.Equal(
            (CustomerName.MaxLength, CustomerName.MinLength), (FieldTypes.CustomerName.MaxLength, FieldTypes.CustomerName.MinLength));
        Assert.Equal(
            (QuoteFigure.Precision, QuoteFigure.Scale, true),
            (FieldTypes.QuoteFigure.Precision, FieldTypes.QuoteFigure.Scale, FieldTypes.QuoteFigure.IsPositive));
        Assert.Equal((1L, 3650L), (FieldTypes.QuoteMaxAgeDays.Minimum, FieldTypes.QuoteMaxAgeDays.Maximum));
    }

    static int Place(Column column) => CustomerDetails.Columns.Index().Single(pair => pair.Item == column).Index;
}
