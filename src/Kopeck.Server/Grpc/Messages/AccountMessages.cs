using System.Globalization;
using Kopeck.Ledger.Accounts;
using Kopeck.Server.Answers;
using Kopeck.Server.Grpc.Reading;

namespace Kopeck.Server.Grpc.Messages;

/// <summary>Accounts and customers as messages.</summary>
static class AccountMessages
{
    public static V1.Account ToMessage(AccountContent content)
    {
        var account = content.Account;
        var message = new V1.Account
        {
            Id = content.IsNew ? "" : Id(account.Id),
            Kind = Kind(account.Kind),
            Currency = account.Currency.Code,
            Status = EnumWords.Value<V1.AccountStatus>(V1.AccountReflection.Descriptor.FindTypeByName<Google.Protobuf.Reflection.EnumDescriptor>("AccountStatus"), AccountJson.Name(account.Status)),
            Posted = Money(account.Posted, account.Currency),
            Held = Money(account.Held, account.Currency),
        };
        if (content.Customer is { } customer)
            message.Customer = Id(customer);
        if (account.Code is { } code)
            message.Code = code.Value;
        if (account.Floor is { } floor)
            message.Floor = Money(floor, account.Currency);
        if (account.Available is { } available)
            message.Available = Money(available, account.Currency);
        if (content.AsOf is { } number)
            message.AsOf = number;
        return message;
    }

    public static V1.Customer ToMessage(CustomerContent content)
    {
        var customer = content.Customer;
        var message = new V1.Customer { Id = content.IsNew ? "" : Id(customer.Id), Country = customer.Country.Value, Metadata = "{}", Erased = customer.IsErased };
        for (var column = 0; column < Ledger.Fields.CustomerDetails.Columns.Count; column++)
        {
            // Every personal column of the tables has a field of its name.
            if (customer.Details?[column] is { } text)
                V1.Customer.Descriptor.FindFieldByName(Ledger.Fields.CustomerDetails.Columns[column].Name).Accessor.SetValue(message, text);
        }

        if (content.AsOf is { } number)
            message.AsOf = number;
        return message;
    }

    public static string Id(long id) => id.ToString(CultureInfo.InvariantCulture);

    public static V1.AccountKind Kind(AccountKind kind) =>
        EnumWords.Value<V1.AccountKind>(V1.AccountReflection.Descriptor.FindTypeByName<Google.Protobuf.Reflection.EnumDescriptor>("AccountKind"), AccountJson.Name(kind));

    static V1.Money Money(Int128 minor, Ledger.Money.Currency currency) => new() { Amount = AccountJson.Text(minor, currency), Currency = currency.Code };
}
