using Kopeck.Engine.Reading;
using Kopeck.Ledger.Commands;
using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;
using Kopeck.Server.Answers;
using Kopeck.Server.Queries;

namespace Kopeck.Server.Calls;

/// <summary>The journal's operations.</summary>
static class OperationCalls
{
    public static IEnumerable<Call> All =>
    [
        new("GET", "/v1/operations/{id}", "An operation", GetAsync) { Scope = Scopes.Read, AnswerSchema = "Operation" },
        new("GET", "/v1/operations", "Lists operations", ListAsync)
        {
            Scope = Scopes.Read,
            AnswerSchema = "OperationList",
            Query =
            [
                new("account", ParameterKind.Id, "Those that touched the account"),
                new("customer", ParameterKind.Id, "Those that touched the customer or one of its wallets"),
                new("kind", ParameterKind.Choice, "What they did") { Words = [.. OperationKinds.All] },
                new("key", ParameterKind.Field, "Those of the request with this idempotency key") { Field = FieldTypes.IdempotencyKey },
                Members.Since,
                Members.Until,
                .. QueryParameter.Page,
            ],
        },
    ];

    static async ValueTask<Answer> GetAsync(CallContext context) =>
        await context.Reader.GetOperationAsync(context.Book, context.PathId, context.Cancelled) is { } operation
            ? Answer.Of(200, new OperationContent(operation))
            : context.NotFound("operation");

    static async ValueTask<Answer> ListAsync(CallContext context)
    {
        if (context.Page(out var problem) is not { } page)
            return problem!;
        var query = context.Query;
        var filter = new OperationFilter(
            query.Id("account"),
            query.Id("customer"),
            OperationKinds.TryParse(query.Text("kind"), out var kind) ? kind : null,
            query.Text("key") is { } key ? IdempotencyKey.Parse(key) : null,
            query.Instant("since"),
            query.Instant("until"));
        var found = await context.Reader.ListOperationsAsync(context.Book, filter, page, context.Cancelled);
        return context.List(found, operation => new OperationContent(operation));
    }
}
