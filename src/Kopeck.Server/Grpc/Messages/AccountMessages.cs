using System.Globalization;
using Kopeck.Api.Answers;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Fields;

namespace Kopeck.Server.Grpc.Messages;

/// <summary>Accounts and customers as messages.</summary>
static class AccountMessages
{
    public static V1.Account ToMessage(AccountAnswer account)
    {
        var message = new V1.Account
        {
            Id = account.Id is { } id ? Id(id) : "",
            Kind = Kind(account.Kind),
            Currency = account.Posted.Currency.Code,
            // The stored numbers are the enum's.
            Status = (V1.AccountStatus)(int)account.Status,
            Posted = ToMessage(account.Posted),
            Held = ToMessage(account.Held),
        };
        if (account.Customer is { } customer)
            message.Customer = Id(customer);
        if (account.Code is { } code)
            message.Code = code;
        if (account.Floor is { } floor)
            message.Floor = ToMessage(floor);
        if (account.Available is { } available)
            message.Available = ToMessage(available);
        if (account.AsOf is { } number)
            message.AsOf = number;
        return message;
    }

    public static V1.Customer ToMessage(CustomerAnswer customer)
    {
        var message = new V1.Customer
        {
            Id = customer.Id is { } id ? Id(id) : "",
            Country = customer.Country,
            Metadata = "{}",
            Erased = customer.IsErased
        };
        for (var column = 0; column < CustomerDetails.Columns.Count; column++)
        {
            if (customer.Details?[column] is { } text)
                Set(message, CustomerDetails.Columns[column], text);
        }

        if (customer.AsOf is { } number)
            message.AsOf = number;
        return message;
    }

    public static string Id(long id) => id.ToString(CultureInfo.InvariantCulture);

    // The stored numbers are the enum's.
    public static V1.AccountKind Kind(AccountKind kind) => (V1.AccountKind)(int)kind;

    public static V1.Money ToMessage(Money money) =>
        new() { Amount = money.Amount.ToString(CultureInfo.InvariantCulture), Currency = money.Currency.Code };

    /// <summary>Every personal column of the tables has a field of its name, which a test demands.</summary>
    static void Set(V1.Customer message, Column column, string text)
    {
        switch (column.JsonName)
        {
            case "name":
                message.Name = text;
                break;
            case "city":
                message.City = text;
                break;
            case "code":
                message.Code = text;
                break;
            case "metadata":
                message.Metadata = text;
                break;
            default:
                throw new NotSupportedException($"A customer's {column.JsonName} has no field");
        }
    }
}
