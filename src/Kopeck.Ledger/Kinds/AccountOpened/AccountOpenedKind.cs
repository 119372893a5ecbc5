using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Ledger.Journal.Codec;
using Kopeck.Ledger.State;

namespace Kopeck.Ledger.Kinds;

sealed class AccountOpenedKind() : KindOf<AccountOpened>(OperationKind.AccountOpened, "account_opened")
{
    protected override void Encode(CanonicalJson json, AccountOpened body) => json
        .Text("kind"u8, body.AccountKind.Name())
        .OptionalNumber("customer"u8, body.Customer)
        .Currency(body.Currency)
        .OptionalText("code"u8, body.Code?.Value)
        .OptionalNumber("floorMinor"u8, body.Floor);

    protected override AccountOpened Read(Stored body) => new(
        AccountKinds.TryParse(body.Text("kind"), out var kind)
            ? kind
            : throw new FormatException($"There is no account kind {body.Text("kind")}"),
        body.OptionalNumber("customer"),
        body.Currency(),
        body.OptionalText("code") is { } code ? AccountCode.Restore(code) : null,
        body.OptionalNumber("floorMinor"));

    protected override void Fold(BookState state, Operation operation, AccountOpened body) => state.Open(body.ToAccount(operation));

    protected override Touched Touches(Operation operation, AccountOpened body) => Touched.Account(operation.Number);

    protected override Flaw? Recheck(BookState before, Operation operation, AccountOpened body) => Flaw.OfBody(
        body.Code is { } code
            && before.FindAccountByCode(code) is not null ? "the code names another account" : CheckKind(before, operation, body));

    static string? CheckKind(BookState before, Operation operation, AccountOpened body) => body.AccountKind switch
    {
        AccountKind.Wallet when body.Customer is { } customer => CustomerRules.Recheck(before, customer),
        AccountKind.Internal when body is { Customer: null, Code: not null } => null,
        AccountKind.Cash or AccountKind.Exchange when body is { Customer: null, Code: null, Floor: null } =>
            before.FindSystemAccount(body.AccountKind, body.Currency) is null && operation.Number < operation.Group
                ? null
                : "a system account is opened once, by the operation that needs it",
        _ => "an account of this kind is not opened like this",
    };
}
