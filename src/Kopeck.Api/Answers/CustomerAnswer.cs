using System.Text.Json;
using System.Text.Json.Serialization;
using Kopeck.Engine.Requests;
using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Fields;

namespace Kopeck.Api.Answers;

/// <summary>A customer, with its wallets where they are part of the answer.</summary>
[JsonConverter(typeof(AnswerConverter))]
public sealed record CustomerAnswer : Answer
{
    /// <summary>The number of the operation that registered it; null in a dry run that would register it.</summary>
    public long? Id { get; private init; }

    /// <summary>Where the customer lives.</summary>
    public string Country { get; private init; } = "";

    /// <summary>The personal values by column; null once erased.</summary>
    public CustomerDetails? Details { get; private init; }

    /// <summary>Whether the personal values were erased.</summary>
    public bool IsErased { get; private init; }

    /// <summary>The number that it is as of; null in a dry run.</summary>
    public long? AsOf { get; private init; }

    /// <summary>The wallets; null where they are not part of the answer.</summary>
    public IReadOnlyList<AccountAnswer>? Wallets { get; private init; }

    /// <summary>The wallet that was opened with it, where one was.</summary>
    public AccountAnswer? Wallet => Wallets is [var first, ..] ? first : null;

    /// <summary>The name; null once erased.</summary>
    public string? Name => Details?.Name.Value;

    /// <summary>A customer.</summary>
    /// <param name="asOf">The number that it is as of; null in a dry run.</param>
    public static CustomerAnswer Of(Customer customer, long? asOf) => new()
    {
        Id = customer.Id,
        Country = customer.Country.Value,
        Details = customer.Details,
        IsErased = customer.IsErased,
        AsOf = asOf,
    };

    /// <summary>The answer of a command on a customer.</summary>
    public static CustomerAnswer Of(Outcome outcome) => Of(outcome.Customer!, outcome.IsDryRun ? null : outcome.AsOf);

    /// <summary>The answer of a registration.</summary>
    public static CustomerAnswer OfRegistration(Outcome outcome)
    {
        var isNew = outcome is { IsDryRun: true, IsReplay: false };
        var customer = Of(outcome);
        return customer with
        {
            Id = isNew ? null : customer.Id,
            Wallets = outcome.Account is { } wallet ? [AccountAnswer.Of(wallet, customer.AsOf, isNew)] : [],
        };
    }

    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (Id is { } id)
            json.WriteId("id", id);
        for (var column = 0; column < CustomerDetails.Columns.Count; column++)
        {
            // The personal columns of the tables, whatever they are.
            var name = CustomerDetails.Columns[column].JsonName;
            if (CustomerDetails.Columns[column].Type.Name == FieldTypes.Metadata.Name)
                json.WriteMetadata(name, Details?[column]);
            else
                json.WriteString(name, Details?[column]);
            if (column == 0)
                json.WriteString("country", Country);
        }

        json.WriteBoolean("erased", IsErased);
        if (AsOf is { } number)
            json.WriteId("asOf", number);
        if (Wallets is { } wallets)
        {
            json.WriteStartArray("wallets");
            foreach (var wallet in wallets)
                wallet.WriteJson(json);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
