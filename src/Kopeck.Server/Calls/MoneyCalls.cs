using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Server.Answers;
using Kopeck.Server.Bodies;

namespace Kopeck.Server.Calls;

/// <summary>Deposits, withdrawals, transfers and postings.</summary>
static class MoneyCalls
{
    static readonly Member Wallet = Members.Id("wallet", "A wallet or an internal account");
    static readonly Member SameCurrency = Members.Currency("The account's currency, as a check", isRequired: false);
    static readonly Shape LegBody = new("Leg", [Members.Id("from", "The account that pays"), Members.Id("to", "The account that receives, in the same currency"), Members.Amount]);

    static readonly Shape DepositBody = new("Deposit", [Wallet, Members.Amount, SameCurrency, Members.Description, Members.Metadata]);
    static readonly Shape WithdrawalBody = DepositBody with { Name = "Withdrawal" };
    static readonly Shape TransferBody = new("Transfer",
    [
        Members.Id("from", "The wallet that pays"),
        Members.Id("to", "The wallet that receives"),
        Members.Amount,
        Members.Currency("The sender's or the receiver's currency: that side is exact. The sender's if left out", isRequired: false),
        Members.Description,
        Members.Metadata,
    ]);

    static readonly Shape PostingBody = new("Posting",
    [
        new Member("legs", MemberKind.Objects, "Movements that happen together; floors are judged on the whole") { IsRequired = true, Item = LegBody, MaxItems = PostLegs.MaxLegs },
        Members.Description,
        Members.Metadata,
    ]);

    /// <summary>The money calls' kinds, bodies and commands: for the single calls and for batches alike.</summary>
    public static IReadOnlyDictionary<string, (Shape Shape, Func<BodyValues, Command> ToCommand)> Kinds { get; } = new Dictionary<string, (Shape, Func<BodyValues, Command>)>(StringComparer.Ordinal)
    {
        ["deposit"] = (DepositBody, ToDeposit),
        ["withdrawal"] = (WithdrawalBody, ToWithdrawal),
        ["transfer"] = (TransferBody, ToTransfer),
        ["posting"] = (PostingBody, ToPosting),
    };

    public static IEnumerable<Call> All =>
    [
        Money("/v1/deposits", "deposit", Scopes.Cash, "Money comes in from outside"),
        Money("/v1/withdrawals", "withdrawal", Scopes.Cash, "Money goes out"),
        Money("/v1/transfers", "transfer", Scopes.Transfer, "Money moves between wallets, converted where the currencies differ"),
        Money("/v1/postings", "posting", Scopes.Admin, "Money moves in several legs, all or none"),
    ];

    static Call Money(string path, string kind, Scopes scope, string summary) =>
        new("POST", path, summary, context => context.SubmitAsync(Kinds[kind].ToCommand(context.Body), OperationContent.Of))
        {
            Scope = scope,
            BodyKind = BodyKind.Json,
            Body = Kinds[kind].Shape,
            NeedsKey = true,
            Success = 201,
            AnswerSchema = "Operation",
        };

    static Deposit ToDeposit(BodyValues body) => new(body.Id("wallet"), body.Amount("amount"), body.OptionalCurrency("currency")) { Description = ReadDescription(body), Metadata = ReadMetadata(body) };

    static Withdraw ToWithdrawal(BodyValues body) => new(body.Id("wallet"), body.Amount("amount"), body.OptionalCurrency("currency")) { Description = ReadDescription(body), Metadata = ReadMetadata(body) };

    static TransferMoney ToTransfer(BodyValues body) => new(body.Id("from"), body.Id("to"), body.Amount("amount"), body.OptionalCurrency("currency")) { Description = ReadDescription(body), Metadata = ReadMetadata(body) };

    static PostLegs ToPosting(BodyValues body) =>
        new([.. body.Objects("legs").Select(leg => new Leg(leg.Id("from"), leg.Id("to"), leg.Amount("amount")))]) { Description = ReadDescription(body), Metadata = ReadMetadata(body) };

    static Description? ReadDescription(BodyValues body) => body.OptionalText("description") is { } text ? Ledger.Fields.Description.Parse(text) : null;

    // An empty object says nothing, and is what an operation without metadata shows.
    static Metadata? ReadMetadata(BodyValues body) => body.OptionalText("metadata") is { } text and not "{}" ? Ledger.Fields.Metadata.Parse(text) : null;
}
