using System.Text.Json;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Fields;

namespace Kopeck.Server.Answers;

/// <summary>Customers as JSON: the personal columns of the tables, whatever they are.</summary>
static class CustomerJson
{
    /// <summary>A customer as a JSON object, with its wallets where they are given.</summary>
    public static void Write(Utf8JsonWriter json, Customer customer, long? asOf, IReadOnlyList<Account>? wallets = null, bool isNew = false)
    {
        json.WriteStartObject();
        if (!isNew)
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
        if (asOf is { } number)
            json.WriteId("asOf", number);
        if (wallets is not null)
        {
            json.WriteStartArray("wallets");
            foreach (var wallet in wallets)
                AccountJson.Write(json, wallet, asOf, isNew);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
