using System.Globalization;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Kopeck.V1;

namespace Kopeck.Parity.Tests.Driving;

/// <summary>Statements and reports as streams of pieces, put together.</summary>
sealed class GrpcFiles(StatementService.StatementServiceClient statements)
{
    public async Task<Told> SendAsync(FileStep step, Metadata headers) => step switch
    {
        GetStatement { Wallet: { } wallet } =>
            await ReadAsync(
                statements.GetWalletStatement(Ask(new GetWalletStatementRequest { Id = wallet }, step), headers), part => part.Chunk),
        GetStatement { Customer: { } customer } =>
            await ReadAsync(
                statements.GetCustomerStatement(Ask(new GetCustomerStatementRequest { Id = customer }, step), headers), part => part.Chunk),
        GetStatement { Account: { } account } =>
            await ReadAsync(
                statements.GetAccountStatement(Ask(new GetAccountStatementRequest { Id = account }, step), headers), part => part.Chunk),
        GetStatement s =>
            await ReadAsync(
                statements.GetReport(Ask(s.Name is null ? new GetReportRequest() : new GetReportRequest { Name = s.Name }, step), headers),
                part => part.Chunk),
        GetReport { Name: "trial-balance" } =>
            await ReadAsync(statements.GetTrialBalance(Ask(new GetTrialBalanceRequest(), step), headers), part => part.Chunk),
        GetReport { Name: "exchange" } s =>
            await ReadAsync(
                statements.GetExchangePositions(
                    Ask(s.Date is null ? new GetExchangePositionsRequest() : new GetExchangePositionsRequest { Date = s.Date }, step),
                    headers),
                part => part.Chunk),
        GetReport { Name: "turnover" } =>
            await ReadAsync(statements.GetTurnover(Ask(new GetTurnoverRequest(), step), headers), part => part.Chunk),
        GetReport { Name: "postings" } =>
            await ReadAsync(statements.GetPostings(Ask(new GetPostingsRequest(), step), headers), part => part.Chunk),
        _ => throw new NotSupportedException($"gRPC has no call for {step}"),
    };

    static T Ask<T>(T request, FileStep step)
        where T : IMessage
    {
        void Set(string field, object? value)
        {
            if (value is not null)
                request.Descriptor.FindFieldByName(field).Accessor.SetValue(request, value);
        }

        Set("format", step.Format);
        Set("lang", step.Lang);
        Set("tz", step.Tz);
        Set("since", Time(step.Since));
        Set("until", Time(step.Until));
        if (Time(step.At) is { } time)
            Set("at_time", time);
        else if (step.At is not null)
            Set("at_number", long.Parse(step.At, CultureInfo.InvariantCulture));
        return request;
    }

    static Timestamp? Time(string? text) =>
        text is not null
            && text.Contains('T', StringComparison.Ordinal)
                ? Timestamp.FromDateTimeOffset(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture))
                : null;

    static async Task<Told> ReadAsync<T>(AsyncServerStreamingCall<T> call, Func<T, FileChunk> chunk)
    {
        using (call)
        {
            using var bytes = new MemoryStream();
            var (type, name) = ("", "");
            while (await call.ResponseStream.MoveNext(CancellationToken.None))
            {
                var part = chunk(call.ResponseStream.Current);
                if (part.HasFilename)
                    (type, name) = (part.ContentType, part.Filename);
                bytes.Write(part.Data.Span);
            }

            return Told.Done(
                Normal.Json(new JsonObject { ["type"] = type, ["file"] = name, ["data"] = Convert.ToBase64String(bytes.ToArray()) }));
        }
    }
}
