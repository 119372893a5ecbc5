using System.Text.Json;
using System.Text.Json.Serialization;
using Kopeck.Engine.Requests;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Kinds;

namespace Kopeck.Api.Answers;

/// <summary>An account, as a number left it.</summary>
[JsonConverter(typeof(AnswerConverter))]
public sealed record AccountAnswer : Answer
{
    /// <summary>The number of the operation that opened it; null in a dry run that would open it.</summary>
    public long? Id { get; private init; }

    /// <summary>What it is for.</summary>
    public AccountKind Kind { get; private init; }

    /// <summary>The owner of a wallet; null in a dry run that would register it, too.</summary>
    public long? Customer { get; private init; }

    /// <summary>The caller's own name of it.</summary>
    public string? Code { get; private init; }

    /// <summary>What may still happen to it.</summary>
    public AccountStatus Status { get; private init; }

    /// <summary>The booked balance.</summary>
    public Money Posted { get; private init; }

    /// <summary>What open holds reserve.</summary>
    public Money Held { get; private init; }

    /// <summary>The lowest posted - held; null is none.</summary>
    public Money? Floor { get; private init; }

    /// <summary>What can be spent: posted - held - floor; null where there is no floor.</summary>
    public Money? Available { get; private init; }

    /// <summary>The number that it is as of; null in a dry run.</summary>
    public long? AsOf { get; private init; }

    /// <summary>An account.</summary>
    /// <param name="asOf">The number that it is as of; null in a dry run, which knows neither numbers nor new ids.</param>
    public static AccountAnswer Of(Account account, long? asOf, bool isNew = false) => new()
    {
        Id = isNew ? null : account.Id,
        Kind = account.Kind,
        Customer = isNew && asOf is null && account.Customer == account.Id - 1 ? null : account.Customer,
        Code = account.Code?.Value,
        Status = account.Status,
        Posted = Money.Of(account.Posted, account.Currency),
        Held = Money.Of(account.Held, account.Currency),
        Floor = account.Floor is { } floor ? Money.Of(floor, account.Currency) : null,
        Available = account.Available is { } available ? Money.Of(available, account.Currency) : null,
        AsOf = asOf,
    };

    /// <summary>The answer of a command on an account.</summary>
    public static AccountAnswer Of(Outcome outcome) =>
        Of(
            outcome.Account!,
            outcome.IsDryRun ? null : outcome.AsOf,
            isNew: outcome is { IsDryRun: true, IsReplay: false, Group: [.., { Body: AccountOpened }] });

    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (Id is { } id)
            json.WriteId("id", id);
        json.WriteString("kind", AccountWords.Kinds.Word(Kind));
        json.WriteId("customer", Customer);
        json.WriteString("currency", Posted.Currency.Code);
        json.WriteString("code", Code);
        json.WriteString("status", AccountWords.Statuses.Word(Status));
        json.WriteMoney("posted", Posted);
        json.WriteMoney("held", Held);
        json.WriteMoney("floor", Floor);
        json.WriteMoney("available", Available);
        if (AsOf is { } number)
            json.WriteId("asOf", number);
        json.WriteEndObject();
    }
}
