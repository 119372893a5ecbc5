using System.Text.Json;
using Kopeck.Ledger.Fields;

namespace Kopeck.Server.Answers;

/// <summary>Customers as JSON: the personal columns of the tables, whatever they are.</summary>
static class CustomerJson
{
    /// <summary>A customer as a JSON object, with its wallets where they are given.</summary>
    public static void Write(Utf8JsonWriter json, CustomerContent content)
    {
        var customer = content.Customer;
        json.WriteStartObject();
        if (!content.IsNew)
            json.WriteId("id", customer.Id);
        for (var column = 0; column < CustomerDetails.Columns.Count; column++)
        {
            var name = CustomerDetails.Columns[column].JsonName;
            if (CustomerDetails.Columns[column].Type.Name == "metadata")
                json.WriteMetadata(name, customer.Details?[column]);
            else
                json.WriteString(name, customer.Details?[column]);
            if (column == 0)
                json.WriteString("country", customer.Country.Value);
        }

        json.WriteBoolean("erased", customer.IsErased);
        if (content.AsOf is { } number)
            json.WriteId("asOf", number);
        if (content.Wallets is { } wallets)
        {
            json.WriteStartArray("wallets");
            foreach (var wallet in wallets)
                wallet.WriteJson(json);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
