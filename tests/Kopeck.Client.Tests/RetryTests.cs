using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Kopeck.Testing;

namespace Kopeck.Client.Tests;

/// <summary>
/// Which codes are tried again: those that say that nothing is wrong with the request, and that its key makes safe to send again.
/// </summary>
public sealed partial class RetryTests
{
    static readonly string[] Passing = ["clock_skew", "issuer_unavailable", "overloaded", "rate_limited", "storage_unavailable"];

    /// <summary>The codes of the table of docs/http.md.</summary>
    public static TheoryData<string> Codes { get; } = new(
        CodeRow().Matches(File.ReadAllText(Path.Combine(Shell.Repository, "docs", "http.md")))
            .SelectMany(row => Code().Matches(row.Groups["codes"].Value)).Select(code => code.Groups["code"].Value)
            .Distinct(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Only_what_passes_by_itself_is_tried_again(string code)
    {
        using var refusing = new RefusingHandler(code);
        using var client = new KopeckClient(
            new KopeckClientOptions
            {
                Key = "kopeck_x",
                HttpHandler = refusing,
                Retries = 2,
                RetryDelay = TimeSpan.FromMilliseconds(1),
                MaxRetryDelay = TimeSpan.FromMilliseconds(1)
            });
        var refused = await Assert.ThrowsAsync<KopeckException>(() => client.DepositAsync("5", V1.Money.Of(1m, "EUR")));
        Assert.Equal(code, refused.Code);
        Assert.Equal(Passing.Contains(code, StringComparer.Ordinal) ? 3 : 1, refusing.Calls);
    }

    [Fact]
    public void The_table_has_the_codes()
    {
        Assert.True(Codes.Count > 25, $"{Codes.Count} codes");
        Assert.All(Passing, code => Assert.Contains(code, Codes.Select(row => row.Data)));
    }

    [GeneratedRegex(@"^\| (?<codes>(`[a-z_]+`(, )?)+) \| [45]\d\d", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex CodeRow();

    [GeneratedRegex("`(?<code>[a-z_]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex Code();

    /// <summary>A server that refuses everything with one code.</summary>
    sealed class RefusingHandler(string code) : HttpMessageHandler
    {
        public int Calls { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Calls++;
            var status = new Google.Rpc.Status
            {
                Code = (int)StatusCode.Unavailable,
                Message = code,
                Details = { Any.Pack(new ErrorInfo { Domain = "kopeck", Reason = code }) }
            };
            var response =
                new HttpResponseMessage(HttpStatusCode.OK) { Version = HttpVersion.Version20, Content = new ByteArrayContent([]) };
            response.Content.Headers.TryAddWithoutValidation("Content-Type", "application/grpc");
            response.Headers.Add("grpc-status", status.Code.ToString(CultureInfo.InvariantCulture));
            response.Headers.Add("grpc-status-details-bin", Convert.ToBase64String(status.ToByteArray()));
            return Task.FromResult(response);
        }
    }
}
